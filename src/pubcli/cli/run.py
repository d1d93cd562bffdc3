"""What happens when a command cannot do what was asked: one sentence, the right exit status, no traceback."""

import os
import sys
from collections.abc import Callable

from pubcli.cli.output import say
from pubcli.errors import ExitCode, PubcliError


def guarded(program: Callable[[], object]) -> int:
    """Run the program and return its exit status. With PUBCLI_DEBUG set, a bug of ours shows its traceback."""
    try:
        return _run(program)
    except BrokenPipeError:
        _discard_output()
        return ExitCode.DONE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except PubcliError as error:
        _flush()
        say(f"pubcli: {error}")
        return error.exit_code
    except OSError as error:
        if error.filename is not None or os.environ.get("PUBCLI_DEBUG"):
            raise
        _discard_output()
        say(f"pubcli: the answer cannot be written: {error.strerror or error}")
        return ExitCode.OUTPUT
    except Exception as error:
        if os.environ.get("PUBCLI_DEBUG"):
            raise
        say(f"pubcli: this is a bug in pubcli ({type(error).__name__}: {error}); PUBCLI_DEBUG=1 shows where")
        return ExitCode.BUG


def _run(program: Callable[[], object]) -> int:
    try:
        program()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else ExitCode.BUG if stop.code else ExitCode.DONE
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    return ExitCode.DONE


def _flush() -> None:
    """What was answered comes before what is said about it."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _discard_output()


def _discard_output() -> None:
    """Nobody reads any more: let Python's own flush at exit go nowhere."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
