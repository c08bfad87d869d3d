"""The figures of the picture of the backlog: items by age, shares within the standard, and the standard itself, of one channel of one arm.

``backlog`` chooses the panels and finds the words, ``backlog_drawing`` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimate
from simcrc.indicators.axes import BANDS

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.arm import Arm

NAMES = ("items_up_to_5_days", "items_5_to_10_days", "items_10_to_20_days", "items_20_to_45_days", "items_over_45_days")
"""In the order of ``simcrc.indicators.axes.BANDS``."""
_DAY = 86_400_000_000
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Panel:
    """A channel of an arm.

    `bands`: mean items at the end of a day, by age; `days`, `months`: labels, with `by_day`, `by_month` of shape (bands, periods); `shares`: within the
    standard by month, shape (3, months): mean, low, high, nan where there is none; `share`: over the whole period; `end`, `oldest`: items at the horizon and
    the age of the oldest in days; `standards`: published delays in days, of the services that have one, ascending, each once.
    """

    arm: Arm
    channel: str
    bands: Reals
    days: tuple[str, ...]
    by_day: Reals
    months: tuple[str, ...]
    by_month: Reals
    shares: Reals
    share: Estimate
    end: Estimate
    oldest: Estimate
    standards: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Items waiting at the end of a day, on average."""
        return float(self.bands.sum())

    @property
    def late(self) -> int | None:
        """The first band all of which is beyond the longest standard; None without a standard, or when no band is."""
        if not self.standards:
            return None
        return next((k for k, (low, _) in enumerate(BANDS) if low >= self.standards[-1]), None)


def panels(arm: Arm) -> list[Panel]:
    """A panel for each channel of `arm` in which items waited at the end of some day."""
    axes = arm.totals.axes
    names = [name for k, name in enumerate(axes.labels["channel"]) if axes.written[axes.channel_of == k].any()]
    days, months = axes.labels["day"], axes.labels["month"]
    out = []
    for channel in names:
        by_day, by_month = _by(arm, NAMES, channel, days)[0], _by(arm, NAMES, channel, months)[0]
        if not np.nansum(by_month) > 0:
            continue
        out.append(
            Panel(
                arm=arm,
                channel=channel,
                bands=np.array([arm.mean(name, channel) or 0.0 for name in NAMES]),
                days=days,
                by_day=np.nan_to_num(by_day),
                months=months,
                by_month=np.nan_to_num(by_month),
                shares=_by(arm, ("within_standard",), channel, months)[:, 0],
                share=arm.estimate("within_standard", channel),
                end=arm.estimate("stock_end", channel),
                oldest=arm.estimate("oldest_item", channel),
                standards=_standards(arm, axes.labels["channel"].index(channel)),
            )
        )
    return out


def _by(arm: Arm, names: Sequence[str], channel: str, periods: Sequence[str]) -> Reals:
    """Figures of a channel by period, shape (3, names, periods): mean, low, high; nan where there is none."""
    place = {period: k for k, period in enumerate(periods)}
    out = np.full((3, len(names), len(periods)), np.nan)
    for row, name in enumerate(names):
        found = arm.of(name)
        found = found[(found["channel"] == channel) & found["service"].isna() & found["segment"].isna() & found["reason"].isna()]
        for period, *figures in found[["period", "mean", "low", "high"]].itertuples(index=False, name=None):
            if period in place:
                out[:, row, place[period]] = figures
    return out


def _standards(arm: Arm, channel: int) -> tuple[float, ...]:
    """The published delays of a channel, over the services of which items came on it, in days."""
    found = arm.totals.terms.standard[channel]
    met = arm.of("within_standard")
    name = arm.totals.axes.labels["channel"][channel]
    services = set(met.loc[(met["channel"] == name) & met["segment"].isna(), "service"].dropna())
    labels = arm.totals.axes.labels["service"]
    return tuple(sorted({float(value) / _DAY for value, service in zip(found, labels, strict=True) if value >= 0 and (not services or service in services)}))


def frame(every: Sequence[Panel]) -> pd.DataFrame:
    """The figures of all panels, tidy: arm, channel, period (None: the whole), figure, mean, low, high; items, shares and days as the figure says."""
    import pandas as pd

    parts = []
    for panel in every:
        for name in (*NAMES, "within_standard", "stock_end", "oldest_item"):
            found = panel.arm.of(name)
            found = found[(found["channel"] == panel.channel) & found["service"].isna() & found["segment"].isna() & found["reason"].isna()]
            found = found[found["period"].isna() | found["period"].isin(panel.months) | found["period"].isin(panel.days)]
            parts.append(found.assign(arm=panel.arm.name))
    return pd.concat(parts, ignore_index=True)[["arm", "channel", "period", "indicator", "unit", "mean", "low", "high", "replications"]]
