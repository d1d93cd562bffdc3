"""Read alias files. Each line contains the names under which one person publishes.

    Meisam Razaviyayn = M. Razaviyayn
    Sze-chuan Suen; Sze Chuan Suen; S. Suen      # text after # is a comment

Answers show the name at the beginning of the line. Case and accents are ignored.
"""

import re
from pathlib import Path

from pubcli.biblio.names import name_key
from pubcli.errors import InputError
from pubcli.text.normalize import visible


def read(name: str) -> list[list[str]]:
    """Return the people in the alias file `name`: for each person, a list of the person's names.

    Raises InputError if the file cannot be read or is invalid.
    """
    try:
        text = Path(name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{visible(name)}: the aliases cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise InputError(f"{visible(name)}: not valid UTF-8; alias files must be UTF-8 text") from None
    return parse(text, name)


def parse(text: str, source: str) -> list[list[str]]:
    """Return the people in the text of an alias file: for each person, a list of the person's names.

    `source` is the name of the file, for messages. Raises InputError, with the line number, if a line has only one
    name, or if a name is on two lines.
    """
    people: list[list[str]] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        names = [" ".join(part.split()) for part in re.split("[=;]", line.partition("#")[0]) if part.strip()]
        place = f"{visible(source)}, line {number}"
        if len(names) == 1:
            raise InputError(f"{place}: only one name; write other names of the person after it, as in: A = B")
        for name in names:
            if lines.setdefault(name_key(name), number) != number:
                earlier = lines[name_key(name)]
                raise InputError(f"{place}: {visible(name)} is already on line {earlier}; write one line per person")
        if names:
            people.append(names)
    return people
