"""Styles of the Citation Style Language for citeproc-py, whose elements do here what the specification asks of them.

Each class below names what citeproc-py (0.11) leaves out. They stand beside its own classes, which stay as they are.
"""

import re
from typing import Any

from citeproc import model  # type: ignore[import-untyped]
from citeproc.frontend import CitationStylesStyle  # type: ignore[import-untyped]
from citeproc.source import VariableError  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

_INITIAL = re.compile(r"[^\W\d_]\.?")
_HYPHENED = re.compile(r"-(\w*)")
_GENERATED = frozenset(model.Text.generated_variables)
_LANGUAGE = "default-locale"
_NUMBERS = ("et-al-min", "et-al-use-first", "et-al-subsequent-min", "et-al-subsequent-use-first")


class Style(CitationStylesStyle):  # type: ignore[misc]
    """A style in a file. Raises ValueError for a file that holds none, or one without a bibliography."""

    def __init__(self, path: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        elements = lookup.get_namespace(model.CitationStylesElement.nsmap["cs"])
        elements[None] = model.CitationStylesElement
        theirs = {_tag(one): one for one in model.CitationStylesElement.__subclasses__()}
        elements.update(
            theirs | {_tag(one): one for one in (Name, Names, Text, Number, Date, Label, Group, Substitute)}
        )
        self.parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
        self.parser.set_element_class_lookup(lookup)
        try:
            self.xml = etree.parse(path, self.parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"it is no XML: {error}") from None
        self.root = self.xml.getroot()
        if not isinstance(self.root, model.Style) or self.root.find("{*}bibliography/{*}layout") is None:
            raise ValueError("it is no style of the Citation Style Language with a bibliography")
        self.root.set_locale_list(self.root.get(_LANGUAGE, "en-US"), validate=False)

    @property
    def punctuation_in_quotes(self) -> bool:
        """Whether commas and full stops stand inside of quotation marks, as in America."""
        return str(self.root.get_locale_option("punctuation-in-quote")) == "true"

    def fault(self, error: Exception) -> str:
        """Why the style cannot be followed, where citeproc-py, which does not look at it before, came upon an error."""
        macros = {one.get("name") for one in self.root.iter("{*}macro")}
        for name, value in (pair for one in self.root.iter("*") for pair in one.items()):
            if name == "macro" and value not in macros:
                return f"it calls the macro {value!r}, which is not there"
            if name in _NUMBERS and not value.isdecimal():
                return f"{name} is {value!r}, which is no number"
        return "a macro in it calls itself" if isinstance(error, RecursionError) else f"citeproc-py says: {error}"


def _tag(element: type) -> str:
    return element.__name__.replace("_", "-").lower()


def _in_capitals(part: "re.Match[str]") -> str:
    """What stands behind a hyphen, where it has an initial: of Jean-Luc it does, of Yong-jin it does not."""
    return part[0] if part[1][:1].isupper() else ""


def _state(element: Any, context: Any) -> Any:
    """What is known of the reference that is being printed: citeproc-py empties it before each.

    Under `calls` is for each variable that was called whether it was printed, under `gone` what stood for another one.
    """
    found = (element if context is None else context).get_layout().repressed
    found.setdefault("calls", [])
    found.setdefault("gone", set())
    return found


class _Calling:
    """An element that prints a variable: it says so, and is silent when that one stood for another variable before."""

    def render(self, item: Any, *args: Any, context: Any = None, **options: Any) -> Any:
        """The text, None for none. Raises VariableError where the variable is missing."""
        element: Any = self
        named = set(element.get("variable", "").split())
        if not named or named <= _GENERATED:
            return super().render(item, *args, context=context, **options)  # type: ignore[misc]
        state = _state(element, context)
        place = len(state["calls"])
        state["calls"].append((named, False))
        if named & state["gone"] and not any(
            other.replace("-", "_") in item.reference for other in named - state["gone"]
        ):
            raise VariableError
        text = super().render(item, *args, context=context, **options)  # type: ignore[misc]
        state["calls"][place] = named, bool(text)
        return text


class _Cased:
    """Text whose case a style changes: only a word in small letters gets a capital, and arXiv stays arXiv."""

    def case(self, text: Any, language: str | None = None) -> Any:
        """The text in the case that the style asks for; terms are in the language of the style."""
        element: Any = self
        wanted, words = element.get("text-case"), str(text).split(None, 1)
        if wanted == "capitalize-first" and words and not words[0].islower():
            return text
        return super().case(text, language or element.get_root().get(_LANGUAGE, "en")[:2])  # type: ignore[misc]


class Text(_Calling, _Cased, model.Text):  # type: ignore[misc]
    """A variable, a macro, a term or a text of the style."""


class Number(_Calling, _Cased, model.Number):  # type: ignore[misc]
    """A volume, an issue or an edition, with its ending in words."""


class Date(_Calling, model.Date):  # type: ignore[misc]
    """Between its parts stands what the date of the language has there, if the style does not say."""

    def join(self, strings: Any, default_delimiter: str = "") -> Any:
        """The parts as one text."""
        form = self.get("form")
        of_language = None if form is None or self.is_locale_date() else self.get_date(form)
        return super().join(strings, default_delimiter if of_language is None else of_language.get("delimiter", ""))


class Label(_Cased, model.Label):  # type: ignore[misc]
    """The term that names a variable: p., eds., vol."""


class Names(_Calling, model.Names):  # type: ignore[misc]
    """Those that stand for others look as they do, below a condition too."""

    def process(self, item: Any, names_context: Any = None, **options: Any) -> Any:
        """The text. Raises VariableError for none."""
        if names_context is None and self.name is None:
            names_context = next(iter(self.xpath_search("./ancestor::cs:substitute[1]/parent::cs:names")), None)
        return super().process(item, names_context, **options)


class Group(model.Group):  # type: ignore[misc]
    """It is silent when variables are called in it and none is printed; a term beside them says nothing then."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """The text. Raises VariableError for none."""
        calls = _state(self, context)["calls"]
        before = len(calls)
        text = super().process(item, context=context, **options)
        if calls[before:] and not any(is_printed for _, is_printed in calls[before:]):
            raise VariableError
        return text


class Substitute(model.Substitute):  # type: ignore[misc]
    """What stands for another variable is not printed again, by whatever macro."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """The text of the first that has any."""
        state = _state(self, context)
        before = len(state["calls"])
        text = super().render(item, context=context, **options)
        for named, is_printed in state["calls"][before:]:
            state["gone"] |= named if is_printed else set()
        return text


class Name(model.Name):  # type: ignore[misc]
    """Given names stay whole where `initialize` is false, and where they have no capital to stand for them."""

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Given names with the mark behind each initial."""
        words = given.split()
        if self._stay_whole(context):
            return " ".join([f"{word[0]}{mark}".strip() if _INITIAL.fullmatch(word) else word for word in words])
        if not given[:1].isupper():
            return given
        return str(super().initialize(_HYPHENED.sub(_in_capitals, given), mark, context))

    def _stay_whole(self, context: Any) -> bool:
        context = self if context is None else context
        around = context.xpath_search("./ancestor::*[self::cs:citation or self::cs:bibliography][1]")
        return next(filter(None, (one.get("initialize") for one in (self, *around, self.get_root()))), "") == "false"
