"""Parse a typed query into a tree of words and conditions.

    privacy fair            both words, anywhere in title, authors, abstract or organisation, in any form or spelling
                            (`store.variants` lists them)
    "min-max games"         exactly these adjacent words, in this order
    optim*                  words that begin with `optim`
    ~privcy                 words with a similar spelling
    /min(-| )?max/          a regular expression, in Python's syntax
    -federated              without this word; !federated and NOT federated mean the same
    author:lowy             a condition on a field; `fields` lists all fields
    author:lo*              a word of the value begins with `lo`; also author:~lwy and author:/^lo/
    year>2020               a comparison: > >= < <= = or !=
    10.1109/5.771073        the paper with this DOI or arXiv identifier, also in an address: https://arxiv.org/abs/2203.06735
    a OR b, ( )             at least one of the two; parentheses group words and conditions

Case and accents are ignored. An invalid query raises a `QueryError` that marks the place of the mistake.
"""

from __future__ import annotations

from datetime import date, timedelta

from pubcli.errors import QueryError, UsageError, ambiguous_name, did_you_mean, require_choice
from pubcli.lazy import TYPE_CHECKING, pattern, re
from pubcli.query.expression import (
    And,
    Expression,
    Fuzzy,
    Match,
    Not,
    Or,
    Order,
    Pattern,
    Query,
    Range,
    Text,
    conjunction,
)
from pubcli.query.fields import ALIASES, COMPARABLE, FIELDS, PRESENCE
from pubcli.text.normalize import well_formed, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_MAX_DEPTH = 10
_MAX_TERMS = 100


def as_query(query: Query | str) -> Query:
    """Parse a query if it is text, or return it unchanged. Raises QueryError for invalid text."""
    return Query(parse(query)) if isinstance(query, str) else query


def condition_on(field: str, value: str) -> Match:
    """Return the condition `field:value`. `field` may also be an alias, such as `year`.

    Raises ValueError with a message for the user if the value is not valid for the field.
    """
    field = ALIASES.get(field, field)
    kind = FIELDS[field].kind
    if not value.strip():
        raise ValueError("a value is missing")
    if kind in ("flag", "presence") or FIELDS[field].choices:
        return Match(field, _choice(field, value))
    if kind == "day":
        return Match(field, day_range(value))
    if kind == "number":
        return Match(field, _number_range(value))
    if field in _NORMALIZED:
        return Match(field, _NORMALIZED[field](well_formed(value)))
    if kind == "words" and not words(value):
        raise ValueError(_NO_LETTER)
    return Match(field, well_formed(value))


def _choice(field: str, value: str) -> str | bool:
    """Return the value of a field that has a fixed set of values. Raises ValueError for any other text."""
    folded = value.lower()
    if FIELDS[field].kind == "flag":
        if folded not in _FLAGS:
            raise ValueError(f"{field}: expected yes or no, got {value!r}")
        return _FLAGS[folded]
    choices = FIELDS[field].choices
    if field == "has":
        choices, folded = PRESENCE, folded if folded in PRESENCE else ALIASES.get(folded, folded)
    if folded not in choices:
        raise ValueError(f"{field}: {value!r} is not one of {', '.join(choices)}")
    return folded


def _doi(value: str) -> str:
    """Return a DOI in lower case, without `https://doi.org/` before it. Return a text that is not a DOI unchanged."""
    from pubcli.biblio import identifiers  # imported only here, because few queries contain an identifier

    return identifiers.doi(value) or value


def _arxiv(value: str) -> str:
    """Return an arXiv identifier without version. Return a text that is not an arXiv identifier unchanged."""
    from pubcli.biblio import identifiers

    return identifiers.arxiv(value) or value


def _class(value: str) -> str:
    """Return the name that arXiv uses for a class: `math.NA` for `cs.na`. Return an unknown text unchanged."""
    from pubcli.biblio import arxiv_categories  # imported only here, because few queries have a category

    return arxiv_categories.current_class(value)


def _category(value: str) -> str:
    """Return a category unchanged. Raises ValueError, listing the candidates, if several categories may be meant."""
    from pubcli.biblio import arxiv_categories

    if len(names := arxiv_categories.matching_names(value)) > 1:
        raise ValueError(str(ambiguous_name(value, names)))
    return value


_NORMALIZED = {"doi": _doi, "arxiv": _arxiv, "classes": _class, "category": _category}
"""Maps a field to a function that checks a typed value and returns it in the form in which papers store it."""


