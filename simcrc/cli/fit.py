"""``simcrc fit``: move the parameters of a scenario until its figures come out, and say what was found.

Exit codes: 0 the interval of every fitted figure lies within its margin, 1 one lies outside, 3 not yet clear; 2, 4 and 130 as everywhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options
from simcrc.cli.failures import USAGE
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.fitting.calibrate import Calibration, Watch
    from simcrc.fitting.calibrate import Progress as State

CODES = {"equivalent": 0, "different": 1, "inconclusive": 3}
COLOURS = {"equivalent": "green", "different": "red", "inconclusive": "yellow"}

WRITTEN = Words(fr="Écrit : {path}", en="Written: {path}")
TO_WRITE = Words(fr="Rien n'est écrit ; --write met ces valeurs dans {path}.", en="Nothing is written; --write puts these values into {path}.")
TWO_ENDS = Words(fr="--write et --check ne vont pas ensemble", en="--write and --check do not go together")
OTHER_SCENARIO = Words(
    fr="--write et --set ne vont pas ensemble : les valeurs trouvées vaudraient pour un autre scénario que celui du fichier",
    en="--write and --set do not go together: what is found would be for another scenario than that of the file",
)
UNDER_WAY = Words(fr="Évaluation {number}, écart le plus petit jusqu'ici : {gap}", en="Evaluation {number}, least gap so far: {gap}")
MARGINS = Words(fr="{gap} marges", en="{gap} margins")
NO_GAP = Words(fr="–", en="–")

Write = Annotated[bool, typer.Option("--write", help=here("Mettre les valeurs trouvées dans le fichier.", "Put what is found into the file."))]
Check = Annotated[bool, typer.Option("--check", help=here("Mesurer seulement, avec les valeurs écrites.", "Only measure, with the values that are written."))]
Replications = Annotated[
    int | None,
    typer.Option(
        "-r",
        "--replications",
        parser=options.whole(2),
        metavar="N",
        help=here("Réplications à chaque évaluation (sinon celles du fichier).", "Replications at each evaluation (else the file's)."),
    ),
]
Evaluations = Annotated[
    int | None,
    typer.Option(
        "--evaluations",
        parser=options.whole(1),
        metavar="N",
        help=here("Nombre d'évaluations au plus (sinon celui du fichier).", "Evaluations at most (else the file's)."),
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui du scénario).", "Random seed (else the scenario's).")),
]
Json = Annotated[bool, typer.Option("--json", help=here("Écrire toutes les valeurs en JSON.", "Print all figures as JSON."))]


def fit(
    file: options.File,
    write: Write = False,
    check: Check = False,
    replications: Replications = None,
    evaluations: Evaluations = None,
    seed: Seed = None,
    jobs: options.Jobs = None,
    sets: options.Sets = None,
    as_json: Json = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    from simcrc.experiment import extensions
    from simcrc.experiment.parallel import cores
    from simcrc.fitting.calibrate import calibrate
    from simcrc.fitting.put_back import spots_of
    from simcrc.fitting.wording import numbers

    if write and (check or sets):
        tell(TWO_ENDS if check else OTHER_SCENARIO)
        return USAGE
    loads = extensions.asked(extension or ())
    extensions.load(loads)
    if write:
        spots_of(file, data)  # before the long search, rather than after it
    with _watch() as watch:
        found = calibrate(
            file,
            check=check,
            replications=replications,
            seed=seed,
            jobs=jobs or cores(),
            evaluations=evaluations,
            set_=sets or (),
            data=data,
            loads=loads,
            watch=watch,
        )
    if as_json:
        print(json.dumps(numbers(found), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        _show(found)
    if write:
        found.write()
        tell(WRITTEN, path=file)
    elif not check and not as_json:
        print(TO_WRITE.say(LANG, path=file))
    return CODES[found.verdict]


fit.__doc__ = here(
    "Ajuster les paramètres d'un scénario à des valeurs connues. Code 0 atteintes, 1 non atteintes, 3 pas encore clair.",
    "Fit the parameters of a scenario to known figures. Exit code 0 met, 1 not met, 3 not yet clear.",
)


@contextmanager
def _watch() -> Iterator[Watch]:
    """Says on stderr how far the search is: a bar in a terminal, a line at the start of each round elsewhere."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        task = progress.add_task("", total=1)

        def show(state: State) -> None:
            progress.update(task, description=_said(state), completed=state.done, total=state.asked)

        yield show


def _lines(state: State) -> None:
    if state.done == 1:
        print(_said(state), file=sys.stderr)


def _said(state: State) -> str:
    from simcrc.report.numbers import decimal

    gap = NO_GAP.say(LANG) if state.gap is None else MARGINS.say(LANG, gap=decimal(state.gap, LANG, 2))
    return UNDER_WAY.say(LANG, number=state.evaluations + 1, gap=gap)


def _show(found: Calibration) -> None:
    from simcrc.fitting import wording

    colours = [COLOURS[figure.verdict] if figure.fitted else "" for figure in found.figures]
    _table(wording.FIGURES, [wording.figure_row(figure, found.scenario, LANG) for figure in found.figures], colours)
    _table(wording.PARAMETERS, [wording.parameter_row(parameter, LANG) for parameter in found.parameters], [""] * len(found.parameters))
    for line in wording.account(found, LANG):
        print(line)


def _table(columns: Sequence[Words], rows: Sequence[Sequence[str]], colours: Sequence[str]) -> None:
    """`colours`: of the last cell of each row."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from simcrc.cli.summary import WIDE

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column.say(LANG), justify="left" if place in (0, len(columns) - 1) else "right", overflow="fold")
    for row, colour in zip(rows, colours, strict=True):
        cells = [Text(cell) for cell in row]
        cells[-1].stylize(colour)
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table)
