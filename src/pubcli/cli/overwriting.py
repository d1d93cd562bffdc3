"""Refuse an output file that is a library, an input of the command, or the source of a page in the library."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.errors import UsageError
from pubcli.formats import exports
from pubcli.inputs.selection import is_library, select
from pubcli.inputs.sources import STDIN, from_file
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from pubcli.store.database import Store


def require_no_input(output: str, names: Iterable[str]) -> None:
    """Raise UsageError if the output file is any library, or one of the inputs, even if a link or a folder leads to it.

    `output` is the value of --output, but not `-`. `names` are files, folders, globs or `-`.
    """
    status = _status(output)
    if status is None or not stat.S_ISREG(status.st_mode):
        return  # a new file, a device or a pipe destroys nothing
    if is_library(output):
        raise UsageError(
            f"--output: {visible(output)} is a library of pubcli, and would be replaced; name another file"
        )
    selection = select(names)
    for path, is_named in (*selection.files, *((own_file, True) for own_file in selection.own_files)):
        other = _status(path)
        if other is None or not os.path.samestat(status, other):
            continue
        if is_named or not exports.is_export(from_file(path)):  # an export in a folder is not read
            raise UsageError(
                f"--output: {visible(output)} is an input of this command, and would be replaced; name another file"
            )


def require_no_page(output: str, library: "Store") -> None:
    """Raise UsageError if a page of a library was read from the output file. `output` is as in `require_no_input`.

    The user would lose the page, and `refresh` would read the answer as a newer page of the same owner.
    """
    from pubcli.store.library.library_file import owners_of

    status = _status(output)
    if status is not None and stat.S_ISREG(status.st_mode) and owners_of(library, Path(output)):
        raise UsageError(
            f"--output: {visible(output)} is a page in the library, and would be replaced; name another file"
        )


def _status(path: str) -> os.stat_result | None:
    """Return the status of a file; for `-`, that of standard input. Return None if the file does not exist."""
    try:
        return os.fstat(0) if path == STDIN else os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
