"""pubcli's own JSON: an array of records, or one record a line (JSONL)."""
