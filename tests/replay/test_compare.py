"""The comparison, on frames small enough to count by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from simcrc.log import Outcome
from simcrc.model.calendar import Calendar
from simcrc.replay.compare import comparison, contacts_of, figures, persistence, printable, printable_persistence, said, within
from simcrc.scenario.units import Hours

HOUR = 3_600_000_000
CALENDAR = Calendar.between(date(2024, 3, 4), date(2024, 3, 4), date(2024, 3, 18), "UTC")  # from a Monday
HOURS = Hours.parse("Mon-Fri 09:00-17:00")


def frame(rows: list[tuple[int, float, int, bool, bool, float]], replication: int | None = None) -> pd.DataFrame:
    """Rows of (day, hour, service, queued, abandoned, waited)."""
    out = pd.DataFrame(
        {
            "time": [day * 24 * HOUR + round(hour * HOUR) for day, hour, *_ in rows],
            "service": [row[2] for row in rows],
            "queued": [row[3] for row in rows],
            "abandoned": [row[4] for row in rows],
            "waited": [row[5] for row in rows],
        }
    )
    return out if replication is None else out.assign(replication=replication)


RECORDED = frame(
    [
        (0, 9.5, 0, True, True, 10.0),
        (0, 9.7, 0, True, False, 30.0),
        (0, 10.0, 1, False, False, 0.0),
        (0, 8.9, 0, True, True, 99.0),
        (5, 10.0, 0, True, True, 99.0),
    ]
)


def test_only_the_hours_compared_count() -> None:
    kept = within(RECORDED, CALENDAR, HOURS)
    assert len(kept) == 3
    assert kept["hour"].tolist() == [9, 9, 10]
    assert figures(kept) == {"offered": 3.0, "abandonment": pytest.approx(1 / 3), "queued": pytest.approx(2 / 3), "wait_mean": 20.0, "wait_p90": 28.0}


def test_nothing_to_compare_is_not_a_number() -> None:
    empty = figures(RECORDED.iloc[:0])
    assert empty.pop("offered") == 0
    assert all(np.isnan(value) for value in empty.values())


def test_replications_are_pooled() -> None:
    runs = pd.concat([frame([(0, 9.5, 0, True, False, 5.0)] * 2, 1), frame([(0, 9.5, 0, True, True, 15.0), (0, 9.5, 1, False, False, 0.0)], 2)])
    table = comparison(runs, RECORDED, CALENDAR, HOURS, ("sales", "help"))
    assert table[["scope", "key"]].to_numpy().tolist() == [["all", ""], ["service", "sales"], ["service", "help"], ["hour", "9"], ["hour", "10"]]
    whole = table.iloc[0]
    assert (whole["offered_recorded"], whole["offered_simulated"]) == (3.0, 2.0)
    assert whole["abandonment_simulated"] == pytest.approx(1 / 4)
    assert whole["queued_simulated"] == pytest.approx(3 / 4)
    assert whole["wait_mean_simulated"] == pytest.approx(25 / 3)
    help_ = table.iloc[2]
    assert (help_["queued_recorded"], help_["queued_simulated"]) == (0.0, 0.0)
    assert np.isnan(help_["wait_mean_recorded"])
    last = table.iloc[4]
    assert (last["offered_simulated"], last["offered_recorded"]) == (0.0, 1.0)


def test_persistence_repeats_the_same_weekday_and_hour() -> None:
    before = frame([(0, 9.0, 0, True, True, 1.0), (0, 9.0, 0, True, False, 1.0), (7, 10.0, 0, True, False, 1.0)])  # Monday 9 h: 1/2, 10 h: 0
    truth = frame([(0, 9.0, 0, True, True, 1.0)] * 3 + [(0, 9.0, 0, True, False, 1.0), (7, 10.0, 0, True, True, 1.0), (1, 9.0, 0, True, True, 1.0)])
    model = frame([(0, 9.0, 0, True, True, 1.0), (7, 10.0, 0, True, False, 1.0), (1, 9.0, 0, True, True, 1.0)])
    errors = persistence(model, truth, CALENDAR, before, CALENDAR, HOURS)
    assert errors["hours"] == 2  # on Tuesday there is nothing to repeat
    assert errors["model"] == pytest.approx((4 * 0.25 + 1 * 1.0) / 5)
    assert errors["persistence"] == pytest.approx((4 * 0.25 + 1 * 1.0) / 5)


def test_contacts_of_a_run() -> None:
    contacts = pd.DataFrame(
        {
            "started": [0, 1, 2],
            "service": [0, 0, 1],
            "queued": [-1, 1, 2],
            "ended": [5, 6, 7],
            "waited": [0, 2_500_000, 9],
            "outcome": [int(Outcome.SERVED), int(Outcome.ABANDONED), int(Outcome.CLOSED)],
        }
    )
    out = contacts_of(contacts)
    assert out["queued"].tolist() == [False, True]
    assert out["abandoned"].tolist() == [False, True]
    assert out["waited"].tolist() == [0.0, 2.5]


def test_it_is_printed_in_both_languages() -> None:
    table = comparison(RECORDED, RECORDED, CALENDAR, HOURS, ("sales", "help"))
    french, english = (printable(table, HOURS, lang, {"sales": "Ventes" if lang == "fr" else "Sales"}) for lang in ("fr", "en"))  # type: ignore[arg-type]
    assert "0,333" in french
    assert "Ventes" in french
    assert "ensemble" in french
    assert "0.333" in english
    assert "–" in english  # help has no wait
    assert "lun.–ven. 09:00–17:00" in french
    assert "Mon–Fri 09:00–17:00" in english
    errors = {"model": 0.034, "persistence": 0.085, "hours": 339.0}
    assert "0,034" in printable_persistence(errors, "fr")
    assert "0.085" in printable_persistence(errors, "en")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Sun-Thu 07:00-24:00", "Sun–Thu 07:00–24:00"),
        ("Mon 09:00-12:00, 13:00-17:00; Wed 10:00-11:00", "Mon 09:00–12:00, 13:00–17:00; Wed 10:00–11:00"),
        ("Mon-Sun 08:00-20:00", "Mon–Sun 08:00–20:00"),
        ("24/7", "24/7"),
    ],
)
def test_hours_in_few_words(hours: str, words: str) -> None:
    assert said(Hours.parse(hours), "en") == words
