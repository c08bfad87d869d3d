"""The page of the command line, from the typer application itself.  Help is written in the language in which simcrc was started, so the application is read
in a process of its own, which prints JSON: ``python docs/_ext/commands.py``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORDS = {
    "en": {
        "head": "# Commands\n\nMade from the program: what `simcrc --help` and `simcrc COMMAND --help` say. [En français](commandes.md).\n\n"
        "Exit codes: 0 done, 1 a check that was asked for did not hold, 2 wrong usage or scenario, 4 the simulation failed, 130 interrupted.\n",
        "option": "option",
        "meaning": "meaning",
        "default": "default",
        "required": "required",
    },
    "fr": {
        "head": "# Commandes\n\nD'après le programme : ce que disent `simcrc --help` et `simcrc COMMANDE --help`. [In English](commands.md).\n\n"
        "Codes de sortie : 0 c'est fait, 1 une vérification demandée ne tient pas, 2 usage ou scénario fautif, 4 la simulation a échoué, 130 interrompu.\n",
        "option": "option",
        "meaning": "ce qu'elle fait",
        "default": "défaut",
        "required": "obligatoire",
    },
}


def page(lang: str) -> str:
    """All commands with their options, in `lang`."""
    from markdown import plain

    words = WORDS[lang]
    out = [words["head"]]
    panel = None
    for command in _read(lang):
        if command["panel"] != panel:
            panel = command["panel"]
            out.append(f"\n## {panel}\n")
        out.append(f"\n### simcrc {command['name']}\n\n```text\n{command['usage']}\n```\n\n{plain(command['help'])}\n")
        if command["options"]:
            out.append(f"\n| {words['option']} | {words['meaning']} | {words['default']} |\n|---|---|---|\n")
            out += [_row(option, words) for option in command["options"]]
    return "".join(out)


def _row(option: dict[str, Any], words: dict[str, str]) -> str:
    from markdown import cell, code

    default = words["required"] if option["required"] else code(option["default"]) if option["default"] else ""
    return f"| {code(option['names'])} | {cell(option['help'])} | {default} |\n"


def _read(lang: str) -> list[dict[str, Any]]:
    env = {**os.environ, "SIMCRC_LANG": lang, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, __file__], env=env, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    return json.loads(done.stdout)


def _dump() -> None:
    from typer.main import get_command

    from simcrc.cli.app import app

    print(json.dumps(list(_commands(get_command(app), "", ""))))


def _commands(group: Any, before: str, panel: str) -> Any:
    for name, command in group.commands.items():
        heading = getattr(command, "rich_help_panel", None)
        here = panel or (heading if isinstance(heading, str) else "…")
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ", here)
            continue
        params = [param for param in command.params if not getattr(param, "hidden", False)]
        usage = " ".join(["simcrc", before + name, "[OPTIONS]", *(str(param.metavar or param.name) for param in params if param.param_type_name == "argument")])
        text = " ".join((command.help or "").replace("\b", "").split())
        yield {"name": before + name, "panel": here, "usage": usage, "help": text, "options": [_option(param) for param in params if param.name != "help"]}


def _option(param: Any) -> dict[str, Any]:
    argument = param.param_type_name == "argument"
    takes = "" if argument or getattr(param, "is_flag", False) else f" {param.metavar or 'TEXT'}"
    names = str(param.metavar or param.name) if argument else ", ".join([*param.opts, *param.secondary_opts]) + takes
    default = param.default
    shown = (
        ""
        if default is None or default is False or callable(default) or default == () or default == [] or "Sentinel" in type(default).__name__
        else str(default)
    )
    return {"names": names, "help": param.help or "", "default": shown, "required": bool(param.required)}


if __name__ == "__main__":
    sys.path.pop(0)  # this folder: its modules have names of their own
    _dump()
