"""Write files under a temporary name, so that nobody ever sees half a file.

An unfinished file is in a hidden folder of its own, next to its final place. Only this user can open the folder, and
its name cannot be predicted, so no other user can put a symbolic link in its place. The process holds a lock on the
folder. If the process is killed, the lock ends. The next process that writes a file beside the folder then removes it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".pubcli-"
_SUFFIX = ".unfinished"


@contextmanager
def unfinished_file(target: Path) -> Iterator[Path]:
    """Yield the path of a file to write, which does not exist yet; the caller renames it to `target`.

    Whatever is left at that path is removed at the end. Raises OSError if the folder of `target` cannot be written.
    """
    remove_abandoned(target.parent)
    folder = lock = None
    try:  # before the folder exists, so that no signal can come between its creation and its removal
        while True:
            folder = target.parent / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"
            folder.mkdir(mode=0o700)
            lock = _lock(folder)
            if folder.exists():  # else another process removed it as abandoned before the lock was set
                break
            _close(lock)
        yield folder / target.name
    finally:
        try:
            _remove(folder)
        except KeyboardInterrupt:
            _remove(folder)
            raise
        finally:
            _close(lock)


def remove_abandoned(parent: Path) -> None:
    """Remove unfinished files from a folder if the processes that wrote them no longer run."""
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            is_unfinished = entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)
            if is_unfinished and entry.is_dir(follow_symlinks=False):
                _remove_if_abandoned(Path(entry.path))


def _remove_if_abandoned(folder: Path) -> None:
    lock = _lock(folder)
    if lock is not None:
        _remove(folder)
        _close(lock)


def _lock(folder: Path) -> int | None:
    """Lock a folder and return the descriptor. Return None if another process has locked it, or no lock is possible."""
    try:
        import fcntl  # only here, because most commands write no file

        descriptor = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except (ImportError, OSError):  # Windows has no fcntl
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _close(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _remove(folder: Path | None) -> None:
    """Remove a folder and its files. What cannot be removed stays; the next process tries again."""
    if folder is None:
        return
    with suppress(OSError):
        for file in list(folder.iterdir()):
            with suppress(OSError):
                file.unlink()
        folder.rmdir()
