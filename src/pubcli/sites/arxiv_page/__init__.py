"""Read the copied text of arXiv's pages with lists of papers: results of a search, listings, and pages of authors.

lines           which lines begin a record, name a field, or belong to the page around the list
header          the lines above and below a list: whose papers it shows, and how many there are
search_record   a record of a search: title, `Authors:`, `Abstract:`, `Submitted 14 May, 2026; ...`
list_record     a record of a listing or of an author's page: `Title:`, authors, `Subjects:`, perhaps an abstract
fields          what both kinds of records show -> fields of a paper
read            the captures of a source -> Document
html            a saved page -> Document
"""
