"""``simcrc staff FILE``: the least staff by half hour and team with which targets are met, and what a little more or less does."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from simcrc.cli import options
from simcrc.cli.run import NEXT, PARENT, WRITTEN
from simcrc.cli.speech import LANG, here, tell, warn
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.experiment.study import Study
    from simcrc.staffing.trials import Watch

PERIODS = ("half-hour", "day", "week")
FRENCH = {"demi-heure": "half-hour", "jour": "day", "semaine": "week"}
STAGES = {
    "pilot": Words(fr="effectif surabondant", en="ample staff"),
    "search": Words(fr="recherche", en="search"),
    "prune": Words(fr="retraits", en="removals"),
    "around": Words(fr="un peu plus, un peu moins", en="a little more or less"),
    "fresh": Words(fr="autres tirages", en="other draws"),
}
SO_FAR = Words(fr="{stage} : {done} simulations", en="{stage}: {done} simulations")


def period(text: str) -> str:
    """``half-hour``, ``day`` or ``week``."""
    known = FRENCH.get(text, text)
    if known not in PERIODS:
        raise typer.BadParameter(
            here(f"« {text} » : half-hour (demi-heure), day (jour) ou week (semaine) est attendu", f"'{text}': half-hour, day or week is expected")
        )
    return known


period.__name__ = "half-hour|day|week"


def staff(
    file: options.File,
    targets: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar=here("CIBLE", "TARGET"),
            help=here(
                "Ce qui doit être atteint, par exemple « phone.service_level>=80% » ; peut se répéter (sinon, les cibles du scénario).",
                "What is to be reached, such as phone.service_level>=80%; may be repeated (else the scenario's targets).",
            ),
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            parser=period,
            metavar="half-hour|day|week",
            help=here(
                "Où la cible doit valoir : chaque demi-heure ouverte de la semaine, chaque jour de la semaine, ou toute la période (week).",
                "Where the target must hold: in each open half hour of the week, on each weekday, or over the whole period (week).",
            ),
        ),
    ] = "week",
    block: Annotated[
        str,
        typer.Option(
            "--block",
            parser=period,
            metavar="half-hour|day|week",
            help=here("Sur quelle durée l'effectif d'une équipe reste le même.", "Over what a team's number of agents stays the same."),
        ),
    ] = "half-hour",
    teams: Annotated[
        list[str] | None,
        typer.Option(
            "--team",
            metavar=here("ÉQUIPE", "TEAM"),
            help=here(
                "Équipe dont l'horaire peut changer ; peut se répéter (sinon, toutes celles que la cible concerne).",
                "Team whose schedule may change; may be repeated (else all that the target concerns).",
            ),
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "-r",
            "--replications",
            parser=options.whole(1),
            metavar="N",
            help=here(
                "Réplications de la recherche, et autant pour la vérification (sinon celles du scénario).",
                "Replications of the search, and as many for the check (else the scenario's).",
            ),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui du scénario).", "Random seed (else the scenario's).")
        ),
    ] = None,
    most: Annotated[
        int,
        typer.Option(
            "--max-runs", parser=options.whole(1), metavar="N", help=here("Simulations que la recherche peut faire.", "Simulations that the search may do.")
        ),
    ] = 2000,
    prove: Annotated[
        bool,
        typer.Option(
            "--prove",
            help=here(
                "À la fin, simuler chaque retrait seul, quoi qu'il en coûte (sinon jusqu'au double de la recherche).",
                "In the end simulate each removal alone, whatever it takes (else up to twice what the search took).",
            ),
        ),
    ] = False,
    jobs: options.Jobs = None,
    backend: options.Backend = None,
    address: options.Address = None,
    policies: options.Policies = None,
    sets: options.Sets = None,
    output: options.Output = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=here("Écrire toutes les valeurs en JSON plutôt que des tableaux.", "Print all figures as JSON, not tables."))
    ] = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    import simcrc
    from simcrc.errors import SimcrcError
    from simcrc.staffing import staff as search
    from simcrc.staffing.unreachable import UnreachableError

    study = simcrc.load(file, sets or (), data, extension or (), policies or ())
    warn(study.loaded.warnings)
    where = options.workers(jobs, backend, address)
    count = study.scenario.replications if replications is None else replications
    folder = output or _folder(study, file, count, seed)
    try:
        with _shown() as watch:
            found = search.staff(study, targets or (), cast(Any, by), cast(Any, block), teams or (), count, seed, where, folder, most, watch, prove)
    except UnreachableError as error:
        print(error.say(LANG), file=sys.stderr)
        raise typer.Exit(1) from None
    except SimcrcError:
        with suppress(OSError):
            folder.rmdir()  # made for this search, and empty when it could not begin
        raise
    if as_json:
        print(json.dumps(found.as_json(LANG), ensure_ascii=False, allow_nan=False, indent=1))
        tell(WRITTEN, path=folder)
        return
    print(found.text(LANG), end="\n\n")
    print(WRITTEN.say(LANG, path=folder))
    print(NEXT.say(LANG, command=_next(file, folder, policies, sets, data, extension)))


staff.__doc__ = here(
    "Trouver le plus petit effectif, par demi-heure et par équipe, qui atteint des cibles.",
    "Find the least staff, by half hour and team, that meets targets.",
)


@contextmanager
def _shown() -> Iterator[Watch | None]:
    """A line in the terminal that says how far the search is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("…") as status:
        say: Callable[[str, int, float], None] = lambda stage, done, share: status.update(SO_FAR.say(LANG, stage=STAGES[stage].say(LANG), done=done))  # noqa: E731
        yield say


def _folder(study: Study, file: Path, count: int, seed: int | None) -> Path:
    """A new folder under results/ that says what is in it."""
    from simcrc.experiment.store import default_name, fresh

    return fresh(PARENT, default_name(f"staff-{file.stem}", study.digest, study.scenario.seed if seed is None else seed, count))


def _next(file: Path, folder: Path, policies: list[Path] | None, sets: list[str] | None, data: Path | None, extension: list[Path] | None) -> str:
    """A command worth trying next: the scenario with the schedules found."""
    import shlex

    from simcrc.staffing.keep import POLICY

    words = ["simcrc", "run", str(file), *(part for path in (*(policies or ()), folder / POLICY) for part in ("--policy", str(path)))]
    words += [part for change in sets or () for part in ("--set", change)]
    words += ["--data", str(data)] if data else []
    words += [part for path in extension or () for part in ("--extension", str(path))]
    return shlex.join(words)
