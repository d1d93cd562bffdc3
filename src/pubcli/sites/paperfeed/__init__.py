"""The profile page of a paper feed over arXiv: its copied text -> records.

    lines      bytes -> numbered lines, alone and in blocks, without what pasting adds
    split      bytes -> blocks, each a header or a record
    fast_path  the same in one step for records of the usual form
    header, dateline, record, byline   a block -> its parts, as written
    capture    blocks -> one capture of a page, as written
    build      parts -> Document: assumes years, gives keys, validates records

Each file describes the part of the page that it reads.
"""
