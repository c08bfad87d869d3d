"""Whether the warm-up was long enough: advice by MSER-5 (``simcrc.experiment.mser``); no figure depends on it.

A run begins with empty queues and backlogs, and nobody has a reason to call again.  The series looked at go from that first day to the horizon, warm-up
included: the mean queue or backlog of each station on each day, and contacts a need.  They are means over the replications, which makes a beginning stand out
from the noise; without holidays and the days after, without the mean effect of the weekday, and without what the changing number of needs explains (a line
through the second half, on the needs of the two weeks before), so that a week or a season is not taken for a beginning.

MSER-5 alone cuts something from every second series that has no beginning to cut.  So a warm-up is called too short only where the days that it leaves in are
lower than what follows, beyond chance, and move the mean by a hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from simcrc.experiment.mser import BATCH, batches, cut
from simcrc.experiment.statistics import t_quantile

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model

Reals = npt.NDArray[np.float64]
State = Literal["settled", "short", "unsettled", "unjudged"]
"""The warm-up is long enough; too short; the series has not settled by the horizon; the run has too few days to tell, or nothing happens there."""

LEAST = 8
"""Batches of a series, at least: eight weeks of working days."""
MOVED = 0.01
"""By what share the days left in move the mean, at least."""
SURE = 0.9999
"""The probability at which they are lower: high, since MSER has chosen the days by what was found in them."""
TRAIL = 14
"""Days whose needs explain a level."""
EXPLAINED = 0.2
"""The least part of a level's variance that the needs explain, for a line to be drawn."""
NEEDS = "contacts_per_need"


@dataclass(frozen=True)
class Settling:
    """What is said of a series: `figure` is a station's ``queue_length`` or ``stock``, or ``contacts_per_need``.

    `days`: whole weeks of warm-up that it takes, in days (None unless `state` is short); `warmup`: days of warm-up that there were; `moved`: by what share the
    days left in move the mean of the measured period.
    """

    figure: str
    state: State
    warmup: int
    days: int | None = None
    moved: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As it stands in warmup.json."""
        return asdict(self)

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> Settling:
        """Back from ``as_json``."""
        return cls(**found)


def judged(model: Model, each: Iterable[Totals]) -> list[Settling]:
    """What is said of each series of a model, from the totals of replications that come one by one."""
    from simcrc.indicators.axes import Axes

    axes = Axes.of(model)
    ordinary = np.flatnonzero(~(np.array(model.calendar.is_holiday) | np.array(model.calendar.after_holiday)))
    warmup = int(model.calendar.day(np.array([model.start]))[0])
    series, needs = _series(axes, each)
    return [_judge(name, values, needs, ordinary, warmup, model.calendar.dates[0].weekday()) for name, values in series.items()]


def _series(axes: Axes, each: Iterable[Totals]) -> tuple[dict[str, Reals], Reals]:
    """By name a figure of each day of the run, mean over the replications; the needs of each day."""
    from simcrc.indicators.expressions import Stored

    kept = {
        "queue_length": Stored("queue_time", (("station", "run_day"),)),
        "stock": Stored("stock_time", (("written_station", "run_day"),)),
        "started": Stored("started", (("station", "run_day"),)),
        "needs": Stored("needs_started", (("run_day",),)),
    }
    sums: dict[str, Reals] = {}
    count = 0
    for totals in each:
        for name, stored in kept.items():
            by = ("run_day",) if name == "needs" else ("station", "run_day")
            values = stored.cells(totals, by)
            if values is not None:
                sums[name] = sums.get(name, 0.0) + values[0]
        count += 1
    out: dict[str, Reals] = {}
    for name, flags in (("queue_length", axes.live), ("stock", axes.written)):
        for station in np.flatnonzero(flags).tolist() if name in sums else ():
            out[f"{axes.labels['station'][station]}.{name}"] = sums[name][station] / count / 86_400e6
    needs = sums["needs"] / count
    out[NEEDS] = np.where(needs > 0, sums["started"].sum(axis=0) / count / np.where(needs > 0, needs, 1.0), np.nan)
    return out, needs


def _judge(name: str, values: Reals, needs: Reals, ordinary: npt.NDArray[np.int64], warmup: int, weekday: int) -> Settling:
    if len(ordinary) < LEAST * BATCH:
        return Settling(name, "unjudged", warmup)
    days, level = _level(values, needs, ordinary, weekday)
    means = batches(level)
    if len(means) < LEAST or not level.mean() > 0 or level.std() == 0:
        return Settling(name, "unjudged", warmup)
    skipped = len(level) - BATCH * len(means)
    ends = days[skipped + BATCH - 1 :: BATCH] + 1  # the day after each batch
    before = int((ends <= warmup).sum())
    found = cut(means)
    after = len(means) // 2 if found is None else found
    if after <= before or not _lower(means[before:after], means[after:]):
        return Settling(name, "settled", warmup)
    moved = abs(means[before:].mean() / means[after:].mean() - 1.0)
    if moved < MOVED:
        return Settling(name, "settled", warmup, moved=float(moved))
    if found is None:
        return Settling(name, "unsettled", warmup, moved=float(moved))
    return Settling(name, "short", warmup, 7 * -(-int(ends[found - 1]) // 7), float(moved))


def _level(values: Reals, needs: Reals, ordinary: npt.NDArray[np.int64], weekday: int) -> tuple[npt.NDArray[np.int64], Reals]:
    """The days that are kept, and the series on them without the effects of the weekday and of the number of needs."""
    days = ordinary[~np.isnan(values[ordinary])]
    level = values[days]
    which = (days + weekday) % 7
    open_ = np.array([level[which == day].any() for day in range(7)])  # where a channel is closed on Sundays, its queue is 0 on them
    days, level, which = days[open_[which]], level[open_[which]], which[open_[which]]
    if not len(level):
        return days, level
    effect = np.array([level[which == day].mean() if (which == day).any() else 0.0 for day in range(7)])
    level = level - effect[which] + level.mean()
    usual = np.array([needs[(7 - weekday + day) % 7 :: 7].mean() for day in range(7)])
    even = needs / np.where(usual > 0, usual, 1.0)[(np.arange(len(needs)) + weekday) % 7]
    padded = np.concatenate([[0.0], np.cumsum(even)])
    last = np.maximum(TRAIL, days + 1)  # the first days have the needs of the first two weeks
    recent = (padded[last] - padded[last - TRAIL]) / TRAIL
    half = slice(len(days) // 2, None)
    there, rest = recent[half] - recent[half].mean(), level[half] - level[half].mean()
    explained = float(there @ rest) / max(float(np.sqrt((there @ there) * (rest @ rest))), 1e-300)
    if explained < np.sqrt(EXPLAINED):
        return days, level
    return days, level - float(there @ rest / (there @ there)) * (recent - recent[half].mean())


def _lower(early: Reals, late: Reals) -> bool:
    """Whether the mean of `early` is below that of `late` beyond chance; batches that hang together count for fewer."""
    n, scatter = len(late), late - late.mean()
    variance = float(scatter @ scatter) / max(1, n - 1)
    hang = float(scatter[1:] @ scatter[:-1] / (scatter @ scatter)) if variance > 0 else 0.0
    hang = min(0.97, max(0.0, hang + (1 + 3 * hang) / n))  # short series show less of it than there is (Kendall 1954)
    fewer = (1 + hang) / (1 - hang)
    error = np.sqrt(variance / max(0.2, 1 - fewer / n) * fewer * (1 / len(early) + 1 / n))
    return bool(late.mean() - early.mean() > t_quantile(max(1, n - 1), SURE) * error)
