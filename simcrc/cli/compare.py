"""``simcrc compare BASE ALT…``: a base and its alternatives on the same citizens and the same luck; what they differ by, which is best, what fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simcrc.cli import options, report
from simcrc.cli.run import PARENT, WRITTEN
from simcrc.cli.speech import LANG, here, tell, warn

if TYPE_CHECKING:
    from simcrc.experiment.contenders import Contenders

HOLDS = 1
"""The exit code when a condition of --fail-on holds."""

Base = Annotated[
    Path,
    typer.Argument(
        metavar="BASE", help=here("Le scénario auquel tout est comparé (YAML).", "The scenario that all is compared with (YAML)."), show_default=False
    ),
]
Alternatives = Annotated[
    list[Path],
    typer.Argument(
        metavar=here("VARIANTE...", "ALT..."),
        help=here("Politiques posées sur la base, ou scénarios entiers (YAML).", "Policies laid over the base, or whole scenarios (YAML)."),
        show_default=False,
    ),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        metavar=here("INDICATEUR", "INDICATOR"),
        help=here(
            "Indicateur à comparer, par exemple phone.asa ; peut se répéter (sinon coût, contacts, files et arriérés).",
            "Indicator to compare, such as phone.asa; may be repeated (else cost, contacts, queues and backlogs).",
        ),
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="CONDITION",
        help=here(
            "Finir avec le code 1 si la condition est vraie d'une variante, par exemple « phone.service_level<80% », ou d'une seule, nommée : "
            "« NOM:phone.asa>60s » ; peut se répéter.",
            'End with exit code 1 if the condition holds for an alternative, such as "phone.service_level<80%", or for one by name: "NAME:phone.asa>60s"; '
            "may be repeated.",
        ),
    ),
]
Best = Annotated[
    str | None,
    typer.Option(
        "--best",
        metavar=here("INDICATEUR:min|max", "INDICATOR:min|max"),
        help=here(
            "Choisir la meilleure variante, avec autant de réplications qu'il faut : phone.asa:min.",
            "Select the best variant, with as many replications as it takes: phone.asa:min.",
        ),
    ),
]
Delta = Annotated[
    str | None,
    typer.Option(
        "--delta",
        metavar=here("ÉCART", "DIFFERENCE"),
        help=here(
            "Avec --best, la plus petite différence qui compte : 5s, « 1 point », 0.10.",
            'With --best, the smallest difference that matters: 5s, "1 point", 0.10.',
        ),
    ),
]
MostReplications = Annotated[
    int,
    typer.Option(
        "--max-reps",
        parser=options.whole(2),
        metavar="N",
        help=here("Avec --best, réplications au plus par variante.", "With --best, at most so many replications a variant."),
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "-r",
        "--replications",
        parser=options.whole(1),
        metavar="N",
        help=here(
            "Réplications de chaque variante (sinon celles de la base ; au moins 10 avec --best).",
            "Replications of each variant (else the base's; at least 10 with --best).",
        ),
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui de la base).", "Random seed (else the base's).")),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=here("DOSSIER", "DIR"),
        help=here(
            "Dossier des résultats (sinon results/…). Celui d'une comparaison interrompue, ou à refaire avec plus de réplications, est poursuivi.",
            "Folder of the results (else results/…). That of a comparison which was interrupted, or is to have more replications, is gone on with.",
        ),
    ),
]


def compare(
    base: Base,
    alternatives: Alternatives,
    metric: Metrics = None,
    fail_on: FailOn = None,
    best: Best = None,
    delta: Delta = None,
    max_reps: MostReplications = 400,
    replications: Replications = None,
    seed: Seed = None,
    jobs: options.Jobs = None,
    backend: options.Backend = None,
    address: options.Address = None,
    sets: options.Sets = None,
    output: Output = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=here("Écrire toutes les valeurs en JSON plutôt que des tableaux.", "Print all figures as JSON, not tables."))
    ] = False,
    no_report: report.NoReport = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.cli.runs import shown
    from simcrc.experiment.compare import Asked, compare
    from simcrc.experiment.contenders import contenders, named

    made = contenders(base, named(alternatives), sets or (), data, extension or ())
    for variant in made.variants:
        warn(variant.study.loaded.warnings)
    folder = output or _folder(made, base, seed)
    new = not folder.exists()
    try:
        asked = Asked(metric or (), replications, best, delta, max_reps, fail_on or ())
        found = compare(made, asked, seed, options.workers(jobs, backend, address), folder, shown)
    except Exception:
        if new:
            with suppress(OSError):
                folder.rmdir()  # made for this comparison, and empty when it could not begin
        raise
    show(found.as_json(LANG) if as_json else found.text(LANG), folder)
    if not no_report:
        report.beside(folder, data, extension, as_json)
    if found.failed:
        raise typer.Exit(HOLDS)


compare.__doc__ = here(
    "Comparer une base et ses variantes, sur les mêmes citoyens et la même chance.",
    "Compare a base and its alternatives, on the same citizens and the same luck.",
)


def show(what: str | dict[str, Any], folder: Path) -> None:
    """Print an account, or what it holds as JSON, and where it is kept."""
    if isinstance(what, dict):
        print(json.dumps(what, ensure_ascii=False, allow_nan=False, indent=1))
        tell(WRITTEN, path=folder)
        return
    print(what, end="\n\n")
    print(WRITTEN.say(LANG, path=folder))


def _folder(made: Contenders, base: Path, seed: int | None) -> Path:
    """A folder under results/ that says what is compared in it: the same command finds it again."""
    return named_folder(f"compare-{base.stem}", [variant.study for variant in made.variants], seed)


def named_folder(stem: str, studies: Sequence[Any], seed: int | None) -> Path:
    """A folder under results/ for these variants: its name holds their digest, so that the same command goes on where it was."""
    import hashlib
    import re

    from simcrc.experiment.variants import key_of

    first = studies[0].scenario.seed if seed is None else seed
    digest = hashlib.sha256("".join(key_of(study.seeded(first)) for study in studies).encode()).hexdigest()
    slug = re.sub(r"[^\w-]+", "-", stem).strip("-")
    return PARENT / f"{slug}-{digest[:8]}-s{first}"
