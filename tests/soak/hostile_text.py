"""Fill a library with hostile text, and write it by every command in every format: no reader of the output obeys it.

Text for people has no control characters. Files for programs are valid in their format and have all papers. Reports
and pictures have no elements or attributes that come from a paper.
"""

import csv
import io
import json
from collections.abc import Sequence
from html.parser import HTMLParser
from random import Random
from typing import Any
from xml.etree import ElementTree

from hostile import COLOR, CONTROL, INVISIBLE, LINK, NAMES, ODD_NAMES, PAPERS, PAYLOADS
from pubcli.errors import ExitCode
from pubcli.formats import WRITABLE
from pubcli.graphs import FORMATS as GRAPHS
from pubcli.reader import read
from repository import SAMPLE
from soak.command_server import CommandServer
from soak.harness import DOCUMENTED, Home, Kind, Result, Session, Trial

_COMMANDS_OF_LIBRARY = 12
"""Commands that are run on the papers of one trial."""
_TEXT_FIELDS = ("title", "abstract", "org", "venue", "publisher", "volume", "pages", "url", "doi", "arxiv", "category")
_QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("list",), ("list", "--fields", "key,title,authors,abstract,org,venue,keywords,extra,links,url"),
    ("search", "title"), ("show", "1"), ("show", "2"), ("similar", "1"), ("coauthors",), ("people",),
    ("people", "--variants"), ("network",),
    ("stats", "category"), ("stats", "year", "org"), ("topics",), ("profile",), ("profile", "--list"),
    ("library", "duplicates"), ("check",),
    ("export",), ("library", "run"), ("library", "info"), ("library", "cache"), ("help", "formats"),
    ("library", "check"),
)  # fmt: skip
_FOR_PEOPLE = ("table", "markdown", "text")
_KEEPS = {"tsv": f"\t{INVISIBLE}", "csv": f"\r{INVISIBLE}", "ris": f"\r{INVISIBLE}", "table": "\t"}
"""Characters that a format may contain although they are control characters."""
_ELEMENTS_OF_SVG = {"script", "foreignObject", "a", "image", "iframe"}
_FORMULA = tuple("=+-@\t\r")
"""First characters of a cell that a spreadsheet takes for a formula."""


def drive(session: Session) -> None:
    """Fill one library after the other, and run some commands on each."""
    home = Home(session.folder / "home")
    with CommandServer(home) as server:
        markup = _markup_of_harmless_report(home, server)
        for trial in session.trials():
            papers = [_paper(trial.random, number) for number in range(trial.random.choice((1, 5, 25)))]
            content = json.dumps(papers).encode()
            _fill(trial, home, server, content)
            for _ in range(_COMMANDS_OF_LIBRARY):
                _write(trial, server, content, len(papers), markup)


def _paper(random: Random, number: int) -> dict[str, Any]:
    """Return a paper with hostile text in some of its fields. Its key is sound, so that it is not refused."""
    paper = dict(random.choice(list(PAPERS.values()))) | {"key": f"key{number}", "position": number + 1}
    for field in random.sample(_TEXT_FIELDS, random.choice((1, 2, 5))):
        paper[field] = _text(random)
    if random.random() < 0.5:
        paper["authors"] = [random.choice((*NAMES, *ODD_NAMES, _text(random))) for _ in range(random.choice((1, 3, 8)))]
    if random.random() < 0.3:
        paper["keywords"] = [_text(random) for _ in range(3)]
        paper["extra"] = {random.choice(("note", "isbn", _text(random))): _text(random)}
    return paper | {"title": paper["title"] + " title"}


def _text(random: Random) -> str:
    parts = random.choices(list(PAYLOADS.values()), k=random.choice((1, 1, 2, 4)))
    return random.choice(("", "a ", "10.1000/", "https://x.org/")) + random.choice(("", " ", "b")).join(parts)


def _fill(trial: Trial, home: Home, server: CommandServer, content: bytes) -> None:
    for path in home.folder.glob("library.sqlite*"):
        path.unlink()
    (home.folder / "papers.json").write_bytes(content)
    trial.check(server.run("add", "papers.json", "--from", "json"), DOCUMENTED, content)


def _write(trial: Trial, server: CommandServer, content: bytes, count: int, markup: set[str]) -> None:
    """Run a random command and report what is wrong with its output."""
    command, form = _command(trial.random)
    result = server.run(*command)
    if not trial.check(result, DOCUMENTED, content):
        return
    try:
        _require_harmless(result, command, form, markup)
        if command[0] in ("export", "list") and result.status == ExitCode.DONE and "-q" not in command:
            _require_all_papers(result.stdout, form, count)
    except (AssertionError, ValueError, csv.Error, ElementTree.ParseError) as error:
        trial.report(Kind.WRONG, f"{form}: {type(error).__name__}: {ascii(str(error))[:600]}", result.command, content)


