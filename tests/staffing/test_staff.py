"""The search: what it leaves is enough and not more, in each way in which a target may hold; the same bytes; what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import simcrc
from simcrc.experiment.backend import Backend
from simcrc.experiment.outcomes import figure
from simcrc.experiment.store import StoreError
from simcrc.experiment.study import open_study
from simcrc.staffing import keep
from simcrc.staffing.errors import StaffingError, TargetError
from simcrc.staffing.judge import Judge, cell_of
from simcrc.staffing.prune import Pruner
from simcrc.staffing.staff import Stopped, staff
from simcrc.staffing.staffed import Staffed
from simcrc.staffing.trials import Trials
from simcrc.staffing.unreachable import UnreachableError
from tests.staffing.small import MORNING, SHARED, study

LEVEL = "phone.service_level>=80%"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """The morning with a target over the whole period."""
    folder = tmp_path_factory.mktemp("whole")
    return staff(study(folder, MORNING), [LEVEL], output=folder / "out")


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """The morning with a target in each half hour."""
    folder = tmp_path_factory.mktemp("halves")
    return staff(study(folder, MORNING), ["phone.service_level>=70%"], by="half-hour", output=folder / "out")


def removals(found: Staffed, folder: Path) -> list[bool]:
    """Whether the targets hold without one agent, for each half hour by itself."""
    case = open_study(folder)
    trials = Trials(case, found.path, Backend(1), None, tuple(range(1, found.replications + 1)), 10_000)
    from simcrc.indicators.axes import Axes
    from simcrc.staffing.load import ample
    from simcrc.staffing.plan import Plan

    trials.judge = Judge(found.aims, found.by, Axes.of(trials.model))
    base, _ = Plan.of(case.scenario, [crew.name for crew in found.crews])
    trials.judge.count(trials.totals(ample(found.crews, base, 4)))
    pruner = Pruner(trials, found.crews, "half-hour", found.by)
    units = pruner.units(found.plan)
    looks = trials.looks([pruner.without(found.plan, [unit]) for unit in units])
    assert trials.look(found.plan).all_met
    return [look.all_met for look in looks]


def test_the_target_is_met_and_no_agent_can_go(whole: Staffed) -> None:
    assert whole.found.missed == 0
    assert whole.proof.proven
    assert whole.found.figures[0].mean is not None
    assert 0.80 <= whole.found.figures[0].mean < 0.805, "the last agent brings about half a point"
    assert not any(removals(whole, whole.path.parent / "small.yaml"))


def test_no_agent_can_go_where_the_target_holds_in_each_half_hour(halves: Staffed) -> None:
    assert halves.found.missed == 0
    assert halves.proof.proven
    assert halves.proof.alone == len(alone := removals(halves, halves.path.parent / "small.yaml"))
    assert not any(alone)


def test_staff_follows_the_load_so_that_service_is_even(halves: Staffed) -> None:
    slots = halves.slots[0]
    assert slots is not None
    open_ = halves.crews[0].open
    levels = slots.mean[open_].reshape(5, 8).mean(axis=0)
    assert levels.min() >= 0.70
    assert np.ptp(levels) < 0.2
    agents = halves.plan.agents[0][open_].reshape(5, 8).mean(axis=0)
    assert agents.max() > 2 * agents.min()


def test_closed_half_hours_have_nobody(whole: Staffed, halves: Staffed) -> None:
    for found in (whole, halves):
        open_ = found.crews[0].open
        assert open_.sum() == 40
        assert (found.plan.agents[0][~open_] == 0).all()
        assert (found.plan.agents[0][open_] >= 1).all()


def test_a_target_on_each_weekday(tmp_path: Path) -> None:
    found = staff(study(tmp_path, MORNING), [LEVEL], by="day", block="day", replications=1)
    slots = found.plan.agents[0].reshape(7, 48)
    assert all(len(set(day[18:26].tolist())) == 1 for day in slots[:5])
    assert found.found.missed == 0
    judged = found.slots[0]
    assert judged is not None
    assert cell_of("day").max() == 6


def test_more_staff_costs_more_and_serves_better(whole: Staffed) -> None:
    by_hours = sorted(whole.curve, key=lambda point: point.hours)
    levels = [point.figures[0].mean or 0.0 for point in by_hours]
    assert levels == sorted(levels)
    one_less, one_more = (next(effect for effect in whole.effects if effect.agents == by) for by in (-1, 1))
    assert one_less.cost == -one_more.cost == -40 * 0.5 * 30
    changes = [effect.point.changes[0].mean if effect.point.changes else None for effect in (one_less, one_more)]
    assert changes[0] < 0 < changes[1]
    assert one_less.point.occupancy["agents"].mean > whole.found.occupancy["agents"].mean > one_more.point.occupancy["agents"].mean


def test_the_policy_file_gives_what_was_found(whole: Staffed) -> None:
    base = whole.path.parent / "small.yaml"
    results = simcrc.load(base, policies=[whole.path / "staffing.yaml"]).run(2)
    assert results.value("phone.service_level") == pytest.approx(whole.found.figures[0].mean, abs=1e-12)
    assert results.value("team:agents.paid_hours") == whole.found.hours
    table = whole.path.parent / "table.yaml"
    text = MORNING.replace('schedule: {week: {Mon-Fri: {"09:00": 8, "13:00": 0}}}', "schedule: {file: out/schedule.csv}")
    table.write_text(text, encoding="utf-8")
    assert simcrc.load(table).run(2).value("phone.service_level") == pytest.approx(whole.found.figures[0].mean, abs=1e-12)


def test_files_say_what_was_found(whole: Staffed) -> None:
    import pandas as pd

    said = json.loads((whole.path / "staffing.json").read_text(encoding="utf-8"))
    assert said["found"]["agent_hours"] == whole.found.hours
    assert said["targets"][0]["verdict"] == whole.verdicts[0]
    halves = pd.read_parquet(whole.path / "half_hours.parquet")
    assert halves["agents"].sum() / 2 == whole.found.week
    assert list(halves.columns[:8]) == ["team", "weekday", "time", "written", "agents", "start", "on_duty", "load"]
    curve = pd.read_csv(whole.path / "curve.csv")
    assert set(curve["kind"]) == {"written", "erlang_a", "found", "fresh", "curve", "one_agent"}
    for lang, words in (("fr", "Aucun préposé ne peut partir"), ("en", "No agent can go")):
        assert words in whole.text(lang)


def test_the_folder_is_exported_with_what_its_columns_mean(whole: Staffed, tmp_path: Path) -> None:
    from simcrc.export.definitions import definitions
    from simcrc.export.errors import ExportError
    from simcrc.export.source import Source

    source = Source.open(whole.path)
    assert (source.kind, set(source.names())) == ("staff", {"curve", "half_hours", "schedule"})
    tables = source.tables()
    known = {(row["table"], row["name"]) for row in definitions(source, tables).made.to_pylist()}
    columns = {(table.name, name) for table in tables for name in table.schema.names}
    assert {name for _, name in columns - known} == {LEVEL.partition(">")[0] + more for more in ("", " low", " high")}, "but the figures themselves"
    keep.manifest(tmp_path, {})
    with pytest.raises(ExportError, match=r"interrupted|interrompue"):
        Source.open(tmp_path)


def test_the_same_bytes_for_any_number_of_processes_and_after_an_interruption(tmp_path: Path) -> None:
    case = study(tmp_path, MORNING, "services.info.volume.per_day=60")
    asked = {"targets": ["phone.asa<=30s"], "block": "day"}
    staff(case, output=tmp_path / "one", **asked)
    staff(case, output=tmp_path / "two", jobs=2, **asked)

    def stop(stage: str, done: int, share: float) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        staff(case, output=tmp_path / "three", watch=stop, **asked)
    assert str(tmp_path / "three") in stopped.value.say("fr")
    with pytest.raises(StoreError):
        staff(case, ["phone.asa<=40s"], output=tmp_path / "three")
    staff(case, output=tmp_path / "three", **asked)
    one = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in sorted((tmp_path / "one").rglob("*")) if path.is_file()}
    for other in ("two", "three"):
        assert {path.relative_to(tmp_path / other): path.read_bytes() for path in sorted((tmp_path / other).rglob("*")) if path.is_file()} == one


def test_teams_that_share_a_target(tmp_path: Path) -> None:
    """Only specialists serve files: both teams have to be there, and the e-mail of the blended team is looked at beside."""
    found = staff(study(tmp_path, SHARED), [LEVEL], block="day", replications=1)
    assert [crew.name for crew in found.crews] == ["agents", "special"]
    assert found.found.missed == 0
    assert all(found.plan.row(name).sum() > 0 for name in ("agents", "special"))
    assert {(each.place, each.indicator) for each in found.beside} >= {("email", "within_standard"), ("phone", "asa"), ("", "contacts_per_need")}
    assert "agents : sert aussi bien des citoyens qui attendent que des envois" in found.text("fr")


def test_a_team_of_backlogs_keeps_the_shape_of_its_day(tmp_path: Path) -> None:
    found = staff(study(tmp_path, SHARED), ["mail.within_standard>=90%"], replications=1)
    day = found.plan.row("clerks")[:48]
    assert day[16:20].tolist() == [int(day.max())] * 4
    assert day[20:24].tolist() == [round(day.max() / 2 + 1e-9)] * 4
    assert found.found.missed == 0
    less = next(effect for effect in found.effects if effect.agents == -1)
    assert less.point.missed == 1


@pytest.mark.parametrize(
    ("changes", "target", "said", "dit"),
    [
        (["channels.phone.lines=2"], LEVEL, "blocked (lines)", "bloqués (lignes)"),
        (["channels.phone.lines=2"], "phone.service_level>=100%", "is reached with no staff", "ne s'atteint avec aucun effectif"),
        (
            ["channels.phone.hours=Mon-Fri 10:00-12:00", "channels.phone.when_closed={then: contact}"],
            LEVEL,
            "outside opening hours",
            "hors des heures d'ouverture",
        ),
    ],
)
def test_what_no_staff_reaches_is_named(tmp_path: Path, changes: list[str], target: str, said: str, dit: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        staff(study(tmp_path, MORNING, *changes), [target])
    assert said in caught.value.say("en")
    assert dit in caught.value.say("fr")
    assert 0.0 < caught.value.best[0].figure < 1.0


def test_a_bounded_search_says_that_it_was(tmp_path: Path) -> None:
    case = study(tmp_path, MORNING)
    with pytest.raises(StaffingError, match="--max-runs"):
        staff(case, [LEVEL], most=6)
    found = staff(case, [LEVEL], most=56)
    assert not found.proof.complete
    assert found.found.missed == 0
    assert "--max-runs" in found.text("fr")


def test_nobody_comes_and_what_has_no_half_hours(tmp_path: Path) -> None:
    case = study(tmp_path, MORNING, "services.info.volume.per_day=0")
    with pytest.raises(TargetError, match=r"nobody comes|personne ne s.y présente"):
        staff(case, [LEVEL])
    with pytest.raises(TargetError, match="--by week"):
        staff(study(tmp_path, MORNING), ["phone.wait_p90<=1min"], by="day")


def test_the_figures_are_those_of_a_run(whole: Staffed) -> None:
    """Written schedules, by another way: the same replications simulated plainly."""
    from simcrc.experiment.outcomes import summed

    totals = summed(open_study(whole.path.parent / "small.yaml").loaded, 2)
    plain = figure(totals, "team:agents.occupancy")
    assert whole.before.occupancy["agents"].mean == pytest.approx(plain.mean(), abs=0.02)
