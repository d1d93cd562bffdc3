"""Define the command line. Each command is a small module, which is imported when the command is called.

The commands use these modules:
options       the options that several commands share, and what their values mean
pages         open the pages that a command queries
output        write answers and notes
interactive   start the interactive browser, for browse and pick
ingest        add pages to the library and report the outcome, for add and refresh
two_pages     open the two pages that diff and compare need

These modules read the command line and run the command:
program       run the command that the user typed
parameters    how options and arguments are described
command_line  read an ordinary command line
typer_program read every other command line, write the help, complete words
errors        turn errors into messages and exit statuses
"""

from pubcli.lazy import TYPE_CHECKING, import_module

if TYPE_CHECKING:
    from typing import Any

COMMANDS = {
    "list": "List papers, newest first",
    "search": "Search papers by words, best match first",
    "similar": "List the papers most similar to one",
    "show": "Show everything about a paper",
    "browse": "Browse papers on the whole screen",
    "pick": "Choose papers on the screen and print their keys",
    "open": "Open the web page of a paper",
    "coauthors": "List the co-authors of the page's owner",
    "people": "List all people, or decide which names belong to one person",
    "network": "Measure the co-author network, or write it as a graph",
    "path": "Show the papers that link two people",
    "categories": "Count papers by category, with arXiv's name for it",
    "stats": "Count papers by year, category and more, or by two of them",
    "topics": "List the topics of papers, and which of them rise or fall",
    "profile": "Show the numbers in a page's header next to those of its list",
    "diff": "Show what changed from an older capture of a page to a newer one",
    "compare": "Compare two profiles",
    "add": "Add pages to your library",
    "profiles": "List the profiles in your library",
    "log": "Show how a person's page changed over its snapshots",
    "duplicates": "List papers on several people's pages",
    "merge": "Merge papers that are the same",
    "split": "Separate papers that were merged",
    "save": "Save a query under a name",
    "run": "Run a saved query",
    "refresh": "Read changed files of your library again",
    "remove": "Remove people's pages from your library",
    "info": "Show where your library is and how much it holds",
    "library": "Check or copy your library, or undo its last change",
    "plot": "Draw a picture of the papers: SVG, PNG or PDF",
    "report": "Write a web page about the papers",
    "export": "Write papers to a file for other programs",
    "cite": "Print references in the style of a journal",
    "formats": "List the formats that can be read and written",
    "check": "Report what was read, assumed, guessed or not understood",
    "cache": "Show or clear the cache of parsed pages",
    "schema": "Print the JSON Schema of the records",
}
"""The commands, with their lines in the help. Each command is defined in the module of the same name."""


def load_command(name: str) -> "Any":
    """Import and return the module of a command."""
    return import_module(f"pubcli.cli.{name}")
