"""What services on the web answer or export: OpenAlex, arXiv, DBLP, Web of Science. These are only read."""
