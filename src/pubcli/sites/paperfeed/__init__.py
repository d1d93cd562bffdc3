"""Read records from the copied text of a profile page of a paper feed over arXiv.

    lines      bytes -> numbered lines, single and in blocks, without characters added by pasting
    split      bytes -> blocks, each a header or a record
    fast_path  bytes -> records, in one step, for records of the usual form
    header, dateline, record, byline   a block -> its parts, as written
    capture    blocks -> one capture of a page, as written
    build      captures -> Document: assumes years, assigns keys, validates records

Each file describes the part of the page that it reads.
"""
