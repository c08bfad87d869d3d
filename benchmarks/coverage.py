"""How often the 95 % intervals of simcrc hold the truth: 2 000 small experiments with a known answer, for runs of fixed size and runs that stop at a precision.

Run by hand, a quarter of an hour; `--experiments 200` for a glance.  ``tests/experiment/test_coverage.py`` runs it with ``pytest -m long``.

    python benchmarks/coverage.py

Two sources of replications.  `engine`: mornings of a small telephone, each from empty, so that the days of one long run are independent replications of one
morning; what they are on the mean is known from the forward equations (``simcrc.theory.Transient``), with three agents and, for pairs on common random
numbers, with four.  `law`: numbers of known law without an engine, more and less skewed, for other sizes.  The estimators, the looks and the stopping rule are
those of simcrc.  Runs that stop draw their replications from the engine's mornings at random, the mean of which is then the answer.

Demanded: 93.4 to 96.6 % for fixed sizes, 92.5 to 97 % for runs that stop.  (2 000 experiments tell a rate of 95 % within one point.)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.looking import looks
from simcrc.experiment.metrics import Parts
from simcrc.experiment.precision import Goal, Precision
from simcrc.experiment.statistics import Estimate, mean, ratio

Reals = npt.NDArray[np.float64]
HERE = Path(__file__).parent
FIXED, STOPPED = (0.934, 0.966), (0.925, 0.97)
SIZE = 10
"""Replications of an experiment of fixed size on the engine."""
YEAR = 400
"""Mornings of one run of the engine."""
AGENTS, MORE = 3, 4
RATE, HANDLE, PATIENCE = 30.0, 5 / 60, 5 / 60  # calls and hours


@dataclass(frozen=True)
class Rate:
    """How often intervals held the answer."""

    name: str
    held: float
    demanded: tuple[float, float]
    replications: float

    @property
    def good(self) -> bool:
        """Whether the rate is what is demanded."""
        return self.demanded[0] <= self.held <= self.demanded[1]


@dataclass(frozen=True, eq=False)
class Mornings:
    """Of each morning: calls, those who gave up, seconds waited by the served."""

    offered: Reals
    abandoned: Reals
    served: Reals
    waited: Reals


def main() -> int:
    """Measure, print a table, and return 1 when a rate is not what is demanded."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--experiments", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20060403)
    asked = parser.parse_args()
    print(f"{'':60} {'held':>7}  {'demanded':>14}  {'replications':>12}")
    bad = 0
    for rate in rates(asked.experiments, asked.seed):
        low, high = rate.demanded
        print(f"{rate.name:60} {rate.held:7.2%}  {low:6.1%} – {high:5.1%}  {rate.replications:12.1f}{'' if rate.good else '  <<<'}", flush=True)
        bad += not rate.good
    return 1 if bad else 0


def rates(experiments: int, seed: int) -> Iterator[Rate]:
    """All the rates."""
    rng = np.random.default_rng(seed)
    yield from of_laws(experiments, rng)
    base, more = (mornings(agents, experiments * SIZE, seed) for agents in (AGENTS, MORE))
    yield from on_the_engine(base, more, experiments)
    yield from stopped(base, experiments, rng)


# ── Fixed sizes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def of_laws(experiments: int, rng: np.random.Generator) -> Iterator[Rate]:
    """Means, ratios and paired differences of numbers of known law."""
    for size in (5, 10, 30):
        values = rng.gamma(20.0, 1 / 20.0, (experiments, size))
        yield _fixed(f"law: mean of gamma, cv 0.22, n = {size}", size, [mean(row) for row in values], 1.0)
        counts = rng.poisson(100, (experiments, size)).astype(float)
        waits = rng.gamma(counts, 2.0)  # the sum of as many exponential waits of mean 2
        yield _fixed(f"law: ratio, waits of Poisson(100) calls, n = {size}", size, [ratio(w, c) for w, c in zip(waits, counts, strict=True)], 2.0)
        kept = rng.binomial(counts.astype(np.int64), 0.8)  # a policy spares every fifth call, the others wait as before
        other = waits * rng.beta(kept, np.maximum(counts - kept, 1e-9))
        yield _fixed(f"law: paired difference of means, n = {size}", size, [mean(b - a) for a, b in zip(waits, other, strict=True)], -0.2 * 200)
        busier = counts + rng.poisson(20, counts.shape)
        pairs = zip(other, busier, waits, counts, strict=True)
        answer = 0.8 * 200 / 120 - 2.0
        yield _fixed(f"law: paired difference of ratios, n = {size}", size, [ratio_difference(*row).at() for row in pairs], answer)


