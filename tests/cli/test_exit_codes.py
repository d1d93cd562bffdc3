"""Exit statuses that scripts rely on, and the one sentence that explains each failure.

The fixture `pubcli` checks in every run that the status is not 70, which means a bug.
"""

import gzip
import json
import os
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]

SUCCESS, NOTHING, USAGE, INPUT, PROBLEMS, OUTPUT = 0, 1, 2, 3, 4, 74

RECORD = "LGMar 13, 2022Code\nA Title of a Paper\n\nAlice Bow, Carol Day\n\nWhat it is about.\n\n"
HEADER = "Alice Bow\n\nLG\nh-index61\n56papers\n\n56 Papers\n\n"
CAFE = (HEADER + RECORD).replace("Alice", "Andr\u00e9 \u201cAl\u201d")
NOISE = random.Random(1).randbytes(3_000)


def error(result: "subprocess.CompletedProcess[bytes]") -> str:
    """Return the only line on standard error."""
    assert result.stdout == b""
    [line] = result.stderr.decode().splitlines()
    assert line.startswith("pubcli: ")
    return line


# Status 0 and 1


@pytest.mark.parametrize("command", ["list", "coauthors", "profile", "check", "show 1"])
def test_an_answer_exits_with_status_0(pubcli: Program, command: str) -> None:
    assert pubcli(*command.split(), "-p", "page.txt", "-f", "jsonl").returncode == SUCCESS


@pytest.mark.parametrize("command", ["search", "coauthors", "stats category"])
def test_an_empty_answer_exits_with_status_1_and_is_valid_json(pubcli: Program, command: str) -> None:
    result = pubcli(*command.split(), "nothingmatchesthis", "--json", "-p", "page.txt")
    assert result.returncode == NOTHING
    assert json.loads(result.stdout) == []
    assert b"nothingmatchesthis" in result.stderr


@pytest.mark.parametrize("format", ["tsv", "csv", "jsonl"])
def test_an_empty_answer_exits_with_status_1_and_contains_only_the_header(pubcli: Program, format: str) -> None:
    full_answer = pubcli("list", "-n", "1", "-f", format, "-p", "page.txt")
    result = pubcli("list", "nothingmatchesthis", "-f", format, "-p", "page.txt")
    assert result.returncode == NOTHING
    assert result.stdout == (b"" if format == "jsonl" else full_answer.stdout.splitlines(keepends=True)[0])


@pytest.mark.parametrize("arguments", [("-n", "0"), ("--offset", "1000"), ("--since", "2030")])
def test_an_answer_emptied_by_limit_offset_or_date_exits_with_status_1(
    pubcli: Program, arguments: tuple[str, ...]
) -> None:
    result = pubcli("list", *arguments, "--json", "-p", "page.txt")
    assert (result.returncode, result.stdout) == (NOTHING, b"[]\n")


def test_an_unknown_paper_exits_with_status_1(pubcli: Program) -> None:
    result = pubcli("show", "nosuchkey", "--json", "-p", "page.txt")
    assert (result.returncode, result.stdout) == (NOTHING, b"[]\n")
    assert b"nosuchkey" in result.stderr


def test_a_page_without_records_exits_with_status_1(pubcli: Program) -> None:
    result = pubcli("list", "--json", "-p", "-", input=HEADER.encode())
    assert (result.returncode, result.stdout) == (NOTHING, b"[]\n")


