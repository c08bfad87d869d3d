"""Plans: into a scenario and back, hours and costs, which half hours may have staff."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simcrc.experiment.study import open_study
from simcrc.indicators.axes import Axes
from simcrc.model.compile import compile
from simcrc.scenario import dump
from simcrc.staffing.around import Meter, scaled, shifted
from simcrc.staffing.crews import crews
from simcrc.staffing.errors import StaffingError
from simcrc.staffing.judge import Judge
from simcrc.staffing.plan import SLOTS, Plan
from simcrc.staffing.target import aims
from tests.staffing.small import MORNING, SHARED, study

NINE, ONE = 18, 26


def half(day: int, place: int) -> int:
    return 48 * day + place


def test_a_plan_laid_over_a_scenario_is_what_its_text_says(tmp_path: Path) -> None:
    base = study(tmp_path, MORNING)
    plan, _ = Plan.of(base.scenario, ["agents"])
    agents = plan.agents.copy()
    agents[0, half(2, NINE) : half(2, ONE)] = np.arange(8)
    over = plan.with_agents(agents).overlaid(base)
    again = tmp_path / "again.yaml"
    again.write_text(dump(over.loaded.document), encoding="utf-8")
    loaded = open_study(again)
    assert loaded.scenario == over.scenario
    assert Plan.of(loaded.scenario, ["agents"])[0].key == plan.with_agents(agents).key
    assert over.digest != base.digest
    assert plan.overlaid(base).digest == Plan(plan.teams, plan.agents.copy()).overlaid(base).digest


def test_days_that_are_alike_are_written_together(tmp_path: Path) -> None:
    plan, _ = Plan.of(study(tmp_path, MORNING).scenario, ["agents"])
    assert plan.written("agents") == {"week": {"Mon-Fri": {"09:00": 8, "13:00": 0}}}
    agents = plan.agents.copy()
    agents[0, 48:96] = 0
    assert plan.with_agents(agents).written("agents", "open") == {"week": {"Mon,Wed-Fri": {"09:00": 8, "13:00": 0}}, "on_holidays": "open"}
    nobody = plan.with_agents(np.zeros_like(agents))
    again = nobody.overlaid(study(tmp_path, MORNING)).loaded.document
    assert open_study(_written(tmp_path, dump(again))).scenario.teams["agents"].schedule.week


def _written(folder: Path, text: str) -> Path:
    path = folder / "nobody.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_staff_may_be_where_it_is_open_and_where_it_was(tmp_path: Path) -> None:
    model = compile(study(tmp_path, SHARED, "channels.phone.hours=Mon-Fri 08:45-13:15").scenario)
    found = aims(["phone.service_level>=80%", "mail.within_standard>=90%"], model.scenario, Axes.of(model))
    (agents, special, clerks), groups = crews(model, found)
    assert [crew.name for crew in (agents, special, clerks)] == ["agents", "special", "clerks"]
    assert [(group.aims, group.crews) for group in groups] == [((0,), (0, 1)), ((1,), (2,))]
    assert np.flatnonzero(agents.may[:48]).tolist() == list(range(17, 27))  # 08:30 to 13:30
    assert np.flatnonzero(agents.floor[:48]).tolist() == list(range(18, 26)), "at least one agent where it is open and was staffed"
    assert not agents.may[48 * 5 :].any()
    assert agents.presence[half(0, 20)] == pytest.approx(0.8)
    assert agents.shape is None
    assert clerks.shape is not None
    assert clerks.shape[16:25].tolist() == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0]


@pytest.mark.parametrize(
    ("targets", "teams", "changes", "said"),
    [
        (["phone.asa<=1min"], ["agent"], [], 'no team of that name; did you mean "agents"?'),
        (["phone.asa<=1min"], ["clerks"], [], "no team serves phone"),
        (["phone.asa<=1min"], [], ["teams.special.schedule={week: {Mon: {'09:00': 0}}}"], "its schedule has no hours"),
        (
            ["phone.asa<=1min"],
            [],
            ["policies=[{name: x, measures: [{at: 2024-01-10, staffing: {team: special, factor: 2}}]}]"],
            "a policy changes its staff during the period",
        ),
    ],
)
def test_what_is_in_the_way_is_said(tmp_path: Path, targets: list[str], teams: list[str], changes: list[str], said: str) -> None:
    model = compile(study(tmp_path, SHARED, *changes).scenario)
    with pytest.raises(StaffingError) as caught:
        crews(model, aims(targets, model.scenario, Axes.of(model)), teams)
    assert said in caught.value.say("en")


def test_hours_and_cost_leave_holidays_out(tmp_path: Path) -> None:
    model = compile(study(tmp_path, MORNING, "holidays=[2024-01-10]").scenario)
    axes = Axes.of(model)
    found = aims([], model.scenario, axes)
    own, _ = crews(model, found)
    plan, _ = Plan.of(model.scenario, ["agents"])
    meter = Meter(Judge(found, "week", axes), own, model.scenario)
    assert meter.hours(plan.agents).tolist() == [4 * 4 * 8.0]
    assert meter.cost(meter.hours(plan.agents)) == 4 * 4 * 8 * 30.0


def test_plans_around_a_plan(tmp_path: Path) -> None:
    model = compile(study(tmp_path, SHARED).scenario)
    own, _ = crews(model, aims(["phone.asa<=1min", "mail.within_standard>=90%"], model.scenario, Axes.of(model)))
    plan, _ = Plan.of(model.scenario, [crew.name for crew in own])
    more = shifted(plan, 0, own, 1)
    assert (more.agents - plan.agents)[0].sum() == 40
    assert ((more.agents - plan.agents)[1:] == 0).all()
    assert shifted(plan, 2, own, -1).written("clerks")["week"] == {"Mon-Fri": {"08:00": 3, "10:00": 2, "12:00": 0}}
    less = scaled(plan, own, 0.9)
    assert less.agents[0].sum() == round(0.9 * plan.agents[0].sum())
    assert (less.agents[:, ~own[0].may & ~own[2].may] == 0).all()
    assert less.agents.shape == (3, SLOTS)
