"""Turn the records of a source into a document: the records of a file with abstracts, or of a copied list."""

from collections.abc import Sequence

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader
from pubcli.formats.shared.page_lines import Line, page_lines
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.pubmed import abstracts, header, line_spacing, results

SITE = "pubmed"


def read(source: Source) -> Document:
    """Return all records as one page. Raise InputError if the source has no record of PubMed."""
    as_copied = page_lines(source)
    page = line_spacing.rows(as_copied)
    starts = abstracts.starts(page)
    collector, around = Collector(), list[Line]()
    above: Sequence[Line] = page[: starts[0].place] if starts else page
    if results.has_records(above):
        collector.extend(results.records(above, around))
    else:
        collector.extend(results.above_records(above, around))
    ends = [start.place for start in starts[1:]] + [len(page)]
    may_have_list = source.data.count(b"PMID:") > len(starts)
    for start, end in zip(starts, ends, strict=bool(starts)):
        list_start = _list_start(page, start.place, end) if may_have_list else end
        collector.extend(abstracts.record(start, page[start.place : list_start]))
        collector.extend(results.records(page[list_start:end], around))
    if not collector.has_records:
        raise encoding.wrong_format_error(source, "no record of PubMed")
    stated = {"site": SITE} | header.values(around, len(collector.records))
    numbers = [line.number for line in around]
    if page is not as_copied:
        line_number = line_spacing.line_numbers(as_copied, page)
        collector.renumber(line_number)
        numbers = list(map(line_number, numbers))
    return Document(
        source=source.name, pages=(collect.page(source, collector, header=PageHeader(stated, tuple(sorted(numbers)))),)
    )


def _list_start(page: Sequence[Line], start: int, end: int) -> int:
    """Return the index of the first line below a record with an abstract if a copied list follows; else `end`."""
    below = next((index + 1 for index in range(start, end) if page[index].text.startswith("PMID:")), end)
    return below if results.has_records(page[below:end]) else end
