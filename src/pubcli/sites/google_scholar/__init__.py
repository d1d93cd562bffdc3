"""Read the copied text of a profile page of Google Scholar, in any language of its interface.

lines    the lines of a page, as Chromium and Firefox copy them
header   the lines above the list: name, affiliation, citations, h-index
records  the lines of the list: title, authors, venue, number of citations and year
read     the captures of a source -> Document
"""
