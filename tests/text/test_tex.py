import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text.readable import readable
from pubcli.text.tex import prose
from pubcli.text.tex_tables import MACROS
from repository import SAMPLE
from thoroughness import examples, repetitions


def lines() -> list[str]:
    return SAMPLE.read_text(encoding="utf-8").splitlines()


FORMULAS = {
    "one letter": ("a $k$-th order", "a k-th order"),
    "two dollars": (r"$$x^2$$", "x²"),
    "round": (r"let \(x_1\) be", "let x₁ be"),
    "square": (r"let \[x_1\] be", "let x₁ be"),
    "nested fraction": (r"$O(\varepsilon^{\frac{2}{k+1}})$", "O(ε^(2/(k+1)))"),
    "min max": (r"$\min_{x \in X} \max_{y \in Y} f(x,y)$", "min_{x∈X} max_{y∈Y} f(x,y)"),
    "blackboard": (r"$θ_0,θ_1 \in \mathbb{R}^d$", "θ₀,θ₁ ∈ ℝᵈ"),
    "blackboard index": (r"$\mathbb{P}_0,\mathbb{P}_1$", "ℙ₀,ℙ₁"),
    "no such blackboard": (r"$\mathbb{E}[X]$", "E[X]"),
    "map": (r"$\ell:\mathbb{R}^d\times \mathcal{Z}\to\mathbb{R}$", "ℓ:ℝᵈ × Z → ℝ"),
    "set": (r"$θ^*\in\{θ_0,θ_1\}$", "θ* ∈ {θ₀,θ₁}"),
    "set with index": (r"$\{x_i\}_{i=1}^n$", "{xᵢ}ᵢ₌₁ⁿ"),
    "roots": (r"$\min\{1/Δ^2,\sqrt{r}/Δ\}$", "min{1/Δ²,√r/Δ}"),
    "root of a product": (r"$O(κ\sqrt{kτ^3})$", "O(κ√(kτ³))"),
    "root of a sum": (r"$\sqrt{x+y}$", "√(x+y)"),
    "root without braces": (r"$\sqrtε$", "√ε"),
    "root with a degree": (r"$\sqrt[3]{x}$", "³√x"),
    "root with a formula as degree": (r"$\sqrt[n+1]{x}$", "ⁿ⁺¹√x"),
    "fraction of words": (r"$κ= \frac{λ_{max}}{λ_{min}} < \frac{5}{4}$", "κ = λ_max/λ_min < 5/4"),
    "fraction with root": (r"$O(\frac{1}{\sqrt{d}})$", "O(1/√d)"),
    "fraction of digits": (r"$\frac12$", "1/2"),
    "fraction of sums": (r"$\frac{a+b}{2k}$", "(a+b)/(2k)"),
    "fraction of calls": (r"$\frac{f(x+y)}{g(z)}$", "f(x+y)/(g(z))"),
    "fraction and sum": (r"$\frac{1}{n}\sum_{i=1}^n x_i$", "1/n ∑ᵢ₌₁ⁿ xᵢ"),
    "fraction after a function": (r"$\log\frac{n+1}{\delta}$", "log (n+1)/δ"),
    "functions": (r"$n\log\log n$", "n log log n"),
    "function and index": (r"$\log_2 n + \max_i x_i$", "log₂ n + maxᵢ xᵢ"),
    "function and bracket": (r"$Θ({(N \log N)}^{1/2})$", "Θ((N log N)^(1/2))"),
    "operator": (r"$\operatorname{Tr}A$", "Tr A"),
    "starred operator": (r"$\operatorname*{arg\,min}_{x\in X} f$", "arg min_{x∈X} f"),
    "placeholder": (r"$f(x,\cdot)$ and $p(\cdot|s)$", "f(x,·) and p(·|s)"),
    "product": (r"$a\cdot b$", "a · b"),
    "tall brackets": (r"$\left( \frac{1}{2} \right)$", "(1/2)"),
    "brackets of one side": (r"$\left. x\right|_{0}$", "x|₀"),
    "angles": (r"$\langle x, y \rangle$", "⟨x, y⟩"),
    "norm": (r"$\|\nabla f(x)\|^2$", "‖∇f(x)‖²"),
    "power with a sign": (r"$10^{-3}$", "10⁻³"),
    "power with a decimal": (r"$1/ε^{2.5}$", "1/ε^2.5"),
    "power of powers": (r"$e^{x^{y^{z}}}$", "e^(x^(yᶻ))"),
    "power before a letter": (r"$2^{abc}n$", "2^abc n"),
    "transposed": (r"$A^\top$ and $A^T$", "Aᵀ and Aᵀ"),
    "degrees": (r"$90^\circ$", "90°"),
    "ordinal": (r"$k^\text{th}$-order", "kᵗʰ-order"),
    "index of an index": (r"$x_{i_1}$", "x_{i₁}"),
    "infinite index": (r"$\ell_\infty$", "ℓ_∞"),
    "condition": (r"$\mathbb{P}(A\mid B)$", "ℙ(A | B)"),
    "not in": (r"$x \not\in X$", "x ∉ X"),
    "lopsided sign": ("$ε= 8$, $δ> 0$", "ε = 8, δ > 0"),
    "sign without blanks": ("$T=1$", "T=1"),
    "arrow of signs": ("$a -> b$", "a -> b"),
    "relation in one go": (r"$n\le r$", "n ≤ r"),
    "times at the end": (r"$3\times$ faster", "3× faster"),
    "relation before a number": (r"$\sim$5\%", "∼5%"),
    "tilde over calligraphy": (r"$\widetilde{\mathcal{O}}(n)$", "Õ(n)"),
    "hats": (r"$\hat{\theta}_n$ and $\bar x$", "θ̂ₙ and x̄"),
    "spaces": (r"$x\,y\;z\quad w~v\!u$", "x y z w vu"),
    "words": (r"$\text{ if } x$, $\textbf{0.3}$%", "if x, 0.3%"),
    "typewriter": (r"$\texttt{my_model-2}$", "my_model-2"),
    "tie before": ("silo~$i$'s and~$j$", "silo i's and j"),
    "tie after": ("$n$~items", "n items"),
    "chemistry": ("H$_2$O and $^{14}$C", "H₂O and ¹⁴C"),
    "macro before a word": (r"$\unknown$bar", r"\unknown bar"),
}  # fmt: skip

