"""Find the file of the library: the one that the user names, or the default one."""

from __future__ import annotations

import os

from pubcli import paths
from pubcli.errors import InputError


def path_of(name: str | None) -> str:
    """Return the path of the library: `name`, else the variable PUBCLI_LIBRARY, else a file in the user's data folder.

    Raises InputError if the user has no home folder.
    """
    try:
        return name or os.environ.get("PUBCLI_LIBRARY") or os.path.join(paths.data_folder(), "library.sqlite")  # noqa: PTH118
    except OSError as error:
        raise InputError(f"no folder for the default library: {error.strerror}; set a path with --library") from None


def is_present(name: str | None) -> bool:
    """Return whether a library is to be opened: because one is named, or because the default one exists.

    Raises InputError if the user has no home folder.
    """
    return name is not None or bool(os.environ.get("PUBCLI_LIBRARY")) or paths.exists(path_of(name))