def on_the_engine(base: Mornings, more: Mornings, experiments: int) -> Iterator[Rate]:
    """The same on mornings of the engine, and their answers from the forward equations."""
    one, two = (_theory(agents) for agents in (AGENTS, MORE))

    def cut(values: Reals) -> list[Reals]:
        return list(values.reshape(experiments, SIZE))

    def said(what: str, found: list[Estimate], answer: float) -> Rate:
        return _fixed(f"engine: {what}, n = {SIZE}", SIZE, found, answer)

    yield said("mean of calls", [mean(row) for row in cut(base.offered)], one.offered)
    yield said("mean of abandoned calls", [mean(row) for row in cut(base.abandoned)], one.abandoned)
    yield said("ratio, abandonment", [ratio(*row) for row in zip(cut(base.abandoned), cut(base.offered), strict=True)], one.abandonment)
    yield said("ratio, speed of answer", [ratio(*row) for row in zip(cut(base.waited), cut(base.served), strict=True)], 3600 * one.asa)
    lost = [mean(row) for row in cut(more.abandoned - base.abandoned)]
    yield said("paired difference of means, abandoned", lost, two.abandoned - one.abandoned)
    parts = zip(*(cut(values) for values in (more.waited, more.served, base.waited, base.served)), strict=True)
    yield said("paired difference of ratios, speed of answer", [ratio_difference(*row).at() for row in parts], 3600 * (two.asa - one.asa))


def _fixed(name: str, size: int, found: list[Estimate], answer: float) -> Rate:
    return Rate(name, float(np.mean([_holds(each, answer) for each in found])), FIXED, size)


