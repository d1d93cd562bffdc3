"""`python -m pubcli`."""

from pubcli.cli import main

main()
