"""Where a user's system has the place for what pubcli keeps."""

import errno
import os
import sys
from pathlib import Path


def cache() -> Path:
    """Files that may vanish: PUBCLI_CACHE_DIR, else pubcli's part of the user's caches.

    Raises OSError when the user has no home.
    """
    if given := os.environ.get("PUBCLI_CACHE_DIR"):
        return Path(given)
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / "pubcli"
    if sys.platform == "win32":
        return _local() / "pubcli" / "Cache"
    return _base("XDG_CACHE_HOME", ".cache")


def data() -> Path:
    """Files that the user wants to keep. Raises OSError when the user has no home."""
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "pubcli"
    if sys.platform == "win32":
        return _local() / "pubcli"
    return _base("XDG_DATA_HOME", ".local/share")


def _base(variable: str, otherwise: str) -> Path:
    given = os.environ.get(variable, "")
    # The XDG Base Directory Specification: a relative path is to be ignored.
    return (Path(given) if os.path.isabs(given) else _home() / otherwise) / "pubcli"  # noqa: PTH117


def _local() -> Path:
    return Path(os.environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "the user has no home folder") from None
