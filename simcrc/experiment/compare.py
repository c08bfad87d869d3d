"""Comparisons: a base and its alternatives on the same citizens and the same luck, what they differ by, which is best, and which objectives are met.

``Comparison`` is what ``compare`` gives, also as ``simcrc.compare``.  Differences are paired, replication by replication, with intervals that hold together
(Bonferroni over alternatives and metrics).  ``contenders`` loads what is compared, ``variants`` runs it, ``metrics`` makes figures, ``best`` selects,
``conditions`` judges what ``--fail-on`` asks, ``comparison_folder`` keeps it all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simcrc.experiment import conditions as conditioned
from simcrc.experiment.backend import Backend
from simcrc.experiment.best import Best, aim, best
from simcrc.experiment.conditions import Outcome
from simcrc.experiment.contenders import BASE, Contenders, contenders
from simcrc.experiment.metrics import Metric, Parts, metrics, parts, usual
from simcrc.experiment.objectives import Judged, judged
from simcrc.experiment.selection import CAP, FIRST, LEVEL
from simcrc.experiment.statistics import Estimate
from simcrc.experiment.study import Study, Watch
from simcrc.experiment.variants import Variants
from simcrc.experiment.watching import Shown, run_shown, silent, undisturbed
from simcrc.words import Lang, language

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pages.write import Format, Language
    from simcrc.pictures.plots import Plots

Reading = Literal["up", "down", "same", "unclear"]


@dataclass(frozen=True)
class Difference:
    """By how much a metric of an alternative differs from the base."""

    arm: str
    metric: Metric
    estimate: Estimate

    @property
    def reading(self) -> Reading:
        """What the interval says."""
        low, high = self.estimate.low, self.estimate.high
        if low is None or high is None:
            return "same" if self.estimate.mean == 0 else "unclear"
        return "same" if low == high == 0 else "up" if low > 0 else "down" if high < 0 else "unclear"


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a comparison found.  `values`: by contender and metric, one entry a replication; `selection`: which is best, where that was asked; `judged`: by
    alternative the objectives of its policies; `outcomes`: what became of each condition; `path`: the folder."""

    contenders: Contenders
    metrics: tuple[Metric, ...]
    values: Mapping[tuple[str, str], Parts]
    replications: int
    seed: int
    judged: Mapping[str, Sequence[Judged]]
    selection: Best | None
    outcomes: Sequence[Outcome]
    path: Path
    _temporary: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The contenders, the base first."""
        return self.contenders.names

    @property
    def level(self) -> float:
        """Of each interval of a difference, so that together they hold with 95 %: Bonferroni over alternatives and metrics."""
        return 1.0 - (1.0 - LEVEL) / ((len(self.names) - 1) * len(self.metrics))

    @property
    def failed(self) -> bool:
        """Whether a condition holds."""
        return any(outcome.holds for outcome in self.outcomes)

    def estimate(self, name: str, metric: str) -> Estimate:
        """A metric of a contender with its own 95 % interval."""
        return self.values[name, metric].within(next(each.unit for each in self.metrics if each.name == metric))

    @cached_property
    def changes(self) -> list[Difference]:
        """What the alternatives differ by from the base, metric by metric."""
        return [
            Difference(name, metric, self.values[name, metric.name].minus(self.values[BASE, metric.name], self.level))
            for metric in self.metrics
            for name in self.names[1:]
        ]

    @property
    def figures(self) -> pd.DataFrame:
        """Each metric of each contender: arm, indicator, where, unit, mean, low, high (95 %), replications."""
        from simcrc.experiment.comparison_tables import figures

        return figures(self)

    @property
    def differences(self) -> pd.DataFrame:
        """Each metric of each alternative minus that of the base: arm, indicator, where, unit, mean, low, high, level, replications, reading."""
        from simcrc.experiment.comparison_tables import differences

        return differences(self)

    @property
    def best(self) -> pd.DataFrame:
        """The contenders as the selection left them: arm, indicator, where, unit, mean, replications, state (best, leads, running, left); empty unless one was
        asked for."""
        from simcrc.experiment.comparison_tables import selected

        return selected(self)

    @property
    def objectives(self) -> pd.DataFrame:
        """The objectives of the policies: arm, policy, objective, unit, base, under_policy, change, low, high, relation, days, verdict."""
        from simcrc.experiment.comparison_tables import objectives

        return objectives(self)

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """What ``simcrc compare --json`` prints."""
        from simcrc.experiment.comparison_tables import as_json

        return as_json(self, lang or language())

    @cached_property
    def plot(self) -> Plots:
        """The pictures, one method each: ``comparison.plot.cost_wait()`` gives a matplotlib figure."""
        from simcrc.pictures.folders import read
        from simcrc.pictures.plots import Plots

        return Plots(lambda: read([self.path]))

    def report(self, path: Path | str | None = None, lang: Language | None = None, format: Format = "html") -> Path:
        """Write the report, one page, to `path` (by default ``report.html`` in the folder) and say where; `lang`: fr, en or both; `format`: html, pdf or md.
        ValueError without `path` for a comparison whose folder is temporary."""
        from simcrc.pages.write import report

        if path is None and self._temporary is not None:
            raise ValueError("a comparison in a temporary folder goes away with it: say where to write the report")
        return report([self.path], path, lang or language(), format)

    def text(self, lang: Lang | None = None) -> str:
        """The account in words, with tables."""
        from simcrc.report.compare import text

        return text(self, lang or language())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"


@dataclass(frozen=True)
class Asked:
    """What is asked of a comparison, as a person writes it: `metrics` by name (``metrics.usual`` unless some are named); `best`, ``phone.asa:min``, with the
    smallest difference that matters; `cap` on the replications of that selection; `fail_on`: conditions."""

    metrics: Sequence[str] = ()
    replications: int | None = None
    best: str | None = None
    delta: str | float | None = None
    cap: int = CAP
    fail_on: Sequence[str] = ()


def compare(
    made: Contenders,
    asked: Asked | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | None = None,
    shown: Shown | None = None,
    order: Sequence[int] | None = None,
) -> Comparison:
    """Run all contenders on the same random numbers and compare them.

    `seed`: instead of that of the base; `jobs`: processes, or a backend; `output`: a new or empty folder, or one of an earlier comparison, whose finished
    runs are not done again; without one nothing is kept; `order`: in which order to run the replications (nothing depends on it).
    Raises AskedError and UnknownFigureError for what cannot be asked, before anything is simulated; StoreError, SimulationError; Stopped on Ctrl-C.
    """
    from simcrc.experiment.comparison_folder import FORMAT, about, save
    from simcrc.experiment.keeping import Keeping

    asked = asked or Asked()
    temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if output is None else None
    folder = Path(temporary.name) if temporary else Path(output)  # type: ignore[arg-type]
    count = made.base.study.scenario.replications if asked.replications is None else asked.replications
    if count < 1:
        raise ValueError("replications must be at least 1")
    count = max(count, FIRST) if asked.best else count
    variants = Variants(made.variants, folder, jobs, seed)
    names = made.names
    models = [variants.model(name) for name in names]
    wanted = tuple(metrics(asked.metrics or usual(models), models))
    goal = aim(asked.best, asked.delta, models)
    gates = conditioned.conditions(asked.fail_on, names, models)

    def run(chosen: Sequence[str], numbers: Iterable[int]) -> None:
        run_shown(variants, chosen, numbers, shown)

    with undisturbed(temporary), Keeping(folder, FORMAT, variants, about(count, wanted, goal, asked)) as keeping:
        run(names, list(order or range(1, count + 1)))
        values = {(name, metric): part for name in names for metric, part in parts(variants, name, wanted, range(1, count + 1)).items()}
        found = Comparison(
            contenders=made,
            metrics=wanted,
            values=values,
            replications=count,
            seed=variants.seed or 0,
            judged=_judged(variants, names, count),
            selection=None if goal is None else best(variants, names, goal, run, count, asked.cap),
            outcomes=list(_outcomes(gates, variants, names, count)),
            path=folder,
            _temporary=temporary,
        )
        save(folder, found)
        keeping.complete()
    return found


def _judged(variants: Variants, names: Sequence[str], count: int) -> dict[str, list[Judged]]:
    """The objectives of each alternative that has some which the base has not."""
    numbers = range(1, count + 1)
    known = variants.model(BASE).scenario.policies
    aiming = [name for name in names[1:] if any(policy.objectives for policy in variants.model(name).scenario.policies if policy not in known)]
    base = variants.model(BASE)
    return {name: judged(base, variants.each(BASE, numbers), variants.model(name), variants.each(name, numbers)) for name in aiming}


def _outcomes(gates: Sequence[conditioned.Condition], variants: Variants, names: Sequence[str], count: int) -> Iterator[Outcome]:
    """Each condition, for each contender that it is about."""
    for gate in gates:
        for name in names[1:] if gate.arm is None else [gate.arm]:
            yield Outcome(gate, name, parts(variants, name, [gate.metric], range(1, count + 1))[gate.metric.name].estimate())


def comparison(
    base: Study | Path | str,
    alternatives: Mapping[str, Study | Path | str],
    asked: Asked,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | str | None = None,
    watch: Watch | None = None,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Comparison:
    """``compare`` of scenarios that are not yet loaded; as ``simcrc.compare``."""
    made = contenders(base, alternatives, set_, data, extension_files)
    return compare(made, asked, seed, jobs, None if output is None else Path(output), silent(watch))
