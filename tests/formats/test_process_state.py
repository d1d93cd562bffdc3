"""Reading a file does not change the state of the process."""

import csv
import threading

from pubcli.reader import read

LONG_CELL = "x" * 200_000


def test_reading_a_table_with_a_long_cell_leaves_the_limit_of_the_csv_module_as_it_was() -> None:
    limit = csv.field_size_limit()
    document = read(f'title,abstract\nShort,a\nLong,"{LONG_CELL}"\n', form="csv")
    assert [len(paper.abstract or "") for paper in document.papers] == [1, len(LONG_CELL)]
    assert csv.field_size_limit() == limit


def test_a_long_cell_in_a_malformed_row_is_a_problem_and_the_limit_is_restored() -> None:
    limit = csv.field_size_limit()
    document = read(f'title,abstract\nShort,a\nLong,"{LONG_CELL}\nLast,c\n', form="csv")
    assert [paper.title for paper in document.papers] == ["Short", "Last"]
    assert [problem.line for problem in document.problems] == [3]
    assert csv.field_size_limit() == limit


def test_threads_that_read_long_cells_at_once_restore_the_limit() -> None:
    limit = csv.field_size_limit()
    table = "title,abstract\n" + f'Long,"{LONG_CELL}"\n' * 20
    threads = [threading.Thread(target=read, args=(table,), kwargs={"form": "csv"}) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert csv.field_size_limit() == limit
