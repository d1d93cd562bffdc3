"""Describe the options and arguments of commands as plain data.

Each option is described once, where it is declared: an attribute of an `OptionSet` that several commands share, or a
parameter of the function of one command. The two readers of a command line use these descriptions: `command_line` reads
an ordinary line, and `typer_program` makes Typer's options from them, for help, completion, errors and all other lines.
Every command loads this module, so it imports nothing that takes long.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Self

    from pubcli.errors import ExitCode

    Values = str | tuple[str, ...] | None


class Parameter:
    """The description of an option or argument."""

    __slots__ = (
        "default", "flags", "group", "help", "kind", "maximum", "metavar", "minimum", "name", "repeatable", "values",
    )  # fmt: skip

    def __init__(
        self,
        flags: tuple[str, ...],
        kind: type,
        help: str,
        *,
        default: object = None,
        metavar: str | None = None,
        repeatable: bool = False,
        minimum: int | None = None,
        maximum: int | None = None,
        values: Values = None,
    ) -> None:
        self.name = ""
        """The name of the attribute or of the function's parameter that gets the value."""
        self.flags = flags
        """What the user types, such as `("--limit", "-n")` or `("--cache/--no-cache",)`; empty for an argument."""
        self.kind = kind
        """The type of a single value: `str`, `int`, or `bool` for an option without a value."""
        self.help = help
        self.default = default
        """The value if the user does not type it; `REQUIRED` if the user must."""
        self.metavar = metavar
        """The placeholder for the value in the help, such as `FILE`."""
        self.repeatable = repeatable
        """Whether the user may type the option several times, so that its value is a list."""
        self.minimum, self.maximum = minimum, maximum
        """Limits of a number; None for no limit."""
        self.values = values
        """What completion offers: the name of a kind of values in `candidates.KINDS`, or the values themselves; None
        for nothing."""
        self.group = ""
        """The group of options in the help, such as `filter`; empty for an option of a single command."""

    def __set_name__(self, owner: Any, name: str) -> None:
        self.name, self.group = name, owner.group

    @property
    def usage(self) -> str:
        """The flags and the value as the help shows them, such as `-n, --limit N`."""
        flags = ", ".join(sorted(self.flags, key=len))
        return f"{flags} {self.metavar}" if self.metavar else flags

    @property
    def on_flags(self) -> list[str]:
        """The flags that set a switch; for other options, all flags."""
        return [flag.partition("/")[0] for flag in self.flags]

    @property
    def off_flags(self) -> list[str]:
        """The flags that clear a switch, such as `--no-cache`."""
        return [off for flag in self.flags if (off := flag.partition("/")[2])]


REQUIRED = ...
"""The default of an argument that the user must type."""


def option(
    *flags: str,
    help: str,
    metavar: str,
    kind: type = str,
    default: object = None,
    repeatable: bool = False,
    minimum: int | None = None,
    maximum: int | None = None,
    values: Values = None,
) -> Any:
    """Describe an option with a value. A type checker takes the result for the value."""
    return Parameter(
        flags,
        kind,
        help,
        default=default,
        metavar=metavar,
        repeatable=repeatable,
        minimum=minimum,
        maximum=maximum,
        values=values,
    )


def switch(*flags: str, help: str, default: bool | None = False) -> Any:
    """Describe an option without a value. The flag `--ascii` sets it to true, `--cache/--no-cache` to true or false."""
    return Parameter(flags, bool, help, default=default)


def argument(
    metavar: str, *, help: str, default: object = REQUIRED, repeatable: bool = False, values: Values = None
) -> Any:
    """Describe a word that the user types without a flag, or several words if `repeatable` is true."""
    return Parameter((), str, help, default=default, metavar=metavar, repeatable=repeatable, values=values)


class OptionSet:
    """Options that several commands share: the class has their descriptions, and an object has their values."""

    group = ""

    def __init__(self, **values: Any) -> None:
        """Set the values. Options that are not named get their defaults. Raises UsageError like `check`."""
        for parameter in self.parameters():
            setattr(self, parameter.name, values.pop(parameter.name, parameter.default))
        if values:
            raise TypeError(f"{type(self).__name__} has no option {', '.join(values)}")
        self.check()

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """Return the descriptions of the options, in the order of the help."""
        by_name: dict[str, Parameter] = {}
        for base in reversed(cls.__mro__):
            by_name |= {name: value for name, value in vars(base).items() if isinstance(value, Parameter)}
        return tuple(by_name.values())

    def check(self) -> None:
        """Raise UsageError for values that are not valid or contradict each other."""

    def values(self) -> dict[str, Any]:
        """Return the value of each option, by its name."""
        return {parameter.name: getattr(self, parameter.name) for parameter in self.parameters()}

    def replace(self, **changes: Any) -> Self:
        """Return a copy with other values for some options."""
        copy = type(self)(**{**self.values(), **changes})
        vars(copy).update({name: value for name, value in vars(self).items() if name not in vars(copy)})
        return copy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.values() == other.values()

    __hash__ = None  # type: ignore[assignment]  # the values may change


class Signature:
    """The parameters of a command, as its function declares them.

    The function has only keyword parameters. The annotation of a parameter is an option set, or its default is the
    description of an option or argument.
    """

    def __init__(self, function: Callable[..., ExitCode]) -> None:
        self.function = function
        self.sets: dict[str, type[OptionSet]] = {}
        """The option sets that the function takes, by the names of its parameters."""
        self.parameters: list[Parameter] = []
        """All options and arguments, in the order of the help."""
        described: Mapping[str, Any] = function.__kwdefaults__ or {}
        for name, hint in function.__annotations__.items():
            if name in described:
                described[name].name = name
                self.parameters.append(described[name])
            elif isinstance(hint, type) and issubclass(hint, OptionSet):
                self.sets[name] = hint
                self.parameters += hint.parameters()
            elif name != "return":
                raise TypeError(f"the parameter {name} is not described; its annotation is {hint!r}")

    @property
    def command(self) -> str:
        """The name of the command, such as `library log`, from the module of its function."""
        return self.function.__module__.removeprefix("pubcli.cli.").replace(".", " ")

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments for the function, from the value of each option and argument by name.

        Raises UsageError for values of an option set that are not valid.
        """
        rest = dict(values)
        sets = {
            name: options(**{parameter.name: rest.pop(parameter.name) for parameter in options.parameters()})
            for name, options in self.sets.items()
        }
        return rest | sets
