"""Running benchmarks: verdicts, looks, seeds, processes, and replications kept."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.tiny import GOOD, OPEN, WRONG, benchmark, judged, verdicts
from simcrc.bench import keep, runner, work
from simcrc.bench.evaluation import Evaluation
from simcrc.bench.runner import Ask, BenchInterrupted, run
from simcrc.bench.trial import KINDS, trial
from simcrc.errors import ScenarioError
from simcrc.indicators.sums import Sums

LINES = frozenset(KINDS) - {"exact"}


def test_each_line_stops_at_the_first_look_at_which_it_is_clear(tmp_path: Path) -> None:
    report = judged([benchmark(tmp_path, GOOD + WRONG + OPEN)], kinds=LINES)
    assert verdicts(report) == {
        "tiny phone.offered": ("equivalent", 4),
        "tiny phone.asa": ("equivalent", 4),
        "tiny phone.offered (2)": ("different", 4),
        "tiny phone.offered (3)": ("inconclusive", 8),
    }
    assert report.verdict == "different"
    assert report.trials[0].replications == report.trials[0].made == 8
    assert report.looks == [4, 4]


def test_a_benchmark_whose_lines_are_clear_rests(tmp_path: Path) -> None:
    report = judged([benchmark(tmp_path, GOOD, "clear"), benchmark(tmp_path, OPEN, "open")], kinds=LINES)
    assert [each.made for each in report.trials] == [4, 8]
    assert report.verdict == "inconclusive"


def test_all_equivalent(tmp_path: Path) -> None:
    assert judged([benchmark(tmp_path)], kinds=LINES).verdict == "equivalent"


def test_the_long_tier_asks_the_true_margins_up_to_its_cap_at_three_nines_or_more(tmp_path: Path) -> None:
    report = judged([benchmark(tmp_path)], kinds=LINES, tier="long")
    assert verdicts(report)["tiny phone.asa"] == ("inconclusive", 16)
    assert report.trials[0].counts == (4, 8, 16)
    assert min(report.trials[0].levels) >= 0.999


def test_tiers_choose_lines(tmp_path: Path) -> None:
    kinds = {kind: [line.kind for line in trial(benchmark(tmp_path), [kind], "quick").lines] for kind in KINDS}
    assert kinds["exact"] == []
    assert kinds["oracle"] == ["published", "theory"]
    assert set(kinds["statistical"]) == {"little", "conservation"}


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    benchmarks = [benchmark(tmp_path, GOOD, "one"), benchmark(tmp_path, GOOD, "two", handle="200 s")]
    alone, spread = judged(benchmarks, kinds=LINES, seed=3), judged(benchmarks, kinds=LINES, seed=3, jobs=2)
    for a, b in zip(alone.trials, spread.trials, strict=True):
        assert {name: one.evaluation for name, one in a.judged.items()} == {name: one.evaluation for name, one in b.judged.items()}


def test_another_seed_draws_anew(tmp_path: Path) -> None:
    first, second = (judged([benchmark(tmp_path)], kinds=LINES, seed=seed).trials[0].judged["phone.asa"].evaluation for seed in (1, 2))
    assert first is not None
    assert second is not None
    assert first.measured != second.measured


def test_replications_that_were_kept_are_not_made_again(tmp_path: Path) -> None:
    asked = {"kinds": LINES, "keep": tmp_path / "kept"}
    first, second = (judged([benchmark(tmp_path, OPEN)], **asked) for _ in range(2))
    assert (first.trials[0].made, first.trials[0].reused) == (8, 0)
    assert (second.trials[0].made, second.trials[0].reused) == (0, 8)
    assert verdicts(first) == verdicts(second)
    other = judged([benchmark(tmp_path, GOOD)], **asked)  # what is expected does not touch what is simulated
    assert other.trials[0].reused == 4
    assert judged([benchmark(tmp_path, OPEN, handle="181 s")], **asked).trials[0].reused == 0
    assert judged([benchmark(tmp_path, OPEN)], **asked, seed=9).trials[0].reused == 0


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    def stop(look: int, benchmarks: int, done: int, count: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    asked = Ask(kinds=LINES, keep=tmp_path / "kept")
    one = benchmark(tmp_path, OPEN)
    with pytest.raises(BenchInterrupted) as caught:
        run([one], asked, stop)
    assert "3" in caught.value.say("fr")
    assert str(tmp_path / "kept") in caught.value.say("en")
    again = run([one], asked)
    assert again.trials[0].made == 5
    assert {name: j.evaluation for name, j in again.trials[0].judged.items()} == {
        name: j.evaluation for name, j in judged([one], kinds=LINES).trials[0].judged.items()
    }


def test_nothing_is_kept_unless_asked(tmp_path: Path) -> None:
    def stop(look: int, benchmarks: int, done: int, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(BenchInterrupted) as caught:
        run([benchmark(tmp_path)], Ask(kinds=LINES), stop)
    assert "rien n'est gardé" in caught.value.say("fr")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny.yaml"]


def test_a_model_compiled_once_gives_what_a_fresh_one_gives(tmp_path: Path) -> None:
    """Workers keep compiled models: a replication must not depend on those made before it with the same model."""
    one = trial(benchmark(tmp_path), ["oracle"], "quick")

    def made(folder: str, replications: list[int], fresh: bool) -> list[Sums]:
        place = tmp_path / folder
        place.mkdir()
        work.write_plan(place, [work.Case(one.loaded.scenario, None, place)])
        for number in replications:
            if fresh:
                work.forget()
            work.Work(place)(work.number_of(0, number))
        return [Sums.load(keep.sums_file(place, number)) for number in sorted(replications)]

    assert made("kept", [2, 1, 3], fresh=False) == made("fresh", [1, 2, 3], fresh=True)


def test_a_figure_that_does_not_exist_leaves_its_line_open(tmp_path: Path) -> None:
    figures = "    - {indicator: phone.asa, period: 'Sun 10:00', equals: 3 s, margin: 1 s}\n"
    found = judged([benchmark(tmp_path, figures)], kinds=LINES).trials[0].judged
    open_ = next(one for one in found.values() if one.error)
    assert open_.verdict == "inconclusive"
    assert open_.evaluation is None


def test_what_is_lost_is_different_however_it_varies(tmp_path: Path) -> None:
    """Conservation is exact: one need lost in one replication of four is enough."""
    one = trial(benchmark(tmp_path), ["statistical"], "quick")
    line = next(line for line in one.lines if line.kind == "conservation")
    lost: Any = SimpleNamespace(
        kind=line.kind,
        margin=line.margin,
        evaluate=lambda sample, level: Evaluation(959.75, 900.0, 1019.5, 960.0, -9.0, 8.5, 4),
    )
    sample: Any = None
    assert one.judge(lost, sample, 0.9999).verdict == "different"
    kept: Any = SimpleNamespace(kind="conservation", margin=line.margin, evaluate=lambda sample, level: Evaluation(960.0, 900.0, 1020.0, 960.0, 0.0, 0.0, 4))
    assert one.judge(kept, sample, 0.9999).verdict == "equivalent"


def test_without_its_records_a_benchmark_is_left_out_unless_it_was_named(tmp_path: Path) -> None:
    one, other = benchmark(tmp_path), benchmark(tmp_path, GOOD, "other")
    text = one.path.read_text(encoding="utf-8")
    one.path.write_text(text.replace('week: {Mon-Sun: {"00:00": 5}}', "file: '{data}/agents.csv'"), encoding="utf-8")
    with pytest.raises(ScenarioError):
        judged([one, other], kinds=LINES, strict=True)
    report = judged([one, other], kinds=LINES)
    assert report.skipped == [one]
    assert [trial.benchmark for trial in report.trials] == [other]
    with pytest.raises(ScenarioError):  # a folder was given, and the records are not in it
        judged([one, other], kinds=LINES, data=tmp_path)


def test_what_is_old_is_thrown_away(tmp_path: Path) -> None:
    import os

    old, new, other = tmp_path / ("0" * keep.DIGITS), tmp_path / ("f" * keep.DIGITS), tmp_path / "somebody-else"
    for folder in (old, new, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (1, 1))
    keep.prune(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([new.name, other.name])


def test_the_key_of_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = trial(benchmark(tmp_path), ["oracle"], "quick").loaded
    before = keep.key(loaded, 1)
    assert keep.key(loaded, 1) == before != keep.key(loaded, 2)
    extension = tmp_path / "more.py"
    extension.write_text("x = 1\n")
    assert keep.key(loaded, 1, [extension]) != before
    monkeypatch.setattr(keep, "sources", lambda: "other sources")
    assert keep.key(loaded, 1) != before


def test_a_run_that_judges_nothing_is_not_a_success(tmp_path: Path) -> None:
    assert runner.run([benchmark(tmp_path)], Ask(kinds=frozenset({"exact"}))).verdict == "inconclusive"
