r"""Make titles and abstracts readable: `$O(\varepsilon^{-2})$` becomes `O(ε⁻²)`."""


def readable(text: str) -> str:
    """Return a text with its TeX converted to Unicode; the same object if it contains no TeX."""
    if "\\" not in text and "$" not in text:
        return text
    from pubcli.text.tex import converted  # most texts have no TeX, and the module takes long to import

    return converted(text)
