"""A library: many pages over time, in one file that its user keeps.

library_file   the file: found, opened, checked, copied
migrations     what turns a library of an older version into one of the next
ingest         files -> pages in the library
snapshots      pages added, replaced, taken out
grouping       papers put together from what pages list, and taken apart again
keys           citation keys of papers, which stay once they are given
stream_keys    the same for pages too long to be held in memory
owners         whose pages there are, and one of them asked alone
duplicates     papers that may be the same, and what the user decides about them
saved_queries  questions kept under a name
overview       whose pages there are, and how much the library holds
"""
