"""Keep the rows of a long table in a temporary file between the pass that measures and the pass that draws them."""

from __future__ import annotations

from collections.abc import Iterator

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO, Any


class Batches:
    """Batches of rows. The last one stays in memory, and the others wait in a file without a name.

    As long as no file can be written, for example because the disk is full, batches stay in memory.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._in_file = 0
        """Number of batches in the file; they come before those in memory."""
        self._in_memory: list[Any] = []

    def add(self, batch: object) -> None:
        """Add a batch after the others."""
        if len(self._in_memory) == 1 and self._write(self._in_memory[0]):
            self._in_memory.clear()
        self._in_memory.append(batch)

    def _write(self, batch: object) -> bool:
        """Write a batch to the file, and return whether this was possible."""
        import pickle  # only long tables need a file
        from tempfile import TemporaryFile

        try:
            self._file = self._file or TemporaryFile()  # noqa: SIM115 - closed when this object is deleted
            pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        except OSError:
            return False
        self._in_file += 1
        return True

    def __iter__(self) -> Iterator[Any]:
        """Yield all batches in order. No batch can be added afterwards."""
        if self._file is not None:
            import pickle

            self._file.seek(0)
            for _ in range(self._in_file):
                yield pickle.load(self._file)  # noqa: S301 - this object has written the file
        yield from self._in_memory

    def __del__(self) -> None:
        """Close the file, which the operating system then removes."""
        if self._file is not None:
            self._file.close()
