"""Run the program, as `pubcli` or as `python -m pubcli`."""

import gc
import sys

from pubcli import __version__


def main() -> None:
    """Run the program. Ctrl-C ends it with status 130, even while modules are being imported.

    Garbage collection is switched off: it would take a fifth of the run time, partly while the program loads and partly
    when Python exits. Reference counting alone frees nearly everything that a command allocates.
    """
    gc.disable()
    if sys.argv[1:] in (["--version"], ["-V"]) and _print_version():
        return
    try:
        from pubcli.cli.program import run

        status = run()
    except KeyboardInterrupt:  # pragma: no cover - no test can press Ctrl-C exactly while modules load
        status = 130
    gc.freeze()
    sys.exit(status)


def _print_version() -> bool:
    """Print the version without loading anything else. Return False if it cannot be written."""
    try:
        sys.stdout.write(f"pubcli {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):  # closed, or the disk is full: the program reports this as for any other output
        return False
    return True


if __name__ == "__main__":
    main()
