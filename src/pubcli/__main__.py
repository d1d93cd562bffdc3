"""The program: `pubcli`, or `python -m pubcli`."""

import sys


def main() -> None:
    """Run the program; an interruption while it is being loaded is an interruption too."""
    try:
        from pubcli.cli import run

        status = run()
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
