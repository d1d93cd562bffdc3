"""Read the formats of web services, which pubcli never writes: OpenAlex, arXiv, DBLP, MEDLINE and Web of Science."""
