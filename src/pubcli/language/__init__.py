"""Words and phrases by themselves: found, spelled, counted, weighed. Nothing here knows of papers."""
