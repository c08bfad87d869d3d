"""``simcrc measurement``: what plans of measurement cost, what they learn, and how far the outcome may lie before and after."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here

Plans = Annotated[
    list[Path],
    typer.Argument(
        metavar=here("PLAN...", "PLAN..."),
        help=here("Politiques dont des mesures sont du genre « measure ».", 'Policies with measures of the kind "measure".'),
        show_default=False,
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar=here("INDICATEUR", "INDICATOR"),
        help=here(
            "Issue, par exemple phone.asa ; peut se répéter (sinon contacts_per_need et cost_per_need).",
            "Outcome, such as phone.asa; may be repeated (else contacts_per_need and cost_per_need).",
        ),
    ),
]
Policy = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar=here("FICHIER", "FILE"),
        help=here("Politique dont l'effet sur ces issues en est une aussi.", "Policy whose effect on these outcomes is one too."),
    ),
]
Replications = Annotated[
    int, typer.Option("-r", "--replications", parser=options.whole(1), metavar="R", help=here("Réplications par point.", "Replications a point."))
]
Points = Annotated[
    int,
    typer.Option(
        "--points",
        parser=options.whole(2),
        metavar="N",
        help=here("Points où tous les nombres bougent ensemble.", "Points at which all numbers move together."),
    ),
]
Each = Annotated[
    bool,
    typer.Option("--each/--no-each", help=here("Bouger aussi un nombre à la fois, aux deux bouts.", "Also move one number at a time, to both ends.")),
]


def measurement(
    file: options.File,
    plans: Plans,
    outcome: Outcomes = None,
    policy: Policy = None,
    replications: Replications = 2,
    points: Points = 8,
    each: Each = True,
    jobs: options.Jobs = None,
    as_json: Annotated[bool, typer.Option("--json", help=here("Écrire en JSON.", "Print as JSON."))] = False,
    sets: options.Sets = None,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.experiment.measurement import measurement as weigh
    from simcrc.experiment.parallel import cores
    from simcrc.report.measurement import as_json as record

    shown = sys.stderr.isatty()

    def watch(share: float) -> None:
        if shown:
            print(f"\r{share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    found = weigh(file, plans, outcome or (), policy, replications, points, each, jobs or cores(), sets or (), data, extension or (), watch)
    print(json.dumps(record(found, LANG), ensure_ascii=False, indent=1) if as_json else found.text(LANG))


measurement.__doc__ = here(
    "Peser des plans de mesure : coût, nombres appris, plage de l'issue avant et après.",
    "Weigh plans of measurement: cost, numbers learnt, range of the outcome before and after.",
)
