"""The time to read BibTeX is proportional to its length, whatever it contains."""

from collections.abc import Callable
from functools import partial

import pytest

from pubcli.formats.bibtex import read as bibtex
from pubcli.formats.shared.collect import ParsedRecord
from pubcli.inputs.sources import ReadOptions, from_text
from pubcli.text.links import links
from work import work

SIZE = 400
"""How often a part is repeated in the smaller of two inputs."""
MAX_RATIO = 2.6
"""How many times the work may grow when the input doubles. Twice is linear, four times is quadratic."""


def title(tex: str) -> str:
    return f"@misc{{a, title = {{{tex}}}}}\n"


INPUTS: dict[str, Callable[[int], str]] = {
    "accents": lambda n: title(r"\'" * n + "x"),
    "accents in groups": lambda n: title(r"\'{" * n + "x" + "}" * n),
    "nested styles": lambda n: title(r"\textbf{" * n + "x" + "}" * n),
    "nested formulas": lambda n: title(r"\ensuremath{" * n + "x" + "}" * n),
    "nested capitals": lambda n: title("{Ab" * n + "}" * n),
    "joined macros": lambda n: f"@misc{{a, title = {{T}}, note = a{'#a' * n}}}\n",
    "joined texts": lambda n: f"@misc{{a, title = {{a}}{'#{a}' * n}}}\n",
    "words without braces": lambda n: f"@misc{{a, title = {{T}}, note = {'a b ' * n}}}\n",
    "missing commas": lambda n: f"@misc{{a, title = {{T}} {''.join(f'f{number} = 1 ' for number in range(n))}}}\n",
    "entries that are never closed": lambda n: "@misc{a, title = {T}, note = {x\n" * n,
    "quotations that are never closed": lambda n: '@misc{a, title = {T}, note = "x\n' * n,
    "entries in quotations": lambda n: '@misc{a, title = {T}, note = "\n' * n + "}" * n,
    "entries in values": lambda n: "@misc(a, title = {\n" * n + "}" * n,
    "comments": lambda n: "@comment{\n" * n + title("T"),
    "generations": lambda n: "".join(f"@book{{b{i}, title={{T}}, f{i}=1, crossref={{b{i + 1}}}}}\n" for i in range(n)),
    "macros of macros": lambda n: "".join(f"@string{{m{i} = m{i + 1}}}\n" for i in range(n)) + title("T"),
    "backticks": lambda n: title("`$" * n),
    "conditions": lambda n: title(r"\ifmmode " * n),
    "tags": lambda n: title("<i>" * n),
    "names": lambda n: f"@misc{{a, title = {{T}}, author = {{{'A, ' * n}}}}}\n",
}


def work_of_reading(text: str) -> int:
    source = from_text(text, None, ReadOptions("bibtex"))
    return work(lambda: [item for item in bibtex.parse(source) if isinstance(item, ParsedRecord)])


@pytest.fixture(scope="module", autouse=True)
def imported() -> None:
    """Read once before, because the first reading imports modules and compiles patterns."""
    work_of_reading(title(r"\'{a} <i>&amp;</i> $\alpha$ `x'"))


@pytest.mark.parametrize("name", INPUTS)
def test_twice_the_input_is_twice_the_work(name: str) -> None:
    small, large = (work_of_reading(INPUTS[name](size)) for size in (SIZE, 2 * SIZE))
    assert large / small < MAX_RATIO


def test_the_work_of_finding_the_end_of_an_address_is_proportional_to_its_length() -> None:
    small, large = (work(partial(links, "http://a.b/" + ")" * size)) for size in (SIZE, 2 * SIZE))
    assert large / small < MAX_RATIO


def test_macros_that_repeat_each_other_do_not_fill_the_memory() -> None:
    definitions = "@string{m0 = {x}}\n" + "".join(f"@string{{m{i + 1} = m{i} # m{i}}}\n" for i in range(60))
    items = list(bibtex.parse(from_text(f"{definitions}@misc{{a, title = m60}}\n", None, ReadOptions("bibtex"))))
    assert any("characters" in getattr(item, "reason", "") for item in items)
