"""The timeline: what is written of an organisation from which day on, once the measures of its policies are laid over it.

``timeline`` gives scenarios without policies, one for each day on which the dose of some measure changes;
``simcrc.model.compile`` makes an era of each.  A measure of dose 0 leaves the scenario as it is, so that a policy that does
nothing gives the same bytes as the base.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcrc.policies.base import Entry
    from simcrc.scenario.scenario import Scenario


def entries(scenario: Scenario) -> list[Entry]:
    """All measures of all policies, in the order in which they are laid over the scenario: by start, then as written."""
    return sorted((entry for policy in scenario.policies for entry in policy.measures), key=lambda entry: entry.at)


def base_of(scenario: Scenario) -> Scenario:
    """`scenario` without its policies."""
    return scenario.model_copy(update={"policies": ()}) if scenario.policies else scenario


def written_on(scenario: Scenario, day: date) -> Scenario:
    """What holds on `day`."""
    out = base_of(scenario)
    for entry in entries(scenario):
        dose = entry.dose(day)
        if dose > 0:
            out = entry.does.apply(out, dose)
    return out


def before(scenario: Scenario, entry: Entry) -> Scenario:
    """What holds on the first day of `entry`, without it and what is laid over it."""
    out = base_of(scenario)
    for other in entries(scenario):
        if other is entry:
            break
        dose = other.dose(entry.at)
        if dose > 0:
            out = other.does.apply(out, dose)
    return out


def timeline(scenario: Scenario) -> list[tuple[date, Scenario]]:
    """What is written later in place of the base, in order of time; days on which nothing changes are left out."""
    out: list[tuple[date, Scenario]] = []
    before = base_of(scenario)
    for day in changes(scenario):
        now = written_on(scenario, day)
        if now != before:
            out.append((day, now))
            before = now
    return out


def changes(scenario: Scenario) -> Iterator[date]:
    """The days on which the dose of some measure changes, sorted, until the horizon."""
    last = scenario.horizon.after(scenario.start)
    yield from sorted({day for entry in entries(scenario) for day in entry.days() if day < last})
