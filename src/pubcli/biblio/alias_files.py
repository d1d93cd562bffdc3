"""Alias files: the names under which one person publishes, a line each person.

    Meisam Razaviyayn = M. Razaviyayn
    Sze-chuan Suen; Sze Chuan Suen; S. Suen      # as before a comment

The first name of a line is the one that is shown. Case and accents make no difference.
"""

import re
from pathlib import Path

from pubcli.errors import InputError
from pubcli.text.normalize import fold, visible


def read(name: str) -> list[list[str]]:
    """The names in a file, those of each person together. Raises InputError for a file that cannot be read as one."""
    try:
        text = Path(name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{visible(name)}: the aliases cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise InputError(f"{visible(name)}: aliases are text in UTF-8, and this is none") from None
    return parse(text, name)


def parse(text: str, source: str) -> list[list[str]]:
    """The names in a text, those of each person together.

    Raises InputError, with its number, for a line that says nothing or contradicts another.
    """
    people: list[list[str]] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        names = [" ".join(part.split()) for part in re.split("[=;]", line.partition("#")[0]) if part.strip()]
        place = f"{visible(source)}, line {number}"
        if len(names) == 1:
            raise InputError(f"{place}: one name says nothing; write others of the person behind it, as in: A = B")
        for name in names:
            if lines.setdefault(fold(name), number) != number:
                known = lines[fold(name)]
                raise InputError(f"{place}: {visible(name)} stands on line {known} already; a person has one line")
        if names:
            people.append(names)
    return people
