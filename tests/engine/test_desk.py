"""The desk over a whole month of a centre of all sorts, audited from the log: no agent idle while a contact that he can serve waits,
no more busy agents than are present, first come first served within a work class."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from simcrc.engine.run import simulate
from simcrc.log import CONTACTS_PER_NEED, Kind
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario.scenario import Scenario
from tests.engine.test_order import small_year


def with_skills(contact: str, agent: str) -> Scenario:
    """The month with two languages, three teams, and the routing rules given."""
    doc = small_year()
    segments = {
        "x": doc.population.segments["x"].model_copy(update={"language": {"fr": 0.7, "en": 0.3}}),
        "y": doc.population.segments["y"].model_copy(update={"language": {"fr": 1.0}}),
    }
    french = doc.teams["agents"].model_copy(update={"skills": {"fr": 1.0}})
    both = doc.teams["clerks"].model_copy(update={"skills": {"fr": 1.0, "en": 0.5, "a": 1.0, "b": 0.7}})
    return doc.model_copy(
        update={
            "population": doc.population.model_copy(update={"segments": segments}),
            "teams": {"agents": french, "clerks": both},
            "routing": doc.routing.model_copy(update={"contact": contact, "agent": agent}),
        }
    )


class Auditor:
    """Reads the log row by row and keeps what the desk should know."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.classes: dict[int, tuple[int, int, int]] = {}  # need → service, segment, language
        self.waiting: dict[int, list[tuple[int, int]]] = defaultdict(list)  # class → (since, contact)
        self.line_of: dict[int, int] = {}
        self.busy: dict[int, int] = defaultdict(int)
        self.present: dict[int, int] = defaultdict(int)
        self.eligible = {g: {c for tier in group.tiers for c in tier} for g, group in enumerate(model.groups)}
        self.taken: dict[int, int] = {}  # class → latest arrival that was taken at this instant
        self.served = 0

    def row(self, time: int, kind: Kind, subject: int, a: int, b: int, c: int) -> None:
        if kind is Kind.NEED_STARTED:
            segments = len(self.model.segments)
            self.classes[subject] = (a // segments, a % segments, c >> 8 & 255)
        elif kind is Kind.QUEUED:
            line = int(self.model.class_of[(a, b, *self.classes[subject // CONTACTS_PER_NEED])])
            self.waiting[line].append((time, subject))
            self.line_of[subject] = line
        elif kind is Kind.SERVICE_STARTED:
            line = int(self.model.class_of[(a, b, *self.classes[subject // CONTACTS_PER_NEED])])
            assert line in self.eligible[c], "an agent without the skill"
            self.busy[c] += 1
            assert self.busy[c] <= self.present[c], "more busy agents than present"
            if self.line_of.pop(subject, None) is not None:
                since = next(entry[0] for entry in self.waiting[line] if entry[1] == subject)
                self.taken[line] = max(since, self.taken.get(line, 0))
                self.waiting[line] = [entry for entry in self.waiting[line] if entry[1] != subject]
            self.served += 1
        elif kind is Kind.SERVICE_ENDED:
            self.busy[c] -= 1
        elif kind is Kind.CONTACT_ENDED and subject in self.line_of:
            line = self.line_of.pop(subject)
            self.waiting[line] = [entry for entry in self.waiting[line] if entry[1] != subject]
        elif kind is Kind.STAFFED:
            self.present[subject] = b
        elif kind is Kind.AGENT_LEFT:
            self.present[subject] -= b == 0

    def between_instants(self) -> None:
        for line, since in self.taken.items():
            assert all(entry[0] >= since for entry in self.waiting[line]), "somebody who came later went first"
        self.taken.clear()
        for group, lines in self.eligible.items():
            if self.busy[group] < self.present[group]:
                assert not any(self.waiting[line] for line in lines), "an idle agent and a contact that he could serve"


@pytest.mark.parametrize("contact", ["priority", "longest_wait"])
@pytest.mark.parametrize("agent", ["most_idle", "fewest_skills", "team_order"])
def test_the_desk_from_the_log(contact: str, agent: str) -> None:
    model = compile(with_skills(contact, agent))
    chunks: list[np.ndarray] = []
    simulate(model, 0, chunks.append)
    auditor = Auditor(model)
    last = 0
    for time, kind, *rest in np.concatenate(chunks).tolist():
        if time != last:
            auditor.between_instants()
            last = time
        auditor.row(time, Kind(kind), *rest)
    assert auditor.served > 1_500
