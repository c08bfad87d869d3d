"""What is not measured, what to measure first, and both ends of a range: on a scenario small enough to work it out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from simcrc.experiment.ranking import MOVES, ranked
from simcrc.experiment.sensitivity import Reload, at_end, reloader, sensitivity
from simcrc.experiment.unknowns import Unknown, hangs, plain, size, unknowns
from simcrc.report.readiness import Portrait
from simcrc.scenario import Loaded, load
from simcrc.scenario.readiness import QUESTIONS

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TEXT = """\
simcrc: 1
name: {fr: Petit, en: Small}
start: 2024-01-08
horizon: 1 week
population:
  size: {value: 9_000, status: measured, source: "register"}
  segments:
    young: {share: {value: 60 %, status: assumed, range: [50 %, 80 %]}, skill: {value: 80 %, status: assumed, range: [70 %, 90 %]}}
    old: {share: {value: 40 %, status: measured, source: "register"}}
services:
  ask: {volume: {per_day: {value: 90, status: assumed, range: [45, 180]}}}
  move: {volume: {per_day: 10}}
channels:
  web:
    kind: web
    completion: {ask: 70 %, move: 50 %, status: assumed, range: ±20 %}
    duration: {value: {lognormal: {mean: 5 min, cv: 1}}, status: assumed, range: ±40 %}
    cost: {per_contact: {value: 0.65, source: "Gartner", status: borrowed, range: [0.5, 0.8]}}
  phone:
    kind: phone
    hours: {value: "Mon-Fri 08:30-16:30", status: borrowed, source: "usual"}
    handle_time: {value: 4 min, status: measured, source: "log"}
    resolution: {value: 95 %, status: assumed, range: ±10 %}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Fri: {"08:30": 2, "16:30": 0}}, status: measured, source: roster}}
choice:
  first: {table: {default: {default: {web: 40 %, phone: 60 %}}, source: {fr: enquête, en: survey}, status: assumed, range: ±25 %}}
  next:
    web.failed: {phone: 60 % after 1 h, give_up: 40 %, status: assumed, range: ±30 %}
