"""Read records from the copied text of a profile page of the paper feed, a site that shows arXiv papers as a feed.

    lines      bytes -> numbered lines and blocks of lines, without the characters that pasting adds
    split      bytes -> blocks, each a header or a record
    fast_path  bytes -> records, in one step, for records of the usual form
    header, dateline, record, byline   a block -> its parts, as written
    capture    blocks -> captures, as written; a capture is one copy of one page
    build      captures -> Document: assumes years, assigns keys, validates records

The docstring of each module describes the part of the page that the module reads.
"""
