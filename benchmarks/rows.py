"""The lines of the table that `make bench` prints: how long a piece of work takes, and how long it may take."""

from collections.abc import Iterable
from typing import NamedTuple

HEADER = f"{'work':42} {'limit':>22} {'best peer':>26} {'pubcli':>9} {'ratio':>7} {'bound':>6}  met"


class Time(NamedTuple):
    """The seconds of processor time that something other than pubcli takes."""

    name: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.name} {in_units(self.seconds)}"


class Row(NamedTuple):
    """A piece of work. Its ratio divides the time of pubcli by that of the peer; without a peer, by the limit."""

    work: str
    pubcli: float
    """Seconds of processor time."""
    limit: Time | None = None
    """The least work without which there is no answer, such as reading each record once."""
    peer: Time | None = None
    """The fastest other program or library that does the same."""
    bound: float | None = None
    """Largest acceptable ratio; None if the line is only for information."""

    @property
    def ratio(self) -> float | None:
        """The time of pubcli divided by that of the peer or, without a peer, by the limit; None without both."""
        reference = self.peer or self.limit
        return self.pubcli / reference.seconds if reference else None

    @property
    def is_met(self) -> bool:
        """Whether the ratio is within its bound; true for a line without a bound."""
        return self.bound is None or (self.ratio or 0) <= self.bound

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        mark = "" if self.bound is None else "yes" if self.is_met else "NO"
        return (
            f"{self.work:42} {self.limit or ''!s:>22} {self.peer or ''!s:>26} {in_units(self.pubcli):>9} {ratio:>7} "
            f"{'' if self.bound is None else self.bound:>6}  {mark}"
        ).rstrip()


class MemoryRow(NamedTuple):
    """The memory that a piece of work takes, in MiB."""

    work: str
    pubcli: float
    bound: float

    @property
    def is_met(self) -> bool:
        """Whether the memory is within its bound."""
        return self.pubcli <= self.bound

    def __str__(self) -> str:
        return (
            f"{self.work:42} {'':>22} {'':>26} {f'{self.pubcli:.0f} MiB':>9} {'':>7} {self.bound:>6}  "
            f"{'yes' if self.is_met else 'NO'}"
        )


def in_units(seconds: float) -> str:
    """Return a time with its unit, with three digits."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.3g} us"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def report(rows: Iterable[Row | MemoryRow]) -> int:
    """Print rows as they come, below the header. Return the exit status: 1 if a bound is missed."""
    print(HEADER, flush=True)
    missed = 0
    for row in rows:
        print(row, flush=True)
        missed += not row.is_met
    if missed:
        print(f"{missed} bounds are missed")
    return int(missed > 0)