def day_range(text: str) -> Range:
    """Return the range of ISO days that a text such as `2021`, `2021..2023`, `2021-03..` or `..2021-03-15` means.

    Raises ValueError with a message for the user if the text is not a valid range.
    """
    first, dots, last = text.partition("..")
    begin = _day(first, end=False) if first else None
    end = _day(last if dots else first, end=True) if last or not dots else None
    if begin is None and end is None:
        raise ValueError(f"{text!r} has no date; use 2021, 2021..2023, 2021.. or ..2023")
    if begin and end and begin > end:
        raise ValueError(f"the range {text!r} ends before it begins")
    return Range(begin, end)


_YEARS = pattern(r"(?a)(\d{4})[-–](\d{4})")
_DAY = pattern(r"(?a)(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def _day(text: str, *, end: bool) -> str:
    """Return the first day of a year, month or day in ISO format; if `end` is true, the last day.

    Raises ValueError if the text is not a valid date.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        years = _YEARS.fullmatch(text.strip())
        remedy = f"for a range use {years[1]}..{years[2]}" if years else "use 2021, 2021-03 or 2021-03-15"
        raise ValueError(f"{text!r} is not a valid date; {remedy}")
    from calendar import monthrange  # imported only here, because few queries have a date

    year, month, day = match.groups()
    try:
        month_number = int(month) if month else 12 if end else 1
        outer_day = monthrange(int(year), month_number)[1] if end else 1
        return date(int(year), month_number, int(day) if day else outer_day).isoformat()
    except ValueError:
        raise ValueError(f"the date {text!r} is not in the calendar") from None


_NUMBER = pattern(r"(?a)(\d{1,15})?(?:(\.\.)(\d{1,15})?)?")


def _number_range(text: str) -> Range:
    """Return the range that a text such as `3`, `1..10`, `5..` or `..5` means.

    Raises ValueError with a message for the user if the text is not a valid range.
    """
    match = _NUMBER.fullmatch(text.strip())
    first, dots, last = match.groups() if match else (None, None, None)
    if first is None and last is None:
        raise ValueError(f"{text!r} is not a valid number or range; use 3, 1..10, 5.. or ..5")
    begin = int(first) if first else None
    end = int(last) if last else None if dots else begin
    if begin is not None and end is not None and begin > end:
        raise ValueError(f"the range {text!r} ends before it begins")
    return Range(begin, end)


def comparison(field: str, operator: str, value: str) -> Expression:
    """Return the condition that a comparison such as `year>=2020` means. `operator` is > >= < <= = or !=.

    Raises ValueError with a message for the user if the value is not valid for the field.
    """
    operator = {"≥": ">=", "≤": "<="}.get(operator, operator)
    if operator in ("=", "!=") or not value:
        condition = condition_on(field, value)
        return Not(condition) if operator == "!=" else condition
    field = ALIASES.get(field, field)
    is_day = FIELDS[field].kind == "day"
    try:
        limit = _day_limit(operator, value) if is_day else _number_limit(operator, value)
    except OverflowError:
        raise ValueError(f"no {'date' if is_day else 'number'} can be {operator}{value}") from None
    return Match(field, Range(limit, None) if operator.startswith(">") else Range(None, limit))


def _day_limit(operator: str, text: str) -> str:
    """Return the first day that a comparison with > or >= includes, or the last day for < or <=.

    For `>` and `2020`, the day is 2021-01-01. Raises ValueError for an invalid date, and OverflowError if the calendar
    has no such day.
    """
    day = _day(text, end=operator in (">", "<="))
    step = {">": 1, "<": -1}.get(operator, 0)
    return (date.fromisoformat(day) + timedelta(step)).isoformat()


_MAX_NUMBER = 10**15 - 1


def _number_limit(operator: str, text: str) -> int:
    """Return the smallest number that a comparison with > or >= includes, or the greatest for < or <=.

    For `>` and `3`, the number is 4. Raises ValueError if the text is not a number, and OverflowError if the result is
    negative or too large.
    """
    if not re.fullmatch("[0-9]{1,15}", text):
        raise ValueError(f"{text!r} is not a valid number; use a number such as 3")
    number = int(text) + {">": 1, "<": -1}.get(operator, 0)
    if not 0 <= number <= _MAX_NUMBER:
        raise OverflowError
    return number


def sort_order(text: str, sortable: Sequence[str]) -> tuple[Order, ...]:
    """Return the sort criteria of a text such as `date,-title`, where a minus means descending order.

    Raises UsageError for a field that is not in `sortable`.
    """
    criteria = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        field = part.removeprefix("-")
        require_choice("--sort", field, sortable)
        criteria.append(Order(field, part.startswith("-")))
    return tuple(criteria)


_TOKEN = pattern(
    rf"""(?xs)
    (?P<blank> \s+ )
  | (?P<open> \( ) | (?P<close> \) )
  | (?P<minus> [-!](?=[^\s)]) )
  | (?P<doi>
      (?i: (?:https?://)? (?:dx\.|www\.)? doi\.org/ | doi:\s* )? 10\.[0-9]{{4,9}}/ (?: [^\s()"] | \([^\s()"]*\) )+
    )
  | (?P<arxiv> (?i:
      (?: (?:https?://)? (?:[a-z]+\.)? arxiv\.org/ (?:abs|pdf|html|ps)/ | arxiv:\s* )?
      (?: [0-9]{{4}}\.[0-9]{{4,5}} | [a-z][a-z-]{{1,20}} (?:\.[a-z]{{2}})? /[0-9]{{7}} )
      (?:v[0-9]+)? (?:\.pdf)? (?:[?\#][^\s()"]*)? [.,;]? (?=[\s()]|$)
    ))
  | (?P<compared> (?i: {"|".join(COMPARABLE)} ) ) \s* (?P<operator> [<>]=? | != | [=≤≥] ) \s* (?P<limit> [^\s()"]* )
  | (?P<field> [A-Za-z_]+ ) :
    (?: "(?P<quoted_value> [^"]* )" (?P<value_prefix> \* )?
      | (?P<unclosed_value> ".* )
      | /(?P<value_pattern> (?: [^/\\] | \\. )+ )/ (?=[\s()]|$)
      | (?P<value> [^\s()"]* ) )
  | "(?P<phrase> [^"]* )" (?P<phrase_prefix> \* )?
  | (?P<unclosed> " .* )
  | /(?P<pattern> (?: [^/\\] | \\. )+ )/ (?=[\s()]|$)
  | ~(?P<fuzzy> [^\s()"]+ )
  | (?P<word> [^\s()"]+ )
    """
)
_QUOTE = "to search for the text itself, put it in quotation marks"
_NO_LETTER = "there is no letter or digit here to search for"
_UNCLOSED = "this quotation mark is never closed"
_TYPOGRAPHIC = str.maketrans("“”„«»", '"""""')


def parse(source: str) -> Expression | None:
    """Parse a typed query into an expression. Return None for a blank query. Raises QueryError for an invalid query."""
    return _Parser(source).parse() if source.strip() else None


def exclusion_hint(source: str) -> str | None:
    """Return a hint for a typed query such as `privacy not federated`: to exclude federated, type -federated.

    In a query, `not` and `without` are ordinary words, which exclude nothing; only `NOT` in capitals excludes. Return
    None if the query has no `not` or `without` outside quotation marks, or if no text to exclude follows.
    """
    tokens = [token for token in _TOKEN.finditer(well_formed(source)) if token.lastgroup != "blank"]
    for index, token in enumerate(tokens):
        if token["word"] in _EXCLUDING:
            rest = (other for other in tokens[index + 1 :] if other["word"] not in _ARTICLES)
            excluded = next(rest, None)
            if excluded is not None and (text := _excludable(excluded)):
                return f"to exclude {text}, type -{text}"
    return None


_EXCLUDING = ("not", "without")
_ARTICLES = ("a", "an", "any", "the")


def _excludable(token: re.Match[str]) -> str:
    """Return the text of a token that a minus can exclude: a word, a phrase or a condition.

    The text is empty if the token is an operator, a parenthesis or a sign such as `&`.
    """
    if token["word"] is None:
        return token[0] if token["phrase"] or token["field"] or token["compared"] else ""
    if token["word"] in ("OR", "AND", "NOT", *_EXCLUDING) or not words(token["word"]):
        return ""
    return token["word"].strip(".,;:!?-/'")


def _meaningful(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the tokens, but leave out words without a letter or digit, such as `&` and `=` in a copied text.

    A minus directly before such a word is left out, too. If nothing would be left, return all tokens, so that the
    parser reports the first token.
    """
    kept: list[re.Match[str]] = []
    for token in tokens:
        if token["word"] is None or words(token["word"]):
            kept.append(token)
            continue
        while kept and kept[-1]["minus"] and kept[-1].end() == token.start():
            token = kept.pop()
    return kept or tokens


class _Parser:
    """Parses the tokens of a query by recursive descent.

    The grammar is: either <- all (OR all)*; all <- not (AND? not)*; not <- (- | NOT)* term.
    """

    def __init__(self, source: str) -> None:
        self.source = well_formed(source)
        tokens = _TOKEN.finditer(self.source.translate(_TYPOGRAPHIC))
        self.tokens = _meaningful([token for token in tokens if token.lastgroup != "blank"])
        self.index = 0
        self.depth = 0

    def parse(self) -> Expression:
        """Return the expression of all tokens. Raises QueryError if the query is invalid."""
        if len(self.tokens) > _MAX_TERMS:
            raise self._error(f"the query has more than {_MAX_TERMS} words", self.tokens[_MAX_TERMS])
        expression = self._either()
        if (token := self._peek()) is not None:
            raise self._error(f"this ) closes nothing; {_QUOTE}", token)
        return expression

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def _is_operator(self, *names: str) -> bool:
        token = self._peek()
        return token is not None and token["word"] in names

    def _either(self) -> Expression:
        parts = [self._all()]
        while self._is_operator("OR"):
            self.index += 1
            parts.append(self._all())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Expression:
        parts = [self._not()]
        while (token := self._peek()) is not None and not token["close"] and not self._is_operator("OR"):
            if self._is_operator("AND"):
                self.index += 1
            parts.append(self._not())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _not(self) -> Expression:
        is_negated = False
        while (token := self._peek()) is not None and (token["minus"] or token["word"] == "NOT"):
            is_negated = not is_negated
            self.index += 1
        term = self._term()
        return Not(term) if is_negated else term

    def _term(self) -> Expression:
        token = self._peek()
        if token is None:
            raise QueryError("a word is missing at the end", self.source, len(self.source), len(self.source) + 1)
        self.index += 1
        if token["close"]:
            raise self._error(f"a word is missing before this ); {_QUOTE}", token)
        if token["word"] in ("OR", "AND"):
            raise self._error("a word is missing here", token)
        if token["unclosed"]:
            raise self._error(_UNCLOSED, token, length=1)
        if token["open"]:
            return self._group(token)
        if token["pattern"]:
            return self._pattern(token["pattern"], token.start("pattern"))
        return self._text(token) if token["word"] or token["phrase"] is not None else self._condition(token)

    def _condition(self, token: re.Match[str]) -> Expression:
        """Return the condition that a token such as `author:lowy`, `year>2020`, `2203.06735` or `~privcy` means."""
        if token["unclosed_value"]:
            raise QueryError(_UNCLOSED, self.source, token.start("unclosed_value"), token.start("unclosed_value") + 1)
        try:
            if token["fuzzy"]:
                return _fuzzy(token["fuzzy"])
            if token["compared"]:
                return comparison(token["compared"].lower(), token["operator"], token["limit"])
            if token["doi"] or token["arxiv"]:
                # The identifier may have been copied from a sentence or a list, with the punctuation mark after it.
                return condition_on("doi" if token["doi"] else "arxiv", token[0].rstrip(".,;"))
            return self._field(token)
        except ValueError as error:
            raise self._error(str(error), token) from None

    def _group(self, token: re.Match[str]) -> Expression:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self._error(f"parentheses are more than {_MAX_DEPTH} deep", token)
        inner = self._either()
        closing = self._peek()
        if closing is None:
            raise self._error(f"this ( is never closed; {_QUOTE}", token)
        self.index += 1
        self.depth -= 1
        return inner

    def _field(self, token: re.Match[str]) -> Match:
        """Return the condition of a field token. Raises ValueError if its value is invalid."""
        name = ALIASES.get(token["field"].lower(), token["field"].lower())
        if name not in FIELDS:
            names = [*FIELDS, "year"]
            raise self._error(
                f"unknown field {token['field']!r}{did_you_mean(name, names)}; fields: {', '.join(names)}; {_QUOTE}",
                token,
                length=len(name),
            )
        text, prefix = token["quoted_value"], token["value_prefix"] is not None
        if text is None:
            text = token[0].partition(":")[2]
            if FIELDS[name].kind not in ("part", "words"):
                return condition_on(name, text)
            if name != "source":  # a path may begin with ~ and be enclosed in slashes
                if token["value_pattern"]:
                    return Match(name, self._pattern(token["value_pattern"], token.start("value_pattern")))
                if text.startswith("~"):
                    return Match(name, _fuzzy(text[1:]))
            text, prefix = text.rstrip("*"), text.endswith("*")
        if not prefix or FIELDS[name].kind != "part":
            return condition_on(name, text)
        if not (folded := " ".join(words(text))):
            raise ValueError(_NO_LETTER)
        return Match(name, Text(folded, prefix=True, exact=True, typed=well_formed(text)))

    def _text(self, token: re.Match[str]) -> Text:
        if token["phrase"] is not None:
            text, prefix = token["phrase"], token["phrase_prefix"] is not None
        else:
            text, prefix = token["word"].rstrip("*"), token["word"].endswith("*")
        folded = " ".join(words(text))
        if not folded:
            raise self._error(_NO_LETTER, token)
        return Text(folded, prefix, token["phrase"] is not None, typed=text)

    def _pattern(self, pattern: str, start: int) -> Pattern:
        """Return the condition that a regular expression means.

        `start` is the index in the query at which the pattern begins. Raises QueryError if the pattern is invalid.
        """
        from pubcli.query.patterns import PatternError, check  # imported only here, because few queries need it

        try:
            check(pattern)
        except PatternError as error:
            at = start + error.position
            raise QueryError(f"not a valid regular expression: {error}", self.source, at, at + 1) from None
        return Pattern(pattern.replace("\\/", "/"))

    def _error(self, message: str, token: re.Match[str], length: int | None = None) -> QueryError:
        end = token.end() if length is None else token.start() + length
        return QueryError(message, self.source, token.start(), end)


def _fuzzy(text: str) -> Fuzzy:
    """Return the condition that a text after ~ means. Raises ValueError unless it is one word."""
    folded = words(text)
    if len(folded) != 1:
        raise ValueError("~ must be followed by one word")
    return Fuzzy(folded[0], typed=text)


def build(
    text: str = "",
    *,
    category: Sequence[str] = (),
    author: Sequence[str] = (),
    title: Sequence[str] = (),
    org: Sequence[str] = (),
    year: str | None = None,
    since: str | None = None,
    until: str | None = None,
    code: bool | None = None,
    sort: tuple[Order, ...] = (),
    limit: int | None = None,
    offset: int = 0,
) -> Query:
    """Return a query that combines a typed expression with the conditions that options set.

    A paper must fulfil the expression and all conditions. If there are several categories, it must be in at least one
    of them. Raises QueryError for an invalid expression and UsageError for an invalid condition.
    """
    categories = tuple(map(_category_option, category))
    conditions = [
        Or(categories) if len(categories) > 1 else conjunction(categories),
        *(_condition("author", "author", value) for value in author),
        *(_condition("title", "title", value) for value in title),
        *(_condition("org", "org", value) for value in org),
        _condition("year", "date", year) if year is not None else None,
        Match("date", Range(_limit("since", since, end=False), None)) if since is not None else None,
        Match("date", Range(None, _limit("until", until, end=True))) if until is not None else None,
        Match("code", code) if code is not None else None,
    ]
    return Query(conjunction([parse(text), *conditions]), sort, limit, offset)


def _category_option(value: str) -> Match:
    """Return the condition that `--category` sets. Any text is valid, unless it is blank.

    `category:physics` in a query is an error, because the names of several arXiv categories contain the word. The
    option accepts the word, because the records of a CSV file may have the category Physics.
    """
    if not value.strip():
        raise UsageError("--category: a value is missing")
    return Match("category", well_formed(value))


def first_day_of(name: str, text: str) -> str:
    """Return the first day of the year, month or day that the option `name` sets, in ISO format. Raises UsageError."""
    return _limit(name, text, end=False)


def _limit(name: str, text: str, *, end: bool) -> str:
    try:
        return _day(text, end=end)
    except ValueError as error:
        raise UsageError(f"--{name}: {error}") from None


def _condition(name: str, field: str, value: str) -> Match:
    """Return the condition that an option sets. Raises a UsageError that names the option if the value is invalid."""
    try:
        return condition_on(field, value)
    except ValueError as error:
        raise UsageError(f"--{name}: {error}") from None