OUTSIDE = {
    "greek": (r"an \varepsilon--first order point", "an ε--first order point"),
    "power": (r"in \widetilde{\mathcal{O}}(\varepsilon^{-2}) steps", "in Õ(ε⁻²) steps"),
    "old font": (r"in \widetilde{\cal O}(\varepsilon^{-3.5}) steps", "in Õ(ε^(-3.5)) steps"),
    "scripts of a macro": (r"in \mathbb{R}^d_+ and a_b^c", "in ℝᵈ₊ and a_b^c"),
    "fonts": (r"{\bf bold} {\it it} {\em em} \textit{a b} \emph{c} \texttt{d_e}", "bold it em a b c d_e"),
    "formula in a font": (r"\emph{$k$-means}", "k-means"),
    "escapes": (r"80\% of R\&D \#1 a\_b \$5 \{x\}", "80% of R&D #1 a_b $5 {x}"),
    "braces": (r"{plain} {a_b} \alpha", "{plain} {a_b} α"),
    "ties": (r"Llama~3 and ~5 of $x$", "Llama~3 and ~5 of x"),
    "accents": (r"Mart{\'\i}n \'Etude G\"{o}del Fran\c{c}ois na\"ive", "Martín Étude Gödel François naïve"),
    "carons": (r"Ko\v{s}ice Ko\v sice Erd\H{o}s", "Košice Košice Erdős"),
    "letters": (r"\L{}ojasiewicz {\L}uk \L ask stra\ss e \o", "Łojasiewicz Łuk Łask straße ø"),
    "links": (r"\url{http://a.b/c_d~e}, \href{http://a.b/c_d}{here}", "http://a.b/c_d~e, here (http://a.b/c_d)"),
}  # fmt: skip

AS_WRITTEN = {
    "prices": "$5 and $10",
    "prices in a row": "$5,$10",
    "blank inside": "$ x$ or $x $",
    "one dollar": "a $x",
    "dollars": "$$$$$",
    "unknown": r"\foo{a_b}[c]{d} \cite[p. 3]{e^f} \begin{x}",
    "unknown and not a letter": r"\*a\9",
    "lone backslash": "a \\",
    "line break": r"a \\ b",
    "unclosed formula": r"\(x_1 and \[y",
    "unclosed operand": r"\frac{a",
    "missing operand": r"\frac{a} ",
    "closing brace": r"a } b_{c} \foo",
    "no such letter": r"\'q \c{q}",
    "address with dollars": "see http://a.b/$c_1$~d^e%7E and",
    "address in dollars": "$5 at http://a.b/c_d$ or",
    "mark over many": r"\overline{ABC}",
}

UNKNOWN_IN_FORMULAS = {
    "operands": (r"$\foo{x_1}{\alpha}_2$", r"\foo{x₁}{α}₂"),
    "function next": (r"$\foo\log x$", r"\foo log x"),
    "as an index": (r"$x_\foo{a}$", r"x_\foo{a}"),
    "around": (r"$\prox_{\lambda f}(x)$", r"\prox_{λ f}(x)"),
    "unclosed": (r"$x^{a$ and $\frac{α_1}$", r"x^{a and \frac{α_1}"),
    "unopened": (r"$x}_1$", "x}₁"),
}


