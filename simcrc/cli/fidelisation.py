"""``simcrc fidelisation BASE POLICY…``: how many more contacts a need takes under a policy, why and for whom, and what becomes of the expected saving."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options
from simcrc.cli.again import Given, again
from simcrc.cli.run import NEXT, PARENT, WRITTEN
from simcrc.cli.speech import LANG, here, tell

if TYPE_CHECKING:
    from simcrc.experiment.arms import Arms
    from simcrc.experiment.task import Task

LONGEST = 120  # characters of the name of a folder, before its digest
ARMS = {"base": here("base", "base"), "policy": here("politique", "policy"), "placebo": here("placebo", "placebo")}


def length(text: str) -> int:
    """Microseconds of a duration with its unit."""
    from simcrc.scenario.durations import parse_duration

    try:
        return parse_duration(text)
    except ValueError:
        raise typer.BadParameter(
            here(f"« {text} » : une durée avec son unité est attendue, par exemple 28d", f"'{text}': a duration with its unit is expected, such as 28d")
        ) from None


length.__name__ = "DURATION"


def fidelisation(
    base: Annotated[
        Path, typer.Argument(metavar="BASE", help=here("Le scénario sans la politique (YAML).", "The scenario without the policy (YAML)."), show_default=False)
    ],
    policy: Annotated[
        list[Path],
        typer.Argument(
            metavar=here("POLITIQUE…", "POLICY…"),
            help=here(
                "Une politique (YAML), plusieurs posées ensemble, ou un scénario qui a les mêmes besoins.",
                "A policy (YAML), several laid over together, or a scenario that has the same needs.",
            ),
            show_default=False,
        ),
    ],
    replications: Annotated[
        int | None,
        typer.Option(
            "-r",
            "--replications",
            parser=options.whole(1),
            metavar="N",
            help=here("Nombre de paires de réplications (sinon celui du scénario).", "Number of pairs of replications (else the scenario's)."),
        ),
    ] = None,
    follow_up: Annotated[
        int | None,
        typer.Option(
            "--follow-up",
            parser=length,
            metavar=here("DURÉE", "DURATION"),
            help=here(
                "Combien de temps chaque besoin est suivi au moins (sinon 28 jours, ou le quart d'une période courte).",
                "How long each need is followed at least (else 28 days, or a quarter of a short period).",
            ),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui de la base).", "Random seed (else the base's).")),
    ] = None,
    jobs: options.Jobs = None,
    policies: Annotated[
        list[Path] | None,
        typer.Option(
            "--policy",
            metavar=here("FICHIER", "FILE"),
            help=here(
                "Fichier de politique posé des deux côtés, avant les autres ; peut se répéter, dans l'ordre.",
                "Policy file laid over both sides, before the others; may be repeated, in order.",
            ),
        ),
    ] = None,
    sets: options.Sets = None,
    output: options.Output = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=here("Écrire toutes les valeurs en JSON plutôt que des tableaux.", "Print all figures as JSON, not tables."))
    ] = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.cli.progress import bar
    from simcrc.errors import SimcrcError
    from simcrc.experiment.arms import arms
    from simcrc.experiment.fidelisation import run
    from simcrc.experiment.parallel import cores
    from simcrc.experiment.task import Workload
    from simcrc.scenario.durations import format_duration

    made = arms(base, policy, sets or (), data, extension or (), policies or ())
    count = made.base.scenario.replications if replications is None else replications
    load = Workload.of(made.base.scenario, range(1, count + 1))
    workers = min(len(load.tasks), jobs or (cores() if count > 1 else 1))  # one short pair is done before workers have started
    folder = output or _folder(made, [base, *policy], count, seed)
    try:
        with bar([_called(task) for task in load.tasks], load.weights) as watch:
            found = run(made, count, seed, workers, follow_up, folder, watch)
    except SimcrcError:
        with suppress(OSError):
            folder.rmdir()  # made for this run, and empty when it could not begin
        raise
    if as_json:
        print(json.dumps(found.as_json(LANG), ensure_ascii=False, allow_nan=False, indent=1))
        tell(WRITTEN, path=folder)
        return
    print(found.text(LANG), end="\n\n")
    print(WRITTEN.say(LANG, path=folder))
    same: dict[str, Given] = {"--policy": policies, "--follow-up": follow_up and format_duration(follow_up), "--seed": seed, "-j": jobs, "--set": sets}
    rest: dict[str, Given] = {"--data": data, "--extension": extension, "--lang": lang}
    print(NEXT.say(LANG, command=again("fidelisation", [base, *policy], {"-r": max(10, 2 * count), **same, **rest})))


fidelisation.__doc__ = here(
    "Mesurer l'effet de fidélisation d'une politique : les mêmes citoyens, avec et sans elle.",
    "Measure the fidelisation effect of a policy: the same citizens, with and without it.",
)


def _called(task: Task) -> str:
    """What the progress bar calls an arm."""
    from simcrc.cli.progress import ONE

    return f"{ONE.format(number=task.replication)}, {ARMS[task.part]}"


def _folder(made: Arms, files: Sequence[Path], count: int, seed: int | None) -> Path:
    """A new folder under results/ that says what is in it."""
    from simcrc.experiment.store import default_name, fresh

    seed = made.base.scenario.seed if seed is None else seed
    return fresh(PARENT, default_name("-".join(["fidelisation", *(path.stem for path in files)])[:LONGEST], made.policy.digest, seed, count))
