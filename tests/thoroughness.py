"""How many random examples a property test takes: all of them, or a tenth in the fast test loop.

tests/conftest.py chooses the profile: `quick` for `pytest -m "not process"`, otherwise `full`.
"""

from collections.abc import Sequence

from hypothesis import HealthCheck, settings

_FULL, _QUICK = 100, 10
"""Examples of a test that names no number; Hypothesis takes 100."""
_FEWEST = 3


def choose_profile(is_quick: bool) -> None:
    """Set the number of examples for the whole run. Must be called before test modules are imported."""
    # Tests assert causes, never times: a busy machine must not make one fail.
    settings.register_profile("full", deadline=None, max_examples=_FULL)
    settings.register_profile("quick", deadline=None, max_examples=_QUICK)
    settings.load_profile("quick" if is_quick else "full")


def examples(count: int, suppress_health_check: Sequence[HealthCheck] = ()) -> settings:
    """Return settings for `count` examples, or for a tenth of them, at least three, in the fast test loop."""
    share = settings.get_profile(settings.get_current_profile_name()).max_examples / _FULL
    return settings(max_examples=max(_FEWEST, round(count * share)), suppress_health_check=suppress_health_check)
