"""The program: `pubcli`, or `python -m pubcli`."""

import gc
import sys


def main() -> None:
    """Run the program; an interruption while it is being loaded is an interruption too.

    A command makes next to no garbage that counting references does not free at once. Looking for some, while it
    loads and once more when Python ends, would take a fifth of its time.
    """
    gc.disable()
    try:
        from pubcli.cli import run

        status = run()
    except KeyboardInterrupt:
        status = 130
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
