"""Tables: CSV and TSV.

read          cells -> papers; rows splits lines, headings finds the columns, author_cells splits lists of names
read_csv, read_tsv, write_csv, write_tsv   the two formats
excel         cells that a spreadsheet would take for formulas
"""
