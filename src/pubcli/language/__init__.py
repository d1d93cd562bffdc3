"""Extract words and phrases from texts, count them, and compare spellings and counts. The store is not used."""
