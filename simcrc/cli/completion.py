"""Completion by the shell: ``--install-completion`` and ``--show-completion``, with typer's scripts and the words of this program.

The shell asks through the variable ``_SIMCRC_COMPLETE``; typer answers before any command runs (``simcrc.cli.app`` calls ``ready``).
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import typer

from simcrc.cli.speech import LANG, tell
from simcrc.words import Words

VARIABLE = "_SIMCRC_COMPLETE"
PROGRAM = "simcrc"

INSTALLED = Words(
    fr="Complétion installée pour {shell} : {path}\nOuvrez un nouveau terminal, écrivez « simcrc » et un espace, puis appuyez deux fois sur Tab.",
    en="Completion installed for {shell}: {path}\nOpen a new terminal, type simcrc and a space, then press Tab twice.",
)
UNKNOWN = Words(
    fr="shell inconnu ; la complétion existe pour bash, zsh, fish et PowerShell. Lancez la commande dans l'un d'eux",
    en="unknown shell; completion exists for bash, zsh, fish and PowerShell. Call the command in one of them",
)


def ready() -> None:
    """Let typer know the shells, where one of them asks."""
    if VARIABLE in os.environ:
        _typer().completion_init()


def _typer() -> Any:
    """typer's module of shells, of which it declares nothing to be public; imported when a shell is concerned."""
    return import_module("typer.completion")


def _shell() -> str:
    """The shell from which this program was called.  Raises BadParameter for one without completion."""
    import shellingham

    try:
        name = str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        name = os.path.basename(os.environ.get("SHELL", ""))
    if name not in ("bash", "zsh", "fish", "powershell", "pwsh"):
        raise typer.BadParameter(UNKNOWN.say(LANG))
    return name


def install(ctx: Any, asked: bool) -> None:
    """Write the script of the shell in use where that shell looks for it."""
    if not asked or ctx.resilient_parsing:
        return
    shell, path = _typer().install(shell=_shell(), prog_name=PROGRAM, complete_var=VARIABLE)
    tell(INSTALLED, shell=shell, path=path)
    raise typer.Exit


def show(ctx: Any, asked: bool) -> None:
    """Print that script, for who wants to put it elsewhere."""
    if not asked or ctx.resilient_parsing:
        return
    print(_typer().get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=_shell()))
    raise typer.Exit
