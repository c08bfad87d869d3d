"""Random valid scenarios over the whole language (docs/scenario-language.md), small enough to be run in a few hundredths of a second.

``documents`` gives what a YAML reader would: mappings, lists, texts and numbers, in all notations.  ``scenarios`` gives them read.
Files, ``extends`` and ``replay`` are left to the tests of those.  Neighbours: ``pen`` writes values, ``organisation`` channels and
teams, ``behaviour`` choices.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from simcrc.scenario.scenario import Scenario
from simcrc.scenario.units import as_written
from tests.properties.behaviour import choice
from tests.properties.organisation import UNIVERSAL, Plan, channels, teams
from tests.properties.pen import SHORT, Document, Pen

KINDS = ("phone", "mail", "web", "ivr", "counter", "email", "fax", "hotline")
SERVICES, SEGMENTS, LANGUAGES = ("info", "claim", "update"), ("near", "far"), ("fr", "en")
ZONES = ("UTC", "America/Toronto", "Europe/Paris", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu")
STARTS = ("2006-04-03", "2006-04-02", "2006-10-29", "2006-12-24", "2008-02-28", "2007-01-08", "2006-03-31", "2006-11-05", "2006-06-23")
NEEDS = 120  # expected, at most, in a run without surges
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WAYS = {"per_day": 1.0, "per_year": 365.25, "per_hour": 1 / 24, "per_minute": 1 / 1440}


@st.composite
def documents(draw: Any, provenance: bool = True) -> Document:
    """A scenario as it is written; `provenance`: some values say where they come from."""
    pen = Pen(draw, provenance)
    start, days, warmup = date.fromisoformat(pen.one(STARTS)), pen.number(1, 4), pen.number(0, 2)
    plan = _plan(pen, start - timedelta(warmup), warmup + days)
    out: Document = {"simcrc": 1, "name": pen.one(("test", {"fr": "essai", "en": "test"})), "start": start.isoformat(), "horizon": f"{days} days"}
    out |= _period(pen, warmup, start)
    access = dict.fromkeys(plan.segments, 100)
    if plan.segments:
        out["population"] = _population(pen, plan, access)
    profiles = {name: _profile(pen) for name in pen.some(("office", "evening"))}
    if profiles:
        out["profiles"] = profiles
    out["services"] = {name: _service(pen, plan, list(profiles), warmup + days) for name in plan.services}
    if pen.chance(25):
        out["surges"] = [_surge(pen, plan, at) for at in pen.some([*plan.instants, ""], least=1)]
    out["channels"] = channels(pen, plan)
    out["teams"] = teams(pen, plan)
    if pen.chance(50):
        out["routing"] = {"contact": pen.one(("priority", "longest_wait")), "agent": pen.one(("most_idle", "fewest_skills", "team_order"))}
    out["choice"] = choice(pen, plan, access)
    whole: Document = json.loads(json.dumps(out | _figures(pen, plan)))  # nothing is shared between two places
    return whole


@st.composite
def scenarios(draw: Any) -> Scenario:
    """A scenario, read."""
    return read(draw(documents(provenance=False)))


def read(document: Document) -> Scenario:
    """The scenario that a document without provenance writes."""
    return Scenario.model_validate(as_written(document))


def _plan(pen: Pen, first: date, days: int) -> Plan:
    services = list(SERVICES[: pen.number(1, 3)])
    segments = list(SEGMENTS[: pen.number(0, 2)])
    names = pen.some(KINDS)
    if not set(UNIVERSAL) & set(names):
        names.insert(0, pen.one(UNIVERSAL))
    base = next(name for name in UNIVERSAL if name in names)  # offers everything to everybody
    offers = {name: pen.some(services, least=1) if name != base and pen.chance(40) else services for name in pen.shuffled(names)}
    via = {"phone", "ivr"} <= set(names) and pen.chance(80)
    instants = [f"{first + timedelta(pen.number(0, days - 1))} {pen.number(0, 23):02d}:{pen.one(('00', '15', '30'))}" for _ in range(2)]
    return Plan(services, segments, [], offers, via, instants=instants)


def _period(pen: Pen, warmup: int, start: date) -> Document:
    out: Document = {"seed": pen.number(0, 9)}
    if warmup:
        out["warmup"] = f"{warmup} days"
    if pen.chance(60):
        out["timezone"] = pen.one(ZONES)
    if pen.chance(40):
        out["holidays"] = pen.one(("CA-QC", [str(start)], [str(start + timedelta(1)), "FR"], str(start - timedelta(1))))
    if pen.chance(10):
        out |= {"currency": "EUR", "description": "A trial.", "replications": 3}
    return out


def _population(pen: Pen, plan: Plan, access: dict[str, int]) -> Document:
    parts = pen.parts(len(plan.segments))
    speak = pen.chance(50)
    if speak:
        plan.languages += LANGUAGES
    out: Document = {}
    for name, part in zip(plan.segments, parts, strict=True):
        access[name] = pen.one((100, 0, 60))
        out[name] = {"share": f"{part} %", "access": f"{access[name]} %"} | ({"language": pen.shares(LANGUAGES)} if speak else {})
        if pen.chance(50):
            out[name]["skill"] = pen.share()
        if pen.chance(30):
            out[name]["needs"] = pen.one((1, 2.5, 0.2))
        if pen.chance(30):
            out[name]["patience"] = pen.law(SHORT)
        if pen.chance(30):
            out[name]["priority"] = pen.number(1, 9)
        if pen.chance(30):
            out[name]["head_start"] = pen.duration(SHORT)
    return {"size": pen.one((1000, 3, 3_200_000)), "segments": out}


def _profile(pen: Pen) -> Document:
    return {
        "week": pen.one(
            (
                {"Mon-Sun": "constant"},
                {"Mon-Sun": {"00:00": 1, "10:00": 30, "11:30": 2}},
                {"Mon-Fri": {"08:00": 10, "12:00": 6, "16:30": 0}, "Sat-Sun": 1},
                {"sam-lun": {"00:00": 3}, "Tue,Thu": {"23:30": 1}, "Wed": 2, "Fri": {"06:30": 1}},
            )
        )
    }


def _service(pen: Pen, plan: Plan, profiles: list[str], days: int) -> Document:
    daily = pen.number(1, NEEDS) / len(plan.services) / days
    way = pen.one(tuple(WAYS))
    volume: Document = {way: pen.said(daily * WAYS[way])}
    if pen.chance(60):
        volume["profile"] = pen.one([_profile(pen), *profiles])
    if pen.chance(20):
        volume["season"] = {month: pen.one((1, 1.5, 0.5)) for month in pen.some(MONTHS)}
    if pen.chance(20):
        volume["weekdays"] = {"Mon": 2, "Sat,Sun": 0.5}
    if pen.chance(30):
        volume["on_holidays"] = pen.one((1, 0, 0.5))
    if pen.chance(30):
        volume |= {"busyness": pen.one((25, 2, 0.7)), "shared": pen.share()}
    out: Document = {"volume": volume}
    if pen.chance(40):
        out["complexity"] = pen.share()
    if pen.chance(40):
        out["ambiguity"] = pen.share()
    if pen.chance(25):
        out["standard"] = pen.one(("5 days", "1 day"))
    if pen.chance(25):
        out["priority"] = pen.number(1, 9)
    if plan.segments and pen.chance(20):
        out["needs"] = {plan.segments[0]: pen.one((2, 8)), "default": 1}
    return out


def _surge(pen: Pen, plan: Plan, at: str) -> Document:
    out: Document = {"at": at} if at else {"after_holidays": True}
    out |= {"lasts": pen.one(("6 h", "1 day", "90 min")), "factor": pen.one((2, 0, 3.5))}
    if pen.chance(40):
        out["half_life"] = "3 h"
    return out | ({"services": pen.some(plan.services, least=1)} if pen.chance(40) else {})


def _figures(pen: Pen, plan: Plan) -> Document:
    """What is counted of a run: costs, satisfaction, targets."""
    out: Document = {}
    if pen.chance(30):
        out["costs"] = {"method": pen.one(("per_contact", "agent_hours")), "zero_call": pen.one(("both", "phone", "ivr")), "citizen_hour": 20}
    if pen.chance(30):
        out["satisfaction"] = {"channel": {plan.channels[0]: "80 %"}, "wait_half": pen.one(("10 min", "1 h")), "unresolved": pen.share()}
    if pen.chance(30):
        out["targets"] = ["contacts_per_need <= 1.5", "fcr >= 60 %", f"{plan.channels[0]}.offered > 3"]
    return out
