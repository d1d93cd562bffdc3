"""RIS fields without a counterpart in a paper are written under their own tags."""

from conversion import convert


def test_repeated_tags_are_written_on_separate_lines() -> None:
    addresses = ["UR  - https://a.org", "AD  - One", "UR  - https://b.org", "UR  - https://c.org", "AD  - Two"]
    lines = [*addresses, "L1  - x.pdf", "L1  - y.pdf"]
    text = "\r\n".join(["TY  - JOUR", "ID  - a", "TI  - T", *lines, "ER  - ", ""])
    assert convert(text, "ris", "ris") == text


def test_a_field_with_the_name_of_a_tag_is_written_as_a_note() -> None:
    ris = convert("@misc{a, title={T}, url={https://a.org}, ur={z}}\n", "bibtex", "ris")
    assert "UR  - https://a.org\r\nN1  - ur: z\r\n" in ris
