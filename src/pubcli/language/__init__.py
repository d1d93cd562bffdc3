"""Extract words and phrases from texts, count them, and compare spellings and counts. No module here uses a store."""
