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
    (re.compile(r"\[required\]"), "[obligatoire]"),
    (re.compile(r"\[default: "), "[défaut : "),
    (re.compile(r"Show this message and exit\."), "Afficher cette aide."),
)


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
    """The group of all commands, likewise."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _translated(super().get_help(ctx))


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
