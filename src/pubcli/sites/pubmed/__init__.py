"""Read text from PubMed: a copied list of results, and a saved file in the format Abstract (text).

abstracts  the records of a file with abstracts
results    the records of a copied list
header     the lines around a copied list
read       both kinds of records in a source -> Document
"""
