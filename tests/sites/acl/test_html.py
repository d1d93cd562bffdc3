"""A saved page of the ACL Anthology is read with abstracts and identifiers, in its markup of today and of 2020."""

import pytest

import pubcli
from pubcli.errors import InputError

NEW = """<div class="d-sm-flex"><div class="d-block list-button-row"><span><a class="badge" href="/{id}.pdf">pdf
</a><a class="badge" href="/{id}.bib">bib
</a><a class="badge" href="#abstract-{place}">abs</a></span>
<span><a class="badge" title="Video"><i></i></a></span></div>
<span class="d-block"><strong><a class="align-middle" href="/{id}/">{title}</a></strong><br>
<a href="/people/alice-bow/">Alice Bow</a> | <a href="/people/carol-day/unverified/">Carol Day</a><br>
<a href="/volumes/2025.kite-1/">Proceedings of Kites</a></span></div>
<div class="collapse abstract-collapse" id="abstract-{place}"><div>We fly.</div></div>
"""
OLD = """<p class="d-sm-flex"><span class="d-block list-button-row"><a class="badge" href=https://aclanthology.org/{id}.pdf>pdf</a>
<a class="badge" href=https://aclanthology.org/{id}.bib>bib</a></span>
<span class=d-block><strong><a class=align-middle href=https://aclanthology.org/{id}/>{title}</a></strong><br>
<a href=https://aclanthology.org/people/a/alice-bow/>Alice Bow</a><br><a href=https://aclanthology.org/volumes/P20-1/>Kites</a></span></p>
"""


def page(*records: str, name: str = 'Alice <span class="fw-bold">Bow</span>') -> bytes:
    also = "<p><span>Also published as:</span> A. <b>Bow</b>, A. B. <b>Bow</b></p>"
    head = f'<h2 id="title"><span>{name}</span></h2>\n{also}\n'
    return f"<html><body>{head}{''.join(records)}<h5>Co-authors</h5></body></html>".encode()


def test_a_record_has_its_abstract_its_identifier_and_its_further_links() -> None:
    record = NEW.format(id="2025.kite-1.2", place="2025--kite-1--2", title="Walks on <i>Kites</i>")
    document = pubcli.read(page("<h4>2025</h4>\n", record))
    (paper,) = document.papers
    assert (document.profile.site, document.profile.name) == ("acl", "Alice Bow")
    assert document.profile.name_variants == ("A. B. Bow", "A. Bow")
    assert (paper.title, paper.authors) == ("Walks on Kites", ("Alice Bow", "Carol Day"))
    assert (paper.venue, paper.kind, paper.date and paper.date.year) == ("Proceedings of Kites", "inproceedings", 2025)
    assert (paper.abstract, paper.badges, paper.extra) == ("We fly.", ("Video",), {"id": "2025.kite-1.2"})
    assert paper.url == "https://aclanthology.org/2025.kite-1.2/"
    assert paper.line == 4


def test_the_markup_of_2020_is_read() -> None:
    records = [OLD.format(id=f"P20-100{number}", title=f"Kites {number}") for number in (1, 2)]
    document = pubcli.read(page("<h4>2020</h4>", *records, name='Alice <span class="font-weight-bold">Bow</span>'))
    assert [paper.title for paper in document.papers] == ["Kites 1", "Kites 2"]
    assert [paper.extra["id"] for paper in document.papers] == ["P20-1001", "P20-1002"]
    assert document.profile.name == "Alice Bow"


def test_a_record_without_a_title_is_a_problem_with_its_text() -> None:
    records = [NEW.format(id="2025.kite-1.2", place="x", title=title) for title in ("Kites", "")]
    document = pubcli.read(page(*records))
    assert len(document.papers) == 1
    assert ["Alice Bow" in problem.text for problem in document.problems] == [True]


def test_html_of_another_kind_is_refused_if_the_site_is_named() -> None:
    with pytest.raises(InputError, match="no list of papers of the ACL Anthology"):
        pubcli.read(b"<html><body><p>Kites</p></body></html>", form="acl")
