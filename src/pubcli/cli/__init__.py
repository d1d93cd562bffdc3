"""Define the command line. Each command is a small module, which is imported when the command is called.

The commands use these modules:
options       the options that several commands share, and what their values mean
settings      the user's file of settings: values of options that are not typed
pages         open the pages that a command queries
output        write answers and notes
pager         show an answer that is longer than the screen
interactive   start the interactive browser
editor        open a file in the user's editor
ingest        add pages to the library and report the outcome, for add and library refresh
building      build a lake, with its progress, for lake build and lake add
watching      add the pages that arrive in folders, for library watch
two_pages     open the two pages that diff and compare need

These modules read the command line and run the command:
program       run the command that the user typed
parameters    how options and arguments are described
command_line  read an ordinary command line
execution     run a command with the values of its options
typer_program read every other command line, write the help
man_page      write the pages of the manual
errors        turn errors into messages and exit statuses

These modules complete words in a shell:
completion          read an unfinished line, and print what its last word may become
candidates          the values of each kind, such as categories
row_fields          the fields of the rows of each command
completion_source   open the store of a command quickly and without messages
shell_words         the quoting of bash, zsh and fish
completion_scripts  the scripts for these shells
"""

from pubcli.lazy import TYPE_CHECKING, import_module

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

GROUPS = {
    "Ask": {
        "list": "List papers, newest first",
        "search": "Search papers by words, best match first",
        "similar": "List the papers most similar to a given paper",
        "show": "Show everything about a paper",
        "browse": "Browse papers on the whole screen, or choose some",
        "open": "Open the web page of a paper",
    },
    "People": {
        "coauthors": "List the co-authors of the page's owner",
        "people": "List people, show how two are linked, or merge name variants",
        "network": "Measure the network of co-authors, keywords, venues, ...",
        "profile": "Show the numbers in a page's header, or list all pages",
    },
    "Count and draw": {
        "stats": "Count papers by year, category and more, or by two of them",
        "topics": "List the topics of papers, and which of them rise or fall",
        "plot": "Draw a picture of the papers: SVG, PNG or PDF",
    },
    "Compare": {
        "diff": "Show what changed from an older capture of a page to a newer one",
        "compare": "Compare two or more profiles",
        "changes": "Show what changed in your library, by person",
    },
    "Library": {
        "add": "Add pages to your library",
        "library": "Merge, remove, refresh, undo, check, copy, save queries, ...",
        "lake": "Build and keep Parquet files of millions of papers",
    },
    "Write": {
        "export": "Write papers to a file for other programs",
        "cite": "Print references in the style of a journal",
        "report": "Write a web page about the papers",
    },
    "Maintain": {
        "check": "Report what was read, assumed, guessed or not understood",
        "config": "Show or edit your settings: library, format, columns, pager, ...",
        "help": "Explain a command, or the query language, formats, fields, ...",
    },
}
"""The groups of commands in the help: their headings, and their commands with a line for each."""
SUBCOMMANDS = {
    "people same": "Record that names belong to one person",
    "people different": "Record that names belong to two people",
    "people forget": "Delete a decision about names",
    "people path": "Show the papers that link two people",
    "library info": "Show where your library is and how much it holds",
    "library duplicates": "List papers that may be the same",
    "library merge": "Merge papers that are the same",
    "library split": "Separate papers that were merged",
    "library refresh": "Read changed files of your library again",
    "library remove": "Remove people's pages from your library",
    "library log": "List the changes of your library, the last one first",
    "library undo": "Undo the last change of your library",
    "library check": "Look for damage in your library",
    "library backup": "Copy your library to a new file",
    "library watch": "Add the pages that arrive in folders",
    "library save": "Save a query under a name",
    "library run": "Run a saved query",
    "library sql": "Ask in SQL, or list the views that a statement can read",
    "library cache": "Show or clear the cache of parsed pages",
    "lake build": "Build a lake from files",
    "lake add": "Add papers to a lake",
    "lake pull": "Copy selected papers of a lake into a library",
    "lake compact": "Merge the files of a lake to which papers were added",
    "lake info": "Show how much a lake holds",
    "lake check": "Look for damage in a lake",
    "config path": "Print the path of the file with your settings",
    "config show": "List the settings, with their values and where these come from",
    "config edit": "Edit the file with your settings",
    "help query": "Explain the query language",
    "help fields": "List the fields of papers",
    "help formats": "List the formats that can be read and written",
    "help sites": "List the sites whose pages can be read, and what to do with others",
    "help options": "Explain the options that many commands have",
    "help environment": "List the environment variables",
    "help schema": "Print the JSON Schema of the records",
}
"""The commands that are named by two words, with their lines in the help."""
COMMANDS = {name: line for commands in GROUPS.values() for name, line in commands.items()} | SUBCOMMANDS
"""All commands. Each is defined in the module of the same name: `library merge` in `library/merge.py`."""
FORMER = {
    "pick": "browse --print",
    "path": "people path",
    "categories": "stats category",
    "profiles": "profile --list",
    "log": "changes --snapshots",
    "formats": "help formats",
    "schema": "help schema",
    "sql": "library sql",
} | {
    name: f"library {name}"
    for name in ("info", "duplicates", "merge", "split", "refresh", "remove", "save", "run", "cache")
}
"""Former and other names of commands, which work too, and the commands that they mean."""


def load_command(name: str) -> "Any":
    """Import and return the module of a command."""
    return import_module(f"pubcli.cli.{name.replace(' ', '.')}")


def split_line(words: "Sequence[str]") -> "tuple[str, list[str]]":
    """Return the name of the command at the beginning of a line, and the words after it.

    The name has two words if there is such a command. It is empty if the line does not begin with a command.
    """
    for count in (2, 1):
        name = " ".join(words[:count])
        if name in COMMANDS:
            return name, [*words[count:]]  # once its module is imported, `list` is the command
    return "", [*words]
