"""Busyness of days: how much the daily number of needs varies from day to day, beyond what chance alone does.

With a mean m that is the same for all days of a kind, and a Gamma factor of mean 1 and shape k for each day, the number of needs N of a day has the
variance m + m²/k (a Poisson variable whose rate is drawn).  So k is recovered from the first two moments: k = m²/(Var N − m).

Days are compared with days of the same weekday only, holidays left out; a weekday that comes once says nothing.  Each replication gives unbiased sums of the
variances and of the squared means, so that ratios of sums over replications come to the true figures.  Seasons, surges and growth make the means of such
days differ, and are then counted as variance.

Source: the moments of a mixed Poisson variable; Avramidis, Deslauriers and L'Ecuyer, "Modeling daily arrivals to a telephone call center", Management
Science 50 (2004).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.indicators.expressions import By, Expression, Measure, Reals
from simcrc.indicators.formulas import Ratio
from simcrc.indicators.indicator import Indicator, register
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.indicators.totals import Totals

DAILY = Measure("needs_daily", "needs", lambda f: f["started"] >= 0, layouts=(("service", "day"),))
"""Needs that started on each day of the measured period, by service."""
BY_SERVICE: tuple[By, ...] = ((), ("service",))


@dataclass(frozen=True, eq=False)
class OverDays(Expression):
    """A sum over the weekdays of the measured period; `part` gives what a weekday adds, from the counts of its days in the last axis (at least two)."""

    of: Expression
    part: Callable[[Reals], Reals]

    def parts(self) -> Iterator[Expression]:
        yield self
        yield from self.of.parts()

    def cells(self, totals: Totals, by: By) -> Reals | None:
        daily = None if "day" in by else self.of.cells(totals, (*by, "day"))
        if daily is None:
            return None
        found: Reals = np.zeros(daily.shape[:-1])
        for days in _weekdays(totals):
            found += self.part(daily[..., days])
        return found


def _weekdays(totals: Totals) -> list[npt.NDArray[np.int64]]:
    """The days of the measured period, by weekday, holidays left out; weekdays that come once are left out too."""
    calendar = totals.axes.model.calendar
    first = len(calendar.dates) - totals.axes.size("day")
    weekday = np.array([date.weekday() for date in calendar.dates[first:]])
    counted = ~np.array(calendar.is_holiday[first : len(calendar.dates)], dtype=bool)
    groups = [np.flatnonzero(counted & (weekday == number)) for number in range(7)]
    return [days for days in groups if len(days) > 1]


def _number(daily: Reals) -> Reals:
    """How many days."""
    return np.full(daily.shape[:-1], float(daily.shape[-1]))


def _count(daily: Reals) -> Reals:
    """Their needs."""
    return np.asarray(daily.sum(axis=-1))


def _variance(daily: Reals) -> Reals:
    """Their variances, added up: unbiased."""
    return np.asarray(daily.shape[-1] * daily.var(axis=-1, ddof=1))


def _squares(daily: Reals) -> Reals:
    """Their squared means, added up: unbiased, since the square of a mean of n is too large by its variance / n."""
    return np.asarray(daily.shape[-1] * daily.mean(axis=-1) ** 2 - daily.var(axis=-1, ddof=1))


NUMBER, COUNT, VARIANCE, SQUARES = (OverDays(DAILY, part) for part in (_number, _count, _variance, _squares))

_RULE = Words(
    fr=(
        "Chaque jour se compare à ceux du même jour de semaine, jours fériés exclus ; n'a de sens que s'ils ont la même moyenne "
        "(ni saison, ni pointe datée), et sur deux semaines ou plus."
    ),
    en=(
        "Each day is compared with those of the same weekday, holidays left out; it has a meaning only if they have the same mean "
        "(no season, no dated surge), and over two weeks or more."
    ),
)

register(
    Indicator(
        name="daily_needs_variance",
        label=Words(fr="variance du nombre quotidien de besoins", en="variance of daily needs"),
        definition=Words(
            fr=f"Variance du nombre de besoins apparus par jour. {_RULE.fr}", en=f"Variance of the number of needs that start on a day. {_RULE.en}"
        ),
        unit="count",
        formula=Ratio(VARIANCE, NUMBER),
        by=BY_SERVICE,
    ),
    Indicator(
        name="daily_needs_dispersion",
        label=Words(fr="indice de dispersion des besoins quotidiens", en="index of dispersion of daily needs"),
        definition=Words(
            fr=f"Variance ÷ moyenne du nombre de besoins par jour ; 1 pour un processus de Poisson. {_RULE.fr}",
            en=f"Variance ÷ mean of the number of needs a day; 1 for a Poisson process. {_RULE.en}",
        ),
        unit="count",
        formula=Ratio(VARIANCE, COUNT),
        by=BY_SERVICE,
    ),
    Indicator(
        name="busyness_shape",
        label=Words(fr="forme de l'achalandage quotidien", en="shape of daily busyness"),
        definition=Words(
            fr=f"Forme du facteur Gamma des jours, retrouvée par les moments : moyenne² ÷ (variance − moyenne). {_RULE.fr}",
            en=f"Shape of the Gamma factor of days, recovered by moments: mean² ÷ (variance − mean). {_RULE.en}",
        ),
        unit="count",
        formula=Ratio(SQUARES, VARIANCE - COUNT),
        by=BY_SERVICE,
    ),
)
