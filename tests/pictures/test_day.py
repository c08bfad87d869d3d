from __future__ import annotations

from dataclasses import replace

import pytest

from simcrc.experiment.statistics import ratio
from simcrc.indicators.service_levels import LEVEL_OVER, LEVEL_UNDER
from simcrc.pictures import make
from simcrc.pictures.half_hours import span
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from tests.pictures import week


def _made(subject: Subject) -> Picture:
    return week.made("day", subject)


def test_a_day_is_the_mean_of_working_days() -> None:
    subject = week.small()
    data = _made(subject).data
    offered = subject.base.mean("offered", "phone") or 0.0
    closed = subject.base.mean("closed", "phone") or 0.0
    assert data["arrivals_per_half_hour"].sum() == pytest.approx((offered - closed) / 9)  # ten weekdays, one of them a holiday
    assert data["agents_on_duty"].tolist() == pytest.approx([17.0] * 5 + [13.0] * 11)
    assert data["agents_scheduled"].tolist() == pytest.approx([17.0] * 5 + [13.0] * 11)
    assert data["time"].tolist()[::15] == ["08:30", "16:00"]
    grid = make("heatmap", subject)
    assert isinstance(grid, Picture)
    times = grid.data["weekday"].map({"Mon": 1, "Tue": 2, "Wed": 2, "Thu": 2, "Fri": 2})
    expected = (grid.data["agents_needed"] * times).groupby(grid.data["time"]).sum() / 9
    assert data["agents_needed"].tolist() == pytest.approx(expected.tolist())


def test_service_is_a_ratio_of_sums_over_weekdays() -> None:
    subject = week.small()
    data = _made(subject).data
    over, under = (part.cells(subject.base.totals, ("channel", "slot")) for part in (LEVEL_OVER, LEVEL_UNDER))
    assert over is not None
    assert under is not None
    phone = list(subject.base.totals.axes.labels["channel"]).index("phone")
    for row, half_hour in ((0, 17), (3, 20), (15, 32)):
        slots = [48 * day + half_hour for day in range(5)]
        found = ratio(over[:, phone, slots].sum(axis=1), under[:, phone, slots].sum(axis=1))
        assert data["service_level"].iloc[row] == pytest.approx(found.mean)
        assert found.low is not None
        assert data["service_level_low"].iloc[row] == pytest.approx(max(0.0, found.low))


def test_the_finding_is_honest_about_the_interval() -> None:
    made = _made(week.small())
    data, said = made.data, made.finding.say("en")
    worst = data.loc[data["service_level"].idxmin()]
    assert f"lowest at {worst['time']}, {100 * worst['service_level']:.1f}%" in said
    sure = "with its whole interval" if worst["service_level_high"] < 0.8 else "which the interval holds" if worst["service_level"] < 0.8 else "being"
    assert sure in said
    peak = data.loc[data["arrivals_per_half_hour"].idxmax()]
    assert f"the most at {peak['time']} ({peak['arrivals_per_half_hour']:.0f} in half an hour)" in said
    short = data.loc[(data["agents_on_duty"] - data["agents_needed"]).idxmin()]
    assert f"at {short['time']}, {short['agents_needed'] - short['agents_on_duty']:.1f} of the" in said


def test_other_arms_have_lines_and_rows() -> None:
    base = week.small().base
    subject = Subject((base, *(replace(base, name=f"other{k}") for k in range(6))))
    made = _made(subject)
    assert made.data["arm"].nunique() == 7
    french, english = week.texts(subject, "day")
    assert "6 autres scénarios" in french
    assert "6 other scenarios" in english
    for narrow in (False, True):
        figure = made.figure("fr", narrow)
        figure.draw_without_rendering()
        assert len(figure.axes[2].get_legend().get_texts()) == 7


def test_odd_runs() -> None:
    assert isinstance(make("day", week.nobody()), Absent)
    french, english = week.texts(week.single(), "day")
    assert "pas de bandes" in french
    assert "the mean wait is longest" in english
    assert "offered load" in english
    for subject in (week.single(), week.sites()):
        _made(subject).figure("fr", True).draw_without_rendering()
    assert set(_made(week.sites()).data["place"]) == {"counter.east"}


def test_days_are_spelled() -> None:
    assert span((0, 1, 2, 3, 4), "fr", full=True) == "lundi au vendredi"
    assert span((0, 1, 2, 3, 6), "en") == "Sun–Thu"
    assert span((0, 2), "fr") == "lun, mer"
    assert span((0, 1, 2, 3, 4, 5, 6), "en") == "Mon–Sun"
