"""Double inputs of one shape: the work doubles as well, so no input takes quadratic time.

The shapes are those that once took quadratic time, and random ones: a piece of text that is repeated at a random place
of a fixture. Work is the processor time of this process, so other processes hardly change it. A shape fails if twice
in a row four times the input takes ten times the work (linear: 4, quadratic: 16).
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import NamedTuple

from pubcli.errors import PubcliError
from pubcli.formats import READABLE
from pubcli.reader import read
from soak.harness import Kind, Session, Trial
from soak.inputs import AS_OF, ODD, fixtures

_ENOUGH = 0.05
"""Seconds of processor time from which on a ratio is meaningful."""
_LARGEST = 2_000_000
"""Bytes of the smallest of the three inputs that are compared. A shape that is still fast then passes."""
_RATIO = 10.0


class Shape(NamedTuple):
    """An input of any size: a beginning, a unit that is repeated, and an end."""

    form: str
    beginning: bytes
    unit: bytes
    end: bytes = b""

    def of_size(self, count: int) -> bytes:
        """Return the input with this number of units."""
        return self.beginning + self.unit * count + self.end


_RECORD = b"LGMar 13, 2022\nA Title\n\nAda Lovelace, Bob Day\n\nText.\n\n"
_HEAD = b"Ada Lovelace\n\nLG\nh-index3\n\n"
_COMPACT = (
    b"LGMar 13, 2022\nA Title That Is Wrapped at\nThis WidthAda Lovelace, Bob Day\nWords of an abstract which\n"
    b"was wrapped.\n"
)
KNOWN = (
    *(
        Shape("bibtex", b"@misc{a, title={", unit, b"}, author={A B}}\n")
        for unit in (
            b"\\'", b"\\'{", b"\\textbf{", b"{", b"}", b"\\", b"$", b"$x$", b"$\\textbf{", b"\\ensuremath{", b"a-",
            b"--", b"\\begin{", b"\\ifmmode a\\else b\\fi ", b"\\\"{a}", b"&amp;", b"<i>", b"%\n", b"~", b"a ", b"\n",
            b" ", b"\\sup{", b"^{", b"_{", b"\\frac{a}{", b"#", b"@x{a = }} ",
        )
    ),
    Shape("bibtex", b"@misc{a, title=", b"a#", b"a}\n"),
    Shape("bibtex", b"@misc{a, title=", b'"a" # ', b'"a"}\n'),
    Shape("bibtex", b"@misc{a, title={T}, author={", b"Ada Lovelace and ", b"B C}}\n"),
    Shape("bibtex", b"@misc{a, title={T}, author={", b"A, ", b"B C}}\n"),
    Shape("bibtex", b"@misc{a, title={T}, keywords={", b"a, ", b"b}}\n"),
    Shape("bibtex", b"", b"@misc{a, title={T}}\n"),
    Shape("bibtex", b"", b"@misc{a, title={T}, \n"),
    Shape("bibtex", b"", b"@misc{a, title={T\n"),
    Shape("bibtex", b"", b"@misc{a\n"),
    Shape("bibtex", b"", b"@string{a = {b}}\n"),
    Shape("bibtex", b"", b"@comment{a\n"),
    Shape("bibtex", b"", b"% a\n", b"@misc{a, title={T}}\n"),
    Shape("bibtex", b"@misc{a, title={T}", b", x={y}", b"}\n"),
    Shape("bibtex", b"@misc{a, title={T}, month=", b"jan # ", b"feb}\n"),
    *(Shape(form, b"[", b'{"title": "T",},') for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b"[", b'{"title": "T"') for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b'[{"title": ', b"[", b"") for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b'[{"title": ', b'{"a":', b"") for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b"[", b'{"title": "T}, ') for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b'[{"title": "', b"\\", b'"}]') for form in ("json", "csl-json", "openalex")),
    *(Shape(form, b"", b'{"title": "T",}\n') for form in ("jsonl", "arxiv-jsonl", "json")),
    Shape("csl-json", b'[{"title": "T", "author": [', b'{"family": "A", "given": "B"},', b'{"family": "C"}]}]'),
    Shape("dblp", b"<dblp>\n", b"<article key='a'><title>T<</title></article>\n", b"</dblp>\n"),
    Shape("dblp", b"<dblp>\n", b"<article key='a'><title>T</title>\n", b"</dblp>\n"),
    Shape("dblp", b"<dblp>\n<article key='a'><title>", b"<i>", b"</title></article></dblp>\n"),
    Shape("dblp", b"<dblp>\n<article key='a'><title>", b"&foo; ", b"</title></article></dblp>\n"),
    Shape("dblp", b"<dblp>\n<article key='a'>", b"<author>A B</author>", b"<title>T</title></article></dblp>\n"),
    Shape("arxiv", b'<feed xmlns="http://www.w3.org/2005/Atom">', b"<entry><title>T</title>", b"</feed>"),
    Shape("ris", b"TY  - JOUR\nTI  - T\n", b"AU  - Lovelace, Ada\n", b"ER  - \n"),
    Shape("ris", b"TY  - JOUR\nTI  - T\nAB  - a\n", b"word word\n", b"ER  - \n"),
    Shape("ris", b"", b"TY  - JOUR\nTI  - T\n"),
    Shape("ris", b"", b"stray\n"),
    Shape("wos", b"FN Web of Science\n", b"PT J\nTI T\n"),
    Shape("wos", b"FN Web of Science\nPT J\nTI T\nAU A, B\n", b"   C, D\n", b"ER\nEF\n"),
    Shape("medline", b"", b"PMID- 1\nTI  - T\n"),
    Shape("medline", b"PMID- 1\nTI  - T\n", b"FAU - A, B\nAD  - C\n"),
    Shape("medline", b"PMID- 1\nTI  - T\nAB  - ", b"      word\n"),
    Shape("csv", b"title,author\n", b'"a\n'),
    Shape("csv", b"title,author\n", b'T,"A ""B"" C; '),
    Shape("csv", b"title,author\nT,", b"Lovelace, Ada; "),
    Shape("csv", b"title,author\n", b"T,A B,x,y\n"),
    Shape("csv", b"title", b",x", b"\nT\n"),
    Shape("tsv", b"title\tauthor\nT\t", b"A B, ", b"\n"),
    Shape("page", _HEAD, _RECORD),
    Shape("page", _HEAD, b"LGMar 13, 2022\n"),
    Shape("page", _HEAD, b"LGMar 13\n\n"),
    Shape("page", _HEAD + b"LGMar 13, 2022\nT\n\n", b"Ada Lovelace, ", b"Bob Day\n\nText.\n"),
    Shape("page", _HEAD + b"LGMar 13, 2022\n", b"a ", b"\n\nAda Lovelace\n\nText.\n"),
    Shape("page", _HEAD + b"LGMar 13, 2022\nT\n\nAda Lovelace\n\n", b"(https://x.org/a", b"\n"),
    Shape("page", _HEAD + b"LGMar 13, 2022\nT\n\nAda Lovelace\n\n", b"$x_{", b"\n"),
    Shape("page", b"", _COMPACT, b""),
    Shape(
        "dblp-page",
        b"Ada Lovelace\nrefinements active!\n2020 - today\n2024\n[j1]Ada Lovelace:\nA Title. J. 1: 2 (2024)\n",
        b"pp. 1-212\n2010 2> et al.\n", b"[j2]Ada Lovelace:\nAnother Title. J. 2: 3 (2024)\n",
    ),
    Shape("page", b"", b"Ada Lovelace\n\nh-index1\n\n"),
    Shape("page", _HEAD, b"line\n"),
)  # fmt: skip
"""Shapes that took quadratic time in some version, and their relatives."""


def drive(session: Session) -> None:
    """Measure the known shapes, then random ones. The seed of a known shape is its index."""
    for trial in session.trials():
        shape = KNOWN[trial.seed] if trial.seed < len(KNOWN) else _random_shape(trial.random)
        _measure(trial, shape)


def _random_shape(random: Random) -> Shape:
    form = random.choice(list(READABLE))
    data = random.choice(fixtures()[form])[:4_000]
    place = random.randrange(len(data) + 1)
    start = random.randrange(len(data) + 1)
    pieces = [random.choice(ODD)[:30] for _ in range(random.choice((0, 1, 2)))]
    pieces.append(data[start : start + random.choice((0, 1, 5, 40))])
    unit = b"".join(random.sample(pieces, len(pieces))) or b"{"
    return Shape(form, data[:place], unit, random.choice((data[place:], b"")))


def _measure(trial: Trial, shape: Shape) -> None:
    call = f"pubcli.read({shape.beginning!r:.300} + {shape.unit!r} * n + {shape.end!r:.300}, form={shape.form!r})"
    with trial.guarded(call, shape.of_size(1_000)):
        count = next((count for count in _counts(shape) if _work(shape, count) >= _ENOUGH), None)
        if count is None:
            return
        for _ in range(2):  # again, because another process may have disturbed one of the measurements
            ratio = _smallest_work(shape, 4 * count) / _smallest_work(shape, count)
            if ratio <= _RATIO:
                return
        message = f"4 times the input takes {ratio:.1f} times the work (n = {count})"
        trial.report(Kind.HUNG, message, call, shape.of_size(count))


def _counts(shape: Shape) -> Iterator[int]:
    """Yield numbers of units, each twice as large as the one before."""
    count = 1 + 4_000 // len(shape.unit)
    while count * len(shape.unit) < _LARGEST:
        yield count
        count *= 2


def _smallest_work(shape: Shape, count: int) -> float:
    """Return the smallest of several measurements, or a single one that is long enough to be exact."""
    first = _work(shape, count)
    return first if first > 1 else min(first, *(_work(shape, count) for _ in range(2)))


def _work(shape: Shape, count: int) -> float:
    """Return the seconds of processor time for reading an input."""
    data = shape.of_size(count)
    start = time.process_time()
    with suppress(PubcliError):
        read(data, as_of=AS_OF, form=shape.form)
    return time.process_time() - start
