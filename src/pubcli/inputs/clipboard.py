"""Read the text of the clipboard with a command of the system, such as xclip or pbpaste."""

import os
import shutil
import subprocess

from pubcli.errors import InputError

_TIMEOUT = 5
"""Seconds. The program that owns the clipboard may have hung."""
_SCRIPT = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw"
_POWERSHELL = ("-NoProfile", "-NonInteractive", "-Command", _SCRIPT)
_COMMANDS: dict[str, tuple[str, ...]] = {
    "pbpaste": (),
    "wl-paste": ("--no-newline",),
    "xclip": ("-selection", "clipboard", "-out"),
    "xsel": ("--clipboard", "--output"),
    "termux-clipboard-get": (),
    "powershell.exe": _POWERSHELL,
    "powershell": _POWERSHELL,
    "pwsh": _POWERSHELL,
}
"""The commands that write the clipboard to standard output, and their arguments, in the order in which they are tried.

In Linux on Windows (WSL), `powershell.exe` reads the clipboard of Windows.
"""
_SIGNS_OF_EMPTINESS = ("nothing is copied", "no selection", "not available", "no suitable type")
"""What wl-paste and xclip write if the clipboard is empty, or has no text."""
_EMPTY = "the clipboard has no text; select the text of a page (Ctrl+A) and copy it (Ctrl+C), then repeat this command"


def clipboard_text() -> bytes:
    """Return the text of the clipboard. Raises InputError with a remedy if it has no text or cannot be read."""
    failures: list[str] = []
    for name in _available_commands():
        try:
            data = _output(name)
        except InputError as error:
            failures.append(str(error))
            continue
        if not data.strip(b"\r\n"):
            raise InputError(_EMPTY)
        return data
    if not failures:
        package = "wl-clipboard" if "WAYLAND_DISPLAY" in os.environ else "xclip"
        raise InputError(
            "the clipboard cannot be read: there is no command for it, such as xclip, wl-paste or pbpaste; "
            f"install {package}, or paste the text into a file and name that file"
        )
    if any(sign in failure.lower() for failure in failures for sign in _SIGNS_OF_EMPTINESS):
        raise InputError(_EMPTY)
    raise InputError(f"the clipboard cannot be read: {failures[0]}; paste the text into a file and name that file")


def _available_commands() -> list[str]:
    names = sorted(_COMMANDS, key=lambda name: name == "wl-paste" and "WAYLAND_DISPLAY" not in os.environ)
    return [name for name in names if shutil.which(name)]


def _output(name: str) -> bytes:
    """Return the output of a command. Raises InputError with the reason if the command fails or takes too long."""
    path = shutil.which(name) or name
    try:
        # The arguments are constants, and the command is one of the list above.
        process = subprocess.run(  # noqa: S603
            [path, *_COMMANDS[name]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
            env={**os.environ, "LC_CTYPE": "UTF-8"} if name == "pbpaste" else None,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{name} does not end within {_TIMEOUT} seconds") from None
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from None
    if process.returncode != 0:
        reason = process.stderr.decode(errors="replace").strip().split("\n", 1)[0][:200]
        raise InputError(f"{name}: {reason or f'exit status {process.returncode}'}")
    return process.stdout
