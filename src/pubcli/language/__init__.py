"""Words and phrases of texts: extraction, spelling, counts and significance. Independent of papers and stores."""
