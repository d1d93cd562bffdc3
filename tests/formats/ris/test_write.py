"""Fields of RIS that a paper does not have are written under their tags."""

from conversion import convert


def test_repeated_tags_are_written_on_lines_of_their_own() -> None:
    addresses = ["UR  - https://a.org", "AD  - One", "UR  - https://b.org", "UR  - https://c.org", "AD  - Two"]
    lines = [*addresses, "L1  - x.pdf", "L1  - y.pdf"]
    text = "\r\n".join(["TY  - JOUR", "ID  - a", "TI  - T", *lines, "ER  - ", ""])
    assert convert(text, "ris", "ris") == text


def test_a_field_that_looks_like_a_tag_becomes_a_note() -> None:
    ris = convert("@misc{a, title={T}, url={https://a.org}, ur={z}}\n", "bibtex", "ris")
    assert "UR  - https://a.org\r\nN1  - ur: z\r\n" in ris
