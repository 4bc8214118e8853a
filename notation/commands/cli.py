"""The command ``notation``.

Exit codes: 0 fine; 1 two models differ, or a text has findings of severity error; 2 wrong usage, or a
text or data that cannot be read. Results go to stdout, everything that is said about them to stderr.

Only the command that was asked for is imported: it must start as fast as its parser.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from ..errors import NotationError
from ..version import __version__
from .said import Refusal

COMMANDS = {
    "translate": "translating",
    "fit": "translating",
    "annotate": "translating",
    "check": "judging",
    "compare": "judging",
    "describe": "telling",
    "derive": "telling",
    "speak": "telling",
    "writeup": "telling",
    "simulate": "fitted",
    "explain": "fitted",
    "implied": "fitted",
    "concordance": "fitted",
    "formats": "listing",
}
"""The module of each command, which loads when the command is asked for."""


class Commands(click.Group):
    """The commands, with the program's own errors as messages, in UTF-8 on every system."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{COMMANDS[cmd_name]}", __package__), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except NotationError as error:
            raise Refusal(str(error)) from error
        except BrokenPipeError:  # the reader of the pipe, head for example, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


EXAMPLES = """
\b
Examples:
  notation translate quiz.txt --to gelman-hill
  notation translate "math ~ ses*sector + (ses | school)" --to rb --levels "school: sector"
  notation translate model.tex --to lme4
  notation compare paper.tex "math ~ ses*sector + (ses | school)"
  notation describe quiz.txt --style by-level
  notation derive quiz.txt
  notation fit "math ~ 1 + (1 | sch_id)" --data hsb --to gelman-hill
  notation formats

\b
A SOURCE is a file, a text (with = or ~ or a backslash in it), or - for standard input.
Exit codes: 0 fine; 1 models differ, or findings of severity error; 2 wrong usage, or what cannot be read.
"""


@click.group(cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="notation")
def main() -> None:
    """Translate multilevel models between level equations, formulas and programs, and fit them."""
