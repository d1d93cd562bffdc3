"""The sample page, read once for all tests."""

from datetime import date

import pytest
from hypothesis import settings

from pubcli.model import Document
from pubcli.reader import read
from repository import FIXTURES

# Tests assert causes, never times: a busy machine must not make one fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CAPTURED = date(2026, 11, 23)


@pytest.fixture(scope="session")
def sample() -> bytes:
    """The bytes of the real page."""
    return (FIXTURES / "razaviyayn.txt").read_bytes()


@pytest.fixture(scope="session")
def document(sample: bytes) -> Document:
    """The real page, read as of the day of its capture."""
    return read(sample, as_of=CAPTURED)
