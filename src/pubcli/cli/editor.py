"""Open a file in the user's editor."""

import os
import shlex
import shutil
import subprocess
import sys

from pubcli.errors import OutputError

_USUAL = ("editor", "nano", "vim", "vi", "notepad")
"""Editors to look for if no variable names one; `editor` is the default of Debian."""


def edit(path: str) -> None:
    """Open a file in the editor, and wait until the user closes it.

    Without a terminal, only an editor that a variable names is opened, because the usual ones would wait forever.
    Raises OutputError if no editor is found, or if the editor fails.
    """
    remedy = f"set EDITOR to the name of an editor, or edit {path} yourself"
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(named) or [name for name in _USUAL if shutil.which(name)][:1]
    except ValueError as error:  # a quotation mark is missing
        raise OutputError(f"the editor {named!r} cannot be run: {error}; {remedy}") from None
    if not words or not (named or (sys.stdin is not None and sys.stdin.isatty())):
        raise OutputError(f"there is no editor here, or no terminal for it; {remedy}")
    try:
        status = subprocess.run([*words, path], check=False).returncode  # noqa: S603 - the user's own setting
    except OSError as error:
        raise OutputError(f"the editor {words[0]!r} cannot be run: {error.strerror}; {remedy}") from None
    if status:
        raise OutputError(f"the editor {words[0]!r} failed with status {status}; {remedy}")
