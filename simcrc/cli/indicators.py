"""``simcrc indicators``: what is measured, with definitions."""

from __future__ import annotations

import json
import textwrap
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here


def indicators(
    as_json: Annotated[bool, typer.Option("--json", help=here("Écrire la liste en JSON.", "Print the list as JSON."))] = False,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    import simcrc.indicators
    from simcrc.experiment import extensions

    extensions.load(extensions.asked(extension or ()))
    known = simcrc.indicators.indicators().values()
    if as_json:
        print(
            json.dumps(
                [{"indicator": i.name, "label": i.label.say(LANG), "definition": i.definition.say(LANG), "unit": i.unit} for i in known],
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    for indicator in known:
        print(f"{indicator.name} [{indicator.unit}] – {indicator.label.say(LANG)}")
        print(textwrap.indent(textwrap.fill(indicator.definition.say(LANG), 100), "    "))


indicators.__doc__ = here("Lister les indicateurs et leurs définitions.", "List the indicators and their definitions.")
