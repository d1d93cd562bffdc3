"""Papers of a library to which their pages would give the same citation key."""

import json
import sqlite3
from collections.abc import Collection

_GIVEN = """
    SELECT coalesce(written, json) ->> '$.key' FROM listing JOIN record USING (paper_id)
    WHERE paper_id IN (SELECT value FROM json_each(?))
"""
_NAMED = """
    SELECT paper.id FROM json_each(?) AS own CROSS JOIN paper ON paper.key = own.value OR (
        paper.key > own.value || '`' AND paper.key < own.value || '{' AND length(paper.key) < length(own.value) + 4)
"""
"""Papers of the same key, or of the same with up to three letters more."""


def closure(connection: sqlite3.Connection, papers: Collection[int], keys: Collection[str] = ()) -> set[int]:
    """Papers, and with them all whose keys have to be told apart from theirs or from others that are named.

    Keys are those that pages give; who is told apart from somebody in one of these is in it too.
    """
    found: set[int] = set()
    asked: set[str] = set()
    new, names = set(papers), set(keys)
    while new or names:
        found |= new
        names |= {row[0] for row in connection.execute(_GIVEN, (json.dumps(list(new)),))}
        names -= asked
        asked |= names
        new = {row[0] for row in connection.execute(_NAMED, (json.dumps(sorted(names)),))} - found
        names = set()
    return found
