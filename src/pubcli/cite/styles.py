"""Correct citeproc-py where it does not follow the specification of the Citation Style Language (CSL).

Each class below corrects an omission of citeproc-py (0.11) in one element of CSL. `Style` uses these classes instead of
the classes of citeproc-py, which stay unchanged.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from citeproc import model  # type: ignore[import-untyped]
from citeproc.frontend import CitationStylesStyle  # type: ignore[import-untyped]
from citeproc.source import VariableError  # type: ignore[import-untyped]
from citeproc.string import String  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

_INITIAL = re.compile(r"[^\W\d_]\.?")
_HYPHENED = re.compile(r"-(\w*)")
YEAR_SUFFIX = "year_suffix"
"""Name under which citeproc-py stores the letter that distinguishes works of the same author and year (2001a)."""
_GENERATED = frozenset(model.Text.generated_variables)
_LANGUAGE = "default-locale"
_NUMBERS = ("et-al-min", "et-al-use-first", "et-al-subsequent-min", "et-al-subsequent-use-first")


class Style(CitationStylesStyle):  # type: ignore[misc]
    """A style that is read from a file. Raises ValueError if the file is not a style or if it has no bibliography."""

    def __init__(self, path: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        elements = lookup.get_namespace(model.CitationStylesElement.nsmap["cs"])
        elements[None] = model.CitationStylesElement
        originals = {_tag(element): element for element in model.CitationStylesElement.__subclasses__()}
        elements.update(
            originals
            | {_tag(element): element for element in (Name, Names, Text, Number, Date, Label, Group, Substitute)}
        )
        self.parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
        self.parser.set_element_class_lookup(lookup)
        try:
            self.xml = etree.parse(path, self.parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"not valid XML: {error}") from None
        self.root = self.xml.getroot()
        if not isinstance(self.root, model.Style) or self.root.find("{*}bibliography/{*}layout") is None:
            raise ValueError("not a CSL style with a bibliography")
        self.root.set_locale_list(self.root.get(_LANGUAGE, "en-US"), validate=False)

    @property
    def punctuation_in_quotes(self) -> bool:
        """Whether commas and full stops go inside quotation marks, as in American English."""
        return str(self.root.get_locale_option("punctuation-in-quote")) == "true"

    def references(self, items: Sequence[Any]) -> list[str]:
        """Return the reference of each item. If the style says so, replace names that are those of the item before."""
        bibliography = self.root.find("{*}bibliography")
        layout, substitute = bibliography.find("{*}layout"), bibliography.get("subsequent-author-substitute")
        texts, names_before = [], ""
        for item in items:
            layout.repressed = {}
            text = layout.format(layout.wrap(layout.render_children(item)))
            names = layout.repressed.get("names", "")
            if text is not None:
                is_repeated = substitute is not None and names and names == names_before
                texts.append(str(text).replace(names, substitute, 1) if is_repeated else str(text))
            names_before = names
        return texts

    def fault(self, error: Exception) -> str:
        """Return why citeproc-py failed. It does not validate styles, so look for faults in the style first."""
        macros = {macro.get("name") for macro in self.root.iter("{*}macro")}
        for name, value in (pair for element in self.root.iter("*") for pair in element.items()):
            if name == "macro" and value not in macros:
                return f"the style calls the macro {value!r}, but does not define it"
            if name in _NUMBERS and not value.isdecimal():
                return f"the attribute {name} must be a whole number, not {value!r}"
        is_endless = isinstance(error, RecursionError)
        return "a macro of the style calls itself" if is_endless else f"citeproc-py reports: {error}"


def _tag(element: type) -> str:
    return element.__name__.replace("_", "-").lower()


def _in_capitals(part: "re.Match[str]") -> str:
    """Return a part of a given name with its hyphen (`-Luc`), or "" if the part does not begin with a capital (`-jin`).

    So citeproc-py prints `J.-L.` for Jean-Luc, but only `Y.` for Yong-jin.
    """
    return part[0] if part[1][:1].isupper() else ""


def _state(element: Any, context: Any) -> Any:
    """Return the state of the reference that is being printed. citeproc-py clears the state before each reference.

    `names` is the text of the first list of names. It is empty if another text was printed in place of the names, and
    missing as long as neither was printed. `year` is the year after which the year suffix was printed. `calls` has a
    pair for each element that tried to print variables: these variables, and whether the element printed a text.
    `substituted` holds the variables that were printed in place of missing names.
    """
    state = (element if context is None else context).get_layout().repressed
    state.setdefault("calls", [])
    state.setdefault("substituted", set())
    return state


class _Calling:
    """An element that prints a variable. If a substitute has printed the variable, the element prints nothing.

    The element records its variables in `calls`; see `_state`.
    """

    def render(self, item: Any, *args: Any, context: Any = None, **options: Any) -> Any:
        """Return the text that the element prints, or None if the element prints nothing.

        Raises VariableError if the variable is missing, or if a substitute has printed the variable.
        """
        element: Any = self
        variables = set(element.get("variable", "").split())
        if not variables or variables <= _GENERATED:
            return super().render(item, *args, context=context, **options)  # type: ignore[misc]
        state = _state(element, context)
        place = len(state["calls"])
        state["calls"].append((variables, False))
        if variables & state["substituted"] and not any(
            other.replace("-", "_") in item.listing_id for other in variables - state["substituted"]
        ):
            raise VariableError
        text = super().render(item, *args, context=context, **options)  # type: ignore[misc]
        state["calls"][place] = variables, bool(text)
        return text


class _Cased:
    """An element whose letter case a style can set. The case `capitalize-first` does not change words such as arXiv."""

    def case(self, text: Any, language: str | None = None) -> Any:
        """Return the text in the letter case that the style sets. Without `language`, use the language of the style."""
        element: Any = self
        case, words = element.get("text-case"), str(text).split(None, 1)
        if case == "capitalize-first" and words and not words[0].islower():
            return text
        return super().case(text, language or element.get_root().get(_LANGUAGE, "en")[:2])  # type: ignore[misc]


class Text(_Calling, _Cased, model.Text):  # type: ignore[misc]
    """An element that prints a variable, a macro, a fixed text, or a word that CSL translates (in CSL, a term)."""


class _Ordinal:
    """An element that prints ordinal numbers: 2nd in English, 2. in German.

    citeproc-py mixes the terms of two languages. CSL requires the terms of the first language that has any.
    """

    def get_single_term(self, name: str = "", *args: Any, **options: Any) -> Any:
        """Return the singular of a term; for `ordinal-02`, return what follows the number 2."""
        element: Any = self
        number = name.removeprefix("ordinal-")
        if name == number or not number.isdecimal():
            return super().get_single_term(name, *args, **options)  # type: ignore[misc]
        for locale in element.get_root().locales:
            terms = [term for term in locale.iter("{*}term") if term.get("name", "").startswith("ordinal")]
            if terms:
                return next(
                    (term.single for name in _ordinal_terms(int(number)) for term in terms if _is(term, *name)), ""
                )
        return ""


def _ordinal_terms(number: int) -> Iterator[tuple[str, str]]:
    """Yield the terms that may follow a number, the best first: the name and the attribute `match` of each."""
    for name, match in (number, "whole-number"), (number % 100, "last-two-digits"), (number % 10, "last-digit"):
        yield f"ordinal-{name:02}", match
    yield "ordinal", ""


def _is(term: Any, name: str, match: str) -> bool:
    default = "last-digit" if name < "ordinal-10" else "last-two-digits"
    return bool(term.get("name") == name and match in ("", term.get("match", default)) and not term.get("gender-form"))


class Number(_Ordinal, _Calling, _Cased, model.Number):  # type: ignore[misc]
    """An element that prints a volume, an issue or an edition, perhaps as an ordinal number (2nd)."""


class Date(_Ordinal, _Calling, model.Date):  # type: ignore[misc]
    """An element that prints a date. If the style sets no delimiter, the delimiter of the language joins the parts.

    If no other element of the style prints the year suffix, the suffix follows the first year of publication.
    """

    def process(self, item: Any, *args: Any, context: Any = None, **options: Any) -> Any:
        """Return the date as text. Raises VariableError if there is no date."""
        with _unchanged(self):
            text = super().process(item, *args, context=context, **options)
        if not text or self.get("variable") != "issued" or not (suffix := item.reference.get(YEAR_SUFFIX)):
            return text
        state = _state(self, context)
        if "year" in state or any(text.get("variable") == "year-suffix" for text in self.get_root().iter("{*}text")):
            return text
        state["year"] = str(item.reference.issued.year)
        return String(str(text).replace(state["year"], f"{state['year']}{suffix}", 1))

    def join(self, strings: Any, default_delimiter: str = "") -> Any:
        """Return the parts of a date as one text, with a delimiter between the parts."""
        form = self.get("form")
        of_language = None if form is None or self.is_locale_date() else self.get_date(form)
        return super().join(strings, default_delimiter if of_language is None else of_language.get("delimiter", ""))


@contextmanager
def _unchanged(date: Any) -> Iterator[None]:
    """Restore the date format of a language at the end, because citeproc-py writes the options of each date into it."""
    form = date.get("form")
    of_language = None if form is None or date.is_locale_date() else date.get_date(form)
    parts = [] if of_language is None else [(part, dict(part.attrib)) for part in of_language.iterchildren()]
    try:
        yield
    finally:
        for part, attributes in parts:
            part.attrib.clear()
            part.attrib.update(attributes)


class Label(_Cased, model.Label):  # type: ignore[misc]
    """An element that prints the abbreviation or name of a variable: p., eds., vol."""

    def process(self, item: Any, variable: Any = None, *args: Any, **options: Any) -> Any:
        """Return the abbreviation or name, or None if the item does not have the variable."""
        of_element = self.get("variable", "").replace("-", "_")
        if variable is None and of_element != "locator" and of_element not in item.reference:
            return None
        return super().process(item, variable, *args, **options)


class Names(_Calling, model.Names):  # type: ignore[misc]
    """An element `names` of a CSL style. Inside `substitute`, it takes the format of the `names` that it replaces."""

    def process(self, item: Any, names_context: Any = None, **options: Any) -> Any:
        """Return the names as text. If the names are missing, return the text of the substitute.

        Raises VariableError if the element has no substitute either.
        """
        if names_context is None and self.name is None:
            names_context = next(iter(self.xpath_search("./ancestor::cs:substitute[1]/parent::cs:names")), None)
        text = super().process(item, names_context, **options)
        _state(self, options.get("context")).setdefault("names", "")
        return text


class Group(model.Group):  # type: ignore[misc]
    """A sequence of elements. It prints nothing if all its variables are empty, so that no label is printed alone."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the texts of the elements as one text.

        Raises VariableError if no element prints a text, or if the group has variables and all of them are empty.
        """
        calls = _state(self, context)["calls"]
        before = len(calls)
        text = super().process(item, context=context, **options)
        if calls[before:] and not any(is_printed for _, is_printed in calls[before:]):
            raise VariableError
        return text


class Substitute(model.Substitute):  # type: ignore[misc]
    """A substitute for missing names. The variables that it prints are not printed again in the same reference."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the text of the first element in the substitute that has a text."""
        state = _state(self, context)
        before = len(state["calls"])
        text = super().render(item, context=context, **options)
        for variables, is_printed in state["calls"][before:]:
            state["substituted"] |= variables if is_printed else set()
        return text


class Name(model.Name):  # type: ignore[misc]
    """The format of a name. Given names stay whole if `initialize` is false or if they do not begin with a capital."""

    def initialize(self, given_name: str, mark: str, context: Any) -> str:
        """Return given names as initials, each followed by `mark`."""
        words = given_name.split()
        if self._stays_whole(context):
            return " ".join([f"{word[0]}{mark}".strip() if _INITIAL.fullmatch(word) else word for word in words])
        if not given_name[:1].isupper():
            return given_name
        return str(super().initialize(_HYPHENED.sub(_in_capitals, given_name), mark, context))

    def process(self, item: Any, variable: str, context: Any = None, **options: Any) -> Any:
        """Return the names of a variable as text, or their number if the element only counts them."""
        text = super().process(item, variable, context, **options)
        _state(self, context).setdefault("names", str(text))
        return text

    def _stays_whole(self, context: Any) -> bool:
        context = self if context is None else context
        around = context.xpath_search("./ancestor::*[self::cs:citation or self::cs:bibliography][1]")
        return (
            next(filter(None, (element.get("initialize") for element in (self, *around, self.get_root()))), "")
            == "false"
        )
