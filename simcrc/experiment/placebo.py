"""The placebo of a comparison: the base once more with a null measure, which begins an era in which nothing differs.

What it shows is that two arms which do the same are the same to the last contact, so that whatever differs between base and policy is the policy's doing.  The
mechanism is that of any day, and a placebo over four years would cost as much as an arm: where the measured period is longer than half a year the
placebo runs over its first ``STRETCH`` days, warm-up included beside them, with a base of the same length to match; the account says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from simcrc.scenario.durations import Span

if TYPE_CHECKING:
    from datetime import date

    from simcrc.scenario import Scenario

STRETCH = 91
"""Days of the measured period that a shortened placebo runs over: the null measure begins in the middle of thirteen weeks."""
LONG = 2 * STRETCH
"""Periods up to so many days have a placebo over the whole of them, which needs no base of its own."""
DAY = 86_400_000_000


def stretch(base: Scenario) -> int | None:
    """Over how many days the placebo of `base` runs, None when over the whole period: a short one, or one that replays records."""
    period = (base.horizon.after(base.start) - base.start).days
    return None if base.replay is not None or period <= LONG else STRETCH


@dataclass(frozen=True)
class Placebo:
    """The placebo laid over replication number `replication`.  `scenario`: the base, over the days that it runs; `days`: as ``stretch`` gives them."""

    replication: int
    scenario: Scenario
    days: int | None

    @classmethod
    def of(cls, base: Scenario, replication: int) -> Placebo:
        """The placebo of the scenario `base`."""
        days = stretch(base)
        return cls(replication, base if days is None else base.model_copy(update={"horizon": Span(days, "days")}), days)

    def work(self, base: Scenario) -> float:
        """What it costs, in arms of `base`: two short ones, or one."""
        whole, own = (_days(scenario) for scenario in (base, self.scenario))
        return 1.0 if self.days is None else 2.0 * own / whole

    def follow_up(self, asked: int) -> int:
        """How long needs are followed at least, microseconds: as `asked`, a quarter of a shortened period at most."""
        return asked if self.days is None else min(asked, self.days * DAY // 4)

    def nothing(self) -> list[tuple[date, Scenario]]:
        """What is written from which day on when a null measure is added: as before, and the same once more from the middle of the period."""
        from simcrc.policies.timeline import timeline, written_on

        scenario = self.scenario
        end = scenario.horizon.after(scenario.start)
        middle = scenario.start + timedelta((end - scenario.start).days // 2)
        return sorted([*(each for each in timeline(scenario) if each[0] != middle), (middle, written_on(scenario, middle))], key=lambda each: each[0])


def _days(scenario: Scenario) -> int:
    """The days that are simulated, warm-up included."""
    return (scenario.horizon.after(scenario.start) - scenario.warmup.before(scenario.start)).days
