"""The user's folders for caches and data on each operating system, and tests of paths that raise no errors."""

import errno
import os
import sys
from pathlib import Path


def cache() -> Path:
    """Return the folder for files that may be deleted.

    The environment variable PUBCLI_CACHE_DIR sets this folder. Without the variable, it is in the user's cache folder.
    Raises OSError if the user has no home folder.
    """
    if configured := os.environ.get("PUBCLI_CACHE_DIR"):
        return Path(configured)
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / "pubcli"
    if sys.platform == "win32":
        return _local() / "pubcli" / "Cache"
    return _base("XDG_CACHE_HOME", ".cache")


def data() -> Path:
    """Return the folder for files that the user wants to keep. Raises OSError if the user has no home folder."""
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "pubcli"
    if sys.platform == "win32":
        return _local() / "pubcli"
    return _base("XDG_DATA_HOME", ".local/share")


def state() -> Path:
    """Return the folder for what programs remember, such as the last place. Raises OSError if there is no home."""
    if sys.platform in ("darwin", "win32"):
        return data() / "state"
    return _base("XDG_STATE_HOME", ".local/state")


def exists(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a file or folder. A path that is too long, or a loop of links, is none.

    `Path.exists` raises an error for these.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a file; see `exists`."""
    return os.path.isfile(path)  # noqa: PTH113


def resolved(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path without symbolic links. A loop of links is left as it is."""
    return Path(os.path.realpath(path))


def _base(variable: str, default: str) -> Path:
    configured = os.environ.get(variable, "")
    # XDG Base Directory Specification: relative paths must be ignored.
    return (Path(configured) if os.path.isabs(configured) else _home() / default) / "pubcli"  # noqa: PTH117


def _local() -> Path:  # pragma: no cover - only on Windows
    return Path(os.environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "the user has no home folder") from None
