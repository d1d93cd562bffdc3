"""Read the answers and exports of web services: OpenAlex, arXiv, DBLP, Web of Science. pubcli does not write them."""
