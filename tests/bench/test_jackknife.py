"""The jackknife: the intervals that ``simcrc.experiment.statistics`` gives where it can, and their coverage, for ratios and for theory at measured figures."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from simcrc.bench.jackknife import Jackknifed, constant, mean, ratio
from simcrc.bench.line import Line
from simcrc.bench.quantities import Exact, Measured, Number, Quantity, Sample
from simcrc.experiment import statistics
from simcrc.indicators.expressions import By, Expression, Reals
from simcrc.indicators.formulas import Ratio, Total
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals
from tests.observe.logs import organisation

LEVEL = 0.95
TRIALS = 2000
Draw = Callable[[np.random.Generator, int], tuple[Reals, Reals]]


class Drawn(Expression):
    """One value a replication, whatever the sums."""

    def __init__(self, values: Reals) -> None:
        self.values = values

    def cells(self, totals: Totals, by: By) -> Reals | None:
        return self.values


def sample(replications: int) -> Sample:
    return Sample(organisation(), [Sums() for _ in range(replications)])


def line(measured: Quantity, expected: Quantity) -> Line:
    return Line("x", "theory", "share", organisation(), measured, expected, {})


def test_a_mean_has_the_t_interval() -> None:
    values = np.random.default_rng(1).normal(5, 2, 9)
    found, known = mean(values), statistics.mean(values, 0.99)
    assert found.whole == pytest.approx(known.mean)
    assert known.high is not None
    assert known.mean is not None
    assert found.half_width(0.99) == pytest.approx(known.high - known.mean)


def test_a_ratio_has_the_interval_of_the_results() -> None:
    rng = np.random.default_rng(2)
    under = rng.poisson(50, 12).astype(float)
    over = under * rng.normal(3, 1, 12)
    found, known = ratio(over, under), statistics.ratio(over, under, 0.999)
    assert found.whole == pytest.approx(known.mean)
    assert known.high is not None
    assert known.mean is not None
    assert found.half_width(0.999) == pytest.approx(known.high - known.mean)


def test_a_number_has_no_width() -> None:
    assert constant(3.25, 8).half_width(0.999) == 0
    assert (constant(3.25, 8) - constant(3.0, 8)).whole == 0.25


def test_theory_at_a_measured_argument_is_evaluated_for_each_replication_left_out() -> None:
    over, under = np.array([10.0, 14, 9, 20]), np.array([40.0, 44, 38, 50])
    share = Measured(Ratio(Drawn(over), Drawn(under)))
    found = sample(4).of(Exact("redial.contacts_per_need", {"arrival_rate": 1, "abandonment": share, "redial": 0.5}), "x")
    assert found.whole == pytest.approx(1 / (1 - 0.5 * over.sum() / under.sum()))
    by_hand = [1 / (1 - 0.5 * np.delete(over, i).sum() / np.delete(under, i).sum()) for i in range(4)]
    np.testing.assert_allclose(found.left_out, by_hand)
    spread = math.sqrt(3 / 4 * ((np.array(by_hand) - np.mean(by_hand)) ** 2).sum())
    assert found.half_width(LEVEL) == pytest.approx(3.182446 * spread, rel=1e-6)


def covered(replications: int, of: Callable[[np.random.Generator], Line]) -> float:
    """Share of the trials in which the interval of the difference holds 0, the true difference."""
    rng = np.random.default_rng(3)
    runs = sample(replications)
    hits = 0
    for _ in range(TRIALS):
        runs.known.clear()
        found = of(rng).evaluate(runs, LEVEL)
        hits += found.difference_low <= 0 <= found.difference_high
    return hits / TRIALS


def test_coverage_of_a_mean() -> None:
    share = covered(8, lambda rng: line(Measured(Total(Drawn(rng.poisson(30, 8).astype(float)))), Number(30)))
    assert share == pytest.approx(LEVEL, abs=0.015)  # 3 standard errors of the share itself


def test_coverage_of_a_ratio_of_sums() -> None:
    """Waits whose sum grows with their number, and numbers that vary by a factor: the ratio of means is 4."""

    def one(rng: np.random.Generator) -> Line:
        number = rng.poisson(rng.gamma(10, 10, 24)).astype(float)
        return line(Measured(Ratio(Drawn(rng.gamma(number + 1e-9, 4.0)), Drawn(number))), Number(4.0))

    assert covered(24, one) == pytest.approx(LEVEL, abs=0.02)


def journeys(rng: np.random.Generator, replications: int) -> tuple[Reals, Reals, Reals]:
    """Needs, contacts and abandoned contacts of each replication: 30 % of the contacts abandon, and half of these call again."""
    needs = rng.poisson(400, replications)
    contacts, abandoned, calling = np.zeros(replications), np.zeros(replications), needs
    while calling.any():
        lost = rng.binomial(calling, 0.3)
        contacts, abandoned, calling = contacts + calling, abandoned + lost, rng.binomial(lost, 0.5)
    return needs.astype(float), contacts, abandoned


def identity(rng: np.random.Generator) -> Line:
    """Contacts per need beside the rate of redial at the measured abandonment."""
    needs, contacts, abandoned = (Drawn(values) for values in journeys(rng, 16))
    share = Measured(Ratio(abandoned, contacts))
    return line(Measured(Ratio(contacts, needs)), Exact("redial.contacts_per_need", {"arrival_rate": 1, "abandonment": share, "redial": 0.5}))


def test_coverage_of_an_identity_in_measured_figures() -> None:
    assert covered(16, identity) == pytest.approx(LEVEL, abs=0.015)


def test_what_both_sides_share_narrows_the_interval() -> None:
    """Contacts and abandonment come from the same citizens: their difference is surer than either."""
    found = identity(np.random.default_rng(4)).evaluate(sample(16), LEVEL)
    assert found.half_width < 0.75 * (found.high - found.low) / 2


def test_differences_are_taken_replication_by_replication() -> None:
    values = np.random.default_rng(5).normal(100, 10, 8)
    difference = mean(values) - mean(values + 1)
    assert isinstance(difference, Jackknifed)
    assert difference.whole == pytest.approx(-1)
    assert difference.half_width(0.999) == pytest.approx(0, abs=1e-10)
