"""Record the user's decisions about names, for the commands people same, different and forget."""

from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.errors import ExitCode


def decide(action: str, names: list[str], library: LibraryOption, output: Output) -> ExitCode:
    """Record or delete a decision about names. `action` is same, different or forget."""
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
            written = name_variants.forget(store, names)
        else:
            written = name_variants.decide(store, names, sources.now(), same=action == "same")
        doubts = list(name_variants.same_byline_notes(store, written)) if action == "same" else []
    outcomes = {"same": "now one person", "different": "now different people", "forget": "decision deleted"}
    note(output, f"{outcomes[action]}: {'; '.join(written)}")
    for sentence in doubts:
        note(output, sentence)
    return ExitCode.DONE
