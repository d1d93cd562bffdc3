"""Edit the file with your settings, in the editor that VISUAL or EDITOR names. A new file explains each setting.

\b
Examples:
  pubcli config edit
  pubcli config edit --quiet
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """Edit the file, and check it afterwards. Raises UsageError if a setting in it is not valid."""
    from pubcli.cli import settings
    from pubcli.cli.editor import edit
    from pubcli.cli.execution import report_unknown
    from pubcli.cli.output import note

    output.require_whole("pubcli config edit prints no rows")
    path = settings.path()
    settings.create(path)
    edit(path)
    report_unknown(settings.load(), output)
    note(output, f"the settings in {path} are valid")
    return ExitCode.DONE
