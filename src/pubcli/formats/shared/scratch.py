"""Give libraries that write only files a place to write."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO


@contextmanager
def scratch_file(out: BinaryIO) -> Iterator[Path]:
    """Yield the path of a file to write in a temporary folder. If there is no error, copy the file to `out`, if any.

    The folder, with all other files in it, is removed at the end.
    """
    with TemporaryDirectory(prefix="pubcli-") as folder:
        path = Path(folder, "answer")
        yield path
        if path.exists():
            with path.open("rb") as file:
                shutil.copyfileobj(file, out)
