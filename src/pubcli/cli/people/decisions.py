"""Record the user's decisions about names, for the commands people same, different and forget."""

from collections.abc import Sequence

from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.errors import ExitCode


def decide(action: str, groups: Sequence[list[str]], library: LibraryOption, output: Output) -> ExitCode:
    """Record or delete decisions about groups of names, as one change. `action` is same, different or forget."""
    from contextlib import closing

    from pubcli.analysis import name_variants
    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import library_file

    with (
        closing(library_file.open_to_change(library.path(), typed_command())) as store,
        schema.transaction(store),
    ):
        if action == "forget":
            written = [name_variants.forget(store, names) for names in groups]
        else:
            now = sources.now()
            written = [name_variants.decide(store, names, now, same=action == "same") for names in groups]
        names = [name for group in written for name in group]
        doubts = list(name_variants.same_byline_notes(store, names)) if action == "same" else []
    outcomes = {"same": "now one person", "different": "now different people", "forget": "decision deleted"}
    for group in written:
        note(output, f"{outcomes[action]}: {'; '.join(group)}")
    for sentence in doubts:
        note(output, sentence)
    return ExitCode.DONE
