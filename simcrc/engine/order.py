"""The one order of simultaneous events: (time, rank of the kind of event, id).

Opening hours, schedules and holidays fall on exact instants, so ties are common.  SimPy breaks ties by the priority that an
event is scheduled with; we pass ``rank << 56 | id``, so that its own counter of creation never decides.  Ids are contact or
need ids, which do not depend on what happens in a run."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """What comes first at one instant, and why.  0 and 1 are SimPy's own (a process that ends, the end of the run)."""

    ERA = 2  # what is written from a day on holds for all that happens on it
    SERVICE_END = 3  # an agent who becomes free at noon can serve the citizen who would give up at noon …
    AGENT_READY = 4  # … and so can one whose wrap-up ends then
    GRANT = 5  # a citizen whom an agent takes is no longer waiting when patience or the day end
    PATIENCE = 6  # who gives up at closing time abandons, he is not dismissed
    CLOSING = 7  # a queue that is dismissed closes before new staff come in or others go
    STAFF = 8  # agents come and go before new contacts arrive
    SELF_SERVICE_END = 9  # a line freed at this instant can take the call that arrives at it
    TRANSPORT_END = 10
    RETURN = 11  # citizens who come back (redial, repeat, chase) before new ones
    ARRIVAL = 12


SHIFT = 56  # contact ids of two centuries fit below
ERA = Rank.ERA << SHIFT
SERVICE_END = Rank.SERVICE_END << SHIFT
AGENT_READY = Rank.AGENT_READY << SHIFT
GRANT = Rank.GRANT << SHIFT
PATIENCE = Rank.PATIENCE << SHIFT
CLOSING = Rank.CLOSING << SHIFT
STAFF = Rank.STAFF << SHIFT
SELF_SERVICE_END = Rank.SELF_SERVICE_END << SHIFT
TRANSPORT_END = Rank.TRANSPORT_END << SHIFT
RETURN = Rank.RETURN << SHIFT
ARRIVAL = Rank.ARRIVAL << SHIFT
