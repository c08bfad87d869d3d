"""Change staffing or hours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.policies.base import Attribute, Measure, Trouble, measure_kind
from simcrc.policies.change import by_service, times, with_channel, with_team
from simcrc.scenario.base import Names
from simcrc.scenario.teams import Schedule
from simcrc.scenario.units import Hours, NonNegative
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario


@measure_kind("staffing", Words(fr="changer l'effectif", en="change staffing"))
class Staffing(Measure):
    """The scheduled agents of `team` are multiplied by `factor`, or its schedule is replaced by `schedule` (once the dose is at least one half)."""

    team: str
    factor: NonNegative | None = None
    schedule: Schedule | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        if self.schedule is not None:
            new = self.schedule
            return with_team(scenario, self.team, lambda team: {"schedule": new}) if dose >= 0.5 else scenario
        factor = times(1.0 if self.factor is None else self.factor, dose)
        return with_team(
            scenario,
            self.team,
            lambda team: {
                "schedule": team.schedule.model_copy(
                    update={"week": {days: tuple(agents * factor for agents in day) for days, day in team.schedule.week.items()}}
                )
            },
        )

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("teams", self.team, "schedule")] if self.schedule is not None else []

    def multiplies(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("teams", self.team, "schedule")] if self.schedule is None else []

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """One way or the other."""
        if (self.factor is None) == (self.schedule is None):
            yield (), "exactly_one", {"keys": ["factor", "schedule"], "given": "-" if self.factor is None else ["factor", "schedule"]}


@measure_kind("hours", Words(fr="changer les heures", en="change hours"))
class ChangeHours(Measure):
    """`channel` is open at `hours` for `services` (all unless written), once the dose is at least one half."""

    channel: str
    hours: Hours
    services: Names | None = None

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        if dose < 0.5:
            return scenario
        always = Hours.parse("24/7")
        return with_channel(scenario, self.channel, lambda spec: {"hours": by_service(scenario, spec.hours, self.services, always, lambda _: self.hours)})

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        return [("channels", self.channel, "hours", service) for service in (scenario.services if self.services is None else self.services)]
