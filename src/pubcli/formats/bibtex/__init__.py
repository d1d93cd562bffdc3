"""Read and write BibTeX and biblatex.

read            a .bib file -> papers; entries splits the file, from_tex reads TeX, journals expands macros
write           papers -> BibTeX; to_tex writes TeX
write_biblatex  papers -> biblatex
"""
