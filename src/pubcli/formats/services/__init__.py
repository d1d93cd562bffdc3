"""Read the formats of web services, which pubcli never writes: OpenAlex, arXiv, DBLP and Web of Science."""
