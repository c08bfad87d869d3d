"""Comparisons: the same bytes however they are run, differences against hand computations, what is refused, what is gone on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t

import simcrc
from simcrc.errors import ScenarioError
from simcrc.experiment.arms import NotPairedError, SwappedError
from simcrc.experiment.asked import AskedError
from simcrc.experiment.compare import Asked, Comparison, compare
from simcrc.experiment.contenders import contenders, named
from simcrc.experiment.naming import UnknownFigureError
from simcrc.experiment.store import StoreError
from simcrc.experiment.study import Watch
from simcrc.experiment.variants import Stopped, Variants
from tests.cli.calls import files
from tests.experiment.rivals import BASE, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("rivals"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Comparison:
    return simcrc.compare(
        folder / "base.yaml", {"promote": folder / "promote.yaml", "more": folder / "more.yaml"}, replications=3, output=folder / "out", best="phone.asa:min"
    )


def test_the_usual_metrics_are_those_of_whole_queue_and_self_service(found: Comparison) -> None:
    assert [metric.name for metric in found.metrics] == [
        "cost_per_need_resolved",
        "contacts_per_need",
        "fcr",
        "self_service_share",
        "phone.service_level",
        "phone.asa",
        "phone.abandonment_ratio",
    ]
    assert set(found.figures["arm"]) == {"base", "promote", "more"}
    assert found.replications == 10  # the first stage of the selection


def test_figures_are_those_of_an_ordinary_run(found: Comparison, folder: Path) -> None:
    results = simcrc.load(folder / "base.yaml").run(10)
    for metric in found.metrics:
        assert found.estimate("base", metric.name) == pytest.approx(results.estimate(metric.name)) or vars(
            found.estimate("base", metric.name)
        ) == pytest.approx(vars(results.estimate(metric.name)))


def test_simultaneous_intervals_against_a_hand_computation(found: Comparison) -> None:
    """Two alternatives times seven metrics: each interval at 1 − 0.05 / 14."""
    level = 1 - 0.05 / 14
    assert found.level == pytest.approx(level)
    over, under = ({name: getattr(found.values[name, "phone.asa"], part) for name in found.names} for part in ("over", "under"))
    n = 10
    factor = t.ppf(0.5 + level / 2, n - 1)
    for change in (each for each in found.changes if each.metric.name == "phone.asa"):
        arm = change.arm
        whole = over[arm].sum() / under[arm].sum() - over["base"].sum() / under["base"].sum()
        left_out = [
            (over[arm].sum() - over[arm][k]) / (under[arm].sum() - under[arm][k])
            - (over["base"].sum() - over["base"][k]) / (under["base"].sum() - under["base"][k])
            for k in range(n)
        ]
        half = factor * np.sqrt((n - 1) / n * ((np.array(left_out) - np.mean(left_out)) ** 2).sum())
        assert change.estimate.mean == pytest.approx(whole)
        assert (change.estimate.low, change.estimate.high) == (pytest.approx(whole - half), pytest.approx(whole + half))
    row = found.differences[(found.differences["arm"] == "more") & (found.differences["indicator"] == "asa")].iloc[0]
    assert row["reading"] == "down"
    assert row["level"] == pytest.approx(level)


def test_a_null_policy_differs_by_exactly_nothing(folder: Path) -> None:
    found = simcrc.compare(folder / "base.yaml", {"nothing": folder / "nothing.yaml"}, replications=2)
    assert (found.differences[["mean", "low", "high"]] == 0.0).all(axis=None)
    assert set(found.differences["reading"]) == {"same"}
    assert "changes none of the indicators" in found.text("en")


def test_the_same_bytes_for_any_workers_and_order(folder: Path, tmp_path: Path) -> None:
    made = contenders(folder / "base.yaml", {"promote": folder / "promote.yaml", "more": folder / "more.yaml"})
    asked = Asked(("phone.asa", "fcr"), 4)
    compare(made, asked, output=tmp_path / "one")
    compare(made, asked, jobs=2, output=tmp_path / "two")
    compare(made, asked, output=tmp_path / "shuffled", order=[3, 1, 4, 2])
    expected = files(tmp_path / "one")
    assert {"figures.csv", "figures.parquet", "differences.csv", "comparison.fr.txt", "scenarios/promote.yaml", "objectives.csv"} <= expected.keys()
    for other in ("two", "shuffled"):
        assert files(tmp_path / other) == expected
        assert _manifest(tmp_path / other) == _manifest(tmp_path / "one")


def test_selection_too_has_the_same_bytes_for_any_workers(folder: Path, tmp_path: Path) -> None:
    made = contenders(folder / "base.yaml", {"promote": folder / "promote.yaml", "more": folder / "more.yaml"})
    asked = Asked(("phone.asa",), best="phone.asa:min", delta="10 s", cap=14)
    compare(made, asked, output=tmp_path / "one")
    compare(made, asked, jobs=2, output=tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_interrupted_it_goes_on_and_ends_with_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = contenders(folder / "base.yaml", {"promote": folder / "promote.yaml", "more": folder / "more.yaml"})
    asked = Asked(("phone.asa",), 3)
    whole = compare(made, asked, output=tmp_path / "whole")

    def stop(runs: object) -> AbstractContextManager[Watch]:
        def watch(shares: Sequence[float]) -> None:
            if sum(share == 1.0 for share in shares) == 4:
                raise KeyboardInterrupt

        return nullcontext(watch)

    with pytest.raises(Stopped) as stopped:
        compare(made, asked, output=tmp_path / "parts", shown=stop)
    assert (stopped.value.done, stopped.value.asked) == (3, 9)
    assert f'"-o {tmp_path / "parts"}" goes on' in stopped.value.say("en")
    assert json.loads((tmp_path / "parts" / "manifest.json").read_text())["complete"] is False
    again: list[int] = []
    run = Variants.run
    monkeypatch.setattr(Variants, "run", lambda self, *args, **more: (run(self, *args, **more), again.append(self.simulated))[0])
    found = compare(made, asked, output=tmp_path / "parts")
    assert again[-1] == 6
    assert files(tmp_path / "parts") == files(tmp_path / "whole")
    assert found.text("fr") == whole.text("fr")


def test_nothing_is_simulated_twice_and_what_is_damaged_is(folder: Path, tmp_path: Path) -> None:
    made = contenders(folder / "base.yaml", {"more": folder / "more.yaml"})
    compare(made, Asked(("phone.asa",), 2), output=tmp_path / "out")
    before = files(tmp_path / "out")
    victim = next((tmp_path / "out" / "runs").rglob("0002.npz"))
    victim.write_bytes(victim.read_bytes()[:-7] + b"nothing")
    compare(made, Asked(("phone.asa",), 2), output=tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert _run(tmp_path / "out")["simulated"] == 1
    compare(made, Asked(("phone.asa", "fcr"), 3), output=tmp_path / "out")
    assert _run(tmp_path / "out")["simulated"] == 2
    (tmp_path / "out" / "manifest.json").write_text("{")
    compare(made, Asked(("phone.asa",), 2), output=tmp_path / "out")
    assert _run(tmp_path / "out")["simulated"] == 0


def test_a_folder_with_something_else_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    made = contenders(folder / "base.yaml", {"more": folder / "more.yaml"})
    with pytest.raises(StoreError):
        compare(made, Asked(("phone.asa",), 1), output=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_other_needs_are_said_and_other_periods_refused(folder: Path) -> None:
    found = simcrc.compare(folder / "base.yaml", {"busier": folder / "busier.yaml"}, metrics=["phone.asa"], replications=1)
    assert "does not have the same needs as the base (services.info.volume)" in found.text("en")
    with pytest.raises(NotPairedError, match="start"):
        contenders(folder / "base.yaml", {"later": folder / "later.yaml"})
    with pytest.raises(SwappedError):
        contenders(folder / "promote.yaml", {"base-1": folder / "base.yaml"})


def test_all_that_is_wrong_with_any_file_is_said(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(BASE.replace("kind: phone", "kind: fone"), encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        contenders(folder / "base.yaml", named([tmp_path / "one.yaml", tmp_path / "two.yaml"]))
    assert {problem.file for problem in error.value.problems} == {str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")}


def test_what_cannot_be_asked(folder: Path) -> None:
    made = contenders(folder / "base.yaml", {"more": folder / "more.yaml"})
    for asked, error in (
        (Asked(("phone.aza",)), UnknownFigureError),
        (Asked(best="phone.asa"), AskedError),
        (Asked(best="phone.asa:min", delta="5"), AskedError),
        (Asked(best="contacts_per_need:min"), AskedError),
        (Asked(delta="5 s"), AskedError),
        (Asked(fail_on=["phone.service_level=80%"]), AskedError),
    ):
        with pytest.raises(error):
            compare(made, asked)
    for name in ("base", "team", "", "a:b"):
        with pytest.raises(AskedError):
            contenders(folder / "base.yaml", {name: folder / "more.yaml"})


def test_names_of_files() -> None:
    assert list(named(["a/x.yaml", "b/x.yaml", "base.yaml"])) == ["x", "x-2", "base-2"]


def test_the_best_and_how_sure(found: Comparison) -> None:
    best = found.best.set_index("arm")
    assert best.loc["more", "state"] == "best"
    assert best.loc["base", "state"] == "left"
    assert found.text("en").startswith("Best variant, smallest average speed of answer (phone with an agent): more (")
    assert "with a probability of at least 95.0% (procedure KN)" in found.text("en")
    open_ = simcrc.compare(
        found.path.parent / "base.yaml", {"same": found.path.parent / "busier.yaml"}, ["fcr"], best="fcr:max", delta="0.01 point", max_reps=10
    )
    assert set(open_.best["state"]) == {"leads", "running"}
    assert "not decided after 10 replications" in open_.text("en")


def test_objectives_of_a_policy(found: Comparison) -> None:
    table = found.objectives
    assert list(table["arm"]) == ["promote"]
    assert list(table["verdict"]) == ["met"]
    assert "Objectifs de promote" in found.text("fr")


def test_a_channel_that_an_arm_has_not(folder: Path, tmp_path: Path) -> None:
    """The figure is missing there, and so is the difference."""
    write(
        tmp_path,
        bare=BASE.replace("  web: {kind: web, completion: 60 %, cost: {per_contact: 0.65}}\n", "")
        .replace("phone: 80 %, web: 20 %", "phone: 100 %")
        .replace("    web.failed: {phone: 50 % after 20 min, give_up: 50 %}\n", ""),
    )
    found = simcrc.compare(tmp_path / "base.yaml", {"bare": tmp_path / "bare.yaml"}, ["web.containment", "phone.asa"], replications=2)
    assert found.estimate("bare", "web.containment").mean is None
    assert found.differences["mean"].isna().tolist() == [True, False]
    assert json.dumps(found.as_json("fr"), allow_nan=False)


def _manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if key != "run"}


def _run(folder: Path) -> dict[str, object]:
    found: dict[str, dict[str, object]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found["run"]
