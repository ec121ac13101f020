"""The command `rolecall`: gathers the files of crawler/commands/, each of which is one command.

A command's module is imported when it is asked for, so that `rolecall detect` does not wait for
what only `rolecall crawl` needs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from crawler.errors import RolecallError
from crawler.settings import VERSION

COMMANDS = Path(__file__).parent / "commands"


class Commands(click.Group):
    """The commands by file name; a trailing underscore avoids Python's own words (`try_.py`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        files = (path.stem for path in COMMANDS.glob("*.py"))
        shown = (stem for stem in files if not stem.startswith("_") and stem != "options")
        return sorted(stem.rstrip("_").replace("_", "-") for stem in shown)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        stem = cmd_name.replace("-", "_")
        stem = stem if (COMMANDS / f"{stem}.py").exists() else f"{stem}_"
        command: click.Command = import_module(f"crawler.commands.{stem}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="rolecall")
def cli() -> None:
    """A nightly roll call of research-computing roles.

    \b
    rolecall crawl                  visit every source, store what is there
    rolecall serve                  browse the result in Datasette
    rolecall detect URL             which platform is behind this link?
    """


def main() -> None:
    """Entry point: errors of the house are one line and exit status 2 (3: another crawl runs)."""
    try:
        sys.exit(cli(standalone_mode=False))  # click hands an Exit's status back
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except RolecallError as error:
        click.echo(f"rolecall: {error}", err=True)
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
