"""``simcrc sweep FILE --vary PATH=RANGE``: a scenario at many points on the same random numbers, and one tidy table."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.compare import Metrics, Seed, named_folder, show
from simcrc.cli.speech import LANG, here, warn

DESIGNS = ("grid", "lhs", "sobol")


def _design(text: str) -> str:
    if text not in DESIGNS:
        raise typer.BadParameter(here(f"« {text} » : grid, lhs ou sobol est attendu", f"'{text}': grid, lhs or sobol is expected"))
    return text


_design.__name__ = "grid|lhs|sobol"

Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar=here("CHEMIN=PLAGE", "PATH=RANGE"),
        help=here(
            "Ce qui varie : teams.agents=38:50, phone.patience=2min:10min, routing.contact=priority,longest_wait ; peut se répéter.",
            "What varies: teams.agents=38:50, phone.patience=2min:10min, routing.contact=priority,longest_wait; may be repeated.",
        ),
    ),
]
Plan = Annotated[
    str,
    typer.Option(
        "--design",
        parser=_design,
        metavar="grid|lhs|sobol",
        help=here("Toutes les combinaisons, un hypercube latin ou des points de Sobol.", "All combinations, a Latin hypercube or Sobol' points."),
    ),
]
Points = Annotated[
    int | None,
    typer.Option(
        "--points",
        parser=options.whole(1),
        metavar="N",
        help=here(
            "Nombre de points (sinon 16) ; d'une grille, nombre de valeurs de chaque plage sans pas.",
            "Number of points (else 16); of a grid, number of values of each range without step.",
        ),
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "-r",
        "--replications",
        parser=options.whole(1),
        metavar="N",
        help=here("Réplications à chaque point (sinon celles du scénario).", "Replications at each point (else the scenario's)."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=here("DOSSIER", "DIR"),
        help=here(
            "Dossier des résultats (sinon results/…). Celui d'un balayage interrompu, ou à compléter, est poursuivi.",
            "Folder of the results (else results/…). That of a sweep which was interrupted, or is to have more, is gone on with.",
        ),
    ),
]


def sweep(
    file: options.File,
    vary: Vary = None,
    design: Plan = "grid",
    points: Points = None,
    metric: Metrics = None,
    replications: Replications = None,
    seed: Seed = None,
    jobs: options.Jobs = None,
    backend: options.Backend = None,
    address: options.Address = None,
    policies: options.Policies = None,
    sets: options.Sets = None,
    output: Output = None,
    as_json: Annotated[bool, typer.Option("--json", help=here("Écrire la table en JSON.", "Print the table as JSON."))] = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.cli.runs import shown
    from simcrc.experiment.sweep import plan
    from simcrc.experiment.sweep import sweep as run

    made = plan(file, vary or (), design, points, seed, sets or (), policies or (), data, extension or ())  # type: ignore[arg-type]
    warn(made.base.loaded.warnings)
    folder = output or named_folder(f"sweep-{file.stem}", [variant.study for variant in made.variants], seed)
    new = not folder.exists()
    try:
        found = run(made, metric or (), replications, seed, options.workers(jobs, backend, address), folder, shown)
    except Exception:
        if new:
            with suppress(OSError):
                folder.rmdir()  # made for this sweep, and empty when it could not begin
        raise
    show(found.as_json() if as_json else found.text(LANG), folder)


sweep.__doc__ = here("Simuler un scénario en beaucoup de points et en faire une table.", "Simulate a scenario at many points and make one table of them.")
