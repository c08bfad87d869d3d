"""Runs that the tests of ``heatmap``, ``day`` and ``agents`` look at, each made once: two weeks of the smallest scenario, with a holiday in them, and a
counter of two sites beside it whose agents also take calls."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import simcrc
from simcrc.pictures import make
from simcrc.pictures.picture import Picture
from simcrc.pictures.subject import Subject, of_results

NAME = "Ligne <script>$x$ שלום"
TWO = """
simcrc: 1
name: Two sites
start: 2024-01-08
horizon: 1 week
services:
  a: {volume: {per_day: 260, profile: {week: {Mon-Fri: {"09:00": 1, "15:00": 0}}}}}
channels:
  phone: {kind: phone, hours: "Mon-Fri 09:00-16:00", handle_time: {exponential: 3 min}}
  counter:
    kind: counter
    name: {fr: Comptoir, en: Counter}
    sites: {east: {name: {fr: Est, en: East}, share: 0.7}, west: {name: {fr: Ouest, en: West}, share: 0.3}}
    hours: "Mon-Fri 09:00-16:00"
    handle_time: {exponential: 5 min}
teams:
  east: {serves: [counter.east, phone], schedule: {week: {Mon-Fri: {"09:00": 6, "16:00": 0}}}}
  west: {serves: [counter.west], schedule: {week: {Mon-Fri: {"09:00": 3, "16:00": 0}}}}
choice:
  first: {table: {a: {default: {phone: 25 %, counter: 75 %}}}}
"""


@cache
def small() -> Subject:
    """Two weeks and three replications; the second Monday is a holiday."""
    return of_results(simcrc.load("scenarios/smallest.yaml", set_=["horizon=2 weeks", "holidays=[2024-01-15]"]).run(3))


@cache
def single() -> Subject:
    """One replication of one week, without a service level or a target, and with a name that is no name."""
    changes = ["horizon=1 week", "channels.phone.service_level=", "targets=[]", f"channels.phone.name={NAME}"]
    return of_results(simcrc.load("scenarios/smallest.yaml", set_=changes).run(1))


@cache
def sites() -> Subject:
    """A phone, and a counter of two sites that is busier."""
    path = Path(mkdtemp()) / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return of_results(simcrc.load(path).run(2))


@cache
def nobody() -> Subject:
    """One day without a need."""
    return of_results(simcrc.load("scenarios/smallest.yaml", set_=["horizon=1 day", "services.information.volume.per_day=0"]).run(1))


@cache
def made(name: str, subject: Subject) -> Picture:
    """A picture, made once."""
    found = make(name, subject)
    assert isinstance(found, Picture)
    return found


def texts(subject: Subject, name: str) -> tuple[str, ...]:
    """All that a picture says, in French and in English."""
    picture = made(name, subject)
    said = []
    for lang in ("fr", "en"):
        table = picture.shown(lang)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert 0 < len(table.rows) <= 60
        assert picture.note is not None
        cells = " ".join(cell for row in (table.columns, *table.rows) for cell in row)
        said.append("\n".join((picture.title.say(lang), picture.finding.say(lang), picture.alternative.say(lang), picture.note.say(lang), cells)))
    assert not any(word in text for text in said for word in ("nan", "None", "{", "}"))
    return tuple(said)
