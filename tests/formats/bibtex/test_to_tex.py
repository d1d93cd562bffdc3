"""Text is converted to TeX source that typesets it and executes nothing."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import PAPERS
from pubcli import formats
from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex.from_tex import text as read_text
from pubcli.formats.bibtex.to_tex import source
from pubcli.store.ask import PAPER_FIELDS
from pubcli.text.readable import readable

TEXTS = {
    "plain": ("A title, with marks: (1)!", "A title, with marks: (1)!"),
    "signs": ("50% & #1_x", r"50\% \& \#1\_x"),
    "signs without an escape": ("~ ^ $5", r"{\textasciitilde} {\textasciicircum} \$5"),
    "escaped before": (r"50\% R\&D a\_b", r"50\% R\&D a\_b"),
    "braces": ("{a} b", r"\{a\} b"),
    "a brace alone": ("a } b {", r"a {\textbraceright} b {\textbraceleft}"),
    "formula": ("$O(n_1^2)$ is 5%", r"$O(n_1^2)$ is 5\%"),
    "formula with a per cent": ("$a%b#c$", r"$a\%b\#c$"),
    "formula with braces of a set": (r"$\{x$", r"$\lbrace x$"),
    "formula of one brace": (r"a $\{$ b", r"a $\lbrace$ b"),
    "formula that cannot be mended": ("$x_{a$", r"\$x\_{\textbraceleft}a\$"),
    "formula with another's macro": (r"$\def\x{1}$", r"\${\textbackslash}def{\textbackslash}x\{1\}\$"),
    "price": ("$5 and $10", r"\$5 and \$10"),
    "letters": (r"G\"odel, Erd\H{o}s, \L{}", r"G{\"o}del, Erd{\H{o}}s, {\L}{}"),
    "letters in braces": (r"{\'E}cole, {\L}", r"{\'E}cole, {\L}"),
    "emphasis": (r"\emph{et al.} {\bf x}", r"\emph{et al.} {\bf x}"),
    "switch": (r"{\it x} \it y", r"{\it x} {\textbackslash}it y"),
    "symbol without dollars": (r"\alpha-stable", r"\ensuremath{\alpha}-stable"),
    "macro that acts": (r"\input{/etc/passwd}", r"{\textbackslash}input\{/etc/passwd\}"),
    "path of a network": (r"\\host\x", r"{\textbackslash}{\textbackslash}host{\textbackslash}x"),
    "path": (r"C:\temp", r"C:{\textbackslash}temp"),
    "address": ("see https://x.org/a_b%20c", r"see https://x.org/a\_b\%20c"),
    "control characters": ("a\x00b\nc", "a␀b c"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "tex"), TEXTS.values(), ids=TEXTS)
def test_text_is_converted_to_tex(text: str, tex: str) -> None:
    assert source(text) == tex


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("Scaling LLMs with GANs", "Scaling {LLM}s with {GAN}s"),
        ("An iPhone by McBow", "An i{P}hone by {McB}ow"),
        ("Deep Q-Learning for GPT-4", "Deep {Q}-Learning for {GPT}-4"),
        ("A Model I Know", "A Model I Know"),
        ("ALL IN CAPITALS", "ALL IN CAPITALS"),
        (r"Rates of $O(n)$ and $n$", r"Rates of {$O(n)$} and $n$"),
        (r"On \Omega", r"On {\ensuremath{\Omega}}"),
    ],
)  # fmt: skip
def test_capitals_in_a_title_are_protected(title: str, tex: str) -> None:
    assert source(title, title=True) == tex


ASCII = {
    "José": r"Jos{\'e}", "Şahin": r"{\c{S}}ahin", "Łukasz": r"{\L}ukasz", "Ánh Thị": r"{\'A}nh Th{\d{i}}",
    "Nguyễn": r"Nguy{\~{\^e}}n", "ǿ": r"{\'{\o}}", "Weiß": r"Wei{\ss}", "a–b": "a--b", "“x”": "``x''",
    "θ ≤ ∞": r"{\ensuremath{\theta}} {\ensuremath{\le}} {\ensuremath{\infty}}", "李": r"{\symbol{26446}}",
    "e\u0301": r"{\'e}", "…": r"{\ldots}",
}  # fmt: skip


@pytest.mark.parametrize(("text", "tex"), ASCII.items())
def test_characters_are_converted_to_ascii_tex(text: str, tex: str) -> None:
    assert source(text, ascii_only=True) == tex


_SIGNS = ["{", "}", "\\", "$", "%", "&", "#", "_", "^", "~", " ", "a", "B", "é", "{}", "\\{", "\\}", "\\\\", "\\emph{",
          "\\emph", "$x$", "\\'", "\\c ", "\\input", "\\begin{x}", "\\(", "\\)", "\\[", "\\]", "\\frac", "\\L", "https://x.y/{",
          "学", "\x00", "\n", "\\alpha", "{\\it"]  # fmt: skip
texts = st.lists(st.sampled_from(_SIGNS), max_size=14).map("".join) | st.text(max_size=20)


@pytest.mark.parametrize(
    "text", [r"in O(\varepsilon^{-2}) steps", r"\alpha_1 and \beta", r"\widetilde{\mathcal{O}}(\varepsilon^{-2})"]
)
def test_a_formula_without_dollars_is_read_back_with_the_same_meaning(text: str) -> None:
    assert readable(read_text(source(text))) == readable(text)


@given(texts, st.booleans(), st.booleans())
def test_braces_are_balanced_and_nothing_is_executed(text: str, title: bool, ascii_only: bool) -> None:
    tex = source(text, title=title, ascii_only=ascii_only)
    depths = [tex[:end].count("{") - tex[:end].count("}") for end in range(len(tex) + 1)]
    assert min(depths) == 0
    assert depths[-1] == 0
    assert not re.search(r"\\(?:input|begin|write|def)", tex)
    assert re.search(r"(?<!\\)(?:\\\\)*[%#&]", tex) is None
    assert tex.isascii() or not ascii_only


@given(st.text(st.characters(categories=["L", "Mn", "P", "S"]), max_size=10))
def test_text_without_special_characters_is_unchanged(text: str) -> None:
    plain = unicodedata.normalize("NFC", re.sub(r"[\\${}%&#_~^]", "", text))
    if plain.isprintable() and "--" not in plain:  # the hyphens of an option are kept apart
        assert source(plain) in (plain, re.sub("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", "", plain))


@pytest.mark.process
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX")
def test_tex_typesets_everything_without_an_error(tmp_path: Path) -> None:
    values = [(str(row[field]), field) for row in PAPERS.values() for field in ("title", "abstract") if row[field]]
    typeset = [source(text, title=field == "title", ascii_only=True) for text, field in values]
    head = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb,textcomp}\def\symbol#1{[#1]}"
    body = "\n\n".join(typeset)
    (tmp_path / "all.tex").write_text(f"{head}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")
    result = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "all.tex"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert [line for line in result.stdout.decode(errors="replace").splitlines() if line.startswith("!")] == []


TYPESET = {
    "bibtex": (["bibtex"], "", r"\bibliographystyle{plain}\bibliography{all}"),
    "biblatex": (
        ["biber", "--output-safechars"],
        r"\usepackage[backend=biber,maxbibnames=600]{biblatex}\addbibresource{all.bib}",
        r"\printbibliography",
    ),
}
"""The program that sorts the references, and the preamble and the place of the bibliography that it needs."""


@pytest.mark.process
@pytest.mark.parametrize("form", TYPESET)
def test_a_bibliography_is_typeset_without_an_error(tmp_path: Path, form: str) -> None:
    program, head, references = TYPESET[form]
    if shutil.which("pdflatex") is None or shutil.which(program[0]) is None:
        pytest.skip(f"there is no {program[0]}")
    if "biblatex" in head and subprocess.run(["kpsewhich", "biblatex.sty", "etoolbox.sty"], check=False).returncode:
        pytest.skip("there is no biblatex for TeX")
    # biber takes half a macro for the initial of a word that begins with one, and writes two accents wrongly.
    papers = [{**row, "authors": list(filter(_is_plain, row["authors"]))} for row in PAPERS.values()]
    with (tmp_path / "all.bib").open("w", encoding="utf-8") as file:
        formats.write(form, Answer("papers", PAPER_FIELDS, papers), PAPER_FIELDS, file, RenderOptions(ascii=True))
    (tmp_path / "all.tex").write_text(
        rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}{head}\usepackage{{amsmath,amssymb,textcomp}}"
        rf"\def\symbol#1{{[#1]}}\begin{{document}}\nocite{{*}}{references}\end{{document}}"
    )
    latex = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "all.tex"]
    logs = [
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.decode(errors="replace")
        for command in (latex, [*program, "all"], latex, latex)
    ]
    assert re.findall(r"^!.*|^(?:ERROR|.*error message).*", "\n".join(logs), re.MULTILINE) == []
    bibliography = (tmp_path / "all.bbl").read_text(encoding="utf-8")
    assert [row["key"] for row in papers if row["key"] not in bibliography] == []


def _is_plain(name: str) -> bool:
    return max(name) < "\u0250" and all(word[0].isalnum() for word in name.split())