# Status 2


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("lst",), "list"),
        (("coauthor",), "coauthors"),
        (("list", "--categry", "LG"), "--category"),
        (("list", "--format", "jsn"), "json"),
        (("list", "--fields", "key,tittle"), "title"),
        (("list", "--sort", "-dat"), "date"),
        (("coauthors", "--sort", "paper"), "papers"),
        (("help", "schema", "papr"), "paper"),
        (("search", "titel:x"), "title"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_misspelling_exits_with_status_2_and_a_suggestion(
    pubcli: Program, arguments: tuple[str, ...], suggestion: str
) -> None:
    result = pubcli(*arguments)
    assert result.returncode == USAGE
    assert result.stdout == b""
    assert re.search(
        rf"(did you mean|possible options).*{re.escape(suggestion)}", result.stderr.decode(), re.IGNORECASE
    )


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("list", "--year", "next"), "--year"),
        (("list", "--year", "2023..2021"), "2023..2021"),
        (("list", "--year", "2021-13"), "2021-13"),
        (("list", "--since", "spring"), "--since"),
        (("list", "--until", "2021-02-30"), "--until"),
        (("list", "--as-of", "2026"), "--as-of"),
        (("list", "--as-of", "2026-02-30"), "--as-of"),
        (("list", "--format", "yaml"), "--format"),
        (("list", "--color", "sometimes"), "--color"),
        (("list", "--fields", "nothing"), "--fields"),
        (("list", "--sort", "nothing"), "--sort"),
        (("list", "--limit", "few"), "--limit"),
        (("list", "--limit", "-1"), "--limit"),
        (("list", "--offset", "-1"), "--offset"),
        (("list", "--json", "--format", "csv"), "--json"),
        (("list", "--category"), "--category"),
        (("list", "--org", ""), "--org"),
        (("list", "--author", ""), "--author"),
        (("list", "--profile", ""), "--profile"),
        (("list", "--output", ""), "--output"),
        (("search",), "search"),
        (("show",), "KEY"),
        (("help", "schema", "pages"), "pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_an_invalid_argument_exits_with_status_2_and_a_message_that_names_it(
    pubcli: Program, arguments: tuple[str, ...], name: str
) -> None:
    result = pubcli(*arguments)
    assert result.returncode == USAGE
    assert result.stdout == b""
    assert name.lstrip("-") in result.stderr.decode()


def test_a_regular_expression_that_takes_too_long_exits_with_status_2(pubcli: Program) -> None:
    result = pubcli("list", r"/(\w|\w\w|\s)*(?:\.){9}/", "-p", "page.txt")

    assert result.returncode == USAGE
    assert result.stderr.startswith(b"pubcli: the regular expression takes too long; ")


@pytest.mark.parametrize(
    ("query", "start", "length"),
    [
        ("(privacy", 0, 1),
        ("privacy )", 8, 1),
        ('fair "privacy', 5, 1),
        ("fair OR", 7, 1),
        ("OR fair", 0, 2),
        ("fair colour:red", 5, 6),
        ("fair year:abc", 5, 8),
        ("...", 0, 3),
        ("has:money", 0, 9),
    ],
)
def test_an_invalid_query_exits_with_status_2_and_carets_below_the_error(
    pubcli: Program, query: str, start: int, length: int
) -> None:
    result = pubcli("search", query, "-p", "page.txt")
    assert result.returncode == USAGE
    assert result.stdout == b""
    message, output, carets = result.stderr.decode().splitlines()
    assert message.startswith("pubcli: ")
    assert output == f"  {query}"
    assert carets == "  " + " " * start + "^" * length


def test_the_caret_is_placed_correctly_below_wide_characters(pubcli: Program) -> None:
    _, output, carets = pubcli("search", "李明 ) x").stderr.decode().splitlines()
    assert output == "  李明 ) x"
    assert carets == "  " + " " * len("xxxx ") + "^"


def test_a_query_word_that_looks_like_an_option_is_not_read_as_an_option(pubcli: Program, tmp_path: Path) -> None:
    """The help suggests `-federated` to exclude a word: it must not be read as `-f ederated`, nor `-other` as `-o`."""
    (tmp_path / "page.txt").write_text(HEADER + RECORD, encoding="utf-8")
    files = sorted(tmp_path.iterdir())
    for word in ("-federated", "-other", "-code", "-attack", "-privacy"):
        result = pubcli("list", "title", word, "--json", "-p", "page.txt", cwd=tmp_path)
        assert sorted(tmp_path.iterdir()) == files, f"{word} wrote a file"
        if result.returncode == SUCCESS:
            assert len(json.loads(result.stdout)) == 1
        else:
            assert result.returncode == USAGE, f"{word} was taken for an option"
            assert word in result.stderr.decode()


@pytest.mark.parametrize("word", ["-author:lowy", "-category:LG", "-has:code", "-title:fair", "-hyperbolic"])
def test_an_excluded_field_is_not_read_as_an_option(pubcli: Program, word: str) -> None:
    message = error(result := pubcli("list", "privacy", word, "-p", "page.txt"))
    assert result.returncode == USAGE
    assert "may be an option or an excluded word" in message
    assert f"to exclude the word, write NOT {word[1:]}" in message


# Status 3


