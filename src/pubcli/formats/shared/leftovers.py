"""Keep the fields of a record that a reader has not used yet.

Readers that use this module work in steps. Each step removes the fields that it understands. The fields that are left
after the last step go to `extra`, so no field is lost. If a step uses only a part of a field, the field remains.

The order of the steps matters, because several steps may understand the same field. Each reader has a list of its
steps, with the reasons for their order.
"""

from typing import TypeVar

T = TypeVar("T")


class Leftovers(dict[str, T]):
    """Fields that no step has taken yet, by name. `get` and `[]` read a field; `take` removes it."""

    def take(self, name: str) -> T:
        """Remove a field and return its value. Raise KeyError if there is no such field."""
        return self.pop(name)

    def discard(self, *names: str) -> None:
        """Remove fields whose content has been used or means nothing. Ignore fields that do not exist."""
        for name in names:
            self.pop(name, None)
