"""Stored figures: written and read, equal to the last digit or shown as changed, by intervals elsewhere and with other seeds."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.tiny import GOOD, benchmark, judged
from simcrc.bench import exact, wording
from simcrc.bench.catalogue import Benchmark
from simcrc.bench.exact import REPLICATIONS, Change, Figure, Stored, StoredError, changes, compare, differences
from simcrc.bench.runner import Ask, update

EXACT = frozenset({"exact"})


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Benchmark:
    """A tiny benchmark with its stored figures."""
    one = benchmark(tmp_path_factory.mktemp("exact"))
    ((_, old, new),) = update([one], Ask())
    assert old is None
    exact.write(one.exact, new)
    return one


@pytest.fixture
def copy(stored: Benchmark, tmp_path: Path) -> Benchmark:
    """The same, for a test that changes the file."""
    path = tmp_path / "tiny.json"
    path.write_bytes(stored.exact.read_bytes())
    return replace(stored, exact=path)


def edit(one: Benchmark, **fields: Any) -> None:
    """Change the file of stored figures."""
    one.exact.write_text(json.dumps(json.loads(one.exact.read_text(encoding="utf-8")) | fields), encoding="utf-8")


def test_what_is_written_is_read_again_to_the_last_digit(stored: Benchmark, tmp_path: Path) -> None:
    found = exact.read(stored.exact)
    assert found is not None
    exact.write(tmp_path / "again.json", found)
    assert exact.read(tmp_path / "again.json") == found
    assert (tmp_path / "again.json").read_bytes() == stored.exact.read_bytes()
    assert {len(figure.values) for figure in found.figures.values()} == {REPLICATIONS}
    assert {"offered", "phone.asa", "phone.service_level", "team:agents.occupancy"} - {"phone.service_level"} <= set(found.figures)


def test_one_figure_a_line(stored: Benchmark) -> None:
    lines = stored.exact.read_text(encoding="utf-8").splitlines()
    assert sum('"values"' in line for line in lines) == len(json.loads("\n".join(lines))["figures"])


def test_the_same_seed_on_the_same_fingerprint_is_the_same(stored: Benchmark) -> None:
    report = judged([stored], kinds=EXACT)
    found = report.trials[0].stored
    assert found is not None
    assert (found.status, found.moved, found.changes, found.verdict) == ("same", False, (), "equivalent")
    assert report.verdict == "equivalent"


def test_the_last_digit_counts(copy: Benchmark) -> None:
    figures = json.loads(copy.exact.read_text(encoding="utf-8"))["figures"]
    value = figures["phone.asa"]["values"][2]
    figures["phone.asa"]["values"][2] = math.nextafter(value, math.inf)
    edit(copy, figures=figures)
    report = judged([copy], kinds=EXACT)
    found = report.trials[0].stored
    assert found is not None
    assert report.verdict == "different"
    assert found.changes == (Change("phone.asa", "s", 3, math.nextafter(value, math.inf), value, 1, REPLICATIONS),)
    said = wording.change(found.changes[0], "en")
    assert repr(value) in said
    assert "(replication 3; 1 of 4 changed)" in said


def test_a_scenario_that_changed_is_said(copy: Benchmark, tmp_path: Path) -> None:
    other = replace(benchmark(tmp_path, handle="190 s"), exact=copy.exact)
    found = judged([other], kinds=EXACT).trials[0].stored
    assert found is not None
    assert (found.status, found.moved) == ("changed", True)


def test_without_stored_figures(tmp_path: Path) -> None:
    found = judged([benchmark(tmp_path)]).trials[0].stored
    assert found is not None
    assert (found.status, found.verdict) == ("missing", None)


def test_on_another_fingerprint_pairs_decide(copy: Benchmark) -> None:
    print_ = json.loads(copy.exact.read_text(encoding="utf-8"))["fingerprint"]
    versions = print_["versions"] | {"numpy": "1.26.0"}
    edit(copy, fingerprint=print_ | {"digest": "elsewhere", "versions": versions})
    report = judged([copy], kinds=EXACT)
    found = report.trials[0].stored
    assert found is not None
    assert found.status == "elsewhere"
    assert [text for text in found.differences if text.startswith("numpy 1.26.0 → ")]
    assert {one.verdict for one in found.comparisons} == {"equivalent"}, "equal figures, replication by replication"
    assert report.verdict == "equivalent"


def test_with_another_seed_two_samples_are_compared_and_the_lines_decide(copy: Benchmark) -> None:
    found = judged([copy], kinds=EXACT, seed=77)
    assert found.trials[0].stored is not None
    assert found.trials[0].stored.status == "seeds"
    assert found.verdict == "inconclusive", "four days of a queue say little"
    assert judged([copy], seed=77).verdict == "equivalent"


def test_by_intervals_a_large_change_is_found(copy: Benchmark) -> None:
    figures = json.loads(copy.exact.read_text(encoding="utf-8"))["figures"]
    figures["offered"]["values"] = [value + 10_000 for value in figures["offered"]["values"]]
    edit(copy, figures=figures, fingerprint={"digest": "elsewhere"})
    assert judged([copy]).verdict == "different"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((1.0, 2.0), (1.0, 2.0), []),
        ((1.0, None), (1.0, None), []),
        ((1.0, 2.0), (1.0, 2.5), [(2, 2.0, 2.5, 1)]),
        ((1.0, 2.0), (1.5, 2.1), [(1, 1.0, 1.5, 2)]),
        ((1.0, None), (1.0, 3.0), [(2, None, 3.0, 1)]),
        ((1.0,), (1.0, 4.0), [(2, None, 4.0, 1)]),
    ],
)
def test_changes(old: tuple[float, ...], new: tuple[float, ...], expected: list[tuple[Any, ...]]) -> None:
    found = changes({"x": Figure("s", old)}, {"x": Figure("s", new)})
    assert [(one.replication, one.old, one.new, one.moved) for one in found] == expected


def test_figures_that_come_and_go_are_changes() -> None:
    found = changes({"a": Figure("s", (1.0,))}, {"b": Figure("s", (2.0,))})
    assert [(one.name, one.old, one.new, one.relative) for one in found] == [("a", 1.0, None, None), ("b", None, 2.0, None)]


def about(values: tuple[float | None, ...]) -> Stored:
    return Stored("x", 1, "", {}, {"x": Figure("s", values)})


def test_pairs_take_away_what_both_share() -> None:
    old = (100.0, 200.0, 300.0, 400.0)
    near = {"x": Figure("s", tuple(value * 1.001 for value in old))}
    (paired,), (apart,) = compare(about(old), near, True, 0.99), compare(about(old), near, False, 0.99)
    assert paired.verdict == "equivalent"
    assert apart.verdict == "inconclusive"
    assert paired.margin == pytest.approx(2.5)


def test_welch_against_scipy() -> None:
    from scipy.stats import ttest_ind

    a, b = (1.0, 2.0, 4.0, 3.5), (2.0, 2.5, 6.0, 4.0, 3.0, 3.1)
    (found,) = compare(about(a), {"x": Figure("s", b)}, False, 0.98)
    interval = ttest_ind(b, a, equal_var=False).confidence_interval(0.98)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


@pytest.mark.parametrize("paired", [True, False])
def test_what_cannot_be_compared_is_inconclusive(paired: bool) -> None:
    for values in ((), (None, None), (1.0,)):
        (found,) = compare(about((3.0, 4.0)), {"x": Figure("s", values)}, paired, 0.99)
        assert found.verdict == "inconclusive"
    (found,) = compare(about((3.0, 4.0)), {}, paired, 0.99)
    assert found.verdict == "inconclusive"


def test_update_keeps_the_margin_of_the_file(copy: Benchmark) -> None:
    edit(copy, margin=0.05)
    ((_, old, new),) = update([copy], Ask())
    assert old is not None
    assert old.margin == new.margin == 0.05
    assert changes(old.figures, new.figures) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "figures": {"x": 3}}'])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoredError) as caught:
        exact.read(path)
    assert str(path) in caught.value.say("fr")


def test_what_differs_between_fingerprints() -> None:
    old = {"versions": {"numpy": "1", "scipy": "1"}, "processor": {"machine": "a", "libc": "x", "features": ["AVX", "SSE"]}}
    new = {"versions": {"numpy": "2", "scipy": "1"}, "processor": {"machine": "a", "libc": "y", "features": ["SSE", "AVX2"]}}
    assert differences(old, new) == ["numpy 1 → 2", "libc x → y", "AVX, AVX2"]
    assert differences(old, old) == []


def test_a_change_in_words() -> None:
    one = Change("phone.asa", "s", 2, 8.0, 10.0, 3, 4)
    assert wording.change(one, "fr") == "phone.asa : 8 → 10, +25\u00a0% (réplication 2 ; 3 sur 4 changent)"
    assert wording.change(replace(one, old=None), "en") == "phone.asa: absent → 10 (replication 2; 3 of 4 changed)"


def test_lines_with_cells_of_their_own_are_stored(tmp_path: Path) -> None:
    one = benchmark(tmp_path, GOOD + "    - {indicator: phone.offered, period: 'Mon 10:00', equals: 20, margin: 100 %}\n")
    ((_, _, new),) = update([one], Ask())
    assert "phone.offered [period=Mon 10:00]" in new.figures


def test_a_figure_over_hours_of_the_week_is_stored(tmp_path: Path) -> None:
    """A line whose period is several half hours takes these cells together, in what is stored too."""
    line = '    - {indicator: phone.queued_ratio, period: "Mon-Sun 09:00-12:00", equals: 50 %, margin: 60 points}\n'
    one = benchmark(tmp_path, GOOD.rstrip() + "\n" + line)
    ((_, _, new),) = update([one], Ask())
    (name,) = [name for name in new.figures if "09:00" in name]
    assert all(value is not None and 0 < value < 1 for value in new.figures[name].values)
