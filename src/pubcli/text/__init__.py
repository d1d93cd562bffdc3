"""Functions for strings, independent of what the strings mean.

normalize        compare and show text: fold case and accents, split words, replace control characters
readable         TeX in titles and abstracts -> readable Unicode
tex, tex_tables  how `readable` converts TeX, and the tables of macros
html             markup and entities in fields -> plain text
links            web addresses in running text
transliteration  Cyrillic and Greek letters -> Latin letters
word_diff        the words that differ between two texts
compact_json     values -> JSON on one line
"""
