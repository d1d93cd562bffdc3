"""Find the doubts about the pages of a store: text that was not understood, and encodings that are guesses."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, json

if TYPE_CHECKING:
    from pubcli.store.database import Store


def problem_lines(store: Store) -> list[tuple[str, tuple[int, ...]]]:
    """Return each source that has problems, and the lines on which the problems start."""
    rows = store.execute(
        "SELECT profile.source, json_group_array(problem.line) FROM problem "
        "JOIN profile ON profile.id = profile_id GROUP BY profile.source ORDER BY min(problem.id)"
    )
    return [(source, tuple(json.loads(lines))) for source, lines in rows]


def assumed_encodings(store: Store) -> list[tuple[str, str]]:
    """Return each source whose encoding is a guess, and this encoding."""
    rows = store.execute("SELECT DISTINCT source, assumed_encoding FROM profile WHERE assumed_encoding IS NOT NULL")
    return [(source, encoding) for source, encoding in rows]
