"""Random policies over random scenarios: what decides beside shares, memory, silos, phases, and measures of every kind that fit.

``changing`` gives a scenario with policies.  A measure that a scenario refuses (``Measure.problems``, contradictions, free choice) is left out, so that
what remains is what a loaded file could hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from simcrc.policies.contradiction import contradictions
from simcrc.policies.free_choice import broken
from simcrc.policies.timeline import base_of, before
from simcrc.scenario.phases import PHASES
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.units import as_written
from tests.properties.behaviour import NEEDS_ACCESS
from tests.properties.pen import LONG, SHORT, Document, Pen
from tests.properties.scenarios import documents, read

FACTORS = (1, 0.5, 2, 0, 0.1)


@st.composite
def changing(draw: Any) -> Scenario:
    """A scenario with a policy, whose measures may begin before the warm-up."""
    document = draw(documents(provenance=False))
    pen = Pen(draw)
    _decides(pen, document)
    _systems(pen, document)
    base = read(document)
    measures: list[Document] = []
    for _ in range(pen.number(1, 5)):
        measure = pen.one(list(_measures(pen, document, base)))
        days = pen.number(-3, (base.horizon.after(base.start) - base.start).days - 1)
        dated: Document = {"at": (base.start + timedelta(days)).isoformat()} | measure
        if pen.chance(30):
            dated["ramp"] = pen.one(({"linear": "3 days"}, {"s_curve": "2 weeks"}, {"bass": {"lasts": "9 days"}}, {"linear": "1 day"}))
        elif pen.chance(30):
            dated["lasts"] = f"{pen.number(1, 3)} days"
        if fits(document, [*measures, dated]):
            measures.append(dated)
    return under(document, measures)


def under(document: Document, measures: list[Document]) -> Scenario:
    """The scenario with a policy of `measures`."""
    return Scenario.model_validate(as_written(document | {"policies": [{"name": "policy", "measures": measures}]}))


def fits(document: Document, measures: list[Document]) -> bool:
    """Could a file hold these measures?"""
    scenario = under(document, measures)
    entries = scenario.policies[0].measures
    return (
        not any(True for entry in entries for _ in entry.does.problems(before(scenario, entry)))
        and not list(contradictions(scenario, base_of(scenario)))
        and not broken(scenario)
    )


def _decides(pen: Pen, document: Document) -> None:
    """The utility and memory; without a population neither habit nor experience."""
    if not pen.chance(60):
        return
    channels = [name for name in document["channels"] if name != "ivr"]
    terms = {name: pen.one((0.5, -1, 2)) for name in pen.some(channels)}
    utility: Document = {"task": {"complex": terms, "ambiguous": dict.fromkeys(terms, 0.3)}, "circumstances": {"closed": pen.one((0, -1, -4))}}
    if "population" in document:
        utility |= {"habit": {"simple": pen.one((0, 2, 6)), "weighed": pen.one((0, 1))}, "experience": pen.one((0, 1, 3))}
        document["population"]["memory"] = {"habit_rate": pen.one((0, 0.2, 1)), "experience_rate": pen.one((0, 0.3, 1))}
    document["choice"]["first"]["utility"] = utility


def _systems(pen: Pen, document: Document) -> None:
    """Silos, and services that ask for phases which electronic channels reach or not."""
    staffed = [name for name in document["channels"] if name in ("phone", "counter", "mail")]
    if staffed and pen.chance(50):
        document["silos"] = {"inconsistent": pen.share(), "to": pen.one(staffed), "after": pen.law(LONG), "rekeyed": pen.share(), "rekeying": pen.law(SHORT)}
    for service in document["services"].values():
        if pen.chance(50):
            service["asks"] = pen.shares(PHASES)
    for name in ("web", "ivr"):
        if name in document["channels"] and pen.chance(50):
            offers = document["channels"][name].get("offers") or list(document["services"])
            document["channels"][name]["offers"] = {service: pen.one((None, *PHASES)) for service in offers}
            document["channels"][name]["offers"] = {service: phase for service, phase in document["channels"][name]["offers"].items() if phase} or offers


def _measures(pen: Pen, document: Document, base: Scenario) -> Iterator[Document]:
    """One measure of every kind, to choose from."""
    services, channels = list(base.services), list(base.channels)
    segments = list(base.population.segments) if base.population else ["all"]
    named = {"services": pen.some(services, least=1)} if pen.chance(50) else {}
    meant = named | ({"segments": pen.some(segments, least=1)} if pen.chance(30) else {})
    channel, other, service = pen.one(channels), pen.one(channels), pen.one(services)
    part = pen.number(0, 100) / 100
    yield {"promote": {"channel": channel, "odds": pen.one((1, 2, 30))} | meant}
    yield {"stop_promoting": {"channel": channel, "odds": pen.one((1, 0.5, 0.01))} | meant}
    yield {"open": {"channel": channel, "services": [service], "share": pen.one((0, 0.1, 0.5, 1))} | ({"draws_from": [other]} if pen.chance(40) else {})}
    yield {"open": {"channel": channel, "services": [service]}}
    yield {"close": {"channel": channel} | named}
    yield {"raise": {"channel": channel, "services": [service], "to": pen.one(PHASES)} | ({"completion": part} if pen.chance(50) else {})}
    yield {"guide": {"after": channel, "to": other, "odds": pen.one((1, 5, 0.2)), "habit": pen.one((0, 0.5, 1))} | meant}
    yield {"train": {"channels": [channel], "resolution": part, "handle_time": pen.one(FACTORS)} | named}
    yield {"simplify": {"incomplete": part, "ambiguity": part, "complexity": part, "handle_time": pen.one(FACTORS)} | named}
    yield {"integrate": {"inconsistent": part, "rekeyed": 1 - part} | named}
    yield {"hours": {"channel": channel, "hours": pen.one(("24/7", "Mon-Fri 08:00-12:00", "Mon-Sun 06:30-23:00"))} | named}
    yield {"measure": {"how": "survey", "learnt": []}}
    yield {"helpers": {"segments": pen.some(segments, least=1), "helped": part}}
    bound = [name for name in channels if name in NEEDS_ACCESS]
    share = {"channel": bound[0], "share": part / 2} if bound and pen.chance(40) else {}
    yield {"give_access": {"segments": pen.some(segments, least=1), "access": part} | share}
    if base.teams:
        yield {"staffing": {"team": pen.one(list(base.teams)), "factor": pen.one(FACTORS)}}
        yield {"staffing": {"team": pen.one(list(base.teams)), "schedule": {"week": {"Mon-Sun": {"07:00": 2, "21:00": 0}}}}}
