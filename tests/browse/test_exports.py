"""Files that the browser writes: in every format that holds papers, chosen by the suffix."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pubcli.browse.exports import write_file
from strategies import paper_row


def test_a_database_has_the_papers(tmp_path: Path) -> None:
    write_file([paper_row("A Title"), paper_row("Other")], str(tmp_path / "papers.sqlite"))
    with closing(sqlite3.connect(tmp_path / "papers.sqlite")) as database:
        assert database.execute("SELECT title FROM papers").fetchall() == [("A Title",), ("Other",)]


def test_text_is_utf_8_with_the_line_ends_of_its_format(tmp_path: Path) -> None:
    write_file([paper_row("Čas é")], str(tmp_path / "papers.ris"))
    assert "TI  - Čas é\r\n".encode() in (tmp_path / "papers.ris").read_bytes()
