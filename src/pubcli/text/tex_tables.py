"""TeX macros and the characters that they represent, used by `tex` and by the readers and writers of BibTeX."""

from collections.abc import Mapping


def _words(text: str) -> list[str]:
    return text.split()


def _pairs(text: str) -> dict[str, str]:
    words = _words(text)
    return dict(zip(words[::2], words[1::2], strict=True))


RELATIONS = _pairs(
    """
    approx ≈ asymp ≍ coloneqq ≔ cong ≅ equiv ≡ ge ≥ geq ≥ geqslant ≥ gets ← gg ≫ gtrsim ≳ iff ⇔ implies ⇒
    in ∈ le ≤ leftarrow ← leftrightarrow ↔ leq ≤ leqslant ≤ lesssim ≲ ll ≪ longrightarrow → mapsto ↦ mid |
    models ⊨ ne ≠ neq ≠ notin ∉ parallel ∥ perp ⊥ prec ≺ preceq ≼ propto ∝ rightarrow → Rightarrow ⇒ sim ∼
    simeq ≃ subset ⊂ subseteq ⊆ succ ≻ succeq ≽ supset ⊃ supseteq ⊇ times × to → triangleq ≜
    """
)
"""For each macro of a relation, such as `leq`, the character. In a formula, relations get a blank on both sides, as in
TeX."""

MACROS: Mapping[str, str] = RELATIONS | _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ
    chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    aleph ℵ ell ℓ hbar ℏ Im ℑ Re ℜ nabla ∇ partial ∂ infty ∞ sum ∑ prod ∏ int ∫ emptyset ∅ varnothing ∅
    forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ land ∧ lor ∨ wedge ∧ vee ∨ bigwedge ⋀ bigvee ⋁ cap ∩ cup ∪
    bigcap ⋂ bigcup ⋃ setminus ∖ cdot · colon : bullet • circ ∘ ast ∗ star ⋆ pm ± mp ∓ div ÷ oplus ⊕ bigoplus ⨁
    otimes ⊗ bigotimes ⨂ odot ⊙ top ⊤ bot ⊥ dagger † prime ′ degree ° triangle △ square □ uparrow ↑
    downarrow ↓ ldots … dots … dotsc … cdots ⋯ vdots ⋮ ddots ⋱ langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊
    rfloor ⌋ lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | lbrace { rbrace } checkmark ✓ S §
    """
)
"""For each macro without operands, the character. In all tables, the names of macros have no backslash."""

LETTERS = _pairs("aa å AA Å ae æ AE Æ dh ð DH Ð dj đ DJ Đ i ı j ȷ l ł L Ł o ø O Ø oe œ OE Œ ss ß th þ TH Þ")
"""For each macro that produces a letter, such as `ss`, the letter."""
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
"""For each accent macro, the combining accent that it puts on the next letter."""
MARKS = {
    "acute": "\u0301", "bar": "\u0304", "breve": "\u0306", "check": "\u030c", "ddot": "\u0308",
    "dot": "\u0307", "grave": "\u0300", "hat": "\u0302", "mathring": "\u030a", "not": "\u0338", "overline": "\u0304",
    "tilde": "\u0303", "underline": "\u0332", "vec": "\u20d7", "widehat": "\u0302", "widetilde": "\u0303",
}  # fmt: skip
SILENT = _words(
    """
    ! - / left. right. left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr
    limits nolimits displaystyle textstyle cal it bf em rm tt sf sl sc
    """
)
FUNCTIONS = _words(
    """
    arccos arcsin arctan arg argmax argmin cos cosh cot deg det dim exp gcd inf ker lim liminf limsup ln log
    max min Pr sec sin sinh sup tan tanh
    """
)
SWITCHES = frozenset("it bf em rm tt sf sl sc".split())
"""Macros that change the font up to the closing brace."""
TEXTS = _words("text textnormal textrm textit textbf textsf texttt textsc textsl emph mbox url")
FONTS = _words("mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathop boldsymbol bm")
BLACKBOARD = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")