def inputs() -> dict[str, tuple[bytes, str]]:
    """Return files that users name by mistake, with a word that the error message must contain."""
    page = HEADER + RECORD
    return {
        "empty": (b"", "empty"),
        "blank": (b" \t\n\r\n\n", "empty"),
        "no-break blanks": ("\u00a0\n\u200b\n\ufeff\n".encode(), "empty"),
        "bom": (b"\xef\xbb\xbf", "empty"),
        "noise": (b"\x00" + NOISE, "binary"),
        "zeros": (b"\x00" * 100, "binary"),
        "ascii with NULs": (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x03\x00>\x00", "binary"),
        "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE, "PDF"),
        "zip": (b"PK\x03\x04\x14\x00" + NOISE, "ZIP"),
        "gzip": (gzip.compress(page.encode()), "gzip"),
        "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE, "picture"),
        "html": (b"<!DOCTYPE html>\n<html><body><p>LGMar 13, 2022</p></body></html>\n", "HTML"),
        "html after blanks": (b"\xef\xbb\xbf\n  <html lang='en'><head>", "HTML"),
        "one paper": (b"AICLLGFeb 24\narXiv:2602.12345\nA Title\nAlice Bow, Carol Day\nText.\n", "one paper"),
        "prose": (b"Dear Sir or Madam,\n\nplease find attached what you asked for.\n", "not a page that pubcli reads"),
        "json": (b'[{"title": "A Title", "year": 2022}]\n', "not a page that pubcli reads"),
        "several encodings": (b"Alice Bow\n\nh-index3\n1papers\n\nLGMar 13, 2022\nT\xff\xfe\xfd\n", "offset 45"),
        "truncated": ((HEADER + RECORD).encode() + "é".encode()[:1], "offset"),
        "utf-16 with half a character": (b"\xff\xfe" + page.encode("utf-16-le") + b"L", "not utf-16"),
    }


REMEDY = re.compile(
    r"\b(check|copy|save|open|unpack|convert|iconv|name a|pipe|look|give|type|choose|name its encoding|did you mean)\b",
    re.I,
)


@pytest.mark.parametrize("kind", inputs())
def test_a_file_that_is_not_a_page_exits_with_status_3_and_one_sentence(
    pubcli: Program, tmp_path: Path, kind: str
) -> None:
    data, expected = inputs()[kind]
    path = tmp_path / "some file.txt"
    path.write_bytes(data)
    result = pubcli("list", "-p", path)
    assert result.returncode == INPUT
    sentence = error(result)
    assert str(path) in sentence
    assert expected in sentence
    assert REMEDY.search(sentence), f"no remedy: {sentence}"


@pytest.mark.parametrize("kind", ["empty", "noise", "one paper", "several encodings"])
def test_standard_input_that_is_not_a_page_exits_with_status_3(pubcli: Program, kind: str) -> None:
    data, expected = inputs()[kind]
    result = pubcli("check", "-p", "-", input=data)
    assert result.returncode == INPUT
    assert expected in error(result)


def test_a_folder_in_place_of_a_page_exits_with_status_3(pubcli: Program, tmp_path: Path) -> None:
    result = pubcli("list", "-p", tmp_path)
    assert result.returncode == INPUT
    assert REMEDY.search(error(result))
    assert str(tmp_path) in error(result)


def test_a_missing_file_exits_with_status_3(pubcli: Program) -> None:
    result = pubcli("list", "-p", "pagee.txt")
    assert result.returncode == INPUT
    assert "pagee.txt" in error(result)


def test_the_message_about_a_missing_file_contains_a_remedy(pubcli: Program) -> None:
    assert REMEDY.search(error(pubcli("list", "-p", "pagee.txt")))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_exits_with_status_3(pubcli: Program, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(HEADER + RECORD, encoding="utf-8")
    path.chmod(0)
    result = pubcli("list", "-p", path)
    assert result.returncode == INPUT
    assert "permission" in error(result)
    assert str(path) in error(result)


@pytest.mark.parametrize("name", ["a\nb.txt", "a" * 300, "nul\x1b[31m.txt"])
def test_an_unusual_file_name_exits_with_status_3_and_one_line(pubcli: Program, name: str) -> None:
    result = pubcli("list", "-p", name)
    assert result.returncode == INPUT
    assert "\x1b" not in error(result)


def test_a_missing_file_in_the_environment_variable_exits_with_status_3(pubcli: Program) -> None:
    result = pubcli("list", env={"PUBCLI_PROFILE": "missing.txt"})
    assert result.returncode == INPUT
    assert "missing.txt" in error(result)


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "it was read as CP1252"),
        ("utf-16", ""),
        ("utf-16-le", "it was read as UTF-16"),
        ("utf-16-be", "it was read as UTF-16"),
        ("utf-32", ""),
    ],
)
def test_a_page_in_another_encoding_is_read_and_a_guess_is_marked(
    pubcli: Program, tmp_path: Path, encoding: str, note: str
) -> None:
    path = tmp_path / "some file.txt"
    path.write_bytes(CAFE.encode(encoding))
    result = pubcli("list", "--json", "-p", path)
    assert result.returncode == SUCCESS
    assert [paper["authors"] for paper in json.loads(result.stdout)] == [["Andr\u00e9 \u201cAl\u201d Bow", "Carol Day"]]
    assert note in result.stderr.decode()
    assert ("which is a guess" in result.stderr.decode()) == bool(note)


