"""Open the lake that a command queries: --lake, else PUBCLI_LAKE, else the setting `lake`."""

from __future__ import annotations

from pubcli.errors import UsageError
from pubcli.lake import corpus, engine
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pubcli.cli.options import Inputs, Output
    from pubcli.lake.corpus import LakeCorpus
    from pubcli.query.expression import Query
    from pubcli.store.database import Store

_OF_PAGES = ("as_of", "form", "columns", "encoding", "owner")


def open_lake(inputs: Inputs, groups: Sequence[Sequence[str]]) -> LakeCorpus:
    """Open the lake that the options select. `groups` are the names of people with several names.

    Raises UsageError for options that apply only to pages, and InputError if the lake cannot be read.
    """
    if any(getattr(inputs, option) for option in _OF_PAGES):
        raise UsageError("--as-of, --from, --map, --encoding and --owner apply to pages; a lake has none")
    name = inputs.lake_name() or ""
    return corpus.open_lake(name, inputs.engine or engine.DUCKDB, may_scan=inputs.scan, groups=groups)


def pull(inputs: Inputs, output: Output, query: Query, groups: Sequence[Sequence[str]]) -> Store:
    """Copy the papers that a query selects from a lake into a store in memory.

    Raises UsageError if the query selects more papers than today's analyses are made for.
    """
    from pubcli.lake.pull import pulled_store

    return pulled_store(open_lake(inputs, groups), query, output.command, groups)
