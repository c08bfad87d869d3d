"""Sweeps: what varies and how it is written, where points lie, the same bytes however they are run, what is refused at which points."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import simcrc
from simcrc.experiment.asked import AskedError
from simcrc.experiment.design import points
from simcrc.experiment.sweep import plan, sweep
from simcrc.experiment.vary import axis, dial
from simcrc.scenario.positions import at
from tests.cli.calls import files
from tests.experiment.rivals import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("swept"))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("teams.agents=38:41", ("38", "39", "40", "41")),
        ("teams.agents=38:44:3", ("38", "41", "44")),
        ("teams.agents=38:43:3", ("38", "41")),
        ("x=0.1:0.3:0.1", ("0.1", "0.2", "0.3")),
        ("x=20%:80%", ("20%", "35%", "50%", "65%", "80%")),
        ("x=1min:10min", ("1min", "3.25min", "5.5min", "7.75min", "10min")),
        ("x=30s:5min:90s", ("30s", "120s", "210s", "300s")),
        ("x=0:5 min", ("0 min", "1.25 min", "2.5 min", "3.75 min", "5 min")),
        ("x=0,5:0,8:0,1", ("0.5", "0.6", "0.7", "0.8")),
        ("x=priority,longest_wait", ("priority", "longest_wait")),
        ("x=0,5;0,7", ("0,5", "0,7")),
        ("x=08:30,09:00", ("08:30", "09:00")),
        ("x=7", ("7",)),
        ("x=2:2", ("2",)),
        ("x=2%:2%", ("2%",)),
    ],
)
def test_ranges_and_lists(text: str, levels: tuple[str, ...]) -> None:
    assert axis(text).levels() == levels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("teams.agents", "PATH=LOW:HIGH"),
        ("=3", "PATH=LOW:HIGH"),
        ("x=", "PATH=LOW:HIGH"),
        ("x=1:b", "PATH=LOW:HIGH"),
        ("x=5:1", "the smaller one"),
        ("x=1:5min", "the same sort of unit"),
        ("x=1:5:0", "a step above 0"),
        ("x=1:5:-1", "a step above 0"),
        ("x=1:100000", "more than 10000"),
        ("x=0:1:0.00001", "more than 10000"),
    ],
)
def test_ranges_that_mean_nothing(text: str, said: str) -> None:
    with pytest.raises(AskedError) as error:
        axis(text)
    assert said in error.value.say("en")
    assert text in error.value.say("fr")


def test_a_grid_has_every_combination() -> None:
    axes = [axis("a=1:3"), axis("b=x,y"), axis("c=0%:100%")]
    assert points(axes, count=2) == list(product(("1", "3"), ("x", "y"), ("0%", "100%")))
    assert len(points(axes)) == 3 * 2 * 5


@pytest.mark.parametrize("design", ["lhs", "sobol"])
def test_points_fill_every_slice_and_depend_on_the_seed_alone(design: str) -> None:
    axes = [axis("a=0.0:1.0:1"), axis("b=10%:90%"), axis("c=1:8")]
    axes[0] = axis("a=0min:60min")
    made = points(axes, design, 8, 3)  # type: ignore[arg-type]
    assert made == points(axes, design, 8, 3)  # type: ignore[arg-type]
    assert made != points(axes, design, 8, 4)  # type: ignore[arg-type]
    assert sorted(int(row[2]) for row in made) == list(range(1, 9))
    shares = np.array([float(row[1].rstrip("%")) for row in made])
    assert sorted(((shares - 10) // 10).astype(int)) == list(range(8))


def test_too_many_and_none() -> None:
    for axes, design, count in (([], "grid", None), ([axis("a=1:200"), axis("b=1:200")], "grid", None), ([axis("a=1:2")], "lhs", 20_000)):
        with pytest.raises(AskedError):
            points(axes, design, count)  # type: ignore[arg-type]


def test_a_team_stands_for_its_peak_the_schedule_in_proportion(folder: Path) -> None:
    loaded = simcrc.load(folder / "base.yaml").loaded
    name, _, value = dial(loaded, "teams.agents")("6").partition("=")
    assert name == "teams.agents.schedule"
    assert json.loads(value) == {"week": {"Mon,Tue,Wed,Thu,Fri,Sat,Sun": {"00:00": 4, "08:00": 6}}, "on_holidays": "open"}
    made = simcrc.load(folder / "base.yaml", set_=[dial(loaded, "teams.agents")("6")]).scenario
    assert max(made.teams["agents"].schedule.week[(0, 1, 2, 3, 4, 5, 6)]) == 6
    for wrong in ("-1", "5 min", "many"):
        with pytest.raises(AskedError):
            dial(loaded, "teams.agents")(wrong)


@pytest.mark.parametrize(
    ("name", "value", "place", "written"),
    [
        ("phone.patience", "3min", ("channels", "phone", "patience", "exponential", "mean"), "3min"),
        ("channels.phone.handle_time", "3min", ("channels", "phone", "handle_time", "exponential", "mean"), "3min"),
        ("phone.lines", "7", ("channels", "phone", "lines"), 7),
        ("web.completion", "50%", ("channels", "web", "completion"), "50%"),
        ("choice.next.web.failed.phone", "40%", ("choice", "next", "web.failed", "phone"), "40% after 20 min"),
        ("services.info.volume.per_hour", "30", ("services", "info", "volume", "per_hour"), 30),
    ],
)
def test_paths(folder: Path, name: str, value: str, place: tuple[str, ...], written: object) -> None:
    loaded = simcrc.load(folder / "base.yaml").loaded
    extra = ["choice.next.web.failed.give_up=60%"] if place[0] == "choice" else []
    made = simcrc.load(folder / "base.yaml", set_=[dial(loaded, name)(value), *extra]).loaded
    assert at(made.document, place) == written


def test_one_tidy_table(folder: Path) -> None:
    found = simcrc.sweep(folder / "base.yaml", {"teams.agents": "3,6", "phone.patience": "2min:8min"}, ["phone.asa", "fcr"], points=2, replications=2)
    table = found.figures
    assert list(table.columns) == ["point", "teams.agents", "phone.patience", "indicator", "where", "unit", "mean", "low", "high", "replications"]
    assert len(table) == 4 * 2
    assert sorted(set(table["phone.patience"])) == [120.0, 480.0]
    asa = table[table["indicator"] == "asa"].set_index(["teams.agents", "phone.patience"])["mean"]
    assert asa[(6.0, 480.0)] < asa[(3.0, 480.0)]
    assert asa[(3.0, 120.0)] < asa[(3.0, 480.0)]
    each = found.replicated
    assert len(each) == 4 * 2 * 2
    single = simcrc.load(folder / "base.yaml", set_=["channels.phone.patience={exponential: {mean: 8 min}}"]).run(2)
    assert asa[(3.0, 480.0)] == pytest.approx(single.value("phone.asa"))


def test_the_same_bytes_and_nothing_done_twice(folder: Path, tmp_path: Path) -> None:
    made = plan(folder / "base.yaml", ["teams.agents=3:5", "web.completion=50%,70%"])
    sweep(made, ["phone.asa"], 2, output=tmp_path / "one")
    sweep(made, ["phone.asa"], 2, jobs=2, output=tmp_path / "two", order=[2, 1])
    assert files(tmp_path / "one") == files(tmp_path / "two")
    found = {"points.csv", "figures.csv", "figures.parquet", "replications.csv", "replications.parquet", "sweep.fr.txt", "sweep.en.txt", "scenario.yaml"}
    assert found <= files(tmp_path / "one").keys()
    sweep(made, ["phone.asa"], 2, output=tmp_path / "two")
    assert json.loads((tmp_path / "two" / "manifest.json").read_text())["run"]["simulated"] == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_points_that_the_language_refuses_are_named_before_anything_runs(folder: Path) -> None:
    with pytest.raises(AskedError) as error:
        plan(folder / "base.yaml", ["web.completion=50%,150%", "phone.lines=5,many"])
    said = error.value.say("en").splitlines()
    assert len(said) == 2
    assert any(line.startswith("point 2 (web.completion=50%, phone.lines=many), point 4 (web.completion=150%, phone.lines=many): ") for line in said)
    assert any(line.startswith("point 3 (web.completion=150%, phone.lines=5), point 4") for line in said)
    with pytest.raises(AskedError, match="agints"):
        plan(folder / "base.yaml", ["teams.agints=1:2"])
    with pytest.raises(AskedError, match="agents"):
        plan(folder / "base.yaml", ["teams.agents=1:2", "teams.agents=3"])


def test_policies_are_laid_over_every_point(folder: Path) -> None:
    plain, promoted = (
        simcrc.sweep(folder / "base.yaml", ["teams.agents=3"], ["web.offered"], replications=1, policies=laid) for laid in ((), (folder / "promote.yaml",))
    )
    assert promoted.estimate(1, "web.offered").mean > plain.estimate(1, "web.offered").mean  # type: ignore[operator]
