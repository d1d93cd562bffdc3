"""Read and write BibTeX and biblatex.

read            a .bib file -> papers
entries         a .bib file -> entries, with their values in TeX
from_tex        TeX -> text
journals        macros of astronomers -> names of journals
write           papers -> BibTeX
write_biblatex  papers -> biblatex
to_tex          text -> TeX
fields          the names of fields in BibTeX and biblatex
"""
