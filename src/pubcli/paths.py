"""The user's folders for caches and data on each operating system, and tests of paths that raise no errors."""

from __future__ import annotations

import os
import sys

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # imported only when a path is needed, because this takes long


def cache() -> Path:
    """Return the folder for files that may be deleted. Raises OSError like `cache_folder`."""
    return _path(cache_folder())


def cache_folder() -> str:
    """Return the name of the folder for files that may be deleted.

    The environment variable PUBCLI_CACHE_DIR sets this folder. Without the variable, it is in the user's cache folder.
    Raises OSError if the user has no home folder.
    """
    if configured := os.environ.get("PUBCLI_CACHE_DIR"):
        return configured
    if sys.platform == "darwin":
        return os.path.join(_home(), "Library", "Caches", "pubcli")  # noqa: PTH118
    if sys.platform == "win32":
        return os.path.join(_local(), "pubcli", "Cache")  # noqa: PTH118
    return _base("XDG_CACHE_HOME", ".cache")


def data() -> Path:
    """Return the folder for files that the user wants to keep. Raises OSError like `data_folder`."""
    return _path(data_folder())


def data_folder() -> str:
    """Return the name of the folder for files that the user wants to keep.

    Raises OSError if the user has no home folder.
    """
    if sys.platform == "darwin":
        return os.path.join(_home(), "Library", "Application Support", "pubcli")  # noqa: PTH118
    if sys.platform == "win32":
        return os.path.join(_local(), "pubcli")  # noqa: PTH118
    return _base("XDG_DATA_HOME", ".local/share")


def settings_file() -> str:
    """Return the name of the file with the user's settings.

    The environment variable PUBCLI_CONFIG sets this name. Raises OSError if the user has no home folder.
    """
    if configured := os.environ.get("PUBCLI_CONFIG"):
        return configured
    if sys.platform in ("darwin", "win32"):
        folder = data_folder()
    else:
        folder = _base("XDG_CONFIG_HOME", ".config")
    return os.path.join(folder, "config.toml")  # noqa: PTH118


def state() -> Path:
    """Return the folder for what the program remembers, such as the last place in the browser.

    Raises OSError if the user has no home folder.
    """
    if sys.platform in ("darwin", "win32"):
        return data() / "state"
    return _path(_base("XDG_STATE_HOME", ".local/state"))


def exists(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a file or folder; False for a path that is too long or a loop of links.

    `Path.exists` raises an error for such paths.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: str | os.PathLike[str]) -> bool:
    """Return whether there is a file; see `exists`."""
    return os.path.isfile(path)  # noqa: PTH113


def resolved(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path without symbolic links. A loop of links is left as it is."""
    return _path(os.path.realpath(path))


def _path(name: str) -> Path:
    from pathlib import Path

    return Path(name)


def _base(variable: str, default: str) -> str:
    configured = os.environ.get(variable, "")
    # XDG Base Directory Specification: relative paths must be ignored.
    folder = configured if os.path.isabs(configured) else os.path.join(_home(), default)  # noqa: PTH117, PTH118
    return os.path.join(folder, "pubcli")  # noqa: PTH118


def _local() -> str:  # pragma: no cover - only on Windows
    return os.environ.get("LOCALAPPDATA") or os.path.join(_home(), "AppData", "Local")  # noqa: PTH118


def _home() -> str:
    home = os.path.expanduser("~")  # noqa: PTH111
    if home.startswith("~"):
        import errno

        raise FileNotFoundError(errno.ENOENT, "the user has no home folder")
    return home
