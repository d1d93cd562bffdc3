"""The fast path reads records exactly as the general path does."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mutations import MUTATIONS
from pubcli.errors import PubcliError
from pubcli.model import Document
from pubcli.reader import read
from pubcli.sites.paperfeed import dateline, fast_path
from pubcli.sites.paperfeed.record import RawPaper
from thoroughness import examples

DATE_LINES = (
    "LGMar 13, 2022",
    "OCJul 4",
    "CHEM-PHJul 4, 2019Code",
    "Mar 1, 2020",
    "LGFeb 30, 2020",
    "A--BMay 1",
    "AThe 1",
)
TITLES = (
    "A Title", "GAN", "12 Papers", "h-index12", "May 24 Revisited", "A Mar 13, 2022", "3D", "arXiv:2602.1",
    " Pasted\u00a0", "Rényi", "\u200b", "LGMar 14, 2022",
)  # fmt: skip
BYLINES = (
    "Ada Lovelace",
    "Çelik Şahin, Bo Li et al.",
    "Ada Lovelace, Alan Turing · ibm",
    "Plato",
    "We saw 5 of them.",
    "",
)
ABSTRACTS = (
    "We learn $θ_0$.",
    "See https://x.org/a.",
    "OCJul 5, 2021",
    "56 Papers",
    "\u00a0We paste",
    "Ada Lovelace\nLG\nh-index7",
)
GAPS = ("\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n \n")


USUAL_GAPS = ("\n", "\n\n", "\n\n", "\n\n")


def record(lines: Sequence[str], gaps: Sequence[str] = USUAL_GAPS) -> str:
    return "".join(line + gap for line, gap in zip(lines, gaps, strict=True))


def decoded(line: bytes) -> str:
    return line.decode(errors="ignore")


date_lines = st.from_regex(re.compile(dateline.PATTERN, re.VERBOSE), fullmatch=True).map(decoded)


@contextmanager
def only_the_general_path() -> Iterator[None]:
    with patch.object(fast_path, "papers", lambda data, start, first: ([], start)):
        yield


def reading(data: bytes) -> Document | str:
    try:
        return read(data)
    except PubcliError as error:
        return str(error)


def assert_alike(data: bytes) -> None:
    fast = reading(data)
    with only_the_general_path():
        assert reading(data) == fast


def mostly_first(lines: Sequence[str]) -> SearchStrategy[str]:
    return st.sampled_from(lines[:1]) | st.sampled_from(lines[:1]) | st.sampled_from(lines)


records = st.builds(
    record,
    st.tuples(*map(mostly_first, (DATE_LINES, TITLES, BYLINES, ABSTRACTS))),
    st.just(USUAL_GAPS) | st.just(USUAL_GAPS) | st.tuples(*[st.sampled_from(GAPS)] * 4),
)


@examples(500)
@given(st.lists(records, min_size=1, max_size=6), st.sampled_from(["", "Ada Lovelace\nLG\nh-index61\n", "\ufeff"]))
def test_both_paths_read_pages_of_usual_and_unusual_records_alike(page: list[str], beginning: str) -> None:
    assert_alike((beginning + "".join(page)).encode())


@examples(200)
@given(st.lists(date_lines | st.text(max_size=12), min_size=4, max_size=4))
def test_both_paths_read_any_line_in_place_of_a_title_or_abstract_alike(lines: list[str]) -> None:
    plain = [DATE_LINES[0], TITLES[0], BYLINES[0], ABSTRACTS[0]]
    unusual_records = [[*plain[:index], line, *plain[index + 1 :]] for index, line in enumerate(lines)]
    assert_alike("".join(map(record, [plain, plain, *unusual_records, plain, plain])).encode())


@examples(200)
@given(st.randoms(use_true_random=False), st.integers(1, 20), st.binary(max_size=3))
def test_both_paths_read_mutated_pages_alike(sample: bytes, random: Random, mutations: int, inserted: bytes) -> None:
    page = sample.decode().split("\n")
    for mutation in random.choices(MUTATIONS, k=mutations):
        mutation(page or [""], random)
    data = "\n".join(page).encode()
    position = random.randrange(len(data) + 1)
    assert_alike(data[:position] + inserted + data[position:])


def test_the_fast_path_reads_most_records_of_the_real_page(sample: bytes) -> None:
    counts: list[int] = []

    def counting_papers(data: bytes, start: int, first: int) -> tuple[list[RawPaper], int]:
        papers, end = read_papers(data, start, first)
        counts.append(len(papers))
        return papers, end

    read_papers = fast_path.papers
    with patch.object(fast_path, "papers", counting_papers):
        read(sample)
    assert sum(counts) > 40
