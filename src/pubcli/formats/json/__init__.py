"""Read and write pubcli's own JSON: an array of records, or one record per line (JSONL)."""
