"""The fields of a record that a reader has not used yet.

The rule of the readers that use it: a step takes the fields that it understands, and so removes them. What is left
after the last step goes to `extra`, so that a field that no step takes is never lost. A step that uses
only a part of a field leaves it there.

Since steps compete for fields, their order matters. Each reader lists its steps in order, with the reason.
"""

from typing import TypeVar

T = TypeVar("T")


class Leftovers(dict[str, T]):
    """Fields that no step has taken yet, by name. Look at one with `get` or `[]`; remove it with `take`."""

    def take(self, name: str) -> T:
        """Remove a field and return its value. Raise KeyError if it is not there."""
        return self.pop(name)

    def discard(self, *names: str) -> None:
        """Remove fields whose content is used or meaningless, if they are there."""
        for name in names:
            self.pop(name, None)
