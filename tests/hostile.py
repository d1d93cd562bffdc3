"""Papers that are hard to write in some format, and text that attacks a terminal; each with a name."""

import re
from typing import Any

from strategies import paper_row

NAMES = (
    "Aad van der Vaart", "Jean de La Fontaine", "Martin Luther King, Jr.", "José e Silva Júnior",
    "Mihailo R. Jovanović", "A. S. Poornash", "Sze-chuan Suen", "Çelik Şahin", "Nguyễn Thị Ánh", "李明", "Plato",
    "The ATLAS Collaboration", "Tim O'Neil", "Gerard 't Hooft", "ludwig van beethoven", "Anna bin",
)  # fmt: skip
ODD_NAMES = (
    "Simon and Garfunkel", "Ann And", "and", "others", "Lovelace, Ada", "Ada Lovelace, PhD, MD", "A{da Lovelace",
    "Ada Love}lace", "50% Off", "R&D Team", "Snake_case Name", "Ada \\input{x} Lovelace", "محمد بن موسى", "O’Brien",
    "Anna $x$ Bell", "#1 Fan", "Łukasz Kaiser", "Zoë\nÅngström", "~tilde ^hat",
)  # fmt: skip

PAPERS: dict[str, dict[str, Any]] = {
    "ordinary": paper_row("A Usual Title of an LLM", *NAMES[:3], abstract="Plain text.", org="mit"),
    "names": paper_row("Names", *NAMES),
    "odd names": paper_row("Odd Names", *ODD_NAMES),
    "cut": paper_row("Cut", "Ada Lovelace", authors_complete=False),
    "cut after others": paper_row("Cut", "Ada Lovelace", "others", authors_complete=False),
    "cut before the first": paper_row("Cut", authors_complete=False),
    "no authors": paper_row("No Authors"),
    "500 authors": paper_row("Many", *(f"Given{i} Family{i}" for i in range(500))),
    "no date": paper_row("No Date", "Ada Lovelace", date=None),
    "a year": paper_row("Year", "Ada Lovelace", date="2022-01-01", date_precision="year"),
    "a month": paper_row("Month", "Ada Lovelace", date="2022-03-01", date_precision="month"),
    "uncertain": paper_row("Doubts", "Ada Lovelace", date_assumed=True, title_guessed=True, authors_complete=False),
    "empty abstract": paper_row("Empty", "Ada Lovelace", abstract=""),
    "opening brace": paper_row("Open { brace", "Ada Lovelace", abstract="a { b"),
    "closing brace": paper_row("Close } brace", "Ada Lovelace", abstract="} a"),
    "braces the wrong way": paper_row("} wrong {", "Ada Lovelace", abstract="}{"),
    "brace in a formula": paper_row("Formula $x_{a$ open", "Ada Lovelace", abstract=r"$\{x$ and $y}$"),
    "escaped braces": paper_row(r"Set \{a, b", "Ada Lovelace", abstract=r"$\{a, b\}$"),
    "signs of TeX": paper_row("50% & #1_x ~ ^ \\zzz $5", "Ada Lovelace", abstract="100%, R&D, a_b, #2, C:\\temp, ~x^2"),
    "mathematics": paper_row(r"$O(\varepsilon^{-2})$ and $50\%$ of $\Omega(n)$", "Ada Lovelace", abstract=r"$a%b#c$"),
    "macros": paper_row(r"Erd\H{o}s, G\"odel, \L\'{o}d\'z \emph{et al}", "Ada Lovelace", abstract=r"\alpha-\textbf{b}"),
    "active macros": paper_row(r"\input{/etc/passwd} \write18{rm}", "Ada Lovelace", abstract=r"$\def\x{\x}\x$"),
    "accents": paper_row("Naïve Bayes à la Hölder – ‘fast’ “and” sound…", "Ada Lovelace", abstract="½ ≤ θ² → ∞, 学習"),
    "right to left": paper_row("مقدمة في التعلم", "محمد بن موسى", abstract="\u202eoverride\u202c שלום"),
    "invisible": paper_row("Zero\u200bwidth \u200eleft so\u00adft", "علی\u200cرضا X", abstract="👩\u200d💻\ufeff"),
    "CJK": paper_row("深層学習の基礎", "李明", "山田 太郎"),
    "quotes": paper_row('He said "no", \'yes\'', "Ada Lovelace", abstract='"'),
    "commas": paper_row("a, b; c = d", "Ada Lovelace", abstract="x, y\n\n@misc{z,\n title={w}}"),
    "newlines": paper_row("Two\nLines\r\nand\u2028more", "Ada Lovelace", abstract="a\n\nb\tc"),
    "a line of RIS": paper_row("T\nER  - \nTY  - JOUR", "Ada Lovelace", abstract="x\r\nER  - \r\n"),
    "NUL": paper_row("NUL\x00here\x1b[31m", "Ada \x00 Lovelace", abstract="\x07"),
    "10,000 characters": paper_row("word " * 2_000 + "end", "Ada Lovelace"),
    "a formula of a spreadsheet": paper_row("=1+1", "Ada Lovelace", abstract="@SUM(A1)", org="+x"),
    "Markdown": paper_row("a|b `c` *d* [e](f) <b>g</b>", "Ada Lovelace"),
    "HTML": paper_row("<script>alert(1)</script> &amp;", "Ada Lovelace"),
    "capitals": paper_row("ALL IN CAPITALS", "Ada Lovelace"),
    "everything": paper_row(
        "Everything", "Ada Lovelace", kind="article", doi="10.1000/a_b(c)%d", arxiv="2203.06735",
        venue="Journal of R&D", volume="7", issue="2", pages="1-12", publisher="Press & Sons",
        url="https://x.org/a_b%20c?d=e&f#g",
        citations=12, keywords=["fair", "R&D"], classes=["cs.LG"],
        extra={"issn": "1234-5678", "note": "Best paper", "C1": "x", "odd name": "y"},
        abstract="Text.",
    ),
    "conference": paper_row("In Proceedings", "Ada Lovelace", kind="inproceedings", venue="Proc. of X", pages="e7"),
    "article without journal": paper_row("Article", "Ada Lovelace", kind="article"),
    "thesis": paper_row("Thesis", "Ada Lovelace", kind="thesis", publisher="MIT"),
    "dataset": paper_row("Dataset", "Ada Lovelace", kind="dataset", url="https://x.org/{a} b\\c"),
    "preprint": paper_row("Preprint", "Ada Lovelace", kind="preprint", arxiv="math/0309136", classes=[]),
}  # fmt: skip
for _number, _paper in enumerate(PAPERS.values()):
    _paper["key"], _paper["position"] = f"key{_number}", _number + 1

