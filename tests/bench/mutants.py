"""Deliberately broken models: each is a slip that somebody could make, laid over the engine or the indicators while a test runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from simcrc.blocks import Block
from simcrc.distributions.exponential import Exponential
from simcrc.engine import contact, journey
from simcrc.engine.desk import Desk, Group
from simcrc.engine.events import Ticket
from simcrc.engine.queue import Queue
from simcrc.indicators import service_levels
from simcrc.log import Outcome, Reason
from simcrc.observe import observer
from simcrc.observe.follow import Follow

Patch = pytest.MonkeyPatch
Column = npt.NDArray[Any]


def patience_is_not_applied(patch: Patch) -> None:
    """Nobody gives up."""
    patch.setattr(Queue, "set_limit", lambda *_: None)


def an_agent_is_lost_at_the_end_of_a_shift(patch: Patch) -> None:
    """One agent too many goes home when the schedule falls, and is counted as present for ever."""
    staff = Desk.staff

    def losing(self: Desk, group: Group, agents: int) -> None:
        fewer = agents < group.target
        staff(self, group, agents)
        if fewer and group.idle:
            group.idle.pop()

    patch.setattr(Desk, "staff", losing)


def the_service_level_is_over_those_answered(patch: Patch) -> None:
    """The denominator leaves out who gave up, whatever definition the channel names."""
    level = service_levels._level
    patch.setattr(service_levels, "_level", lambda frame: (level(frame)[0], frame["outcome"] == Outcome.SERVED))


def draws_follow_the_order_of_events(patch: Patch) -> None:
    """One generator from which whoever comes next draws; every law is right."""
    stream = np.random.default_rng(1)

    def duration(self: Block, quantity: Any, row: int, place: int) -> int:
        u = stream.uniform(size=1)
        return int(quantity.variates(u, self.service, self.segments[row : row + 1])[0])

    patch.setattr(Block, "duration", duration)
    patch.setattr(Block, "uniform", lambda *_: float(stream.uniform()))


def a_redial_is_a_first_contact(patch: Patch) -> None:
    """Who calls again is counted as if he had a new need."""
    patch.setattr(journey, "reason_after", lambda *_: Reason.FIRST)


def handle_times_do_not_vary(patch: Patch) -> None:
    """The right mean, drawn from the wrong law."""
    patch.setattr(Exponential, "quantile", lambda self, u: np.full(np.shape(u), float(self.mean)))


def the_last_come_is_first_served(patch: Patch) -> None:
    """The queue is a stack."""

    def last(group: Group) -> Ticket | None:
        for line in (line for tier in group.tiers for line in tier):
            while line.tickets and not line.tickets[-1].waiting:
                line.tickets.pop()
            if line.waiting:
                line.waiting -= 1
                return line.tickets.pop()
        return None

    patch.setattr(Desk, "_next", staticmethod(last))


def the_warm_up_counts(patch: Patch) -> None:
    """What happens before the measured period is measured too."""

    def all_of(table: Callable[..., dict[str, Column]]) -> Callable[..., dict[str, Column]]:
        def counted(*arguments: Any) -> dict[str, Column]:
            out = table(*arguments)
            return out | {"measured": np.ones_like(out["measured"])}

        return counted

    for name in ("contacts_table", "needs_table"):
        patch.setattr(observer, name, all_of(getattr(observer, name)))


def a_contact_is_forgotten(patch: Patch) -> None:
    """Who gives up leaves no trace of it in the log."""
    end = contact.end

    def forgetting(world: Any, need: Any, visit: Any, outcome: Outcome) -> Any:
        if outcome is Outcome.ABANDONED:
            visit.outcome = outcome
            return visit
        return end(world, need, visit, outcome)

    patch.setattr(contact, "end", forgetting)


def who_gave_up_never_waited(patch: Patch) -> None:
    """The wait of those who gave up is taken for nothing."""
    table = observer.contacts_table

    def without(*arguments: Any) -> dict[str, Column]:
        out = table(*arguments)
        return out | {"waited": np.where(out["outcome"] == Outcome.ABANDONED, 0, out["waited"])}

    patch.setattr(observer, "contacts_table", without)


def who_gave_up_stays_in_the_queue(patch: Patch) -> None:
    """The length of the queue never loses those who gave up."""
    queue = Follow._queue
    patch.setattr(Follow, "_queue", lambda self, batch, raw: queue(self, batch, raw)[:2])
