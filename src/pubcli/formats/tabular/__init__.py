"""Read and write tables: CSV and TSV.

rows          splits lines into rows of cells
headings      finds the field of each column
author_cells  splits a cell into people's names
read          turns rows into papers
read_csv, read_tsv, write_csv, write_tsv   read and write the two formats
excel         protects cells that a spreadsheet would read as formulas
"""
