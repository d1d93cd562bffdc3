"""What a record of RIS says beyond the fields of a paper is written under its tags."""

from conversion import convert


def test_tags_that_stand_several_times() -> None:
    addresses = ["UR  - https://a.org", "AD  - One", "UR  - https://b.org", "UR  - https://c.org", "AD  - Two"]
    lines = [*addresses, "L1  - x.pdf", "L1  - y.pdf"]
    text = "\r\n".join(["TY  - JOUR", "ID  - a", "TI  - T", *lines, "ER  - ", ""])
    assert convert(text, "ris", "ris") == text


def test_fields_of_other_formats_are_no_tags() -> None:
    found = convert("@misc{a, title={T}, url={https://a.org}, ur={z}}\n", "bibtex", "ris")
    assert "UR  - https://a.org\r\nN1  - ur: z\r\n" in found
