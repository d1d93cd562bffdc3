"""Number of random examples and repetitions: all of them, or a tenth in the fast test loop.

tests/conftest.py chooses the profile: `quick` for `pytest -m "not process"`, otherwise `full`.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

_T = TypeVar("_T")
_FULL, _QUICK = 100, 10
"""Number of examples of a test that sets none; the default of Hypothesis is 100."""
_FEWEST = 3


def choose_profile(is_quick: bool) -> None:
    """Set the number of examples for the whole run. Must be called before test modules are imported.

    If the variable CI is set, a test has the same examples in every run, so that a failure comes from the change.
    """
    # Tests assert causes, never times: a busy machine must not make one fail.
    shared = settings(deadline=None, derandomize=bool(os.environ.get("CI")))
    settings.register_profile("full", shared, max_examples=_FULL)
    settings.register_profile("quick", shared, max_examples=_QUICK)
    settings.load_profile("quick" if is_quick else "full")


def repetitions(count: int) -> int:
    """Return `count`, or a tenth of it, at least three, in the fast test loop."""
    share = settings.get_profile(settings.get_current_profile_name()).max_examples / _FULL
    return max(_FEWEST, round(count * share))


def examples(count: int, suppress_health_check: Sequence[HealthCheck] = ()) -> settings:
    """Return settings for `count` random examples, or for a tenth of them in the fast test loop."""
    return settings(max_examples=repetitions(count), suppress_health_check=suppress_health_check)


def all_or_first(values: Sequence[_T]) -> Sequence[_T]:
    """Return all values, or only the first in the fast test loop, for parameters that take long and differ little."""
    return values if settings.get_current_profile_name() == "full" else values[:1]
