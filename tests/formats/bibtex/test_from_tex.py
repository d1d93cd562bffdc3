"""TeX source is converted to text; `test_to_tex.py` tests the opposite direction."""

import pytest

from pubcli.formats.bibtex.from_tex import capitals, text
from pubcli.formats.bibtex.to_tex import source
from thoroughness import repetitions

TEXTS = {
    "plain": ("A title, with marks: (1)!", "A title, with marks: (1)!"),
    "protected capitals": (r"{Deep} {LLM}s and {{Braces}}", "Deep LLMs and Braces"),
    "escapes": (r"50\% \& \#1\_x", "50% & #1_x"),
    "prices": (r"\$5 and \$10", "$5 and $10"),
    "dollars that would make a formula": (r"\$x_1\$", r"\$x_1\$"),
    "formula": (r"{$O(n_1^2)$} is 5\%", "$O(n_1^2)$ is 5%"),
    "accents": (r"{\'E}tude, \'{e}, \'e, {\"o}, \v{C}, \c{S}, {\c c}", "Étude, é, é, ö, Č, Ş, ç"),
    "accents on letters without a dot": (r"\'{\i}, {\'\i}, {\v{\j}}", "í, í, ǰ"),
    "accent on an accent": (r"Nguy{\~{\^e}}n", "Nguyễn"),
    "letters": (r"\ss x, {\L}{\'o}d{\'z}, \O{}rsted, \aa", "ßx, Łódź, Ørsted, å"),
    "quotes": ("``a'' and `b', ``don't `say' so''", "“a” and ‘b’, “don't ‘say’ so”"),
    "quotes around accents and formulas": (r"`{\'E}t\'e' and `$f'$ x', 5' and `", "‘Été’ and ‘$f'$ x’, 5' and `"),
    "quotes of packages": (r"\enquote{De {Motu}}, {\glqq}a{\grqq}, \flqq b\frqq{}", "“De Motu”, „a“, «b»"),
    "inverted marks": ("!`a? ?`b!", "¡a? ¿b!"),
    "dashes": ("A--Z --- x, 1736--1739 {--}", "A–Z — x, 1736–1739 –"),
    "hyphens that are no dash": (r"-{}-help {-}-x $a --b$ https://a.b/x--y", "--help --x $a --b$ https://a.b/x--y"),
    "tie": ("a~b", "a b"),
    "emphasis": (r"\emph{the {LLM}} and {\it x}", r"\emph{the LLM} and {\it x}"),
    "symbol outside formulas": (r"\ensuremath{\alpha}-stable, \ensuremath{\alpha}stable", "α-stable, αstable"),
    "formula without dollars": (r"\ensuremath{x_2}, \ensuremath{a\ensuremath{b}}", "$x_2$, $ab$"),
    "formula or text": (
        r"S. {\ifmmode \check{Z}\else \v{Z}\fi{}}oe, \ifmmode\pm\else\textpm\fi{}1, $\ifmmode\times\else x\fi$",
        r"S. Žoe, ±1, $\times$",
    ),
    "formula or nothing": (r"a\ifmmode x\fi{}b \ifmmode c", r"ab \ifmmode c"),
    "signs of sections": (r"On \S 5, \S{}6, \S\,7, {\S}8 and \P 9, \textsection 1", r"On §5, §6, §\,7, §8 and ¶9, §1"),
    "signs of textcomp": (
        r"\texteuro{}5, 5\,\textcelsius, \textonequarter, \textalpha-\textOmega",
        r"€5, 5\,℃, ¼, α-Ω",
    ),
    "accents of other languages": (
        r"\textcommabelow{s}, \t{oo}, \U{i}, {\k a}, \H{o}, \b d, \.z, \d{s}, \={a}, \r a, \u{\i}",
        "ș, o͡o, i̎, ą, ő, ḏ, ż, ṣ, ā, å, ĭ",
    ),
    "accents above nothing": (r"Tilde \~{} here, \^{}, {\~{}} \~", "Tilde ~ here, ^, ~ ~"),
    "accent in a group of its own": (r"{\'}e", "é"),
    "macros of Crossref": (
        r"$\less$em$\greater$Tachyx$\less$/em$\greater$ found, a$\mathsemicolon$ $\mathplus$1",
        "Tachyx found, a; +1",
    ),
    "tags of HTML": (
        r"<i>E. coli</i>, {\textless}i{\textgreater}E{\textless}/i{\textgreater}, "
        r"\textlessi\textgreaterX\textless/i\textgreater, $<$sub$>$x$<$/sub$>$, 10<sup>-3</sup>, $<$ 5, a < b > c",
        "E. coli, E, X, x, 10⁻³, $<$ 5, a < b > c",
    ),
    "no tags of HTML": (r"The {<}i>tag{<}/i>", "The <i>tag</i>"),
    "number of a character": (r"{\symbol{26446}}", "李"),
    "address": (r"\url{https://x.org/a_b} https://x.org/a\_b\%20c", "https://x.org/a_b https://x.org/a_b%20c"),
    "backslash": (r"C:{\textbackslash}temp", r"C:\temp"),
    "logos": (r"\LaTeX{} and \TeX, \BibTeX\ files", "LaTeX and TeX, BibTeX files"),
    "signs": (r"\pounds 5 \copyright{} X \textregistered\ \texttrademark, a \dag", "£5 © X ® ™, a †"),
    "scripts": (r"H\textsubscript{2}O, Ca\textsuperscript{2+}, 2\textsuperscript{nd}", "H₂O, Ca²⁺, 2nd"),
    "raised": (r"at z\raisebox{-0.5ex}\textasciitilde 2 and {\raisebox{-0.5ex}\textasciitilde}3", "at z~2 and ~3"),
    "nothing": (r"{\relax Ch}arles, \noopsort{a}2001", "Charles, 2001"),
    "dollar": (r"\textdollar 5 and \textdollar{}x", "$5 and $x"),
    "eng": (r"Sá{\ng}a {\NG}", "Sáŋa Ŋ"),
    "address in braces": (r"See \{https://x.org/a\_b\}, {https://x.org}", "See {https://x.org/a_b}, https://x.org"),
    "end of a line": (r"a\\b \\ c", "a b c"),
    "entities of HTML": (
        r"A &amp; B &lt; {C} \&amp; D {\&}amp; E {\&}amp$\mathsemicolon$ F &eacute; \&\#233; \&\#x27; \&nbsp;x",
        "A & B < C & D & E & F é é ' x",
    ),
    "no entities of HTML": (r"A \&{}amp; B, R\&D; x, Q\&As; y", "A &amp; B, R&D; x, Q&As; y"),
    "slash at which a line may break": (r"{GaN}{$\slash$}sapphire", "GaN/sapphire"),
    "character behind an operand": (r"\emph{a}{\textbackslash}b", r"\emph{a}\b"),
    "unknown macro": (r"\foo{a {B}} c", r"\foo{a B} c"),
    "lines": ("a\n\tb", "a b"),
    "braces that do not match": ("a } b {c", "a } b c"),
    "macros of biblatex": (
        r"\mkbibquote{De {Motu}}, \mkbibemph{x} \autocap{e}xcerpt, a\hyphen b",
        "“De Motu”, x excerpt, a-b",
    ),
    "private characters": ("Cost \ue000 and {b} \ue001", "Cost \ue000 and b \ue001"),
    "letters of a formula": (
        r"$x_{\ensuremath{\theta}+1}$, $1/{\ensuremath{\epsilon}}^2$",
        r"$x_{{\theta}+1}$, $1/{\epsilon}^2$",
    ),
    "blanks in a formula": (r"of $\infty $ and $ x $ for {\$}5", r"of $\infty$ and $ x $ for $5"),
}


