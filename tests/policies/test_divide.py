"""The digital divide, contact by contact: whatever promotes, guides, opens, verifies or diverts, nobody without access makes a contact on line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from policies.town import UTILITY, log, town
from simcrc.log import CONTACTS_PER_NEED, Kind
from simcrc.model.compile import compile
from simcrc.scenario.scenario import Scenario

PUSH: list[dict[str, Any]] = [
    {"promote": {"channel": "web", "odds": 10_000}},
    {"promote": {"channel": "web", "odds": 50}, "at": "2007-01-15", "ramp": {"linear": "1 week"}},
    {"open": {"channel": "email", "services": ["info", "form"], "share": 0.3, "segments": ["connected"]}},
    {"guide": {"after": "phone", "to": "web", "odds": 1_000, "habit": 1.0}},
    {"helpers": {"segments": ["elders", "offline"], "helped": 0.9}},
    {"stop_promoting": {"channel": "counter", "odds": 0.001}},
]
MEMORY = {"memory": {"habit_rate": 1.0, "experience_rate": 1.0}}
CHOICE: dict[str, Any] = {
    "first": {"utility": UTILITY},
    "verify": {"phone": {"to": "web", "probability": 0.8, "after": "1 h"}},
    "induced": {"phone": {"to": {"web": 0.5, "email": 0.5}, "probability": 0.5, "after": "2 h"}},
    "chase": {"mail": {"to": {"web": 0.9, "phone": 0.1}, "after": "12 h"}},
}


def on_line_contacts(scenario: Scenario) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of the needs, those needs that are on line, and the needs of the contacts on channels for which one has to be."""
    model, rows = compile(scenario), log(scenario)
    started = rows[rows[:, 1] == Kind.NEED_STARTED]
    asks = np.array([scenario.channels[model.channels[station.channel].name].needs_access for station in model.stations])
    contacts = rows[rows[:, 1] == Kind.CONTACT_STARTED]
    return started, started[started[:, 5] & 4 > 0][:, 2], contacts[asks[contacts[:, 3]]][:, 2] // CONTACTS_PER_NEED


@pytest.mark.parametrize("learning", [False, True], ids=["shares alone", "memory that forgets all but the last contact"])
def test_nobody_without_access_is_ever_on_line(learning: bool) -> None:
    choice = CHOICE if learning else {key: value for key, value in CHOICE.items() if key != "first"}
    push = [measure for measure in PUSH if learning or "guide" not in measure]
    scenario = town(*push, choice=choice, population=MEMORY if learning else {}, horizon="14 days")
    _, online, made = on_line_contacts(scenario)
    assert len(made) > 5_000
    assert np.isin(made, online).all()


def test_only_access_that_is_given_changes_it() -> None:
    """From the day on which all elders get access some of those who were off line make contacts on line; the segment that gets none makes none."""
    given = {"give_access": {"segments": ["elders"], "access": 1.0}, "at": "2007-01-15"}
    scenario = town(given, PUSH[0], horizon="14 days")
    started, online, made = on_line_contacts(scenario)
    assert np.isin(made, online).all()
    segment = started[:, 3] % 3
    late = started[:, 0] >= started[:, 0].min() + 8 * 86_400_000_000
    on = np.isin(started[:, 2], online)
    assert on[(segment == 1) & late].all()
    assert 0.3 < on[(segment == 1) & ~late].mean() < 0.65
    assert not on[segment == 2].any()
