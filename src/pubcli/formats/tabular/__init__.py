"""Read and write tables: CSV and TSV.

rows          splits lines into rows of cells
headings      finds the field of each column
read          turns rows into papers
read_csv, read_tsv, write_csv, write_tsv   read and write the two formats
excel         protects cells that a spreadsheet would read as formulas
"""