PAYLOADS = {
    "csi": "\x1b[31mred\x1b[2J\x1b[H",
    "osc 0": "\x1b]0;owned\x07",
    "osc 8": "\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "osc 52": "\x1b]52;c;aGk=\x07",
    "dcs": "\x1bP$q\x1b\\",
    "apc": "\x1b_Gf=32\x1b\\",
    "lone escape": "a\x1b",
    "c1 csi": "\u009b31mred",
    "c1 osc": "\u009d0;owned\u009c",
    "next line": "a\u0085b",
    "bell": "a\x07b",
    "backspace": "pass\b\b\b\bfail",
    "form feed": "a\x0cb\x0bc",
    "separators": "a\x1cb\x1dc\x1ed\x1fe",
    "delete": "a\x7fb",
    "nul": "a\x00b",
    "tab": "a\tb\t\tc",
    "line separators": "a\u2028b\u2029c",
    "override": "\u202egnp.exe",
    "embedding": "\u202bx\u202c",
    "isolate": "\u2066x\u2067y\u2069",
    "bidi marks": "a\u200eb\u200fc\u061cd",
    "zero width": "a\u200bb\u2060c",
    "bom": "a\ufeffb",
    "annotation": "\ufff9a\ufffab\ufffb",
    "tags": "a\U000e0041\U000e007f",
    "markup": "[bold red]x[/] [/bold] [link=http://evil.example]y[/link] \\[x] [",
    "emoji code": ":smile: :bomb:",
    "percent": "%s %d %(x)s %n %",
    "braces": "{} {0} {x!r} {{ }",
    "quotes": "\"'`\"\"''; =cmd|' /C calc'!A0",
    "long word": "W" * 700,
    "combining": "Z" + "\u0335\u0301\u0323\u20dd" * 100,
    "wide": "\u674e\u660e" * 60,
    "emoji": "\U0001f469\u200d\U0001f52c \U0001f1e9\U0001f1ea \u2764\ufe0f",
    "astral": "\U0001d4d0\U00020000",
    "not a character": "\ufffe\uffff",
    "private": "\ue000\U000f0000",
    "lookalikes": "&lt;b&gt; <script>alert(1)</script>",
    "tex": "$\\x{ $$ \\frac{ ^{ _ \\end{x}",
}
"""Text that a hostile page may contain."""

COLOR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;(?:id=\d+)?;(https?://[!-~]+)?\x1b\\")
CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


INVISIBLE = "\u061c\u200b\u200e\u200f\u2060\ufeff"
"""Characters that files for programs keep: some languages need them, and no terminal obeys them."""
