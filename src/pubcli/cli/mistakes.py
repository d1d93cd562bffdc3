"""Suggest what to type if a word is not a command, or if a command does not have an option."""

import os
import shlex
from collections.abc import Sequence
from difflib import get_close_matches

from pubcli import paths
from pubcli.cli import COMMANDS, FORMER
from pubcli.errors import UsageError
from pubcli.text.normalize import visible

_MEANINGS = {
    "list": "ls papers all publications works print",
    "search": "find grep query ask lookup",
    "show": "view cat details abstract get read paper info-of",
    "similar": "like related neighbours neighbors recommend",
    "browse": "tui explore interactive ui less pager pick",
    "open": "goto visit url web www doi",
    "coauthors": "collaborators co-authors colleagues",
    "people": "authors names persons researchers",
    "people same": "alias rename",
    "people path": "chain distance erdos link",
    "network": "graph collaboration gephi vosviewer",
    "profile": "header whoami hindex h-index author pages owners",
    "stats": "statistics count histogram group years summary",
    "stats venue": "venues journals conferences",
    "stats category": "cats",
    "topics": "keywords themes trends subjects words",
    "plot": "draw chart figure picture graphics svg",
    "diff": "difference delta",
    "compare": "versus vs",
    "changes": "history news new timeline whatsnew",
    "add": "import load ingest insert read update scan",
    "library": "lib db database",
    "library merge": "join unify",
    "library duplicates": "dedupe dedup deduplicate dupes",
    "library remove": "rm delete del drop forget",
    "library refresh": "reload sync rescan",
    "library watch": "watch monitor follow observe inotify",
    "library undo": "revert rollback",
    "library info": "where status ls size",
    "library backup": "copy dump",
    "export": "write save-as convert bibtex bib ris csv json to",
    "cite": "citation reference references bibliography format-reference",
    "report": "html summary-page website",
    "check": "verify validate lint doctor problems warnings",
    "help": "man docs manual usage commands",
    "help environment": "env variables",
    "help query": "syntax language",
}
"""For each command, other words for what it does."""
_OPTION_MEANINGS = {
    "--limit": "max count number top rows first head size",
    "--sort": "order orderby sortby order-by sort-by desc descending reverse",
    "--fields": "columns cols field select",
    "--format": "as type fmt",
    "--output": "out outfile file save",
    "--since": "from after start from-year",
    "--until": "to before end to-year",
    "--library": "db database lib",
    "--owner": "person name who",
    "--author": "authors by-author",
    "--category": "cat categories",
    "--heading": "title caption",
}
"""For each option, other words for it."""
_FILES = {"FILE...", "A", "OLD", "[OLD]"}
"""Placeholders of arguments that are files."""
_MOST_SUGGESTIONS = 3


def require_command(word: str) -> None:
    """Raise UsageError because the first word is not a command. If possible, the message says what to type instead."""
    if word.startswith("-"):
        return
    if paths.is_file(word) or os.path.isdir(word):  # noqa: PTH112
        raise UsageError(
            f"{visible(word)} is not a command; to list the papers in it, type: pubcli list -p {shlex.quote(word)}"
        )
    commands = suggestions(word)
    hint = (
        f"did you mean {' or '.join(f'pubcli {name}' for name in commands)}?"
        if commands
        else "type pubcli to list all commands"
    )
    raise UsageError(f"{visible(word)} is not a command; {hint}")


def require_action(group: str, word: str, actions: Sequence[str]) -> None:
    """Raise UsageError, with the actions that it may mean, for a word after the name of a group that is not an action.

    The words after an existing action never come here, because the two words together are the name of a command.
    """
    meant = [name for name in suggestions(word) if name.startswith(f"{group} ")]
    command = [word] if word in COMMANDS else []
    close = [f"{group} {action}" for action in get_close_matches(word.lower(), actions, 1, 0.7)]
    names = meant or command or close or suggestions(word)
    hint = f"; did you mean {' or '.join(f'pubcli {name}' for name in names)}?" if names else "."
    raise UsageError(f"pubcli {group} has no action {visible(word)}{hint} The actions are {', '.join(actions)}")


def suggestions(word: str) -> list[str]:
    """Return the commands that a word may mean: those with this meaning, else those with a similar name."""
    folded = word.lower()
    meant = [name for name, words in _MEANINGS.items() if folded in words.split()]
    if meant:
        return meant[:_MOST_SUGGESTIONS]
    by_word = {name.split()[-1]: name for name in reversed(COMMANDS)} | FORMER
    close = get_close_matches(folded, by_word, _MOST_SUGGESTIONS, 0.7)
    return list(dict.fromkeys(by_word[name] for name in close))


def option_advice(command: str, flag: str, flags: Sequence[str], metavars: Sequence[str]) -> str:
    """Return what to type instead of an option that a command does not have; an empty text if that is unknown.

    `command` is the command with its program, such as `pubcli add`. `flags` are the options that it has, and `metavars`
    the placeholders of its arguments.
    """
    if flag in ("-p", "--profile") and _FILES.intersection(metavars):
        return f"type the name of the file without {flag}: {command} FILE"
    if flag in ("-q", "--query") and "[QUERY]..." in metavars:
        return f"type the query without {flag}: {command} QUERY"
    word = flag.lstrip("-").lower()
    meant = [name for name, words in _OPTION_MEANINGS.items() if name in flags and word in words.split()]
    if word in ("desc", "descending", "reverse") and meant:
        return f"a minus means descending order: {command} --sort -FIELD"
    return f"did you mean {meant[0]}?" if meant else ""


def argument_advice(metavars: Sequence[str]) -> str:
    """Return how to find what the user did not type, from the placeholders of the arguments; empty if unknown."""
    is_paper = any(metavar.startswith("KEY|") for metavar in metavars)
    return "pubcli list shows keys and positions, and pubcli pick lets you choose" if is_paper else ""
