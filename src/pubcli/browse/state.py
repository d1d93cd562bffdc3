"""Keep the query, the order and the place of a library between two sessions, in the folder that `paths.state` returns.

A damaged file is ignored, and so is a folder that cannot be written: the next session then begins without a place.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from pubcli import paths
from pubcli.text.checksum import checksum
from pubcli.text.normalize import well_formed
from pubcli.unfinished import unfinished_file

_MOST_BYTES = 100_000
"""Maximum size of a file to read; pubcli does not write larger files."""


@dataclass(frozen=True)
class State:
    """What a session leaves for the next one."""

    filter: str = ""
    sort: str = ""
    """The order in the notation of --sort; empty for the default."""
    key: str = ""
    """The citation key of the paper under the cursor."""
    theme: str = ""
    """The name of the colour theme; empty if the user has not chosen one."""


def load(source: str) -> State:
    """Return the state of a library or of some files; the default if there is none or if it is damaged.

    `source` is the path of the library, or a text that identifies the files.
    """
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        path = _path(source)
        if path.stat().st_size > _MOST_BYTES:
            return State()
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored.pop("source") == well_formed(source) and all(isinstance(value, str) for value in stored.values()):
            return State(**{field.name: stored[field.name] for field in fields(State) if field.name in stored})
    return State()


def save(source: str, state: State) -> None:
    """Write the state of a library, completely or not at all. Do nothing if that is not possible."""
    text = json.dumps({"source": well_formed(source), **asdict(state)})
    with suppress(OSError):
        path = _path(source)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with unfinished_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.chmod(0o600)
            unfinished.replace(path)


def _path(source: str) -> Path:
    """Return the path of the file for a source. Raises OSError if the user has no home folder."""
    return paths.state() / "browse" / f"{checksum(well_formed(source)):08x}.json"
