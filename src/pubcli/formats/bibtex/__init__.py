"""Read and write BibTeX and biblatex.

read            a .bib file -> papers
blocks          a .bib file -> entries, definitions and comments, as written
entries         a .bib file -> entries, with their values in TeX
inheritance     the fields that entries take from others: crossref, xdata, entry sets
from_tex        TeX -> text
journals        macros of astronomers -> names of journals
write           papers -> BibTeX
write_biblatex  papers -> biblatex
to_tex          text -> TeX
fields          the names of fields in BibTeX and biblatex
"""
