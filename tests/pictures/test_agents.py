from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simcrc.experiment.statistics import Estimate
from simcrc.pictures import make
from simcrc.pictures.agents import verdict
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.theory import ErlangA
from tests.pictures import week


def _made(subject: Subject) -> Picture:
    return week.made("agents", subject)


def test_each_half_hour_stands_beside_erlang_a() -> None:
    subject = week.small()
    data = _made(subject).data
    busy = subject.base.by_slot("agents_busy", "phone")[0]
    handle = float(data["offered_load_erlangs"].iloc[0] / data["arrivals_per_hour"].iloc[0] * 3600)
    assert data["group"].value_counts().tolist() == pytest.approx([27, 27, 26], abs=1)
    for row in data.iloc[3::11].itertuples():
        queue = ErlangA(row.arrivals_per_hour / 3600, handle, round(row.agents_on_duty), 360.0)
        assert row.erlang_a_service_level == pytest.approx(queue.service_level(120.0))
        assert row.erlang_a_occupancy == pytest.approx(queue.occupancy)
        at = ("Mon", "Tue", "Wed", "Thu", "Fri").index(row.weekday), 2 * int(row.time[:2]) + int(row.time[3:]) // 30
        days = 1 if row.weekday == "Mon" else 2
        assert row.occupancy == pytest.approx(busy[at] * 2 / days / row.agents_on_duty)


def test_the_finding_compares_the_whole_run() -> None:
    subject = week.small()
    made = _made(subject)
    data = made.data
    whole = subject.base.estimate("service_level", "phone")
    days = data["weekday"].map({"Mon": 1, "Tue": 2, "Wed": 2, "Thu": 2, "Fri": 2})
    theory = float(np.average(data["erlang_a_service_level"], weights=data["arrivals_per_hour"] * days))
    said = made.finding.say("en")
    assert whole.mean is not None
    assert f"measured is {100 * whole.mean:.1f}%" in said
    assert f"gives {100 * theory:.1f}%" in said
    words = {"inside": "which the interval holds", "above": "above the interval", "below": "below the interval", "single": ""}
    assert words[verdict(whole, theory)] in said


def test_verdicts() -> None:
    one = Estimate(0.8, 0.7, 0.9, 5)
    assert [verdict(one, value) for value in (0.6, 0.75, 0.95)] == ["below", "inside", "above"]
    assert verdict(Estimate(0.8, None, None, 1), 0.8) == "single"


def _curve() -> pd.DataFrame:
    """As ``simcrc staff`` writes it."""
    rows = []
    for kind, label, hours in (
        ("written", "written", 560.0),
        ("erlang_a", "start", 600.0),
        ("found", "found", 580.0),
        *(("curve", f"{k}%", 5.8 * k) for k in (90, 100, 110)),
    ):
        rows.append(
            {"kind": kind, "label": label, "week_hours": hours, "figure": "phone.service_level", "mean": hours / 700, "low": hours / 720, "high": hours / 690}
        )
        rows.append(
            {"kind": kind, "label": label, "week_hours": hours, "figure": "team:agents.occupancy", "mean": 450 / hours, "low": 440 / hours, "high": 460 / hours}
        )
    return pd.DataFrame(rows)


def test_points_of_staff_are_drawn_below() -> None:
    subject = replace(week.small(), staffing=_curve())
    made = _made(subject)
    own = made.data[made.data["source"] == "points"]
    assert own["staff_hours_per_week"].tolist() == pytest.approx([522.0, 580.0, 638.0])
    assert own["occupancy"].tolist() == pytest.approx([450 / 522, 450 / 580, 450 / 638])
    assert "les 3 points" in week.texts(subject, "agents")[0]
    for narrow in (False, True):
        figure = made.figure("fr", narrow)
        figure.draw_without_rendering()
        assert len(figure.axes) == 4


def test_points_of_a_sweep() -> None:
    frame = pd.DataFrame({"kind": "sweep", "team": "agents", "agents": [14.0, 12.0], "indicator": "service_level", "where": "phone", "mean": [0.8, 0.6],
                          "low": [0.7, 0.5], "high": [0.9, 0.7]})  # fmt: skip
    made = _made(replace(week.small(), staffing=frame))
    own = made.data[made.data["source"] == "points"]
    assert own["staff"].tolist() == [12.0, 14.0]
    assert own["service_level"].tolist() == [0.6, 0.8]
    elsewhere = _made(replace(week.small(), staffing=frame.assign(team="others")))
    assert (elsewhere.data["source"] == "run").all()
    unknown = _made(replace(week.small(), staffing=pd.DataFrame({"x": [1]})))
    assert (unknown.data["source"] == "run").all()


def test_odd_runs() -> None:
    assert isinstance(make("agents", week.nobody()), Absent)
    french, english = week.texts(week.single(), "agents")
    assert "une seule réplication" in french
    assert "The mean wait measured" in english
    week.texts(week.sites(), "agents")
    for subject, narrow in ((week.single(), False), (week.sites(), True)):
        _made(subject).figure("en", narrow).draw_without_rendering()


def test_endless_patience_is_said() -> None:
    english = week.texts(week.sites(), "agents")[1]
    assert "endless" in english
