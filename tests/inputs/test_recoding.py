"""Text in other encodings than UTF-8: named by the user, marked, recognised, or refused."""

import subprocess
import sys
from pathlib import Path

import pytest

import pubcli
from pubcli.errors import InputError, UsageError
from pubcli.inputs import recoding
from pubcli.inputs.sources import ReadOptions, Stream, from_text, to_add
from pubcli.reader import read, read_source


def entry(title: str, author: str, venue: str = "J") -> str:
    """Return an entry of BibTeX."""
    return f"@article{{a, title = {{{title}}}, author = {{{author}}}, journal = {{{venue}}}, year = 2001}}\n"


CHINESE = entry("基于深度学习的图像识别方法研究", "王小明 and 李华", "计算机学报")
TAIWANESE = entry("基於深度學習的圖像識別方法研究", "王小明 and 李華", "計算機學報")
JAPANESE = entry("データマイニングに基づく画像認識の研究", "山田, 太郎 and 鈴木, 花子", "情報処理学会論文誌")
KOREAN = entry("딥러닝을 이용한 영상 인식 연구", "김, 철수 and 이, 영희", "한국정보과학회논문지")
RUSSIAN = entry("О некоторых задачах математической физики", "Колмогоров, А. Н. and Гельфанд, И. М.")
GREEK = entry("Μηχανική μάθηση και ανάλυση δεδομένων", "Παπαδόπουλος, Γ.")
GERMAN = entry("Über die allgemeine Relativitätstheorie", "Müller, Jürgen and Gößmann, Bärbel")
FRENCH = entry("Théorie générale des systèmes à réseau", "Français, A.")
SPANISH = entry("Sistemas de información en España", "Núñez, J. and Muñoz, Á.")
MIXED = entry("Größe des “forêts” – naïve", "Åström, K. and Jørgensen, Ø. and Núñez, J.")
POLISH = entry("Zażółć gęślą jaźń", "Łukasiewicz, J. and Wąsik, Ś.")
CZECH = entry("Příspěvek k řešení úloh", "Dvořák, J. and Čapek, Š.")
TURKISH = entry("Türkiye'de eğitim ve öğretim", "Şahin, Ç. and Yıldız, İ.")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gbk"), (CHINESE, "gb18030"), (TAIWANESE, "big5"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"),
        (GREEK, "cp1253"), (GERMAN, "cp1252"), (FRENCH, "cp1252"), (SPANISH, "cp1252"), (MIXED, "cp1252"),
        (FRENCH, "mac_roman"), (GERMAN, "mac_roman"), (POLISH, "cp1250"), (CZECH, "cp1250"), (TURKISH, "cp1254"),
        (FRENCH, "utf-16-le"), (RUSSIAN, "utf-16-be"), (CHINESE, "utf-16-le"),
    ],
)  # fmt: skip
def test_text_in_a_common_encoding_is_read_and_marked_as_a_guess(text: str, encoding: str) -> None:
    document = read(text.encode(encoding))
    [paper], [expected] = document.papers, read(text).papers
    assert (paper.title, paper.authors, paper.venue) == (expected.title, expected.authors, expected.venue)
    assert document.profile.assumed_encoding is not None


@pytest.mark.parametrize(
    ("text", "encoding"), [(entry("机器学习", "李, 某某"), "gbk"), (entry("기계 학습", "김"), "euc_kr")]
)
def test_a_short_text_that_fits_several_encodings_is_refused_with_their_names(text: str, encoding: str) -> None:
    with pytest.raises(InputError, match=r"looks like text in .*GBK.* or .*--encoding") as error:
        read(text.encode(encoding))
    assert "1252" not in str(error.value)
    assert read(text.encode(encoding), encoding=encoding).papers == read(text).papers


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", [CHINESE, FRENCH])
def test_a_byte_order_mark_is_not_a_guess(text: str, encoding: str) -> None:
    document = read(text.encode(encoding))
    assert document.papers[0].title == read(text).papers[0].title
    assert document.profile.assumed_encoding is None


