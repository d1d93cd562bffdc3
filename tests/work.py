"""Count the work of a function, to compare how it grows with its input. The clock of a busy machine is no measure."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def work(function: Callable[[], object]) -> int:
    """Return the work of a function: the number of calls, and the characters of the strings that it handles.

    Each string counts when a Python function gets it as an argument, returns it, or has it as an attribute of `self` or
    as a local variable, and again when another string takes its place. So a loop that copies the rest of a text in each
    step counts as much as the text is long, times the steps. The function is called twice, and only the second call
    counts: the first one may import modules and compile patterns.
    """
    function()
    total = 0
    seen: dict[tuple[object, str], tuple[int, int]] = {}

    def count(place: object, name: str, value: object) -> None:
        nonlocal total
        if isinstance(value, str) and seen.get((place, name)) != (id(value), len(value)):
            seen[place, name] = id(value), len(value)  # a new string may be at the address of an old one
            total += len(value)

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal total
        total += 1
        owner = frame.f_locals.get("self")
        for name, value in frame.f_locals.items():
            count(frame.f_code, name, value)
        for name, value in getattr(owner, "__dict__", {}).items():
            count(frame.f_code, f"self.{name}", value)
        if event == "return":
            count(frame.f_code, "return", argument)
        return step

    previous = sys.gettrace()
    sys.settrace(step)
    try:
        function()
    finally:
        sys.settrace(previous)
    return total
