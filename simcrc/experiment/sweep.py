"""Sweeps: one scenario at many points, common random numbers across them, one tidy table.

``Sweep`` is what ``sweep`` gives, also as ``simcrc.sweep``.  ``vary`` says what varies, ``design`` places the points, ``variants`` runs them, ``metrics`` makes
figures.  All points are loaded and checked before anything is simulated.  The folder:

    manifest.json                  what was swept; its `run` block alone may differ between two equal sweeps
    scenario.yaml                  the scenario as resolved, before anything varies
    points.csv                     what varies, as written, at each point, and which runs are its
    figures.csv, .parquet          the tidy table
    replications.csv, .parquet     each figure in each replication
    sweep.fr.txt, .en.txt          what the command prints
    runs/KEY/0001.npz              the sums of each run, with its seal
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.errors import ScenarioError
from simcrc.experiment import extensions
from simcrc.experiment.asked import AskedError
from simcrc.experiment.backend import Backend
from simcrc.experiment.design import Design, points
from simcrc.experiment.keeping import Keeping, write_table
from simcrc.experiment.metrics import Metric, Parts, metrics, parts, usual
from simcrc.experiment.statistics import Estimate
from simcrc.experiment.study import Study, open_study
from simcrc.experiment.sweep_tables import figures, listed, replications
from simcrc.experiment.variants import Variant, Variants
from simcrc.experiment.vary import TWICE, Axis, axis, dial
from simcrc.experiment.watching import Shown, run_shown, undisturbed
from simcrc.words import LANGS, Lang, Words, language

if TYPE_CHECKING:
    import pandas as pd

FORMAT = "sweep 1"
SCENARIO, ACCOUNT = "scenario.yaml", "sweep.{lang}.txt"
REFUSED = Words(fr="{points} : {what}", en="{points}: {what}")
POINT = Words(fr="point {number} ({values})", en="point {number} ({values})")
SEVERAL = Words(fr="{points} et {n} {n:autre|autres}", en="{points} and {n} more")
MOST_NAMED = 3


@dataclass(frozen=True)
class Plan:
    """What is swept: the scenario as it is, what varies, the values of it at each point, and the scenario there."""

    base: Study
    axes: tuple[Axis, ...]
    design: Design
    values: tuple[tuple[str, ...], ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a sweep found.  `values`: by number of the point (from 1) and metric, one entry a replication; `path`: the folder."""

    plan: Plan
    metrics: tuple[Metric, ...]
    values: Mapping[tuple[int, str], Parts]
    replications: int
    seed: int
    path: Path
    _temporary: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def points(self) -> int:
        """How many points."""
        return len(self.plan.values)

    def estimate(self, point: int, metric: str) -> Estimate:
        """A metric at a point with its 95 % interval."""
        return self.values[point, metric].within(next(each.unit for each in self.metrics if each.name == metric))

    @property
    def figures(self) -> pd.DataFrame:
        """The tidy table: point, a column for each path that varies (shares of 1, times in seconds), indicator, where, unit, mean, low, high, replications."""
        return figures(self)

    @property
    def replicated(self) -> pd.DataFrame:
        """The same by replication: point, what varies, replication, indicator, where, unit, value."""
        return replications(self)

    def text(self, lang: Lang | None = None) -> str:
        """The table in words."""
        from simcrc.report.sweep import text

        return text(self, lang or language())

    def as_json(self) -> dict[str, Any]:
        """What ``simcrc sweep --json`` prints."""
        from simcrc.experiment.comparison_tables import records

        about = {"vary": [each.name for each in self.plan.axes], "design": self.plan.design, "points": self.points}
        return {**about, "replications": self.replications, "seed": self.seed, "figures": records(self.figures)}

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"


