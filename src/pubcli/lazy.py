"""Stand-ins for parts of the standard library that take long to import, for modules that every command loads.

Importing `typing` and `re` takes as long as starting Python. With these stand-ins, a module imports `re` or `json` only
on first use. Type checkers see the originals. A module that defines a `NamedTuple` begins with
`from __future__ import annotations`, so that its annotations are not evaluated.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
"""As in `typing`: type checkers take each variable of this name for True."""
if TYPE_CHECKING:
    import json as json
    import re as re
    import unicodedata as unicodedata
    from types import ModuleType
    from typing import Any, AnyStr
    from typing import Generic as Generic
    from typing import NamedTuple as NamedTuple
    from typing import cast as cast
    from typing import dataclass_transform as dataclass_transform

    def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return a regular expression that is compiled when it is first used.

        In modules that every command loads, flags are written into the expression, as in `(?ai)`.
        """
        raise NotImplementedError

else:

    class pattern:  # noqa: N801 - it is called like the function `re.compile`
        """A regular expression that is compiled when it is first used."""

        def __init__(self, source: str | bytes, flags: int = 0) -> None:
            self._source, self._flags = source, flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            import re

            method = getattr(re.compile(self._source, self._flags), name)
            setattr(self, name, method)
            return method

    class _NamedTupleType(type):
        """Creates the class of a named tuple from the annotations of a class, as `typing.NamedTuple` does."""

        def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            from collections import namedtuple

            names = list(namespace["__annotations__"])
            defaults = [namespace.pop(field) for field in names if field in namespace]
            base = namedtuple(name, names, defaults=defaults, module=namespace["__module__"])
            for attribute, value in namespace.items():
                if attribute not in ("__module__", "__qualname__", "__annotations__"):
                    setattr(base, attribute, value)
            return base

    class NamedTuple(metaclass=_NamedTupleType):
        """Base class of named tuples; see `typing.NamedTuple`."""

    class Generic:
        """Marks a generic class: `class Answer(NamedTuple, Generic[R])`."""

        def __class_getitem__(cls, parameters: object) -> type:
            return NamedTuple

    def cast(_: object, value: Any) -> Any:
        """Return a value unchanged; type checkers treat it as a value of the given type."""
        return value

    def dataclass_transform(**_: bool) -> Any:
        """Tell type checkers that a base class defines `__init__` from the annotations of its subclasses."""
        return lambda base: base

    class _Module:
        """A module that is imported when one of its attributes is first used."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            value = getattr(import_module(self._name), attribute)
            setattr(self, attribute, value)
            return value

    json, re, unicodedata = _Module("json"), _Module("re"), _Module("unicodedata")


def import_module(name: str) -> ModuleType:
    """Import a module by its full name, like `importlib.import_module`, but without the slow import of `importlib`."""
    __import__(name)
    return sys.modules[name]


class _Metadata(type(sys)):  # type: ignore[misc]
    """Stands in for `importlib.metadata` until one of its attributes is used."""

    def entry_points(self, **selection: Any) -> Any:
        """Return the entry points of installed packages, like `importlib.metadata.entry_points`."""
        return self.__getattr__("entry_points")(**selection)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def postpone_metadata() -> None:
    """Load `importlib.metadata` only when one of its attributes is used, not when it is imported.

    Pydantic imports this module to look for plugins, even if plugins are switched off. Loading it takes twice as long
    as starting Python, because it imports modules for e-mail, archives and sockets.
    """
    sys.modules.setdefault("importlib.metadata", _Metadata("importlib.metadata"))
