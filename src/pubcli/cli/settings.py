"""Read the user's settings: the values of options that are not typed.

The file is TOML, so that it can have comments. An option that is typed comes before an environment variable, and the
variable before the file. Commands import this module only if the file exists.
"""

from __future__ import annotations

import os

from pubcli import paths
from pubcli.errors import InputError, OutputError, UsageError, did_you_mean, require_choice
from pubcli.formats import WRITABLE
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from pubcli.answer.answer import Row

COLORS = ("auto", "always", "never")


class Settings:
    """The settings of a user. None means that a setting is not in the file."""

    def __init__(self, path: str = "", values: Mapping[str, Any] | None = None) -> None:
        """Check the values. Raises UsageError, with the file and the setting, for a value that is not valid."""
        self.path = path
        self.values = {name: value for name, value in (values or {}).items() if name in SETTINGS}
        self._unknown = [name for name in values or {} if name not in SETTINGS]
        for name, value in self.values.items():
            SETTINGS[name][0](f"{path}: {name}", value)
        self.format: str | None = self.values.get("format")
        self.color: str | None = self.values.get("color")
        self.style: str | None = self.values.get("style")
        pager = self.values.get("pager")
        self.pager: str | None = ("" if pager is False else None) if isinstance(pager, bool) else pager
        """The command of the pager; empty for no pager."""

    def complete(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of options by name. For options that were not typed, add the values in the settings."""
        completed = dict(values)
        if "lake" in values and self._asks_lake(values):
            completed["lake"] = self._path(self.values["lake"])
        elif "library" in values and not self._reads_files(values):
            completed["library"] = self.library(values["library"])
        if "style" in values:
            completed["style"] = values["style"] or self.style
        return completed

    def _asks_lake(self, values: Mapping[str, Any]) -> bool:
        """Return whether a command queries the lake in the settings: neither options nor variables name papers."""
        typed = values.get("profile") or values.get("library") is not None or values.get("lake") is not None
        variables = ("PUBCLI_PROFILE", "PUBCLI_LAKE", "PUBCLI_LIBRARY")
        return "lake" in self.values and not typed and not any(map(os.environ.get, variables))

    def unknown(self) -> list[str]:
        """Return a sentence for each name in the file that is not a setting."""
        return [
            f"{self.path}: there is no setting {visible(name)}{did_you_mean(name, SETTINGS)}" for name in self._unknown
        ]

    def rows(self) -> list[Row]:
        """Return a row for each setting: the value in use, the variable or file that sets it, and the meaning.

        Each library and each command with columns has a row of its own, such as `libraries.group`.
        """
        rows: list[Row] = []
        for name, (_, _, meaning) in SETTINGS.items():
            variable = _VARIABLES.get(name)
            if variable is None or not (os.environ.get(variable) or variable == "PUBCLI_PAGER" in os.environ):
                variable = None
            value = os.environ[variable] if variable else self.values.get(name)
            source = variable or (os.path.basename(self.path) if name in self.values else None)  # noqa: PTH119
            entries = {f"{name}.{key}": entry for key, entry in value.items()} if isinstance(value, dict) else {}
            for setting, text in (entries or {name: None if value == {} else value}).items():
                rows.append({"setting": setting, "value": _text(text), "source": source, "meaning": meaning})
        return rows

    @staticmethod
    def _reads_files(values: Mapping[str, Any]) -> bool:
        """Return whether a command reads the files that --profile or PUBCLI_PROFILE names, and no library."""
        is_named = values.get("profile") or ("profile" in values and os.environ.get("PUBCLI_PROFILE"))
        return bool(is_named) and values["library"] is None

    def fields(self, command: str) -> list[str] | None:
        """Return the columns of a command, such as `library log`."""
        columns: list[str] | None = self.values.get("columns", {}).get(command)
        return columns

    def library(self, name: str | None) -> str | None:
        """Return the path of a library. If the settings have no library called `name`, `name` itself is the path.

        If `name` is None, return the path of the library that PUBCLI_LIBRARY names, or else of the default library in
        the settings. Return None if PUBCLI_LIBRARY is a path, or if nothing names a library.
        """
        libraries = self.values.get("libraries", {})
        if chosen := name or os.environ.get("PUBCLI_LIBRARY"):
            return self._path(libraries[chosen]) if chosen in libraries else name
        default = self.values.get("library")
        return default and self._path(libraries.get(default, default))

    def _path(self, text: str) -> str:
        """Return the path that a text in the file means: relative to the file's folder, or to the home folder (~)."""
        return os.path.join(os.path.dirname(self.path), os.path.expanduser(text))  # noqa: PTH111, PTH118, PTH120


def path() -> str:
    """Return the name of the file. Raises InputError if the user has no home folder."""
    try:
        return paths.settings_file()
    except OSError as error:
        raise InputError(f"no folder for your settings: {error.strerror}; set PUBCLI_CONFIG") from None


def create(name: str) -> None:
    """Write a file that explains each setting, unless the file exists. Raises OutputError if it cannot be written."""
    lines = ["# Settings of pubcli. Remove the # in front of a setting to use it; pubcli config show lists all.", ""]
    for setting, (_, example, meaning) in SETTINGS.items():
        lines += [f"# {meaning}", *(f"# {line}" for line in example.format(name=setting).splitlines()), ""]
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)  # noqa: PTH103, PTH120
        with open(name, "x", encoding="utf-8") as file:  # noqa: PTH123
            file.write("\n".join(lines))
    except FileExistsError:
        pass
    except OSError as error:
        raise OutputError(f"{visible(name)} cannot be written: {error.strerror or error}") from None


