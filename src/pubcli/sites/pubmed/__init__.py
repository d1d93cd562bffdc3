"""Read what PubMed shows and saves as text: a copied list of results, and a file in the format Abstract (text).

abstracts  the records of a file with abstracts
results    the records of a copied list
header     the lines around a copied list
read       both kinds of records in a source -> Document
"""
