"""``simcrc run``: simulate a scenario, write the folder of results, show the short table; ``--resume`` goes on with a run (``simcrc.cli.resuming``)."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options, report, resuming
from simcrc.cli.again import Given, again
from simcrc.cli.speech import LANG, here, tell, warn
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.experiment.results import Results
    from simcrc.experiment.study import Study

WRITTEN = Words(fr="Résultats : {path}", en="Results: {path}")
NEXT = Words(fr="Pour continuer : {command}", en="Next: {command}")
PARENT = Path("results")


def run(
    file: options.AnyFile = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "-r",
            "--replications",
            parser=options.whole(1),
            metavar="N",
            help=here("Nombre de réplications (sinon celui du scénario).", "Number of replications (else the scenario's)."),
        ),
    ] = None,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            "--precision",
            metavar=here("VALEUR=PRÉCISION", "FIGURE=PRECISION"),
            help=here(
                "Simuler jusqu'à cette demi-largeur d'intervalle : phone.asa=5% (de la valeur), phone.asa=10s, fcr=0.5pts ; peut se répéter.",
                "Simulate until the interval has this half-width: phone.asa=5% (of the figure), phone.asa=10s, fcr=0.5pts; may be repeated.",
            ),
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            "--max-reps",
            parser=options.whole(2),
            metavar="N",
            help=here("Avec --precision, réplications au plus (sinon 100).", "With --precision, replications at most (else 100)."),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui du scénario).", "Random seed (else the scenario's).")
        ),
    ] = None,
    jobs: options.Jobs = None,
    backend: options.Backend = None,
    address: options.Address = None,
    resume: resuming.Resume = None,
    policies: options.Policies = None,
    sets: options.Sets = None,
    output: options.Output = None,
    events: Annotated[bool, typer.Option("--events", help=here("Garder aussi une ligne par contact.", "Keep a row a contact too."))] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=here("Écrire les indicateurs en JSON plutôt qu'un tableau.", "Print the indicators as JSON, not a table."))
    ] = False,
    no_report: report.NoReport = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    import simcrc
    from simcrc.cli.progress import bar, numbered
    from simcrc.errors import SimcrcError
    from simcrc.experiment.looking import MOST

    given = {"-r": replications, "--precision": precision, "--max-reps": most, "--seed": seed, "--policy": policies, "--set": sets, "-o": output}
    resuming.check(file, resume, {**given, "--events": events or None})
    workers = options.workers(jobs, backend, address)
    if resume is not None:
        _show(resuming.resumed(resume, workers, data, extension or ()), resume, as_json)
        if not no_report:
            report.beside(resume, data, extension, as_json)
        return
    assert file is not None
    study = simcrc.load(file, sets or (), data, extension or (), policies or ())
    warn(study.loaded.warnings)
    count = (most or MOST) if precision else study.scenario.replications if replications is None else replications
    folder = output or _folder(study, file, count, seed)
    try:
        with resuming.partly_shown(as_json), bar(numbered(count)) as watch:
            results = study.run(replications if precision else count, seed, workers, folder, events, watch, precision=precision, max_replications=most)
    except SimcrcError:
        with suppress(OSError):
            folder.rmdir()  # made for this run, and empty when it could not begin
        raise
    _show(results, folder, as_json)
    if not no_report:
        report.beside(folder, data, extension, as_json)
    more = _more(results, precision, count)
    if more and not as_json:
        place: dict[str, Given] = {"--backend": backend, "--address": address}
        same: dict[str, Given] = {"--policy": policies, "--seed": seed, "-j": jobs, "--set": sets, "--events": events, "--data": data}
        print(NEXT.say(LANG, command=again("run", [file], {**more, **place, **same, "--extension": extension, "--lang": lang})))


def _show(results: Results, folder: Path, as_json: bool) -> None:
    from simcrc.cli.summary import show

    if as_json:
        print(json.dumps(results.as_json(LANG), ensure_ascii=False, allow_nan=False, indent=1))
        tell(WRITTEN, path=folder)
        return
    show(results)
    print(WRITTEN.say(LANG, path=folder))


run.__doc__ = here("Simuler un scénario et écrire ses résultats.", "Simulate a scenario and write its results.")


def _folder(study: Study, file: Path, count: int, seed: int | None) -> Path:
    """A new folder under results/ that says what is in it."""
    from simcrc.experiment.store import default_name, fresh

    return fresh(PARENT, default_name(file.stem, study.digest, study.scenario.seed if seed is None else seed, count))


def _more(results: Results, precision: list[str] | None, count: int) -> dict[str, Given]:
    """Options that ask for more replications, for narrower intervals; none when the precision that was asked is reached, or cannot be."""
    if not precision:
        return {"-r": max(10, 2 * count)}
    from simcrc.report.precision import rounded

    needed = max((each.needed or 0 for each in results.precision), default=0)
    return {"--precision": precision, "--max-reps": rounded(needed)} if needed else {}