def load() -> Settings:
    """Return the settings of the user; they are empty if there is no file.

    Raises UsageError, with the file and the place, for a file that cannot be read or has a value that is not valid.
    """
    name = path()
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - pathlib takes long to import
            content = file.read()
    except FileNotFoundError:
        return Settings(name)
    except OSError as error:
        raise UsageError(f"the settings in {visible(name)} cannot be read: {error.strerror or error}") from None
    import tomllib

    try:
        return Settings(name, tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n")))
    except UnicodeDecodeError:
        raise UsageError(f"{visible(name)} is not text in UTF-8; save it in this encoding") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{visible(name)} is not valid TOML: {visible(str(error))}; pubcli config edit") from None


def _text(value: object) -> str | None:
    """Return a value as text: a list with commas, a switch as true or false. None if there is no value."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _require_text(place: str, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise UsageError(f"{place}: expected a text in quotation marks, got {visible(repr(value))}")


def _require_pager(place: str, value: object) -> None:
    if not isinstance(value, bool):
        _require_text(place, value)


def _require_color(place: str, value: object) -> None:
    _require_text(place, value)
    require_choice(place, str(value), COLORS)


def _require_format(place: str, value: object) -> None:
    """Raise UsageError for a format that is unknown, or that not every answer can have."""
    _require_text(place, value)
    usual = tuple(
        name for name, row in WRITABLE.items() if row.shows != "papers" and name != "text" and not row.is_binary
    )
    require_choice(place, str(value), usual)


def _require_libraries(place: str, value: object) -> None:
    for name, path in _require_table(place, value).items():
        _require_text(f"{place}.{name}", path)


def _require_columns(place: str, value: object) -> None:
    from pubcli.cli import COMMANDS

    for command, fields in _require_table(place, value).items():
        require_choice(place, command, tuple(COMMANDS))
        if not (isinstance(fields, list) and fields and all(isinstance(field, str) for field in fields)):
            raise UsageError(f"{place}.{command}: expected a list of fields, such as ['key', 'title']")


def _require_table(place: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise UsageError(f"{place}: expected a table, which begins with the line [{place.rpartition(' ')[2]}]")
    return value


SETTINGS: Mapping[str, tuple[Callable[[str, object], None], str, str]] = {
    "library": (_require_text, '{name} = "group"', "the library to use: a name from [libraries], or a file"),
    "lake": (_require_text, '{name} = "~/lake"', "the lake to query: a folder that pubcli lake build wrote"),
    "format": (_require_format, '{name} = "json"', "the format of answers that are written to no file"),
    "pager": (_require_pager, '{name} = "less -FRX"', "the program that shows long answers; false for none"),
    "color": (_require_color, '{name} = "auto"', "when to use colour: auto, always or never"),
    "style": (_require_text, '{name} = "ieee"', "the style of pubcli cite"),
    "libraries": (_require_libraries, '[{name}]\ngroup = "~/group.sqlite"', "names for the files of libraries"),
    "columns": (_require_columns, '[{name}]\nlist = ["key", "date", "title"]', "the columns of each command's table"),
}
"""Each setting with the function that checks its value, an example, and its meaning."""
_VARIABLES = {"library": "PUBCLI_LIBRARY", "lake": "PUBCLI_LAKE", "pager": "PUBCLI_PAGER", "color": "NO_COLOR"}
"""The environment variable that comes before a setting. Only that of the pager has a meaning if it is empty."""
