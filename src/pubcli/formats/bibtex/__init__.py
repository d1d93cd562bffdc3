"""BibTeX and biblatex.

read            a .bib file -> papers; entries splits it, from_tex reads TeX, journals expands macros of journals
write           papers -> BibTeX; to_tex writes TeX
write_biblatex  papers -> biblatex
"""
