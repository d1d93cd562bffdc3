"""Read the copied text of a person's page of the ACL Anthology.

lines    the lines that begin a record, a year or the foot of the page
header   the lines above the list: the person, and other spellings of the name
records  the lines of a record: title, authors, proceedings, perhaps an abstract
read     the captures of a source -> Document
html     a saved page -> Document
"""
