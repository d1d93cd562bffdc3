"""The heart: text of a profile page -> records.

    lines     bytes -> numbered lines, alone and in blocks, without what pasting adds
    split     bytes -> blocks, each a header or a record
    usual     the same, and in one go what is usual in every way
    header, dateline, record, byline      a block -> its parts, as written
    capture   blocks -> one capture of a page, as written
    links     the addresses in an abstract
    build     parts -> Document, with years assumed, keys given, records validated

Each file describes the part of the format that it reads.
"""

from pubcli.page.build import read_page

__all__ = ["read_page"]
