"""Run commands of pubcli, each in a fork of a process that has imported pubcli already.

A new process takes most of its time to import modules. A fork begins after that, so a driver tries ten times as many
commands in the same time. The server reads a request from each line of standard input, as JSON, and answers with the
exit status. A command that exceeds the time limit dies from SIGALRM.
"""

import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pubcli
from pubcli.errors import ExitCode
from soak.harness import LIMIT, Home, Result


class CommandServer:
    """A running server, for commands in one home. Leave the `with` block to end it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._streams = [home.folder.with_name(f"{home.folder.name}-{name}") for name in ("stdout", "stderr")]
        paths = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soak.command_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**home.environment, "PYTHONPATH": paths},
            text=True,
        )

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Result:
        """Run a command to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {
            "arguments": arguments,
            "folder": str(self._home.folder),
            "environment": {**self._home.environment, **(environment or {})},
            "streams": [str(path) for path in self._streams],
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        stdout, stderr = (path.read_bytes() for path in self._streams)
        return Result(self._home.command_line(arguments), None if status == -signal.SIGALRM else status, stdout, stderr)

    def __enter__(self) -> "CommandServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def _serve() -> None:
    """Answer requests until standard input ends."""
    _import_everything()
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _become(json.loads(line))
        _, code = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(code)}\n")
        sys.stdout.flush()


def _import_everything() -> None:
    """Import all modules of pubcli, except those whose packages are not installed.

    The module `cli.run` is not imported either: it would replace the function `cli.run`, with which the program begins.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as the program does
    for module in pkgutil.walk_packages(pubcli.__path__, "pubcli."):
        if module.name not in ("pubcli.__main__", "pubcli.cli.run"):
            with suppress(ImportError):
                import_module(module.name)


def _become(request: Mapping[str, Any]) -> None:
    """Turn this process into the program, with the arguments, folder, environment and streams of a request."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, path in enumerate((os.devnull, *request["streams"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path, flags), number)
    signal.alarm(LIMIT)
    os._exit(_status(request["arguments"]))


def _status(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status."""
    from pubcli.__main__ import main

    sys.argv = ["pubcli", *arguments]
    status: object = ExitCode.BUG
    try:
        main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    return status if isinstance(status, int) else ExitCode.BUG


if __name__ == "__main__":
    _serve()
