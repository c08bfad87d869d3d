"""The numbers found where Erlang C and A are exact: arrivals and staff that stay the same day and night."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.staffing.staff import staff
from simcrc.theory.erlang_a import ErlangA
from simcrc.theory.staffing import Targets, agents_for
from tests.staffing.small import steady

HANDLE, WITHIN = 360.0, 60.0
CASES = [(rate, patience) for rate in (20.0, 80.0) for patience in (None, 300.0)]


def level(rate: float, agents: int, patience: float | None) -> float:
    """The service level of theory; none at all where the agents cannot carry the load."""
    if patience is None and rate / 3600 * HANDLE >= agents:
        return 0.0
    return ErlangA(rate / 3600, HANDLE, agents, patience or float("inf")).service_level(WITHIN)


@pytest.mark.parametrize(("rate", "patience"), CASES)
def test_the_number_is_that_of_erlang(tmp_path: Path, rate: float, patience: float | None) -> None:
    load = rate / 3600 * HANDLE
    agents = round(load) + 2
    target = round((level(rate, agents - 1, patience) + level(rate, agents, patience)) / 2, 2)  # far from both, so that chance does not decide
    wanted = agents_for(rate / 3600, HANDLE, Targets(service_level=target, within=WITHIN), patience or float("inf"))
    assert wanted == agents
    case = steady(tmp_path, rate, f"{{exponential: {{mean: {patience} s}}}}" if patience else None)
    found = staff(case, [f"phone.service_level>={target}"], block="week")
    assert set(found.plan.row("agents").tolist()) == {agents}
    assert found.theory.key == found.plan.key, "Erlang A starts at the answer where it is exact"
    fewer = next(effect for effect in found.effects if effect.agents == -1)
    assert (found.found.missed, fewer.point.missed) == (0, 1)
    assert fewer.hours == -24 * 3
    for point, number in ((found.found, agents), (fewer.point, agents - 1)):
        measured = point.figures[0].mean
        assert measured == pytest.approx(level(rate, number, patience), abs=0.12)
