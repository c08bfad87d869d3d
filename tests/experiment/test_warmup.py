"""Advice on the warm-up: what is found in series that are known, what is not, and that a run says it and no figure moves."""

from __future__ import annotations

import numpy as np
import pytest

import simcrc
from experiment.stations import MAIL, written
from simcrc.experiment.warmup import NEEDS, Settling, _judge
from simcrc.report.overload import warmup_lines

WEEK = np.array([1.3, 1.1, 1.0, 1.0, 0.9, 0.2, 0.2])


def series(seed: int, days: int, rise: float = 0.0, hang: float = 0.5, season: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """A level and the needs of each day: a weekly pattern, a season, noise that hangs together, and a rise from 0 in so many days."""
    rng = np.random.default_rng(seed)
    noise, shocks = np.zeros(days + 100), rng.normal(size=days + 100)
    for day in range(1, days + 100):
        noise[day] = hang * noise[day - 1] + np.sqrt(1 - hang**2) * shocks[day]
    day = np.arange(days)
    wave = season * np.sin(2 * np.pi * day / 365 + 1)
    level = 100 * (1 - np.exp(-day / rise) if rise else 1.0) * (1 + wave) + 10 * noise[100:]
    return level * WEEK[day % 7], rng.poisson(1000 * (1 + wave) * WEEK[day % 7]).astype(float)


def judge(warmup: int, seed: int, days: int = 392, **about: float) -> Settling:
    values, needs = series(seed, days, **about)
    return _judge("mail.stock", values, needs, np.arange(days), warmup, 0)


@pytest.mark.parametrize("season", [0.0, 0.2])
def test_a_slow_beginning_is_found_and_a_season_is_not_one(season: float) -> None:
    short = [judge(14, seed, rise=30.0, season=season) for seed in range(20)]
    assert sum(each.state == "settled" for each in short) <= 2
    days = sorted(each.days for each in short if each.days is not None)
    assert len(days) >= 15
    assert all(each % 7 == 0 for each in days)
    assert 49 <= days[len(days) // 2] <= 126  # three or four times 30 days, when a twentieth of the rise is left
    assert {judge(182, seed, rise=30.0, season=season).state for seed in range(20)} == {"settled"}


@pytest.mark.parametrize(("days", "hang", "season"), [(392, 0.0, 0.2), (392, 0.5, 0.2), (392, 0.9, 0.0), (90, 0.8, 0.0), (60, 0.5, 0.0)])
def test_no_false_alarm(days: int, hang: float, season: float) -> None:
    for warmup in (0, 14):
        states = [judge(warmup, seed, days, hang=hang, season=season).state for seed in range(60)]
        assert sum(state in ("short", "unsettled") for state in states) <= 1


def test_few_days_are_not_judged() -> None:
    assert judge(0, 1, 35).state == "unjudged"
    assert _judge("x", np.zeros(200), np.ones(200), np.arange(200), 0, 0).state == "unjudged"


def test_a_run_says_that_its_warmup_is_too_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    slow = [
        "horizon=52 weeks",
        "channels.mail.incomplete=45 %",
        "channels.mail.correction={lognormal: {mean: 30 days, cv: 0.5}}",
        "teams.analysts.schedule.week={Mon-Fri: {08:00: 9, 16:00: 0}}",
    ]
    path = written(tmp_path_factory.mktemp("slow"), MAIL)
    short, long = (simcrc.load(path, set_=[*slow, f"warmup={weeks} weeks"]).run(1) for weeks in (1, 30))
    found = {each.figure: each for each in short.warmup}
    assert found[NEEDS].state == "short"
    assert found[NEEDS].warmup == 7
    assert 70 <= (found[NEEDS].days or 0) <= 210
    assert all(each.state in ("settled", "unjudged") for each in long.warmup)
    names = short.manifest["words"]
    said = "\n".join(warmup_lines(short.warmup, short.overload, names, "fr"))
    assert "le rodage (7 jours) paraît trop court" in said
    assert "MSER-5, White 1997" in said
    assert "looks too short" in "\n".join(warmup_lines(short.warmup, short.overload, names, "en"))
    assert warmup_lines(long.warmup, long.overload, names, "fr") == []
    assert "warmup.json" in short.manifest["files"]
