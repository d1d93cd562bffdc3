"""Reading what other programs wrote: one file per format, each with `read(source) -> Document`.

recognition    which format a source is in
bibliography   what readers find -> validated records; the only place where that happens
text, notes    lines, and what pubcli itself writes into notes, as several formats need them
rows, headings, columns, bylines    tables: lines -> cells, what the columns are, cells -> fields, names in one cell
arrays, elements                    JSON and XML, as several formats need them
entries, journals, detex            BibTeX: blocks -> fields as TeX, names of journals, TeX -> text

A format that is read line by line also has `stream(source)`, what it finds as it goes on, so that a file of any length
fits. The table that names all formats, for reading and for writing, is `pubcli.formats`; that readers are apart from
writers keeps Pydantic out of writing.
"""