@pytest.mark.parametrize(("tex", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_formulas_become_readable(tex: str, expected: str) -> None:
    assert readable(tex) == expected


@pytest.mark.parametrize(("tex", "expected"), OUTSIDE.values(), ids=OUTSIDE)
def test_macros_outside_formulas_become_readable(tex: str, expected: str) -> None:
    assert readable(tex) == expected


@pytest.mark.parametrize("text", AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_text_that_is_not_tex_stays_as_written(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(("tex", "expected"), UNKNOWN_IN_FORMULAS.values(), ids=UNKNOWN_IN_FORMULAS)
def test_unknown_or_broken_tex_in_a_formula_stays_as_written(tex: str, expected: str) -> None:
    assert readable(tex) == expected


def test_macros_are_matched_by_their_whole_name() -> None:
    assert MACROS["epsilon"] == MACROS["varepsilon"] == "ε"
    assert MACROS["in"] == "∈"
    assert all(name.isalpha() and len(sign) == 1 for name, sign in MACROS.items())


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_converted_inside_and_outside_formulas(name: str) -> None:
    assert readable(f"a \\{name}{{}} b") == f"a {MACROS[name]} b"
    assert readable(f"$\\{name}$") == MACROS[name]


def test_converting_the_fixture_twice_changes_nothing() -> None:
    converted = [readable(line) for line in lines()]
    assert [readable(line) for line in converted] == converted
    assert sum(line != before for line, before in zip(converted, lines(), strict=True)) == 20


def test_no_tex_is_left_in_the_fixture() -> None:
    assert not [line for line in map(readable, lines()) if "$" in line or "\\" in line]


@given(st.text(st.characters(exclude_characters="\\$")))
def test_text_without_tex_is_the_same_object(text: str) -> None:
    assert readable(text) is text


TEX = (
    r"$ $$ { } ^ _ ~ \( \) \[ \] \ \frac \sqrt \sqrt[3] \hat \not \alpha \in \log \text \emph \cal \left( \right."
    r" \foo \operatorname \mathbb \'e \v{s} \c \% \{ \\ ( ) [ ] + - = < * , . 0 17 3.5 x yz A http://a.b/c_d"
)
PIECES = st.sampled_from([*TEX.split(" "), " ", "\n", "\0", "\ud800", "é", "ﬁ", "\u0301"])


@examples(500)
@given(st.lists(PIECES).map("".join) | st.text())
def test_any_text_is_converted_without_losing_digits(text: str) -> None:
    result = unicodedata.normalize("NFKC", readable(text))
    original = unicodedata.normalize("NFKC", text)
    assert sorted(filter(str.isdecimal, result)) == sorted(filter(str.isdecimal, original))


@given(st.lists(PIECES).map("".join), st.lists(PIECES).map("".join))
def test_an_unknown_macro_is_never_removed(prefix: str, suffix: str) -> None:
    assert r"\zzunknown" in readable(f"{prefix} \\zzunknown {suffix}")


@given(st.lists(PIECES).map("".join), st.sampled_from(["https://x.y/~a_b^c%7E\\d", "http://x.y/$a$"]))
def test_addresses_never_change(prefix: str, address: str) -> None:
    assert address in readable(f"{prefix} {address} $x_1$")


LONG = repetitions(100_000)
HUGE = {
    "open braces": "{" * LONG + "\\",
    "open braces in a formula": "$" + "{" * LONG + "$",
    "nested braces": "{" * LONG + "x" + "}" * LONG + "\\",
    "nested braces in a formula": "$" + "{" * LONG + "x" + "}" * LONG + "$",
    "nested fractions": r"\frac{" * LONG,
    "roots of roots": r"\sqrt" * LONG + "x",
    "powers of powers": "$" + "x^" * LONG + "$",
    "powers of powers in braces": "$" + "x^{" * LONG + "}" * LONG + "$",
    "dollars": "$a " * LONG,
    "escaped dollars": "$" + r"\$" * LONG,
    "unclosed formulas": r"\(\[" * LONG,
    "degrees": r"\sqrt[" * LONG,
    "blanks": r"$a" + " " * LONG + r"\le" + " " * LONG + "b$",
    "brackets": r"$\frac{" + "(" * LONG + "}{" + "(a)" * LONG + "}$",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_and_deeply_nested_input_is_read_in_linear_time(text: str) -> None:
    assert unicodedata.normalize("NFKC", readable(text)).count("x") == text.count("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a $x^2$ b", "a  |  b"),
        (r"a \(x\) b \[y\] c", "a  |  b  |  c"),
        ("at $5 and $10", "at $5 and $10"),
        ("see https://x.org/a-b for more", "see  |  for more"),
        (r"R\'enyi $\alpha$", "Rényi  | "),
    ],
)
def test_formulas_and_addresses_in_prose_become_bars(text: str, expected: str) -> None:
    assert prose(text) == expected
