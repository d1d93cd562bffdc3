"""Search papers by words, best match first, with the matching passage.

\b
Papers with all words, in any form and spelling, come first; then papers that lack some words:
  private fair           both words; also privately and fairly
  "min-max games"        exactly this phrase (quote it for the shell: '"min-max games"')
  optim*                 words with this beginning
  ~privcy                words with a similar spelling
  /min(-| )?max/         a regular expression
  min-max 2019           a year alone is the year of the paper
  -federated             without the word; also NOT federated or !federated
  year>=2021             also < <= > = for other dates and numbers
  a OR b, ( )            either of them; grouping
FIELDS

\b
Examples:
  pubcli search privacy
  pubcli search 'fair* year:2021..' --category LG
  pubcli search '"differential privacy" -federated' --json
  pubcli search 'epsilon stationary' --explain
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode, UsageError


def help_text() -> str:
    """Return the help of the command, with a list of the fields."""
    from pubcli.query.fields import help_lines

    return (__doc__ or "").replace("FIELDS", "\n".join(help_lines()))


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    explain: bool = switch(
        "--explain", help="Show how much each word adds to the score, and in which fields it occurs."
    ),
    all_words: bool = switch("--all-words", help="Show only papers that match the whole query."),
    correct: bool = switch(
        "--correct/--no-correct", help="Correct misspelled words that no paper contains.", default=True
    ),
) -> ExitCode:
    """List the papers that match a query, best match first."""
    from pubcli.cli.output import deliver, note
    from pubcli.cli.pages import open_corpus
    from pubcli.query.language import exclusion_hint
    from pubcli.store import search, suggest

    query = filters.query(order, search.HIT_ORDERS)
    if query.where is None:
        raise UsageError("the query is empty; add words, as in: pubcli search privacy")
    corpus = open_corpus(inputs, output)
    if hint := exclusion_hint(" ".join(filters.words or ())):
        note(output, hint)
    answer = search.search(corpus, query, explain=explain, all_words=all_words, correct=correct)
    return deliver(answer, output, lambda: suggest.explain(corpus, query, is_search=True))
