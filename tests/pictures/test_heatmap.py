from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simcrc.pictures import make
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.theory import ErlangA
from tests.pictures import week


def _made(subject: Subject) -> Picture:
    return week.made("heatmap", subject)


def test_the_figures_are_those_of_the_table_of_results() -> None:
    subject = week.small()
    data = _made(subject).data
    level, offered = subject.base.by_slot("service_level", "phone"), subject.base.by_slot("offered", "phone")
    duty = subject.base.by_slot("agents_on_duty", "team:agents")
    days = {"Mon": 1, "Tue": 2, "Wed": 2, "Thu": 2, "Fri": 2}  # one Monday is a holiday
    assert len(data) == 5 * 16
    for row in data.itertuples():
        at = list(days).index(row.weekday), 2 * int(row.time[:2]) + int(row.time[3:]) // 30
        assert row.service_level == pytest.approx(level[0][at])
        assert row.service_level_low == pytest.approx(level[1][at])
        assert row.service_level_high == pytest.approx(level[2][at])
        assert row.arrivals_per_half_hour <= offered[0][at] / days[row.weekday] + 1e-9
        assert row.agents_on_duty == pytest.approx(duty[0][at] * 2 / days[row.weekday])
        assert row.agents_on_duty == (17 if row.time < "11:00" else 13)
        assert row.balance_agents == pytest.approx(row.agents_on_duty - row.agents_needed)


def test_arrivals_add_up_to_what_was_offered_while_open() -> None:
    subject = week.small()
    data = _made(subject).data
    times = data["weekday"].map({"Mon": 1, "Tue": 2, "Wed": 2, "Thu": 2, "Fri": 2})
    expected = (subject.base.mean("offered", "phone") or 0.0) - (subject.base.mean("closed", "phone") or 0.0)
    assert (data["arrivals_per_half_hour"] * times).sum() == pytest.approx(expected)


def test_needed_is_the_least_that_meets_the_target() -> None:
    data = _made(week.small()).data
    handle = float(data["offered_load_erlangs"].iloc[0] / data["arrivals_per_half_hour"].iloc[0] * 1800)
    assert handle == pytest.approx(300, rel=0.05)
    for row in data.iloc[::13].itertuples():
        rate, agents = row.arrivals_per_half_hour / 1800, int(row.agents_needed)
        assert ErlangA(rate, handle, agents, 360.0).service_level(120.0) >= 0.8 > ErlangA(rate, handle, agents - 1, 360.0).service_level(120.0)


def test_the_finding_names_the_worst_and_counts_what_misses() -> None:
    made = _made(week.small())
    data = made.data
    worst = data.loc[data["service_level"].idxmin()]
    day = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday"}[worst["weekday"]]
    said = made.finding.say("en")
    assert f"{day} at {worst['time']}: {100 * worst['service_level']:.1f}%" in said
    assert f"{int((data['service_level'] < 0.8).sum())} of 80 half hours" in said
    assert f"{int((data['service_level_high'] < 0.8).sum())} of them with their whole interval" in said
    assert f"short of need in {int((data['balance_agents'] <= -0.5).sum())} half hours" in said
    assert f"{100 * worst['service_level']:.1f}".replace(".", ",") in made.finding.say("fr")


def test_one_replication_without_target_shows_waits_and_load() -> None:
    made = _made(week.single())
    french, english = week.texts(week.single(), "heatmap")
    assert "pas d'intervalle" in french
    assert "no interval" in english
    assert week.NAME in english
    asa = week.single().base.by_slot("asa", "phone")[0]
    assert made.data["asa_s"].max() == pytest.approx(np.nanmax(asa[:, 17:33]))
    assert made.data["agents_needed"].isna().all()
    assert np.allclose(made.data["balance_agents"], made.data["agents_on_duty"] - made.data["offered_load_erlangs"])
    made.figure("fr").draw_without_rendering()


def test_the_busiest_site_with_agents_that_others_take() -> None:
    subject = week.sites()
    made = _made(subject)
    assert set(made.data["place"]) == {"counter.east"}
    assert "Counter, East" in made.title.say("en")
    french, _ = week.texts(subject, "heatmap")
    assert "De 3 lieux" in french
    busy = subject.base.by_slot("agents_busy", "phone")[0]
    for row in made.data.iloc[::7].itertuples():
        at = ("Mon", "Tue", "Wed", "Thu", "Fri").index(row.weekday), 2 * int(row.time[:2]) + int(row.time[3:]) // 30
        assert row.agents_on_duty == pytest.approx(6 - busy[at])


def test_nobody_comes_and_several_arms() -> None:
    absent = make("heatmap", week.nobody())
    assert isinstance(absent, Absent)
    assert "téléphone" in absent.why.say("fr")
    base = week.small().base
    both = Subject((base, replace(base, name="other")))
    assert "Chiffres de la base" in week.texts(both, "heatmap")[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_it_is_drawn_within_its_figure(narrow: bool) -> None:
    figure = _made(week.small()).figure("fr", narrow)
    figure.draw_without_rendering()
    sizes = [text.get_fontsize() for axes in figure.axes for text in axes.texts]
    assert min(sizes) >= 8
    assert len(sizes) == 2 * 80
