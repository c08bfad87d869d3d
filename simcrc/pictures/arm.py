"""An arm of a report: one scenario that was run, with its figures, its sums by replication and its names.

``simcrc.pictures.subject`` finds the arms in folders of results; pictures take their figures from here and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimate
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.metrics import Parts
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model
    from simcrc.scenario import Scenario

NOTHING = Estimate(None, None, None, 0)


@dataclass(frozen=True, eq=False)
class Arm:
    """A scenario that was run.

    `name`: its identifier in the report (``base`` for the first); `title`: what it is called; `scenario`: as resolved; `words`: what channels, sites,
    teams and segments are called, by identifier and language; `numbers`: the replications; `load_frame`, `load_totals`: how figures and sums are read, when
    somebody asks.
    """

    name: str
    title: Words
    scenario: Scenario
    words: Mapping[str, Mapping[str, str]]
    numbers: tuple[int, ...]
    load_frame: Callable[[], pd.DataFrame]
    load_totals: Callable[[], Totals]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The figures, as ``Results.indicators``: indicator, channel, service, segment, reason, period, unit, mean, low, high, replications."""
        return self.load_frame()

    @cached_property
    def totals(self) -> Totals:
        """The sums of all replications, from which any indicator is computed (``simcrc.experiment.outcomes.figure``, ``metrics.Parts``)."""
        return self.load_totals()

    @property
    def model(self) -> Model:
        """The scenario, compiled."""
        return self.totals.axes.model

    @cached_property
    def _by_name(self) -> dict[str, pd.DataFrame]:
        return {str(name): part for name, part in self.frame.groupby("indicator", sort=False)}

    def of(self, indicator: str) -> pd.DataFrame:
        """All rows of one indicator; an empty frame where there are none."""
        found = self._by_name.get(indicator)
        return self.frame.iloc[:0] if found is None else found

    def estimate(
        self,
        indicator: str,
        channel: str | None = None,
        service: str | None = None,
        segment: str | None = None,
        reason: str | None = None,
        period: str | None = None,
    ) -> Estimate:
        """A figure with its interval; all None where there is none."""
        found = self.of(indicator)
        for column, wanted in (("channel", channel), ("service", service), ("segment", segment), ("reason", reason), ("period", period)):
            found = found[found[column].isna()] if wanted is None else found[found[column] == wanted]
        if len(found) != 1:
            return NOTHING
        row = found.iloc[0]
        mean, low, high = (None if value != value else float(value) for value in (row["mean"], row["low"], row["high"]))
        return Estimate(mean, low, high, int(row["replications"]))

    def mean(self, indicator: str, channel: str | None = None, **where: str | None) -> float | None:
        """The mean of a figure; None where there is none."""
        return self.estimate(indicator, channel, **where).mean

    def by_slot(self, indicator: str, channel: str | None = None) -> npt.NDArray[np.float64]:
        """A figure by half hour of the week, shape (3, 7, 48): mean, low, high; Monday first, midnight first; nan where there is none."""
        out = np.full((3, 7, 48), np.nan)
        found = self.of(indicator)
        found = found[found["channel"].isna()] if channel is None else found[found["channel"] == channel]
        found = found[found["period"].str.len() == 9]
        for period, *figures in found[["period", "mean", "low", "high"]].itertuples(index=False, name=None):
            day, hour, minute = DAYS.index(period[:3]), int(period[4:6]), int(period[7:9])
            out[:, day, 2 * hour + minute // 30] = figures
        return out

    def parts(self, name: str) -> Parts:
        """A metric, ``fcr`` or ``phone.asa``, as one or two numbers a replication, for paired differences (``simcrc.experiment.metrics``)."""
        from simcrc.experiment.metrics import part

        return part(self.totals, name)

    def called(self, place: str | None, lang: Lang) -> str:
        """What a channel, site, team (``team:agents``) or segment (``segment:elders``) is called."""
        return "" if place is None else self.words.get(place, {}).get(lang, place.rpartition(":")[2])

    def service(self, name: str, lang: Lang) -> str:
        """What a service is called."""
        found = self.scenario.services.get(name)
        return name if found is None or found.name is None else found.name.say(lang)


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
