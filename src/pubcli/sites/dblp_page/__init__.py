"""Read a person's page of DBLP, copied from a browser, stored as text by a program, or saved as HTML.

lines    the lines that begin a record, and the lines around the records
header   the lines above the list: name, affiliation, number of records
titles   where a title ends and its venue begins
records  the lines of a record: authors, title and venue
fields   the values of a record -> fields of a paper
read     the captures of a copied text -> Document
html     a saved page -> Document
"""
