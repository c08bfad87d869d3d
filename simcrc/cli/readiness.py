"""``simcrc readiness``: what an organisation answers to the fourteen questions, what it does not know about itself, and what to measure first."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here

if TYPE_CHECKING:
    from simcrc.experiment.sensitivity import Sensitivity
    from simcrc.report.readiness import Portrait

Top = Annotated[
    int,
    typer.Option("--top", parser=options.whole(1), metavar="N", help=here("Combien de nombres à mesurer d'abord.", "How many numbers to measure first.")),
]
Whole = Annotated[bool, typer.Option("--all", help=here("Tout montrer sous chaque question.", "Show everything under each question."))]
Sensitive = Annotated[
    bool,
    typer.Option(
        "--sensitivity",
        help=here(
            "Simuler les premiers aux deux bouts de leur plage, un à la fois, mêmes tirages (long).",
            "Simulate the first ones at both ends of their range, one at a time, common random numbers (slow).",
        ),
    ),
]
Replications = Annotated[
    int,
    typer.Option("-r", "--replications", parser=options.whole(1), metavar="R", help=here("Réplications à chaque bout.", "Replications at each end.")),
]


def readiness(
    file: options.File,
    whole: Whole = False,
    top: Top = 10,
    sensitivity: Sensitive = False,
    replications: Replications = 2,
    as_json: Annotated[bool, typer.Option("--json", help=here("Écrire en JSON.", "Print as JSON."))] = False,
    sets: options.Sets = None,
    data: options.Data = None,
    policies: options.Policies = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.experiment import extensions
    from simcrc.indicators import indicators
    from simcrc.report import readiness as report
    from simcrc.scenario import load

    extensions.load(extensions.asked(extension or ()))
    loaded = load(file, set_=sets or [], data=data, policies=policies or [])
    portrait = report.Portrait.of(loaded)
    found = None
    if sensitivity:
        from simcrc.experiment.sensitivity import reloader

        found = _sensitivity(portrait, top, reloader(file, sets or [], data, policies or []), replications)
    if as_json:
        print(json.dumps(report.as_json(portrait, LANG, found), ensure_ascii=False, indent=1))
        return
    for line in report.lines(portrait, LANG, whole, top):
        print(line)
    if found is not None:
        units = {name: indicators()[name].unit.replace("money", loaded.scenario.currency) for name in found.base}
        print()
        for line in report.swing_lines(found, units, LANG):
            print(line)


readiness.__doc__ = here(
    "Montrer les quatorze réponses d'un organisme et ce qu'il lui reste à mesurer.",
    "Show the fourteen answers of an organisation, and what it still has to measure.",
)


def _sensitivity(portrait: Portrait, top: int, reload: object, replications: int) -> Sensitivity:
    from simcrc.experiment.sensitivity import sensitivity

    shown = sys.stderr.isatty()

    def watch(share: float) -> None:
        if shown:
            print(f"\r{share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    return sensitivity(portrait.loaded, [each.unknown for each in portrait.first[:top]], reload, replications, watch)  # type: ignore[arg-type]