def _command(random: Random) -> tuple[tuple[str, ...], str]:
    """Return a command and the format of its output."""
    choice = random.random()
    if choice < 0.1:
        form = random.choice(list(GRAPHS))
        return ("network", "-f", form), form
    if choice < 0.15:
        return ("report",), "html"
    if choice < 0.17:
        return ("plot", random.choice(("years", "topics", "network", "teams"))), "svg"
    if choice < 0.25:
        word = _text(random).replace("\x00", "")
        return ("list", random.choice((word, f'author:"{word}"', f"/{word}/")), "-q", "--owner", word), "table"
    question = random.choice(_QUESTIONS)
    if random.random() < 0.2:
        return (*question, "--color", "always"), "colour"
    form = random.choice([name for name, row in WRITABLE.items() if row.writer and not row.is_binary])
    options = {"text": ("--template", "{key} {title} {authors}"), "csv": random.choice(((), ("--excel",)))}
    return (*question, "-f", form, *options.get(form, ())), form


def _require_harmless(result: Result, command: Sequence[str], form: str, markup: set[str]) -> None:
    """Raise AssertionError for an output that a terminal, a browser or a spreadsheet may obey."""
    text, errors = result.stdout.decode(), result.stderr.decode()
    assert not _controls(errors, ""), f"standard error has {_controls(errors, '')}"
    if form == "colour":
        text = LINK.sub("", COLOR.sub("", text))
    if form in ("html", "svg"):
        _require_own_markup(text, form, markup)
    elif form in (*_FOR_PEOPLE, *_KEEPS, "colour"):
        allowed = _KEEPS.get(form, "\t" if form == "colour" else "")
        assert not _controls(text, allowed), f"the output has {_controls(text, allowed)}"
    else:
        controls = _controls(text, INVISIBLE)
        assert not controls, f"the output has {controls}"
    if "--excel" in command:
        formulas = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if _is_formula(cell)]
        assert not formulas, f"cells are formulas: {formulas}"


def _controls(text: str, allowed: str) -> set[str]:
    return set(CONTROL.findall(text)) - set(allowed)


def _is_formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) and not cell[1:].replace(".", "").isdigit()


class _Markup(HTMLParser):
    """Collect the elements, attributes and scheme of links of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.items: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.items.add(f"<{tag}>")
        for name, value in attrs:
            self.items.add(f"{tag} {name}")
            if name in ("href", "src"):
                self.items.add(f"link {(value or '').partition(':')[0] if ':' in (value or '') else '#'}")


def _markup_of(text: str) -> set[str]:
    parser = _Markup()
    parser.feed(text)
    parser.close()
    return parser.items


def _markup_of_harmless_report(home: Home, server: CommandServer) -> set[str]:
    """Return the elements, attributes and kinds of links in a report about papers without hostile text."""
    harmless = [
        PAPERS["everything"] | {"links": ["https://x.org/a"], "abstract": "See https://x.org/a or http://x.org."},
        *(PAPERS[name] for name in ("ordinary", "cut", "uncertain", "no date", "no authors", "a year")),
    ]
    (home.folder / "papers.json").write_text(json.dumps(harmless), encoding="utf-8")
    assert server.run("add", "papers.json", "--from", "json").status == ExitCode.DONE
    markup = _markup_of(server.run("report").stdout.decode())
    return markup | _markup_of(server.run("report", "-p", str(SAMPLE)).stdout.decode()) | {"link http"}


def _require_own_markup(text: str, form: str, markup: set[str]) -> None:
    if form == "svg":
        if text:
            tree = ElementTree.fromstring(text)  # noqa: S314 - pubcli wrote it, and the test declares no entities
            tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
            assert not tags & _ELEMENTS_OF_SVG, f"the picture has elements {tags & _ELEMENTS_OF_SVG}"
        return
    foreign = _markup_of(text) - markup
    assert not foreign, f"the report has markup of its own: {foreign}"


def _require_all_papers(output: bytes, form: str, count: int) -> None:
    """Raise AssertionError or ValueError if an answer is not valid in its format, or lacks papers."""
    text = output.decode()
    match form:
        case "json" | "csl-json":
            rows = len(json.loads(text))
        case "jsonl":
            rows = len([json.loads(line) for line in text.splitlines()])
        case "csv" | "tsv":
            cells = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t"))
            assert len({len(row) for row in cells}) == 1, "rows have different numbers of cells"
            rows = len(cells) - 1
        case "bibtex" | "biblatex" | "ris":
            document = read(output, form=form)
            assert document.problems == (), document.problems
            rows = len(document.papers)
        case _:
            return
    assert rows == count, f"{rows} papers instead of {count}"
