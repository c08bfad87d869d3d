"""The work of a comparison in tasks: an arm that waits in files is the arm, a long period has a short placebo, and nothing is left lying about."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from simcrc.experiment.cohort import Side
from simcrc.experiment.fidelisation import fidelisation
from simcrc.experiment.landing import Landings
from simcrc.experiment.pair import PairsError, one_arm
from simcrc.experiment.pairs import DAY, hand_out
from simcrc.experiment.parallel import DeadWorkerError
from simcrc.experiment.placebo import LONG, STRETCH, Placebo, stretch
from simcrc.experiment.study import open_study
from simcrc.experiment.task import Done, Task, Workload, perform
from simcrc.scenario import load
from tests.experiment.paired import BASE, PROMOTE, write

HALF_A_YEAR = BASE.replace("4 weeks", "27 weeks").replace("per_day: 90", "per_day: 9").replace("per_day: 50", "per_day: 5")


def test_an_arm_that_waits_in_files_is_the_arm(tmp_path: Path) -> None:
    """Sums, columns and what identifies its needs."""
    scenario = load(write(tmp_path) / "base.yaml").scenario
    _, side = one_arm(scenario, None, Landings.of(scenario, scenario), 7 * DAY, 1)
    side.save(tmp_path / "side")
    back = Side.load(tmp_path / "side")
    assert side.sums == back.sums
    assert (side.check, side.sizes) == (back.check, back.sizes)
    assert len(side.need) > 1000
    for field in fields(Side):
        one, other = getattr(side, field.name), getattr(back, field.name)
        if isinstance(one, np.ndarray):
            assert one.dtype == other.dtype
            assert np.array_equal(one, other)


def test_a_long_period_has_a_short_placebo_and_says_so(tmp_path: Path) -> None:
    """Two short arms of their own in place of a long one; identical to the last contact all the same."""
    write(tmp_path, base=HALF_A_YEAR, promote=PROMOTE.replace("months: 1", "months: 3"))
    found = fidelisation(tmp_path / "base.yaml", tmp_path / "promote.yaml", replications=2, output=tmp_path / "out", order=[2, 1])
    pairs = found.pairs
    assert pairs.placebo_days == STRETCH == 91
    assert 0 < pairs.placebo_needs < pairs.needs()[0] / 2
    assert pairs.placebo_count("identical") == pairs.placebo_needs
    assert found.estimate("needs_identical", "placebo").mean == 1
    assert found.estimate("needs_more", "placebo").mean == 0
    assert "91 premiers jours" in found.text("fr")
    assert "first 91 days" in found.text("en")
    assert found.as_json("en")["placebo_days"] == 91
    assert sorted(os.listdir(tmp_path / "out" / "replications")) == ["0001.npz", "0002.npz"]
    assert not list((tmp_path / "out").glob("arms-*"))


def test_how_long_a_placebo_runs(tmp_path: Path) -> None:
    """The whole of a short period; else thirteen weeks, with a follow-up that leaves needs."""
    short, long = (load(write(tmp_path, base=text) / "base.yaml").scenario for text in (BASE, HALF_A_YEAR))
    assert stretch(short) is None
    assert Placebo.of(short, 1).follow_up(7 * DAY) == 7 * DAY
    placebo = Placebo.of(long, 3)
    assert (placebo.replication, placebo.days) == (3, STRETCH)
    assert placebo.follow_up(100 * DAY) == STRETCH * DAY // 4
    assert [str(day) for day, _ in placebo.nothing()] == ["2024-02-22"]
    assert LONG < 27 * 7
    assert placebo.work(long) == pytest.approx(2 * (91 + 7) / (27 * 7 + 7))
    assert Placebo.of(short, 1).work(short) == 1


def test_arms_are_handed_out_and_matched_as_soon_as_both_have_run(tmp_path: Path) -> None:
    """The placebo of the first replication last; the seconds of a replication are those of all its tasks."""
    scenario = load(write(tmp_path) / "base.yaml").scenario
    work = Workload.of(scenario, [2, 1])
    assert work.tasks == (Task(2, "policy"), Task(2, "base"), Task(1, "policy"), Task(1, "base"), Task(1, "placebo"))
    queue, done, ended = deque(work.tasks), [], []

    def results():  # type: ignore[no-untyped-def]
        while queue:
            done.append(queue.popleft())
            yield Done(done[-1], 1.0)

    hand_out(results(), queue, lambda number, seconds: ended.append((number, seconds)))
    assert done[2] == Task(2, "match")
    assert done[-1] == Task(1, "match")
    assert ended == [(2, 3.0), (1, 4.0)]


def dies(job: object, task: Task) -> Done:
    """A worker that is killed in its second arm."""
    if task == Task(1, "base"):
        os._exit(9)
    return perform(job, task)  # type: ignore[arg-type]


def test_whatever_ends_a_run_no_arm_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies, an error in a task, an interruption."""
    folder = write(tmp_path, promote=PROMOTE)

    def run(name: str, jobs: int, work: object, expected: type[BaseException]) -> None:
        monkeypatch.setattr("simcrc.experiment.pairs.perform", work)
        with pytest.raises(expected):
            fidelisation(folder / "base.yaml", folder / "promote.yaml", replications=1, jobs=jobs, output=tmp_path / name)
        assert not list((tmp_path / name).glob("arms-*"))
        assert not list((tmp_path / name / "replications").iterdir())

    def interrupted(job: object, task: Task, watch: object = None) -> Done:
        if task.part == "base":
            raise KeyboardInterrupt
        return perform(job, task)  # type: ignore[arg-type]

    run("dead", 2, dies, DeadWorkerError)
    run("stopped", 1, interrupted, KeyboardInterrupt)
    other = open_study(write(tmp_path, other=BASE.replace("per_day: 50", "per_day: 60")) / "other.yaml")

    def unlike(job: object, task: Task, watch: object = None) -> Done:
        from dataclasses import replace

        return perform(replace(job, policy=other.scenario), task)  # type: ignore[type-var]

    run("unlike", 1, unlike, PairsError)
