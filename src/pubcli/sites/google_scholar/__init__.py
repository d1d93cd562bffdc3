"""Read a profile page of Google Scholar, copied or saved as HTML, in any language of its interface.

lines     the lines of a page, as Chromium and Firefox copy them
header    the lines above the list: name, affiliation, citations, h-index
records   the lines of the list: title, authors, venue, number of citations and year
list_end  whether the list may go on
read      the captures of a copied text -> Document
html      a saved page -> Document
"""
