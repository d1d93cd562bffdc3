"""Keep the fields of a record that a reader has not used yet.

Readers that use this module work in steps. Each step removes the fields that it understands. The fields that are left
after the last step go to `extra`, so no field is lost. A step that uses only a part of a field does not remove it.

The order of the steps matters, because several steps may understand the same field. Each reader lists its steps in
order, with the reasons.
"""

from typing import TypeVar

T = TypeVar("T")


class Leftovers(dict[str, T]):
    """Fields that no step has taken yet, by name. Read a field with `get` or `[]`; remove it with `take`."""

    def take(self, name: str) -> T:
        """Remove a field and return its value. Raise KeyError if there is no such field."""
        return self.pop(name)

    def discard(self, *names: str) -> None:
        """Remove fields whose content has been used or means nothing. Ignore fields that do not exist."""
        for name in names:
            self.pop(name, None)
