"""Run the program, as `pubcli` or as `python -m pubcli`."""

import gc
import sys


def main() -> None:
    """Run the program. Ctrl-C ends it with status 130, even while modules are being imported.

    Garbage collection is switched off: it would take a fifth of the run time, partly while the program loads and partly
    when Python exits. Reference counting alone frees nearly everything that a command allocates.
    """
    gc.disable()
    try:
        from pubcli.cli import run

        status = run()
    except KeyboardInterrupt:  # pragma: no cover - no test can press Ctrl-C exactly while modules load
        status = 130
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
