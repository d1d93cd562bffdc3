"""Read records from the copied text of a profile page of the paper feed, a site that shows arXiv papers as a feed.

    lines      bytes -> numbered lines, single and in blocks, without characters added by pasting
    split      bytes -> blocks, each a header or a record
    fast_path  bytes -> records, in one step, for records of the usual form
    header, dateline, record, byline   a block -> its parts, as written
    capture    blocks -> captures, which are copies of one page each, as written
    build      captures -> Document: assumes years, assigns keys, validates records

The docstring of each module describes the part of the page that the module reads.
"""