@pytest.mark.parametrize(("tex", "expected"), TEXTS.values(), ids=TEXTS)
def test_tex_becomes_text(tex: str, expected: str) -> None:
    assert text(tex) == expected


@pytest.mark.parametrize(("tex", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_survives_a_round_trip_through_tex(tex: str, expected: str) -> None:
    assert text(source(expected, title=True)) == expected


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("{DNA} sequencing with {BERT} and {GPT-4}", ()),
        ("Hidden {M}arkov {M}odels of {{Q}}-learning", ("Markov", "Models")),
        ("{Attention Is All You Need}", ("Attention Is All You Need",)),
        (r"{\'E}tude {\bf Of} \emph{All} {lower} {$O(N)$}", ()),
        (r"The {ATLAS Collaboration} in {\'Evry \& Paris}, \LaTeX{}", ("ATLAS Collaboration",)),
        ('{"}Words{"} of {T}om', ("Tom",)),
        (r"By {L{\'e}vy} and {Brown}", ("Lévy", "Brown")),
        (r"Alpha {AND}\_Fairness", ()),
    ],
)
def test_words_with_protected_capitals_are_found(tex: str, words: tuple[str, ...]) -> None:
    assert capitals(tex) == words
    assert capitals(source(text(tex), title=True, protected=words)) == words


def test_placeholder_characters_never_come_from_the_input() -> None:
    assert text("5\ufdd0 {b} \\symbol{64976} c\ufdd1\ufdd2") == "5 b c"
    assert capitals("\ufdd1a\ufdd2 {B\ufdd0c} d") == ("Bc",)
    assert capitals("a {Bx\ue001c} \ue000d") == ("Bx\ue001c",)


def test_deeply_nested_braces_are_read_in_linear_time() -> None:
    depth = repetitions(100_000)
    assert text("{" * depth + "a" + "}" * depth) == "a"
    assert capitals("{" * depth + "Ab" + "}" * depth) == ("Ab",)


def test_long_and_many_words_are_read_in_linear_time() -> None:
    assert capitals("a" * 200_000 + " {Ab}") == ("Ab",)
    many = [f"Word{number}" for number in range(20_000)]
    assert source(" ".join(many), title=True, protected=many).count("{") == 100
