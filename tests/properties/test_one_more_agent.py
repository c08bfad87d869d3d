"""One more agent never raises anybody's wait, contact by contact, under common draws: in a single queue, first come first served,
in which nobody abandons, balks, is blocked or comes again.

Why it must be so.  Contacts begin in order of arrival.  Suppose that those before contact n begin no later with one agent more; then
whatever still occupies an agent at the instant at which n began before, occupied one then too, and n can begin.  This holds for any
schedule at a station that never closes, overtime included, and with opening hours where the staff does not change; wrap-up and time not
ready that do not depend on the queue only prolong the work.  (Where a queue is served after closing by those whose shift is over, more
agents may go home sooner, and the law does not hold.)
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simcrc.model.compile import compile
from tests.engine.small import Contact, tell
from tests.properties.pen import MIDDLE, SHORT, Document, Pen
from tests.properties.profiles import examples
from tests.properties.scenarios import read

SCHEDULES: tuple[dict[str, int], ...] = (
    {"00:00": 1},
    {"00:00": 2},
    {"00:00": 1, "09:00": 4, "12:00": 2, "13:30": 5, "17:00": 0},
    {"08:30": 3, "10:00": 0, "10:30": 1, "16:30": 0},
    {"00:00": 2, "06:30": 0, "20:00": 6},
)


@st.composite
def queues(draw: Any) -> Document:
    """One station with one queue, without anything that makes a contact depend on the waits of others."""
    pen = Pen(draw)
    schedule = pen.one(SCHEDULES)
    phone: Document = {"kind": pen.one(("phone", "counter")), "handle_time": pen.law(MIDDLE)}
    if len(schedule) == 1 and pen.chance(50):
        phone |= {"hours": pen.one(("08:00-18:00", "20:00-04:00", "08:00-10:00, 11:00-13:00")), "when_closed": {"then": pen.one(("wait", "contact"))}}
    if pen.chance(40):
        phone["wrap_up"] = pen.law(SHORT)
    if pen.chance(40):
        phone["complex"] = {"handle_time": pen.one((2, 0.5))}
    team: Document = {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": schedule}}}
    if pen.chance(40):
        team["not_ready"] = pen.law(SHORT)
    names = ("info", "claim")[: pen.number(1, 2)]
    services: Document = {name: {"volume": {"per_day": pen.number(5, 150)}, "complexity": pen.share()} for name in names}
    if pen.chance(30):
        services[names[0]]["volume"] |= {"busyness": 1, "profile": {"week": {"Mon-Sun": {"00:00": 1, "10:00": 30, "11:30": 2}}}}
    return {
        "simcrc": 1,
        "name": "one queue",
        "start": "2007-01-08",
        "horizon": f"{pen.number(1, 3)} days",
        "seed": pen.number(0, 99),
        "services": services,
        "channels": {"phone": phone},
        "teams": {"agents": team},
        "choice": {"first": {"table": {"default": {"default": {"phone": 1}}}}},
    }


def waits(document: Document) -> tuple[dict[int, int], list[Contact], int]:
    """The wait of each contact that is not over at once, up to the horizon; the contacts; the horizon."""
    story = tell(compile(read(document)))
    end = story.model.end
    out = {}
    for contact in story.contacts:
        began = next((time for kind, time, _ in contact.rows if kind.name == "SERVICE_STARTED"), end)
        out[contact.id] = began - contact.started
    return out, story.contacts, end


@examples(60)
@given(queues(), st.integers(1, 3))
def test_one_more_agent_never_raises_a_wait(document: Document, more: int) -> None:
    team = document["teams"]["agents"]
    schedule = {time: agents + more for time, agents in team["schedule"]["week"]["Mon-Sun"].items()}
    if "00:00" not in schedule:
        schedule = {"00:00": more} | schedule
    before, contacts, _ = waits(document)
    after, same, _ = waits(document | {"teams": {"agents": team | {"schedule": {"week": {"Mon-Sun": schedule}}}}})
    assert [contact.id for contact in contacts] == [contact.id for contact in same]
    worse = {contact: (wait, after[contact]) for contact, wait in before.items() if after[contact] > wait}
    assert worse == {}
