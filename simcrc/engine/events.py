"""What processes wait for: a span of time (``Timer``), an agent or an answer (``Ticket``); and ``live``, which starts one at an
instant of its own.

They are SimPy events scheduled with an explicit order in place of SimPy's two priorities; see ``order``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from heapq import heapify, heappop, heappush
from typing import Any, cast

from simpy import Environment
from simpy.events import PENDING, Event

from simcrc.draws import FAR

Steps = Generator[Event, Any, Any]
"""A process, or a part of one that is entered by ``yield from``."""


Entry = tuple[int, int, int, "Happening"]
"""(time, order, count, event), as SimPy schedules it."""
SPAN = 1_200_000_000  # what happens later than the next edge of this length is kept apart


class Clock(Environment):
    """The SimPy environment, with ``now`` read without a call (it is asked for several times a contact) and with what is far off kept
    out of the heap: items in the post and chase clocks would make it deep, and are touched only when their span comes."""

    __slots__ = ("_now", "agenda", "edge", "far")
    now: int

    def __init__(self) -> None:
        super().__init__(0)
        self.agenda: list[Entry] = cast(Any, self._queue)
        self.edge = SPAN
        self.far: dict[int, dict[Happening, tuple[int, int]]] = {}  # span → event → time and order

    def put_off(self, at: int, order: int, event: Happening) -> None:
        """`event` happens at `at`, in `order`, beyond the edge."""
        self.far.setdefault(at // SPAN, {})[event] = (at, order)

    def cancel(self, alarm: Alarm) -> None:
        """`alarm` has become pointless: forget it if it is far off, else let it pass without effect."""
        if self.far.get(alarm.at // SPAN, {}).pop(alarm, None) is None:
            alarm.then = nothing

    def run_to(self, end: int) -> None:
        """As ``run(until=end)``, in one loop: nothing here fails an event, none ends the run, and one process or one function
        waits for each (``Happening``)."""
        agenda = self.agenda
        while True:
            limit = min(self.edge, end)
            while agenda and agenda[0][0] < limit:
                self._now, _, _, event = heappop(agenda)
                go_on = event.go_on
                if go_on is None:
                    event.then(event)
                    continue
                try:
                    go_on(event._value).go_on = go_on
                except StopIteration:
                    continue
            if limit == end:
                break
            agenda += [(at, order, next(self._eid), event) for event, (at, order) in self.far.pop(self.edge // SPAN, {}).items()]
            heapify(agenda)
            self.edge += SPAN
        self._now = end

    def coming(self) -> Iterator[Happening]:
        """What is yet to happen, in no order."""
        yield from (entry[3] for entry in self.agenda)
        for events in self.far.values():
            yield from events

    def clear(self) -> None:
        """Nothing more will happen."""
        for event in self.coming():
            event.go_on, event.then = None, nothing
        self.agenda.clear()
        self.far.clear()


setattr(Clock, "now", Clock.__dict__["_now"])  # noqa: B010  # the slot itself in place of the property


def nothing(_: object) -> None:
    """What comes of an event that has become pointless."""


class Happening(Event):
    """A SimPy event for which one process waits (`go_on` sends it on), or one function (`then`), in place of a list of callbacks:
    there are several events a contact, and a list, a bound method and a call for each are much of what they cost."""

    go_on: Callable[[Any], Any] | None = None
    then: Callable[[Any], None] = staticmethod(nothing)


class Timer(Happening):
    """Happens `delay` microseconds from now at `order`.  What all timers share stands in the class."""

    _value = None
    _ok = True

    def __init__(self, env: Clock, delay: int, order: int) -> None:
        at = env.now + delay
        if at < env.edge:
            heappush(env.agenda, (at, order, next(env._eid), self))
        else:
            env.put_off(at, order, self)


class Alarm(Timer):
    """A timer that carries what it is about, and calls `then` with itself."""

    def __init__(self, env: Clock, delay: int, order: int, then: Callable[[Any], None], about: Any) -> None:
        self.then = then
        self.about = about
        self.at = env.now + delay
        super().__init__(env, delay, order)


class Ticket(Happening):
    """Somebody or something waits; ``call`` ends the wait with a value.  `contact` orders it among simultaneous events, `since`
    is the instant that its turn counts from."""

    env: Clock
    closes = FAR  # when the station closes for whoever waits
    _value = PENDING
    _ok = True

    def __init__(self, env: Clock, contact: int, since: int) -> None:
        self.env = env
        self.contact = contact
        self.since = since

    @property
    def waiting(self) -> bool:
        """Still without a value."""
        return self._value is PENDING

    def call(self, value: Any, order: int) -> None:
        """End the wait at this instant, in turn with what else happens now."""
        self._value = value
        heappush(self.env.agenda, (self.env.now, order | self.contact, next(self.env._eid), self))


def live(env: Clock, steps: Steps, delay: int, order: int) -> None:
    """Start a process whose first step comes `delay` microseconds from now at `order`, not at once and before all else.

    Nobody waits for the end of a process and nobody interrupts one, so that it needs no event of its own: the clock sends it on."""
    Timer(env, delay, order).go_on = steps.send
