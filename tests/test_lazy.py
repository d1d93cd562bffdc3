"""The stand-ins for parts of the standard library behave like the originals."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from typing import TypeVar

import pytest

from pubcli import lazy

T = TypeVar("T")


class Point(lazy.NamedTuple, lazy.Generic[T]):
    """A point."""

    x: int
    y: T | None = None
    names: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        return bool(self.names)

    def moved(self, by: int) -> Point[T]:
        return self._replace(x=self.x + by)


def test_a_named_tuple_has_defaults_methods_and_properties() -> None:
    point: Point[int] = Point(1, names=("a",))
    assert tuple(point) == (1, None, ("a",))
    assert (point.is_named, point.moved(2).x, Point.__doc__) == (True, 3, "A point.")
    assert repr(point) == "Point(x=1, y=None, names=('a',))"
    assert Point._fields == ("x", "y", "names")
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point  # noqa: S301
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        setattr(point, "x", 2)  # noqa: B010 - a type checker would report the assignment


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.MULTILINE])
def test_a_pattern_matches_like_a_compiled_one(flags: int) -> None:
    source, text = r"^(a)\d+$", "A12\na34\na5"
    stand_in, compiled = lazy.pattern(source, flags), re.compile(source, flags)
    assert stand_in.findall(text) == compiled.findall(text)
    assert stand_in.sub(r"\1", text) == compiled.sub(r"\1", text)
    assert (stand_in.pattern, stand_in.groups) == (source, 1)
    assert copy.copy(stand_in).findall(text) == compiled.findall(text)
    assert lazy.pattern(source.encode(), flags).findall(text.encode()) == re.compile(source.encode(), flags).findall(
        text.encode()
    )


def test_an_invalid_pattern_is_an_error_when_it_is_used() -> None:
    broken = lazy.pattern("(")
    with pytest.raises(re.error):
        broken.search("a")


METADATA = """
import sys
from pubcli.lazy import postpone_metadata
postpone_metadata()
from importlib.metadata import entry_points
assert "email" not in sys.modules
scripts = {script.name for script in entry_points(group="console_scripts")}
import importlib.metadata
assert "pytest" in scripts and importlib.metadata.version("rich")
try:
    importlib.metadata.version("no such package")
except importlib.metadata.PackageNotFoundError:
    print("found")
"""


@pytest.mark.process
def test_package_metadata_are_loaded_when_they_are_used() -> None:
    run = subprocess.run([sys.executable, "-c", METADATA], capture_output=True, check=False)
    assert (run.stdout.split(), run.stderr) == ([b"found"], b"")
