"""Read and write tables: CSV and TSV.

read          turns cells into papers; rows splits lines, headings finds the columns, author_cells splits lists of names
read_csv, read_tsv, write_csv, write_tsv   read and write the two formats
excel         protects cells that a spreadsheet would read as formulas
"""