def plan(
    path: Path | str,
    vary: Sequence[str],
    design: Design = "grid",
    count: int | None = None,
    seed: int | None = None,
    set_: Iterable[str] = (),
    policies: Iterable[Path | str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Plan:
    """Load the scenario at `path` and every point.  `vary`: each ``PATH=RANGE``; `design`, `count`: as in ``simcrc.experiment.design``.

    Raises AskedError and ScenarioError with all that is wrong, each with the points that it concerns.
    """
    from simcrc.scenario import load

    settings, laid = list(set_), list(policies)
    base = open_study(path, settings, data, extension_files, laid)
    axes = tuple(axis(text) for text in vary)
    names = [each.name for each in axes]
    twice = [name for k, name in enumerate(names) if name in names[:k]]
    if twice:
        raise AskedError.of(TWICE, name=twice[0])
    values = points(axes, design, count, base.scenario.seed if seed is None else seed)
    dials = [dial(base.loaded, name) for name in names]
    files = extensions.asked(extension_files)
    found: list[Variant] = []
    wrong: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(values, 1):
        try:
            said = [turn(value) for turn, value in zip(dials, row, strict=True)]
            at = load(Path(path), set_=[*settings, *said], data=None if data is None else Path(data), policies=laid)
            found.append(Variant(str(number), Study(at, files)))
        except ScenarioError as error:
            for problem in error.problems:
                wrong.setdefault((problem.say("fr"), problem.say("en")), []).append(number)
    if wrong:
        raise AskedError(*(_refused(Words(*what), numbers, names, values) for what, numbers in wrong.items()))
    return Plan(base, axes, design, tuple(values), tuple(found))


def _refused(what: Words, numbers: Sequence[int], names: Sequence[str], values: Sequence[Sequence[str]]) -> tuple[Words, dict[str, object]]:
    """What is wrong at some points."""
    said = []
    for lang in LANGS:
        each = [POINT.say(lang, number=k, values=", ".join(f"{name}={value}" for name, value in zip(names, values[k - 1], strict=True))) for k in numbers]
        some = ", ".join(each[:MOST_NAMED])
        said.append(SEVERAL.say(lang, points=some, n=len(each) - MOST_NAMED) if len(each) > MOST_NAMED else some)
    return REFUSED, {"points": Words(*said), "what": what}


def sweep(
    made: Plan,
    names: Sequence[str] = (),
    count: int | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | None = None,
    shown: Shown | None = None,
    order: Sequence[int] | None = None,
) -> Sweep:
    """Run all points with the same random numbers.

    `names`: metrics (``metrics.usual`` unless some are named); `count`: replications; the rest as in ``simcrc.experiment.compare.compare``.  Raises
    UnknownFigureError before anything is simulated; StoreError, SimulationError; Stopped on Ctrl-C.
    """
    temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if output is None else None
    folder = Path(temporary.name) if temporary else Path(output)  # type: ignore[arg-type]
    number = made.base.scenario.replications if count is None else count
    if number < 1:
        raise ValueError("replications must be at least 1")
    variants = Variants(made.variants, folder, jobs, made.base.scenario.seed if seed is None else seed)
    first = [variants.model(made.variants[0].name)]
    wanted = tuple(metrics(names or usual(first), first))
    about = {
        "vary": [each.name for each in made.axes],
        "design": made.design,
        "points": len(made.values),
        "replications": number,
        "metrics": [metric.name for metric in wanted],
    }
    with undisturbed(temporary), Keeping(folder, FORMAT, variants, about) as keeping:
        run_shown(variants, [variant.name for variant in made.variants], list(order or range(1, number + 1)), shown)
        values = {
            (point, metric): part
            for point, variant in enumerate(made.variants, 1)
            for metric, part in parts(variants, variant.name, wanted, range(1, number + 1)).items()
        }
        found = Sweep(made, wanted, values, number, variants.seed or 0, folder, temporary)
        _save(folder, found, variants)
        keeping.complete()
    return found


def _save(folder: Path, found: Sweep, variants: Variants) -> None:
    from simcrc.experiment.files import write_text
    from simcrc.scenario import dump

    write_text(folder / SCENARIO, dump(found.plan.base.loaded.document))
    write_text(folder / "points.csv", listed(found, [variants.key(variant.name) for variant in found.plan.variants]).to_csv(index=False, lineterminator="\n"))
    write_table(folder, "figures", found.figures)
    write_table(folder, "replications", found.replicated)
    for lang in LANGS:
        write_text(folder / ACCOUNT.format(lang=lang), found.text(lang) + "\n")
