"""Show everything about a paper, with readable formulas in its abstract.

Name a paper by its citation key, its position on the page, or a part of its title. In a library, a key that the paper
had earlier finds it too. If several pages list a paper, the card says which page each field is from.

\b
Examples:
  pubcli show lowy2022stochastic
  pubcli show 3 7
  pubcli show 'nested learning' -p page.txt
  pubcli show lowy2022stochastic --json
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    papers: list[str] = argument("KEY|POSITION|TITLE-PIECE...", help="Papers to show.", repeatable=True, values="key"),
    inputs: Inputs,
    output: Output,
) -> ExitCode:
    """Show the named papers."""
    from pubcli.cli.output import deliver_named_papers
    from pubcli.cli.pages import find_papers, open_corpus
    from pubcli.store.database import Store

    store = open_corpus(inputs, output)
    matches = find_papers(store, papers)
    if isinstance(store, Store) and not inputs.owner:
        from pubcli.store.library.provenance import with_field_sources

        matches = matches._replace(answer=with_field_sources(store, matches.answer, matches.ids))
    return deliver_named_papers(matches.answer, matches, output)
