"""Let atheris search for inputs that reach code which no input has reached before, in every reader.

Atheris is libFuzzer for Python. It runs in a process of its own, which this module also is: `python -m soak.guided
FOLDER`. Without atheris, the driver is skipped.
"""

import logging
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from pubcli.errors import PubcliError
from soak.harness import LIMIT, Kind, Session

_LONGEST = 4_000
"""Bytes of the longest input that is tried."""
_FOUND_HUNG = ("timeout-", "slow-unit-")
"""Beginnings of the names under which libFuzzer saves an input that hangs; others raise an exception."""


def drive(session: Session) -> None:
    """Run atheris once for each trial, for ten seconds or the rest of the time."""
    if find_spec("atheris") is None:
        pytest.skip("atheris is not installed: pip install -e '.[soak]'")
    for trial in session.trials():
        folder = session.folder / str(trial.seed)
        inputs, faults = folder / "inputs", folder / "faults"
        _write_fixtures(inputs)
        faults.mkdir()
        seconds = max(1, int(session.remaining))
        command = [sys.executable, "-m", "soak.guided", str(inputs), f"-max_total_time={seconds}"]
        command += [
            f"-artifact_prefix={faults}/",
            f"-max_len={_LONGEST}",
            f"-timeout={LIMIT}",
            f"-seed={trial.seed + 1}",
        ]
        result = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[1], check=False)
        session.tried += _executions(result.stderr.decode(errors="replace"))
        for path in sorted(faults.iterdir()):
            kind = Kind.HUNG if path.name.startswith(_FOUND_HUNG) else Kind.BUG
            message = result.stderr.decode(errors="replace").partition("Uncaught Python exception")[2][:1_500]
            trial.report(kind, message or path.name, f"soak.guided.try_input(input)  # {path.name}", path.read_bytes())


def _write_fixtures(folder: Path) -> None:
    """Write the inputs from which atheris starts. The first byte of each is the index of its format."""
    from soak.inputs import fixtures

    folder.mkdir(parents=True)
    for index, (form, contents) in enumerate(fixtures().items()):
        for number, data in enumerate(contents):
            (folder / f"{form}-{number}").write_bytes(bytes([index]) + data[: _LONGEST - 1])


def _executions(report: str) -> int:
    """Return how many inputs libFuzzer says that it has tried."""
    numbers = [line.split()[0].lstrip("#") for line in report.splitlines() if line.startswith("#")]
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def try_input(data: bytes) -> None:
    """Read bytes in the format that the first one names. Errors of pubcli are expected."""
    # Imported only here, because atheris must see these imports.
    from pubcli.formats import READABLE
    from pubcli.reader import read
    from soak.inputs import AS_OF

    forms = list(READABLE)
    if data:
        with suppress(PubcliError):
            read(data[1:], as_of=AS_OF, form=forms[data[0] % len(forms)])


def _fuzz() -> None:
    """Run atheris with the arguments of this process; it ends the process."""
    atheris = import_module("atheris")  # without types, and perhaps not installed
    logging.disable()
    with atheris.instrument_imports(include=["pubcli"]):
        for form in import_module("pubcli.formats").READABLE.values():
            import_module(f"pubcli.{form.reader}")
        import_module("pubcli.reader")
    atheris.Setup(sys.argv, try_input)
    atheris.Fuzz()


if __name__ == "__main__":
    _fuzz()
