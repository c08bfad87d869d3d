"""A town with three segments and six channels, in which choices are many and queues are none: who takes which channel first."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from simcrc.engine.run import simulate
from simcrc.log import CONTACTS_PER_NEED, Kind, Reason
from simcrc.model.compile import compile
from simcrc.scenario.scenario import Scenario

START = "2007-01-08"  # a Monday
DAY = 86_400_000_000

ITEMS: dict[str, Any] = {"steps": {"process": {"handle_time": "5 min"}}, "transport": "1 day", "reply": "1 day"}

TOWN: dict[str, Any] = {
    "simcrc": 1,
    "name": "town",
    "start": START,
    "horizon": "28 days",
    "population": {
        "size": 200_000,
        "segments": {
            "connected": {"share": 0.6, "access": 0.9, "skill": 0.9},
            "elders": {"share": 0.25, "access": 0.4, "skill": 0.5, "needs": 2},
            "offline": {"share": 0.15, "access": 0.0, "skill": 0.1},
        },
    },
    "services": {
        "info": {"volume": {"per_day": 600}, "complexity": 0.3, "ambiguity": 0.2},
        "form": {"volume": {"per_day": 400}, "complexity": 0.5, "asks": {"informational": 0.4, "transactional": 0.6}},
    },
    "channels": {
        "web": {"kind": "web", "completion": 0.8, "duration": "5 min", "offers": {"info": None, "form": "informational"}},
        "phone": {"kind": "phone", "handle_time": "4 min", "resolution": 0.8},
        "counter": {"kind": "counter", "handle_time": "6 min"},
        "mail": {"kind": "mail", "offers": ["form"], "incomplete": 0.2} | ITEMS,
        "fax": {"kind": "fax", "offers": [], "steps": {"process": {"handle_time": "5 min"}}},
        "email": {"kind": "email", "offers": [], "steps": {"process": {"handle_time": "5 min"}}},
    },
    "teams": {"agents": {"serves": ["phone", "counter", "mail", "fax", "email"], "schedule": {"week": {"Mon-Sun": {"00:00": 400}}, "on_holidays": "open"}}},
    "choice": {
        "first": {
            "table": {
                "info": {
                    "connected": {"web": 0.36, "phone": 0.54, "counter": 0.1},
                    "elders": {"web": 0.1, "phone": 0.6, "counter": 0.3},
                    "offline": {"phone": 0.7, "counter": 0.3},
                },
                "form": {
                    "connected": {"web": 0.5, "phone": 0.2, "mail": 0.3},
                    "elders": {"web": 0.05, "phone": 0.25, "mail": 0.4, "counter": 0.3},
                    "offline": {"phone": 0.2, "mail": 0.5, "counter": 0.3},
                },
            }
        },
        "next": {
            "web.failed": {"phone": 0.7, "give_up": 0.3},
            "web.unresolved": {"phone": 0.5, "mail": 0.4, "give_up": 0.1},
            "phone.unresolved": {"phone": 0.4, "web": 0.3, "counter": 0.3},
        },
    },
    "silos": {"inconsistent": 0.1, "to": "phone", "after": "2 days", "rekeyed": 0.3, "rekeying": "2 min"},
}

UTILITY: dict[str, Any] = {
    "habit": {"simple": 2.5, "weighed": 0.8},
    "task": {"complex": {"phone": 1.2, "counter": 1.0, "web": -0.8}, "ambiguous": {"phone": 0.7}},
    "circumstances": {"closed": -1.5},
    "experience": 0.5,
}


def merged(one: Any, other: Any) -> Any:
    """`other` laid over `one`, mapping by mapping."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return copy.deepcopy(other)
    return {**one, **{key: merged(one.get(key), value) for key, value in other.items()}}


def town(*measures: dict[str, Any], **changes: Any) -> Scenario:
    """The town with `changes` laid over its document, and one policy of `measures`, which begin on the first day unless they say when."""
    document = merged(TOWN, changes)
    if measures:
        document["policies"] = [{"name": "policy", "measures": [{"at": START} | measure for measure in measures]}]
    return Scenario.model_validate(document)


@dataclass(frozen=True)
class Needs:
    """The needs of a run that began with a contact, in the order of their ids: names of service, segment and first channel; flags; the instant."""

    id: np.ndarray
    service: np.ndarray
    segment: np.ndarray
    online: np.ndarray
    complex: np.ndarray
    ambiguous: np.ndarray
    citizen: np.ndarray
    first: np.ndarray
    at: np.ndarray

    def shares(self, service: str, segment: str, since: int = 0) -> tuple[int, dict[str, float]]:
        """How many needs a segment has of a service from an instant on, and the shares of their first channels."""
        own = self.first[(self.service == service) & (self.segment == segment) & (self.at >= since)]
        names, counts = np.unique(own, return_counts=True)
        return len(own), {str(name): count / len(own) for name, count in zip(names, counts, strict=True)}


def log(scenario: Scenario, replication: int = 0) -> np.ndarray:
    """The event log of a replication, shape (rows, 6)."""
    chunks: list[np.ndarray] = []
    simulate(compile(scenario), replication, chunks.append)
    return np.concatenate(chunks)


def needs(scenario: Scenario, replication: int = 0) -> Needs:
    """The needs of a replication and the channel that each took first."""
    model = compile(scenario)
    chunks: list[np.ndarray] = []
    simulate(model, replication, chunks.append)
    rows = np.concatenate(chunks)
    began = rows[(rows[:, 1] == Kind.NEED_STARTED)]
    first = rows[(rows[:, 1] == Kind.CONTACT_STARTED) & (rows[:, 4] == Reason.FIRST)]
    ids = first[:, 2] // CONTACTS_PER_NEED
    where = np.array([model.channels[station.channel].name for station in model.stations])
    channel = dict(zip(ids.tolist(), where[first[:, 3]].tolist(), strict=True))
    began = began[np.isin(began[:, 2], ids)]
    began = began[np.argsort(began[:, 2])]
    segments = len(model.segments)
    return Needs(
        id=began[:, 2],
        service=np.array(model.services)[began[:, 3] // segments],
        segment=np.array(model.segments)[began[:, 3] % segments],
        online=began[:, 5] >> 2 & 1,
        complex=began[:, 5] & 1,
        ambiguous=began[:, 5] >> 1 & 1,
        citizen=began[:, 4],
        first=np.array([channel[need] for need in began[:, 2].tolist()]),
        at=began[:, 0],
    )


@cache
def base_needs() -> Needs:
    """The needs of the town without policies."""
    return needs(town())


def close(share: float, n: int, wanted: float, sigmas: float = 4.5) -> bool:
    """Is a share measured on `n` needs what it should be, up to chance?"""
    return abs(share - wanted) <= sigmas * np.sqrt(wanted * (1 - wanted) / n) + 1 / n