"""


@pytest.fixture
def small(tmp_path: Path) -> tuple[Loaded, Reload]:
    path = tmp_path / "small.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return load(path), reloader(path, [], None)


def by_path(found: Sequence[Unknown]) -> dict[str, Unknown]:
    return {each.path: each for each in found}


def test_what_is_measured_is_known(small: tuple[Loaded, Reload]) -> None:
    found = by_path(unknowns(small[0]))
    assert {path: each.state for path, each in found.items()} == {
        "services.ask.volume.per_day": "assumed",
        "services.move.volume.per_day": "unsaid",
        "population.segments.young.share": "assumed",
        "population.segments.young.skill": "assumed",
        "channels.web.completion": "assumed",
        "channels.web.duration.lognormal": "assumed",
        "channels.web.cost.per_contact": "borrowed",
        "channels.phone.hours": "borrowed",
        "channels.phone.resolution": "assumed",
        "choice.first.table.default.default": "assumed",
        "choice.next.web.failed": "assumed",
    }
    assert found["channels.web.completion"].question.id == "self_service"
    assert found["channels.phone.resolution"].question.id == "channels"
    assert len(found["channels.web.completion"].leaves) == 2


def test_half_widths(small: tuple[Loaded, Reload]) -> None:
    found = by_path(unknowns(small[0]))
    widths = {path: each.half_width for path, each in found.items()}
    assert widths["services.ask.volume.per_day"] == pytest.approx((180 - 45) / 2 / 90)  # relative
    assert widths["channels.web.completion"] == pytest.approx(0.2 * 0.7)  # in points, the widest
    assert widths["population.segments.young.skill"] == pytest.approx(0.1)
    assert widths["channels.web.duration.lognormal"] == pytest.approx(0.4)
    assert widths["choice.next.web.failed"] == pytest.approx(0.3 * 0.6)
    assert widths["services.move.volume.per_day"] is None
    assert widths["channels.phone.hours"] is None


def test_the_order_follows_the_rule(small: tuple[Loaded, Reload]) -> None:
    order = ranked(small[0], unknowns(small[0]))
    scores = {each.unknown.path: each.score for each in order}
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    assert scores["services.ask.volume.per_day"] == pytest.approx(0.75 * 4 * 0.9)  # waits, backlogs, money, satisfaction; nine needs of ten
    assert scores["services.move.volume.per_day"] == pytest.approx(0.5 * 4 * 0.1)  # no range
    assert scores["channels.web.completion"] == pytest.approx(0.14 * 6 * 0.4)  # the Web is the first channel of 40 %
    assert scores["population.segments.young.skill"] == pytest.approx(0.1 * 6 * 0.6)
    assert scores["channels.web.cost.per_contact"] == pytest.approx(0.3 / 2 / 0.65 * 1 * 0.4)
    assert scores["channels.phone.hours"] == 0


def test_every_pattern_of_the_rule_is_of_some_question() -> None:
    heads = {pattern.partition(".")[0] for question in QUESTIONS for pattern in question.hangs}
    assert {pattern.partition(".")[0] for pattern, _ in MOVES} <= heads


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("channels.*.cost.**", "channels.web.cost.per_month", True),
        ("channels.*.cost.**", "channels.web.cost", True),
        ("channels.*.lines", "channels.phone.lines", True),
        ("channels.*.lines", "channels.phone.lines.more", False),
        ("channels.{web,ivr}.completion.**", "channels.site.completion.ask", True),
        ("channels.{not web,ivr}.resolution.**", "channels.site.resolution", False),
        ("channels.{not web,ivr}.resolution.**", "channels.phone.resolution", True),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert hangs(pattern, tuple(path.split(".")), {"site": "web", "phone": "phone"}) is fits


@pytest.mark.parametrize(
    ("written", "expected"), [("12 %", 0.12), ("2,5 %", 0.025), (3, 3.0), ("1 h 30 min", 5.4e9), ("60 % after 1 h", 0.6), ("24/7", None), (True, None)]
)
def test_sizes(written: object, expected: float | None) -> None:
    assert size(written) == (None if expected is None else pytest.approx(expected))


def test_ends_of_ranges(small: tuple[Loaded, Reload]) -> None:
    loaded, reload = small
    found = by_path(unknowns(loaded))

    def end(path: str, which: int) -> Loaded:
        return reload(at_end(loaded, found[path], which))

    volume = end("services.ask.volume.per_day", 1).scenario.services["ask"].volume
    assert volume is not None
    assert volume.per_day == 180
    web = end("channels.web.completion", -1).scenario.channels["web"]
    assert web.completion == {"ask": pytest.approx(0.56), "move": pytest.approx(0.4)}  # type: ignore[attr-defined]
    law = end("channels.web.duration.lognormal", 1).scenario.channels["web"].duration["default"]  # type: ignore[attr-defined]
    assert law.mean == pytest.approx(7 * 60e6)
    assert law.cv == 1  # the shape stays
    assert end("channels.phone.resolution", 1).scenario.channels["phone"].resolution == {"default": 1.0}  # a share stays one
    row = end("choice.first.table.default.default", 1).scenario.choice.first.table["default"]["default"]
    assert row == {"web": pytest.approx(0.25), "phone": pytest.approx(0.75)}
    failed = end("choice.next.web.failed", 1).scenario.choice.next["web.failed"]
    assert failed["phone"].share == pytest.approx(0.78)
    assert failed["give_up"].share == pytest.approx(0.22)
    assert failed["phone"].after is not None
    segments = end("population.segments.young.share", 1).scenario.population
    assert segments is not None
    assert [segment.share for segment in segments.segments.values()] == [pytest.approx(0.8), pytest.approx(0.2)]
    assert at_end(loaded, found["channels.phone.hours"], 1) == []


@pytest.mark.parametrize("path", ["regie/depart.yaml", "organisations/organisation-3.yaml"])
def test_every_range_that_ships_can_be_walked(path: str) -> None:
    loaded = load(SCENARIOS / path)
    reload = reloader(SCENARIOS / path, [], None)
    for end in (-1, 1):
        ends = [
            assignment
            for unknown in unknowns(loaded)
            for assignment in at_end(loaded, unknown, end)
            if "choice.first" not in assignment and "share" not in assignment
        ]
        assert len(ends) > 100
        reload(ends)


def test_sensitivity_runs_both_ends_with_the_same_draws(small: tuple[Loaded, Reload]) -> None:
    loaded, reload = small
    found = by_path(unknowns(loaded))
    asked = [found[path] for path in ("channels.web.cost.per_contact", "channels.web.completion", "channels.phone.hours")]
    seen: list[float] = []
    out = sensitivity(loaded, asked, reload, 2, seen.append)
    assert len(out.swings) == 2
    assert out.swings[0].largest > out.swings[1].largest
    assert [each.path for each in out.fixed] == ["channels.phone.hours"]
    swings = {swing.unknown.path: swing for swing in out.swings}
    cost = swings["channels.web.cost.per_contact"]
    assert cost.largest[1] == "cost_per_need_resolved"
    assert cost.low["contacts_per_need"].mean == cost.high["contacts_per_need"].mean == 0  # exactly: the same needs with the same luck
    low, high = cost.low["cost_per_need_resolved"].mean, cost.high["cost_per_need_resolved"].mean
    assert low is not None
    assert high is not None
    assert low == pytest.approx(-high, rel=1e-6)
    assert low < 0
    resolved = swings["channels.web.completion"].high["resolved_ratio"].mean
    assert resolved is not None
    assert resolved > 0
    assert seen[-1] == 1.0


def test_a_yes_leaves_the_list(small: tuple[Loaded, Reload], tmp_path: Path) -> None:
    path = tmp_path / "yes.yaml"
    path.write_text(TEXT + "readiness: {self_service: yes, current_services: not_applicable, costs: [no, under_way]}\n", encoding="utf-8")
    portrait = Portrait.of(load(path))
    first = {each.unknown.path for each in portrait.first}
    assert first == {each.unknown.path for each in Portrait.of(small[0]).first} - {"channels.web.completion", "channels.web.duration.lognormal"}
    assert "services.ask.volume.per_day" in first  # not applicable is not yes


def test_provenance_survives_the_way_there_and_back(small: tuple[Loaded, Reload]) -> None:
    assert plain(small[0]).provenance == dict(small[0].provenance)
