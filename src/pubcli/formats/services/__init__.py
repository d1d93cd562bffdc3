"""Read answers and export files of web services: OpenAlex, arXiv, DBLP, Web of Science. pubcli never writes them."""