@pytest.mark.parametrize("encoding", ["gbk", "cp1251", "latin-1", "utf-16-be", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {T}, author = {%s}}\n",
        "TY  - JOUR\nTI  - T\nAU  - %s\nER  - \n",
        "title,authors\nT,%s\n",
        '[{"title": "T", "authors": ["%s"]}]',
        '<?xml version="1.0" encoding="utf-8"?>'
        '<dblp><article key="a"><author>%s</author><title>T</title></article></dblp>',
        "PT J\nAU %s\nTI T\nER\n\nEF\n",
    ],
)
def test_the_user_may_name_the_encoding_of_any_format(text: str, encoding: str) -> None:
    name = {"gbk": "李明", "cp1251": "Иванов"}.get(encoding, "Müller")
    document = read((text % name).encode(encoding), encoding=encoding)
    assert document.papers[0].authors == (name,)
    assert document.profile.assumed_encoding is None


def test_text_that_is_not_in_the_named_encoding_is_refused_with_the_place() -> None:
    with pytest.raises(InputError, match=r"is not cp1252 text: the byte 0x81 at offset 19 \(line 1\).*--encoding"):
        read(b"@misc{a, title = {T\x81}}\n", encoding="windows-1252")
    with pytest.raises(InputError, match="is not utf-8 text"):
        read(GERMAN.encode("cp1252"), encoding="utf8")


@pytest.mark.parametrize("name", ["", "nonsense", "base64", "rot13", "hex", "x\0y", "idna" * 50])
def test_a_name_that_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="there is no encoding"):
        read(b"x", encoding=name)


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    with pytest.raises(InputError, match=r"is not UTF-8 text: the byte 0xE9 .* save it as UTF-8"):
        read(GERMAN.encode() + b"% \xe9\n")


def test_the_encoding_is_part_of_the_identity_of_a_source() -> None:
    data = GERMAN.encode("cp1252")
    sources = [from_text(data, options=ReadOptions(encoding=encoding)) for encoding in (None, "cp1252", "cp1250")]
    assert len({source.digest for source in sources}) == 3


def test_a_digest_without_an_encoding_is_that_of_earlier_versions() -> None:
    digest = from_text(b"x", options=ReadOptions("csv", (("title", "Titel"),))).digest
    assert digest.hex().startswith("f26cc0b93ed1a78f")


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "cp1252"])
@pytest.mark.parametrize("is_named", [False, True])
def test_a_long_file_is_read_line_by_line_in_its_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, is_named: bool
) -> None:
    monkeypatch.setattr("pubcli.inputs.sources._LARGE", 100)
    title = "基于深度学习的图像识别方法研究" if encoding == "gbk" else "Größe und Übermaß"
    path = tmp_path / "table.csv"
    path.write_bytes(f"title,year\r\n{title},2001\r\n{'Last' * 30},2002\r\n".encode(encoding))
    options = ReadOptions(encoding=encoding if is_named else None)
    opened = to_add(path, options=options)
    assert isinstance(opened, Stream)
    stream = recoding.stream_in_utf8(opened)
    assert [line for _, line in stream.lines()] == ["title,year\n", f"{title},2001\n", f"{'Last' * 30},2002\n"]
    assert (stream.assumed_encoding is None) == (is_named or encoding == "utf-16")


@pytest.mark.process
def test_the_recogniser_is_not_imported_for_utf8(tmp_path: Path) -> None:
    for text, is_imported in (GERMAN.encode(), False), (GERMAN.encode("cp1252"), True):
        (tmp_path / "a.bib").write_bytes(text)
        code = "import pubcli, sys; pubcli.read(open('a.bib', 'rb').read()); print('charset_normalizer' in sys.modules)"
        result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert result.stdout == f"{is_imported}\n"


def test_encodings_are_recognised_in_pages() -> None:
    page = "LGMar 13, 2022\nÜber die Größe der Wälder\nJürgen Müller\nEin Überblick.\n"
    assert read_source(from_text(page.encode("cp1252"))).papers[0].title == pubcli.read(page).papers[0].title


@pytest.mark.parametrize("byte", [b"\xe9", b"\xff", b"\xc0"])
def test_a_single_letter_is_no_evidence_of_an_encoding(byte: bytes) -> None:
    with pytest.raises(InputError, match="--encoding"):
        read(b"@misc{a, title = {%s}}\n" % byte)


def test_a_message_names_few_encodings_the_most_common_first() -> None:
    with pytest.raises(InputError, match=r"looks like text in CP1252 \(Western European\) or ") as error:
        read(b"@misc{a, title = {\xe9}}\n")
    assert str(error.value).count(" or ") <= 3
