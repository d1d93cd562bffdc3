"""The interactive browser, on Textual (`pip install 'pubcli[browse]'`).

    session      run the browser on the terminal, and return the papers that the user chose
    app          the application: which parts the screen has, and what each key does
    keys         the table of keys; the help screen and the documentation show it
    paper_list   the list, which holds only the rows near the visible ones
    details      the card of the row under the cursor
    facet_panel  the counts of papers by year, category and more
    dialogs      windows that ask for a choice or a file name
    worker       a thread with a connection of its own, which answers questions
    listings     the questions whose answers the list shows: papers, similar papers, the authors of a paper
    facets       count papers by year, category and more, and select the papers with one of the values
    exports      papers as text for the clipboard and for files
    clipboard    copy text to the clipboard of the system
    state        keep the query, the order and the place between two sessions
    terminal     draw on the terminal, even if standard output is a pipe
    web_browser  open addresses in the web browser, also for `pubcli open`

`cli/browse.py` calls `session`. All questions are answered by the modules that the other commands use.
"""
