"""BibTeX as biblatex and biber read it: `@online`, one `date`, `eprinttype`; doubts stand in `annotation`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex import write as bibtex
from pubcli.formats.bibtex.write import Dialect, Entry
from pubcli.formats.bibtex.write import read_back as read_back

_DIALECT = Dialect(
    types={
        None: "online", "article": "article", "inproceedings": "inproceedings", "book": "book",
        "chapter": "incollection", "thesis": "thesis", "report": "report", "dataset": "dataset",
        "software": "software", "other": "misc",
    },
    names={
        "journal": "journaltitle", "archivePrefix": "eprinttype", "primaryClass": "eprintclass",
        "school": "institution",
    },
    form="biblatex",
    remarks="annotation",
)  # fmt: skip


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Entries with a blank line between them; nothing at all when there is no paper."""
    return bibtex.put(entries(answer.rows, fields, options), out)


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[Entry]:
    """The entry of each paper."""
    return bibtex.entries(rows, fields, options, _DIALECT)
