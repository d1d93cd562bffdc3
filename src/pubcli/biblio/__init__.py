"""Apply bibliographic rules that are the same for all formats and pages.

names             people's names: parts, initials, how similar two names are
name_lists        lists of names in one text: separators, et al.
dates             months, partly known dates, the year that a page leaves out
identifiers       DOIs and arXiv identifiers
arxiv_categories  arXiv's category codes and their meanings
citation_keys     a key such as lowy2022private for every paper
same_paper        rules that decide whether two records describe the same paper
merged_record     the fields and authors of a paper that several records describe
journals          abbreviated names of journals, and archives of preprints
affiliations      organisations and countries in the affiliations of authors
places_and_languages  names and codes of countries and languages
alias_files       files that list the spellings of people's names
"""
