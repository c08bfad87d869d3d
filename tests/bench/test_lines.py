"""Lines of a benchmark: the same figures as the table of results, in every breakdown; units, margins and names; errors that name the line; what a broken
run does to Little's law and to conservation."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simcrc.bench.automatic import automatic
from simcrc.bench.errors import BenchError
from simcrc.bench.lines import Line, Margin, Sample, lines
from simcrc.bench.quantities import Measured, Number
from simcrc.indicators import indicators
from simcrc.indicators.axes import Axes
from simcrc.indicators.cells import Where, breakdown, index
from simcrc.indicators.formulas import Total
from simcrc.indicators.sums import Sums
from simcrc.indicators.tabulate import records, tabulate
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario import Loaded, load
from tests.indicators.week import week
from tests.observe.logs import Log, organisation, random_log

BASE = Path(__file__).parents[1] / "scenario" / "base.yaml"
SCENARIO = """
extends: base.yaml
horizon: 4 weeks
expect:
  source: the block
  note: {fr: essai, en: trial}
  figures:
"""


@pytest.fixture(scope="module")
def sums() -> list[Sums]:
    return [random_log(seed, needs=400).sums() for seed in range(4)]


@pytest.fixture(scope="module")
def sample(sums: list[Sums]) -> Sample:
    return Sample(organisation(), sums)


def expecting(folder: Path, *figures: str, head: str = SCENARIO) -> tuple[Loaded, Model]:
    """The base scenario with these figures, loaded and compiled."""
    (folder / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(head + "".join(f"    - {figure}\n" for figure in figures), encoding="utf-8")
    loaded = load(path)
    return loaded, compile(loaded.scenario)


def made(folder: Path, *figures: str) -> list[Line]:
    return [line for line in lines(*expecting(folder, *figures)) if line.kind in ("published", "theory")]


def where_of(row: dict[str, Any]) -> Where:
    return Where(*(row[column] for column in ("channel", "service", "segment", "reason", "period")))


def test_lines_measure_what_the_table_of_results_says(sums: list[Sums], sample: Sample) -> None:
    model = organisation()
    axes = Axes.of(model)
    rows = records(tabulate(model, sums))
    sites = [row for row in rows if row["channel"] and "." in row["channel"]]
    chosen = [row for number, row in enumerate(rows) if number % 7 == 0 or row["period"] is None] + sites
    compared, without = 0, 0
    for row in chosen:
        indicator = indicators()[row["indicator"]]
        by = breakdown(indicator, where_of(row))
        assert by is not None, row
        at = index(axes, by, where_of(row))
        assert at is not None, row
        line = Line("x", "published", row["unit"], model, Measured(indicator.formula, by, at), Number(0.0), {})
        if row["mean"] is None or row["replications"] < len(sums):
            with pytest.raises(BenchError, match=r"^x"):
                line.evaluate(sample, 0.95)
            without += 1
            continue
        try:
            found = line.evaluate(sample, 0.95)
        except BenchError:
            assert row["low"] is None or row["replications"] == len(sums)  # a ratio that one replication alone carries
            without += 1
            continue
        assert found.measured == pytest.approx(row["mean"], abs=1e-12), row
        if row["low"] not in (None, 0) and row["high"] not in (None, 1):  # the table cuts what cannot be
            assert (found.low, found.high) == pytest.approx((row["low"], row["high"]), abs=1e-9), row
        compared += 1
    assert compared > 1000
    assert without < compared / 4


def test_names_units_and_sources(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "{indicator: phone.asa, equals: 20 s, margin: 2 %}",
        "{indicator: phone.asa, equals: {value: 21 s, source: the amount}, margin: 2 %, source: the figure}",
        "{indicator: phone.asa, period: Mon 10:00, equals: 20 s, margin: 2 %, source: the figure}",
        "{indicator: contact_cost, per: day, equals: 1000, margin: 2 %}",
        "{indicator: time_to_resolution, equals: 36 min, margin: [1 %, 3 min], quick: 0.1 h}",
        '{indicator: "team:agents.occupancy", theory: {erlang_b.occupancy: {load: 10, lines: 17}}, margin: 0.2 points}',
    )
    assert [line.name for line in found] == [
        "phone.asa",
        "phone.asa (2)",
        "phone.asa [period=Mon 10:00]",
        "contact_cost [per=day]",
        "time_to_resolution",
        "team:agents.occupancy",
    ]
    assert [line.unit for line in found] == ["s", "s", "s", "CAD/day", "h", "share"]
    assert [line.source.en if line.source else None for line in found[:3]] == ["the block", "the amount", "the figure"]
    assert [line.note.fr if line.note else None for line in found[:1]] == ["essai"]
    assert [(line.kind, line.formula) for line in found[4:]] == [("published", None), ("theory", "erlang_b.occupancy")]
    hours = found[4]
    assert isinstance(hours.expected, Number)
    assert hours.expected.value == pytest.approx(0.6)
    assert hours.margin("long", 0.6) == pytest.approx((-0.05, 0.05))
    assert hours.margin("long", 100) == pytest.approx((-1, 1))
    assert hours.margin("quick", 100) == pytest.approx((-0.1, 0.1))
    assert found[5].margin("quick", 0.5) == pytest.approx((-0.002, 0.002))


def test_margins_take_the_widest() -> None:
    assert Margin(absolute=0.5, relative=0.02).around(10) == 0.5
    assert Margin(absolute=0.5, relative=0.02).around(-100) == 2


def test_the_list_alone(tmp_path: Path) -> None:
    loaded, model = expecting(tmp_path, "{indicator: fcr, equals: 60 %, margin: 2 %, source: here}", head="extends: base.yaml\nexpect:\n")
    line = lines(loaded, model)[0]
    assert line.source is not None
    assert (line.name, line.source.fr) == ("fcr", "here")


def test_a_total_per_day_and_measured_arguments(tmp_path: Path, sums: list[Sums]) -> None:
    """The names of this scenario are put on the axes of another: only the factors are looked at."""
    per_day, theory = made(
        tmp_path,
        "{indicator: offered, per: day, equals: 100, margin: 2 %}",
        "{indicator: offered, theory: {redial.total_rate: {arrival_rate: {indicator: needs_started, per: hour}, abandonment: 0}}, margin: 2 %}",
    )
    assert isinstance(per_day.measured, Measured)
    assert per_day.measured.factor == pytest.approx(1 / 28)
    run = Sample(organisation(), sums)
    needs = np.mean([each["mean"] for each in records(tabulate(organisation(), sums, ["needs_started"])) if where_of(each) == Where()])
    assert run.of(theory.expected, "x").whole == pytest.approx(needs / (28 * 24))


def test_theory_gets_measured_times_in_seconds(tmp_path: Path, sums: list[Sums]) -> None:
    (line,) = made(
        tmp_path,
        "{indicator: time_to_resolution, theory: {redial.total_rate: {arrival_rate: {indicator: time_to_resolution}, abandonment: 0}}, margin: 2 %}",
    )
    found = line.evaluate(Sample(organisation(), sums), 0.99)
    assert found.expected == pytest.approx(found.measured)  # hours, made seconds and hours again
    assert found.half_width == pytest.approx(0, abs=1e-9)


def test_what_has_no_figure_names_its_line(tmp_path: Path, sums: list[Sums]) -> None:
    loaded, model = expecting(tmp_path, "{indicator: phone.asa, equals: 20 s, margin: 2 %}")
    line = lines(loaded, model)[0]
    empty = Log(model).sums()
    for runs, words in (
        ([empty, empty], ("no value in 2 of 2 replications", "aucune valeur dans 2 réplication(s) sur 2")),
        ([empty], ("at least 2 replications", "au moins 2 réplications")),
    ):
        with pytest.raises(BenchError) as caught:
            line.evaluate(runs, 0.99)
        for lang, part in zip(("en", "fr"), words, strict=True):
            said = caught.value.say(lang)  # type: ignore[arg-type]
            assert said.startswith("phone.asa")
            assert part in said
    with pytest.raises(BenchError, match=r"phone.asa.*(détail|detail)"):
        Sample(model, [empty, empty]).of(Measured(indicators()["fcr"].formula, ("reason",), (0,)), "phone.asa")  # FCR has no reasons


def test_one_replication_without_the_figure_is_an_error(sums: list[Sums]) -> None:
    model = organisation()
    quantile = Measured(indicators()["wait_p90"].formula)
    assert Sample(model, sums).of(quantile, "x").whole > 0
    with pytest.raises(BenchError, match=r"1 .* 5"):
        Sample(model, [*sums, Log(model).sums()]).of(quantile, "x")


def test_theory_that_fails_on_measured_arguments_names_its_line(tmp_path: Path, sums: list[Sums]) -> None:
    (line,) = made(tmp_path, "{indicator: fcr, theory: {redial.total_rate: {arrival_rate: 1, abandonment: {indicator: offered}}}, margin: 2 %}")
    with pytest.raises(BenchError, match=r"^fcr"):
        line.evaluate(Sample(organisation(), sums), 0.99)


def test_a_run_obeys_its_automatic_lines() -> None:
    log = week()
    found = {line.name: line for line in automatic(log.model)}
    assert list(found) == [
        "little phone",
        "little counter.quebec",
        "little counter.montreal",
        "little mail",
        "conservation needs",
        "conservation contacts",
        "conservation agents",
    ]
    run = Sample(log.model, [log.sums(), log.sums()])
    for line in found.values():
        result = line.evaluate(run, 0.999)
        low, high = line.margin("long", result.expected)
        assert low <= result.difference_low <= result.difference_high <= high, line.name
    assert found["little phone"].evaluate(run, 0.99).measured == pytest.approx(360 / (14 * 86_400))
    assert found["little mail"].evaluate(run, 0.99).measured == pytest.approx((49.2 + 111) / (14 * 24))


@pytest.mark.parametrize("seed", range(5))
def test_any_log_obeys_littles_law(seed: int) -> None:
    """Waits in the warm-up, across the bounds of the period, and not over at the horizon."""
    log = random_log(seed)
    run = Sample(log.model, [log.sums(chunk=500), log.sums()])
    for line in automatic(log.model):
        if line.kind == "little":
            found = line.evaluate(run, 0.999)
            assert found.measured > 0
            assert found.expected == pytest.approx(found.measured, rel=1e-13)


@pytest.mark.parametrize(
    ("array", "line"),
    [
        ("queue_time|", "little phone"),
        ("dwelt_in_queue|", "little phone"),
        ("stock_time|", "little mail"),
        ("dwelt_in_backlog|", "little mail"),
        ("busy_time|", "conservation agents"),
        ("service_time|", "conservation agents"),
        ("solved|", "conservation needs"),
        ("of_needs|", "conservation contacts"),
    ],
)
def test_a_run_that_loses_something_is_noticed(array: str, line: str) -> None:
    """Two per cent of one figure are gone; its line, and no other, lies wholly outside its margin."""
    log = week()
    broken = []
    for _ in range(2):
        one = copy.deepcopy(log.sums())
        one.arrays = {name: np.asarray(values) * (98 if name.startswith(array) else 100) for name, values in one.arrays.items()}
        broken.append(one)
    run = Sample(log.model, broken)
    outside = []
    for each in automatic(log.model):
        found = each.evaluate(run, 0.999)
        low, high = each.margin("long", found.expected)
        if found.difference_high < low or high < found.difference_low:
            outside.append(each.name)
    assert outside == [line]


def test_a_sample_remembers(sums: list[Sums], sample: Sample) -> None:
    offered = Measured(Total(indicators()["offered"].formula.expressions()[0]))
    assert sample.of(offered, "x") is sample.of(offered, "y")
