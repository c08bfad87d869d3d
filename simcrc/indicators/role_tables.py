"""Which contacts are in the role of their channel, as tables by whole numbers: what ``simcrc.scenario.roles`` writes, worked out for each era.

A contact is judged by the service, the skill of the segment and what channels offer in the era in which it begins, and by what its need was drawn to be.
``RoleTables.judge`` looks contacts up; ``simcrc.indicators.frames`` makes the frame ``roles`` of them, ``simcrc.indicators.roles`` counts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.log import Reason
from simcrc.policies.target import has_agents, offered, segments_of, served
from simcrc.scenario.phases import PHASES

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario.roles import Case, Roles
    from simcrc.scenario.scenario import Scenario

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
TRAITS = ("complex", "ambiguous", "online")
"""What a need was drawn to be: three axes of two, after those of service and segment; the last axis is the reason."""


@dataclass(frozen=True, eq=False)
class RoleTables:
    """`judged`: by channel whether a role is written.  `tables`: whether a contact is in its role, shape (eras that differ, channels, services, segments,
    complex, ambiguous, online, reasons).  `of_era`: the table of each era, `starts`: the first instant of each era."""

    judged: Flags
    tables: Flags
    of_era: Integers
    starts: Integers

    @classmethod
    def of(cls, model: Model) -> RoleTables | None:
        """The tables of a model; None where no roles are written."""
        roles = model.scenario.roles
        if roles is None:
            return None
        names = [channel.name for channel in model.channels]
        known: dict[bytes, int] = {}
        tables: list[Flags] = []
        of_era = []
        for era in model.eras:
            table = table_of(roles, era.scenario, names)
            number = known.setdefault(np.packbits(table).tobytes(), len(tables))
            if number == len(tables):
                tables.append(table)
            of_era.append(number)
        return cls(
            np.array([name in roles.channels for name in names], dtype=bool),
            np.stack(tables),
            np.array(of_era, dtype=np.int64),
            np.array([era.start for era in model.eras], dtype=np.int64),
        )

    def judge(self, contacts: Mapping[str, npt.NDArray[Any]], needs: Mapping[str, npt.NDArray[Any]], rows: Integers) -> tuple[Integers, Flags]:
        """Of the contacts at `rows` those that are judged (their rows), and whether each is in its role; contacts have the row of their need (``need_row``)."""
        rows = rows.take(np.flatnonzero(self.judged.take(contacts["channel"].take(rows))))
        need = contacts["need_row"].take(rows)
        era = np.searchsorted(self.starts, contacts["started"].take(rows), side="right") - 1
        traits = (needs[name].take(need).astype(np.int64) for name in TRAITS)
        columns = (contacts[name].take(rows) for name in ("channel", "service", "segment"))
        return rows, self.tables[(self.of_era.take(np.maximum(era, 0)), *columns, *traits, contacts["reason"].take(rows))]


def table_of(roles: Roles, scenario: Scenario, channels: Sequence[str]) -> Flags:
    """Whether a contact is in its role while `scenario` holds: shape (channels, services, segments, 2, 2, 2, reasons)."""
    services, segments = list(scenario.services), segments_of(scenario)
    shape = (len(services), len(segments), 2, 2, 2, len(Reason))
    words: dict[str, Flags] = {}
    for word in ("simple", "needs_assistance"):
        words[word] = _any(getattr(roles, word) or (), scenario, shape, {})
    words["self_service"] = _along(0, [_self_service(roles, scenario, service) for service in services])
    offers = {name: np.array([served(scenario, name, service) for service in services]) for name in channels}
    out = np.zeros((len(channels), *shape), dtype=bool)
    for number, name in enumerate(channels):
        for case in roles.channels.get(name, ()):
            own = dict(words)
            if case.not_by is not None:
                own["not_by"] = _along(0, ~np.any([offers[other] for other in case.not_by], axis=0))
            out[number] |= _all(case, scenario, shape, own)
    return out


def _any(cases: Sequence[Case], scenario: Scenario, shape: tuple[int, ...], words: Mapping[str, Flags]) -> Flags:
    out = np.zeros(shape, dtype=bool)
    for case in cases:
        out |= _all(case, scenario, shape, words)
    return out


def _all(case: Case, scenario: Scenario, shape: tuple[int, ...], words: Mapping[str, Flags]) -> Flags:
    """Where all conditions of a case hold; `words`: what is defined, by name."""
    out = np.ones(shape, dtype=bool)
    for name, value in case.written.items():
        if name == "not_by":
            out &= words[name]
        elif name in words:
            out &= words[name] == value
        else:
            out &= _condition(name, value, scenario)
    return out


def _condition(name: str, value: Any, scenario: Scenario) -> Flags:
    """Where one condition on the service, the need, the citizen or the contact holds, ready to be broadcast."""
    services = list(scenario.services.values())
    if name == "services":
        return _along(0, [service in value for service in scenario.services])
    if name in ("complexity_up_to", "ambiguity_up_to"):
        return _along(0, [getattr(service, name.removesuffix("_up_to")) <= value for service in services])
    if name == "authentication":
        return _along(0, [service.authentication in value for service in services])
    if name == "segments":
        return _along(1, [segment in value for segment in segments_of(scenario)])
    if name == "skill_below":
        return _along(1, [segment.skill < value for segment in scenario.population.segments.values()] if scenario.population else [False])
    if name == "reasons":
        return _along(5, [reason.name.lower() in value for reason in Reason])
    return _along(2 + TRAITS.index(name), [not value, value])


def _along(axis: int, flags: Any) -> Flags:
    """Flags along one of the six axes."""
    shape = [1] * 6
    shape[axis] = -1
    return np.asarray(flags, dtype=bool).reshape(shape)


def _self_service(roles: Roles, scenario: Scenario, service: str) -> bool:
    """Does some self-service channel offer the service, at the phase that counts?"""
    least = PHASES.index(roles.self_service_from)
    for name, spec in scenario.channels.items():
        if has_agents(spec) or not served(scenario, name, service):
            continue
        phase = offered(scenario, spec)[service]
        if phase is None or PHASES.index(phase) >= least:
            return True
    return False
