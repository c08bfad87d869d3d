"""How the command line looks in the language of the call: typer's commands with the few words of its help translated.

Plain text rather than boxes: it stays readable in any width, by any screen reader, and `simcrc --help` answers at once.
"""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from simcrc.cli.speech import LANG

FRENCH = (
    (re.compile(r"^Usage: ", re.M), "Utilisation : "),
    (re.compile(r"\[OPTIONS\]"), "[OPTIONS]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "COMMANDE [ARGUMENTS]…"),
    (re.compile(r"^Options:", re.M), "Options :"),
    (re.compile(r"^Arguments:", re.M), "Arguments :"),
    (re.compile(r"^Commands:", re.M), "Commandes :"),
    (re.compile(r"^(Commencer|Simuler.*|Comparer.*|Partir.*|Consulter.*):$", re.M), "\\1\u00a0:"),
    (re.compile(r"\[required\]"), "[obligatoire]"),
    (re.compile(r"\[default: "), "[défaut : "),
    (re.compile(r"Show this message and exit\."), "Afficher cette aide."),
)

WHOLE = 1_000
"""Letters of a command's first sentence that the list of commands shows: all of them."""


def _translated(text: str) -> str:
    if LANG == "fr":
        for english, french in FRENCH:
            text = english.sub(french, text)
    return text


class Command(TyperCommand):
    """A command whose help speaks the language of the call."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _translated(super().get_help(ctx))


class Group(TyperGroup):
    """The group of all commands, likewise.  Commands stand under the heading of their ``rich_help_panel``, in the order in which they were added."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _translated(super().get_help(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """A section a heading, each command with its whole first sentence."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is None or command.hidden:
                continue
            heading = getattr(command, "rich_help_panel", None)
            rows = sections.setdefault(heading if isinstance(heading, str) else "Commands", [])
            rows.append((name, command.get_short_help_str(WHOLE)))
        width = max((len(name) for rows in sections.values() for name, _ in rows), default=0)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])


def new_app(help_text: str) -> typer.Typer:
    """An application without boxes, completion or tracebacks of its own."""
    return typer.Typer(
        cls=Group,
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    )