def _holds(found: Estimate, answer: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= answer <= found.high


# ── Runs that stop ──────────────────────────────────────────────────────────────────────────────────────────────────


def stopped(base: Mornings, experiments: int, rng: np.random.Generator) -> Iterator[Rate]:
    """Runs that stop at a precision, loose, middling and tight: one figure, several, in the unit of the figure and relative to it."""
    asa = ("asa", base.waited, base.served)
    lost = ("lost", base.abandoned, base.offered)
    calls = ("calls", base.offered, None)
    for share in (0.30, 0.15, 0.10, 0.06):
        yield _stopped(f"stop: speed of answer within {share:.0%}", [(asa, share, None)], experiments, rng)
    for points in (0.03, 0.015, 0.01):
        yield _stopped(f"stop: abandonment within {100 * points:g} points", [(lost, None, points)], experiments, rng)
    for width in (6.0, 3.0, 2.0):
        yield _stopped(f"stop: calls of a morning within {width:g}", [(calls, None, width)], experiments, rng)
    for share in (0.15, 0.10):
        goals = [(asa, share, None), (lost, share / 1.5, None), (calls, 0.05, None)]
        yield _stopped(f"stop: three figures at once, all intervals, {share:.0%}", goals, experiments, rng)
    normal = ("normal", rng.normal(1.0, 0.3, 200_000), None)
    for width in (0.22, 0.15, 0.08):
        yield _stopped(f"stop: normal law, within {width / 0.3:.2f} σ", [(normal, None, width)], experiments, rng, 1.0)


Figure = tuple[str, Reals, "Reals | None"]


def _stopped(
    name: str, wanted: list[tuple[Figure, float | None, float | None]], experiments: int, rng: np.random.Generator, answer: float | None = None
) -> Rate:
    """Experiments that stop by the rule of ``simcrc run --precision``, and whether all their intervals hold the answers."""
    goals = [Goal(figure[0], "", "s", share, width) for figure, share, width in wanted]
    answers = [answer if answer is not None else _whole(figure) for figure, _, _ in wanted]
    held, lengths = 0, []
    for _ in range(experiments):
        rule = Precision(goals, looks(400))
        drawn = rng.integers(0, len(wanted[0][0][1]), 400)
        for count in rule.looks:
            if rule.look({figure[0]: _parts(figure, drawn[:count]) for figure, _, _ in wanted}, count):
                break
        found = [Estimate(each.mean, each.low, each.high, each.replications) for each in rule.reached or ()]
        held += all(_holds(one, truth) for one, truth in zip(found, answers, strict=True))
        lengths.append(count)
    return Rate(name, held / experiments, STOPPED, float(np.mean(lengths)))


def _parts(figure: Figure, drawn: npt.NDArray[np.int64]) -> Parts:
    return Parts(figure[1][drawn], None if figure[2] is None else figure[2][drawn])


def _whole(figure: Figure) -> float:
    return float(figure[1].mean() if figure[2] is None else figure[1].sum() / figure[2].sum())


# ── The engine ──────────────────────────────────────────────────────────────────────────────────────────────────────

SCENARIO = """
simcrc: 1
name: {{fr: Un matin au téléphone, en: A morning on the telephone}}
start: 2024-01-01
horizon: {days} days
timezone: UTC
seed: {seed}
services: {{calls: {{volume: {{per_day: {calls}, profile: {{week: {{Mon-Sun: {{"08:00": {rate}, "11:00": 0}}}}}}}}}}}}
channels:
  phone: {{kind: phone, handle_time: {{exponential: {handle} min}}, patience: {{exponential: {patience} min}}, resolution: 100 %}}
teams: {{agents: {{serves: [phone], schedule: {{week: {{Mon-Sun: {{"08:00": {agents}, "23:30": 0}}}}}}}}}}
choice: {{first: {{table: {{calls: {{default: {{phone: 100 %}}}}}}}}}}
"""


def mornings(agents: int, count: int, seed: int) -> Mornings:
    """`count` mornings with so many agents; the same calls whatever the agents."""
    import tempfile

    import simcrc
    from simcrc.engine.run import simulate
    from simcrc.indicators.queues import ABANDONED, LIVE, SERVED, SERVED_WAITS
    from simcrc.indicators.totals import Totals
    from simcrc.model.compile import compile
    from simcrc.observe import Observer

    fields = {"days": YEAR, "seed": seed, "calls": 3 * RATE, "rate": RATE, "agents": agents, "handle": 60 * HANDLE, "patience": 60 * PATIENCE}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "morning.yaml"
        path.write_text(SCENARIO.format(**fields), encoding="utf-8")
        model = compile(simcrc.load(path).scenario, None)
    found: list[list[Reals]] = []
    for replication in range(-(-count // YEAR)):
        observer = Observer(model)
        simulate(model, replication, observer.feed)
        totals = Totals(model, [observer.finish(model.end)])
        found.append([_daily(totals, each) for each in (LIVE, ABANDONED, SERVED, SERVED_WAITS)])
    offered, abandoned, served, waited = (np.concatenate(column)[:count] for column in zip(*found, strict=True))
    return Mornings(offered, abandoned, served, waited / 1e6)


def _daily(totals: object, measure: object) -> Reals:
    values: Reals = measure.cells(totals, ("station", "day"))[0, 0]  # type: ignore[attr-defined]
    return values


def _theory(agents: int) -> object:
    from simcrc.theory import Transient

    return Transient(rates=((0.0, RATE), (3.0, 0.0)), agents=agents, handle_time=HANDLE, until=16.0, patience=PATIENCE)


if __name__ == "__main__":
    sys.exit(main())
