"""Styles of TeX become tags of HTML or plain text; formulas stay."""

import pytest

from pubcli.text.styles import html, plain

TEXTS = [
    (r"On \emph{E. coli} and {\em B. x}", "On <i>E. coli</i> and <i>B. x</i>", "On E. coli and B. x"),
    (r"\textbf{a \textit{b}} {\bf c}", "<b>a <i>b</i></b> <b>c</b>", "a b c"),
    (r"\textsc{Ab} \texttt{cd}", '<span style="font-variant: small-caps;">Ab</span> cd', "Ab cd"),
    (r"H\textsubscript{2}O 2\textsuperscript{nd}", "H<sub>2</sub>O 2<sup>nd</sup>", "H2O 2nd"),
    (r"A \alpha, $\emph{x_2}$, \(\alpha\)", r"A α, $\emph{x_2}$, \(\alpha\)", r"A α, $\emph{x_2}$, \(\alpha\)"),
    (r"O(\varepsilon^{-2}), \alpha_1, \beta", r"O(\varepsilon^{-2}), \alpha_1, β", r"O(\varepsilon^{-2}), \alpha_1, β"),
    (r"Stra\ss e, G\"odel, \L\'{o}d\'z", "Straße, Gödel, Łódź", "Straße, Gödel, Łódź"),
    (r"\foo{a} \$5 50\% C:\temp {x}", r"\foo{a} \$5 50\% C:\temp {x}", r"\foo{a} \$5 50\% C:\temp {x}"),
    (r"never \emph{closed", r"never \emph{closed", r"never \emph{closed"),
    ("no TeX } at {all", "no TeX } at {all", "no TeX } at {all"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "with_tags", "without_tags"), TEXTS)
def test_styles_are_converted(text: str, with_tags: str, without_tags: str) -> None:
    assert html(text) == with_tags
    assert plain(text) == without_tags
