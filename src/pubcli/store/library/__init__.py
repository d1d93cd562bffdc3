"""A library: many pages over time, in one file that its user keeps.

location       find the file
library_file   open, create, migrate and copy the file
connection     the connection to the file, whose errors name the file
migrations     steps from each older version to the next
integrity      check whether a library is sound
ingest         read files and add their pages
snapshots      add, replace and remove the snapshots of a page
grouping       group the listings of several pages into papers
keys           citation keys of papers, which never change
stream_keys    citation keys for files too long to be held in memory
owners         find an owner by name, and restrict queries to one owner
changes        record the changes of a library, list them, and undo the last one
duplicates     papers that may be the same, and the user's decisions
saved_queries  queries kept by name
overview       the contents of a library
"""
