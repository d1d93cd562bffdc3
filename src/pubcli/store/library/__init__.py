"""A library: many pages over time, in one file that its user keeps.

location       find the file
library_file   open, create, migrate and copy the file
connection     the connection to the file, whose errors name the file
migrations     steps from each older version to the next
integrity      check whether a library is sound
ingest         read files and add their pages
snapshots      add, replace and remove the snapshots of a page
captures       order the captures of a page that were made on one day
page_changes   compare a page that is added with the snapshot that it replaces
listings       recognise lists whose papers the library has already
grouping       group the listings of several pages into papers
related        find the papers that may be the same as others
predecessors   find the papers of a new page on earlier snapshots, so that they keep their keys
provenance     find the page that provides each field of a paper
keys           citation keys of papers, which never change
stream_keys    citation keys for files too long to be held in memory
owners         find an owner by name, and restrict queries to one owner
changes        record the changes of a library, list them, and undo the last one
duplicates     papers that may be the same, and the user's decisions
saved_queries  queries kept by name
overview       the contents of a library
"""
