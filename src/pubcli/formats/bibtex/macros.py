"""Pass macros on to later files: as in BibTeX, a file may use a macro that `@string` defines in an earlier file."""

import re

from pubcli.inputs.sources import Source

_DEFINITION = re.compile(rb"@\s*string\s*[{(]", re.IGNORECASE)
_ENTRY = re.compile(rb"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_USE = re.compile(rb"[=#]\s*([A-Za-z][^\s\"#%'(),={}]*)\s*[,#})\n]")
"""Matches a name in the place of a value or of a part of it: journal = jmlr, or month = jan # "."."""


class EarlierMacros:
    """The macros that the files read so far define, for the files after them."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        """The text of each macro, by its name in lower case."""

    def provide(self, source: Source) -> Source:
        """Return a source whose options have the macros from earlier files that it uses.

        Remember the macros that the source itself defines, for later files.
        """
        if self._texts and _ENTRY.search(source.data):
            used = {name.decode("ascii", "replace").lower() for name in _USE.findall(source.data)}
            macros = tuple((name, self._texts[name]) for name in sorted(used & self._texts.keys()))
            source = source._replace(options=source.options._replace(macros=macros))
        if _DEFINITION.search(source.data):
            from pubcli.formats.bibtex.entries import macros_in  # few files define macros

            self._texts |= macros_in(source.data.decode("utf-8", "replace"), self._texts)
        return source