def test_the_advised_encoding_reads_the_file(pubcli: Program, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes((HEADER + RECORD).replace("Alice", "Zo\u00eb").encode("cp1252"))
    refused = pubcli("list", "-p", path)
    advice = re.search(r"--encoding \S+", error(refused))
    assert (refused.returncode, bool(advice)) == (INPUT, True)
    assert advice
    result = pubcli("list", "-p", path, *advice[0].split(), "--json")
    assert json.loads(result.stdout)[0]["authors"][0] == "Zo\u00eb Bow"


# Several pages, some of them unreadable


def test_an_unreadable_page_next_to_a_readable_one_exits_with_status_3_and_the_answer(pubcli: Program) -> None:
    expected = pubcli("list", "--json", "-p", "page.txt")
    result = pubcli("list", "--json", "-p", "missing.txt", "-p", "page.txt")
    assert result.returncode == INPUT
    assert result.stdout == expected.stdout
    [line] = result.stderr.decode().splitlines()
    assert line.startswith("pubcli: missing.txt: no such file")


def test_two_unreadable_pages_exit_with_status_3_and_are_both_reported(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = pubcli("list", "-p", "missing.txt", "-p", tmp_path / "empty.txt")
    assert result.returncode == INPUT
    assert result.stdout == b""
    message = result.stderr.decode().splitlines()
    assert len(message) == 2
    assert all(line.startswith("pubcli: ") for line in message)
    assert "missing.txt" in message[0]
    assert "empty.txt" in message[1]


# Status 4

LEFT_OVER = HEADER + RECORD + "LGFeb 30, 2022\nA Day There Is Not\n\nAlice Bow\n\nText.\n\n"


def test_strict_without_problems_exits_with_status_0(pubcli: Program) -> None:
    assert pubcli("check", "--strict", "-p", "page.txt").returncode == SUCCESS


def test_strict_with_problems_exits_with_status_4_and_prints_the_answer(pubcli: Program) -> None:
    lenient = pubcli("check", "--json", "-p", "-", input=LEFT_OVER.encode())
    strict = pubcli("check", "--json", "--strict", "-p", "-", input=LEFT_OVER.encode())
    assert (lenient.returncode, strict.returncode) == (SUCCESS, PROBLEMS)
    assert strict.stdout == lenient.stdout
    assert [finding["line"] for finding in json.loads(strict.stdout) if finding["kind"] == "problem"] == [16]


def test_a_skipped_page_is_a_problem_with_strict(pubcli: Program) -> None:
    assert pubcli("check", "--strict", "-p", "page.txt", "-p", "missing.txt").returncode != SUCCESS


# Status 74


@pytest.mark.parametrize("target", ["nowhere/out.json", "."])
def test_an_answer_that_cannot_be_written_exits_with_status_74(pubcli: Program, target: str) -> None:
    result = pubcli("list", "-q", "-o", target)
    assert result.returncode == OUTPUT
    assert target in error(result)


@pytest.mark.parametrize(
    "arguments", [("search", "privacy"), ("coauthors", "--with", "lowy", "--offset", "1")], ids=" ".join
)
def test_the_largest_64_bit_integer_is_a_valid_limit(pubcli: Program, arguments: tuple[str, ...]) -> None:
    assert pubcli(*arguments, "-n", str(2**63 - 1)).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "-o", "x.html", "--excel"),
        ("plot", "years", "-o", "x.svg", "--ascii"),
        ("network", "-f", "graphml", "--template", "x"),
    ],
    ids=" ".join,
)
def test_options_about_rows_are_refused_for_answers_without_rows(pubcli: Program, arguments: tuple[str, ...]) -> None:
    assert pubcli(*arguments).returncode == 2
