"""Turn an error of a command into a message and an exit status, instead of a traceback."""

from __future__ import annotations

import os
import sys

from pubcli.cli import progress
from pubcli.cli.output import say
from pubcli.errors import ExitCode, PubcliError
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from typing import Any, TextIO
else:
    try:
        import _signal as signal  # the module signal wraps the same functions in enumerations, which takes long
    except ImportError:
        import signal


def run_program(program: Callable[..., object]) -> int:
    """Run a program, and return its exit status. An error of the program is printed as a message.

    If PUBCLI_DEBUG is set, an error that is a bug in pubcli is raised instead of printed.
    """
    stops = _stops()
    hook, sys.unraisablehook = sys.unraisablehook, _stop_again_after(sys.unraisablehook)
    try:
        return _run(program, stops)
    finally:
        progress.stop()
        _ignore_signals()
        sys.unraisablehook = hook


def _run(program: Callable[..., object], stops: list[ExitCode]) -> int:
    """Run a program, and return its exit status; `stops` gets a status when a signal stops the program."""
    stdout = sys.stdout
    try:
        status = program()
        if stops:  # Typer returns 130 for each KeyboardInterrupt
            return stops[0]
        _flush()
        return status if isinstance(status, int) else ExitCode.DONE
    except SystemExit:
        # If a pipe is closed, Typer replaces standard output and exits.
        return _closed(stdout)
    except BrokenPipeError:
        return _closed(stdout)
    except KeyboardInterrupt:
        return stops[0] if stops else ExitCode.INTERRUPTED
    except Exception as error:
        if stops:  # SQLite raises another error if a signal interrupts a Python function in SQL
            return stops[0]
        return _failed(error)


class _Stopped(KeyboardInterrupt):
    """Raised when a signal stops the program.

    It is not KeyboardInterrupt itself: if that passes through `eval`, which NamedTuple uses, Python sends itself SIGINT
    when it exits, whatever the exit status is (`unhandled_keyboard_interrupt` in CPython).
    """


_STATUS_OF_SIGNAL = {"SIGHUP": ExitCode.HUNG_UP, "SIGINT": ExitCode.INTERRUPTED, "SIGTERM": ExitCode.TERMINATED}


def _stops() -> list[ExitCode]:
    """Return a list that gets the exit status whenever a signal asks the program to stop.

    Each of these signals raises `_Stopped`, so that unfinished files are removed and transactions are undone. A
    signal that is ignored, as SIGHUP is after `nohup`, stays ignored.
    """
    stops: list[ExitCode] = []

    def stop(number: int, frame: object) -> None:
        stops.append(statuses[number])
        raise _Stopped

    statuses = {getattr(signal, name, None): status for name, status in _STATUS_OF_SIGNAL.items()}
    for number in statuses:  # Windows has no SIGHUP
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, stop)
    return stops


_SOON = 0.01
"""Seconds after which a program is stopped again that has ignored `_Stopped`."""


def _stop_again_after(hook: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook for exceptions that Python ignores; `hook` is for those that have nothing to do with signals.

    Python ignores an exception in a destructor or in the callback of a weak reference, such as one of the import
    system. A signal that arrives at such a moment would stop nothing, and Python would print a traceback.
    """

    def stop(number: int, frame: object) -> None:
        raise _Stopped

    def report(ignored: Any) -> None:
        if not issubclass(ignored.exc_type, _Stopped):
            hook(ignored)
        elif hasattr(signal, "setitimer"):  # not on Windows
            signal.signal(signal.SIGALRM, stop)
            signal.setitimer(signal.ITIMER_REAL, _SOON)

    return report


def _ignore_signals() -> None:
    """Ignore the signals that stop a program: its exit status is set, and there is nothing left to interrupt.

    Without this, a signal that comes while Python exits would change the status, and cause a traceback.
    """
    for name in (*_STATUS_OF_SIGNAL, "SIGALRM"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def _failed(error: Exception) -> int:
    """Print an error after the output that the command has written so far, and return the exit status.

    If PUBCLI_DEBUG is set, and the error is a bug in pubcli, raise the error instead of printing it.
    """
    import errno

    if isinstance(error, PubcliError):
        status, text = error.exit_code, f"pubcli: {error}"
    elif hasattr(error, "format_message"):
        return _misused(error)
    elif isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        status, text = ExitCode.OUTPUT, f"pubcli: the answer cannot be written: {error.strerror}"
        _discard(sys.stdout)
    elif isinstance(error, OSError) and error.errno is not None:
        # Modules that open files report errors in more detail. This message is for errors that no module expects.
        status, text = ExitCode.OUTPUT, f"pubcli: {_system_error(error)}"
    elif isinstance(error, MemoryError):
        status, text = ExitCode.INPUT, "pubcli: there is not enough memory; read fewer papers at a time"
    elif os.environ.get("PUBCLI_DEBUG"):
        raise error
    elif damage := _damage_behind(error):
        status, text = damage.exit_code, f"pubcli: {damage}"
    else:
        sentence = f"this is a bug in pubcli ({type(error).__name__}: {error}); PUBCLI_DEBUG=1 shows where"
        status, text = ExitCode.BUG, f"pubcli: {sentence}"
    try:
        _flush()
    except OSError:
        _discard(sys.stdout)
    say(text)
    return status


def _system_error(error: OSError) -> str:
    if error.filename is None:
        return f"the operating system reports an error: {error.strerror}"
    return f"{error.filename} cannot be read or written: {error.strerror}; check the file and its folder"


def _damage_behind(error: Exception) -> PubcliError | None:
    """Return an error that describes the damage if a damaged library has caused `error`; otherwise, return None."""
    from pubcli.store.library import integrity  # imported only here, because it is hardly ever needed

    return integrity.cause_of(error)


def _misused(error: Any) -> int:
    """Print Typer's message about invalid options, or the help if there are no arguments. Return the exit status."""
    if type(error).__name__ == "NoArgsIsHelpError":
        say(error.format_message())
    else:
        command = error.ctx.command_path if error.ctx else "pubcli"
        message = _with_advice(error, command) if error.ctx else error.format_message()
        say(f"pubcli: {message}\nTry '{command} --help'.")
    return ExitCode.USAGE


def _with_advice(error: Any, command: str) -> str:
    """Return Typer's message, with what to type instead of an unknown option or a missing argument."""
    from pubcli.cli.mistakes import argument_advice, option_advice

    parameters = error.ctx.command.params
    arguments = [parameter.metavar or "" for parameter in parameters if parameter.param_type_name == "argument"]
    message, advice = error.format_message(), ""
    if type(error).__name__ == "NoSuchOption":
        flags = [flag for parameter in parameters for flag in parameter.opts]
        name = command.partition("pubcli ")[2]  # the program may have been started as python -m pubcli
        advice = option_advice(f"pubcli {name}", error.option_name, flags, arguments)
        message = f"No such option: {error.option_name}" if advice else message
    elif type(error).__name__ == "MissingParameter":
        advice = argument_advice(arguments)
    return f"{message.rstrip('.')}; {advice}" if advice else message


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _closed(stdout: TextIO | None) -> int:
    """Discard the rest of the output, because the program that reads it has closed the pipe. Return the status DONE.

    Otherwise Python would write the rest at exit, and fail.
    """
    _discard(stdout)
    return ExitCode.DONE


def _discard(stdout: TextIO | None) -> None:
    if stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
