"""The event log: the only thing that leaves an engine.

An engine emits one row an event; everything that simcrc says about a run is computed from these rows (``simcrc.observe`` turns
them into tables, ``simcrc.indicators`` into figures).  A row is six integers,

    (time, kind, subject, a, b, c)

with ``time`` in microseconds since the origin of the model (local midnight of the first day of the warm-up).  ``subject`` is a
contact id for the kinds of a contact, a need id for those of a need, and a group number for those of a team.  The words in
French and English of the outcomes and reasons stand here too, because every table prints them.

Ids.  ``need id = (day * 100 + service) * 1_000_000 + number within the day and service`` and ``contact id = need id * 10_000 +
number of the contact within its need`` (in order of occurrence, from 0).  Need ids do not depend on what happens in the run, so
that two runs pair by them."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Row = tuple[int, int, int, int, int, int]
Rows = npt.NDArray[np.int64]
"""A chunk of the log, shape (n, 6), dtype int64, in the order of the events."""

WIDTH = 6
NEEDS_PER_DAY_AND_SERVICE = 1_000_000
SERVICES = 100
CONTACTS_PER_NEED = 10_000


class Kind(IntEnum):
    """What happened.  The comment gives subject; a, b, c (0 where nothing is said)."""

    NEED_STARTED = 1
    # need; a = profile (service * number of segments + segment), b = citizen number,
    # c = traits (bit 0 complex, bit 1 ambiguous, bit 2 online, bit 3 refuses electronic channels for this need; language in bits 8-15)
    NEED_RESOLVED = 2  # need; a = contact id that resolved it.  At most once a need, at the instant of resolution
    NEED_CLOSED = 3  # need; a = End.  Nothing of the journey remains; the last row of a need
    CONTACT_STARTED = 10  # contact; a = station, b = Reason, c = contact id that caused it (-1: none)
    RECEIVED = 11  # contact; a = station.  An item reached the organisation (asynchronous channels)
    QUEUED = 12  # contact; a = station, b = step number, c = announced wait in microseconds (-1: none).  It has to wait for an agent
    SERVICE_STARTED = 13  # contact; a = station, b = step number, c = group
    SERVICE_ENDED = 14  # contact; a = station, b = step number, c = group.  The citizen's part is over; wrap-up may follow
    CONTACT_ENDED = 15  # contact; a = station, b = Outcome, c = 1 when it gave the right and complete answer
    ANSWERED = 16  # contact; a = station.  The organisation finished its part (asynchronous channels; the post may still have to travel)
    AGENT_FREED = 20
    # group; a = contact id, b = station, c = microseconds of wrap-up and not-ready time since SERVICE_ENDED (only where there were any).
    # At the horizon also for those who are not free yet, with what they have spent
    STAFFED = 21  # group; a = agents scheduled from now on, b = agents present now (those in overtime included)
    AGENT_LEFT = 22  # group; a = microseconds of overtime that end now, b = 1 when the agent stays (the next shift, or the horizon)


class Outcome(IntEnum):
    """How a contact ended: exactly one each (IN_PROGRESS is given by the observer to what is open at the horizon)."""

    SERVED = 0
    CONTAINED = 1
    FAILED = 2
    OPTED_OUT = 3
    BALKED = 4
    ABANDONED = 5
    BLOCKED = 6
    CLOSED = 7
    DISMISSED = 8
    RETURNED = 9
    LOST = 10
    WITHDRAWN = 11
    IN_PROGRESS = 12


class Reason(IntEnum):
    """Why a contact was made."""

    FIRST = 0  # the first contact of a need
    REDIAL = 1  # not reached (abandoned, balked, blocked, closed, dismissed): the same channel again
    SWITCH = 2  # not reached: another channel
    ZERO = 3  # pressed "0" in the voice unit
    TRANSFER = 4  # sent on by an agent
    FAILURE = 5  # failure demand: was reached, and is not resolved
    RESEND = 6  # a form that came back incomplete, or a document that was lost
    CHASE = 7  # where is my item?
    VERIFICATION = 8  # resolved, but the citizen makes sure
    INDUCED = 9  # resolved; made only because the channel is there


class End(IntEnum):
    """How a need ended (OPEN is given by the observer to what is open at the horizon)."""

    RESOLVED = 0
    GIVEN_UP = 1
    OPEN = 2


OUTCOME_WORDS: dict[Outcome, dict[str, str]] = {
    Outcome.SERVED: {"fr": "servi", "en": "served"},
    Outcome.CONTAINED: {"fr": "abouti en libre-service", "en": "contained in self-service"},
    Outcome.FAILED: {"fr": "échec du libre-service", "en": "self-service failed"},
    Outcome.OPTED_OUT: {"fr": "a fait le « 0 »", "en": "opted out (0)"},
    Outcome.BALKED: {"fr": "refus d'attendre", "en": "balked"},
    Outcome.ABANDONED: {"fr": "abandon", "en": "abandoned"},
    Outcome.BLOCKED: {"fr": "bloqué", "en": "blocked"},
    Outcome.CLOSED: {"fr": "fermé", "en": "closed"},
    Outcome.DISMISSED: {"fr": "renvoyé à la fermeture", "en": "dismissed at closing"},
    Outcome.RETURNED: {"fr": "retourné incomplet", "en": "returned incomplete"},
    Outcome.LOST: {"fr": "perdu", "en": "lost"},
    Outcome.WITHDRAWN: {"fr": "retiré", "en": "withdrawn"},
    Outcome.IN_PROGRESS: {"fr": "en cours", "en": "in progress"},
}

REASON_WORDS: dict[Reason, dict[str, str]] = {
    Reason.FIRST: {"fr": "premier contact", "en": "first contact"},
    Reason.REDIAL: {"fr": "rappel", "en": "redial"},
    Reason.SWITCH: {"fr": "autre canal, faute d'être joint", "en": "other channel, not reached"},
    Reason.ZERO: {"fr": "« 0 » dans la RVI", "en": "0 in the IVR"},
    Reason.TRANSFER: {"fr": "transfert", "en": "transfer"},
    Reason.FAILURE: {"fr": "demande non réglée", "en": "failure demand"},
    Reason.RESEND: {"fr": "nouvel envoi", "en": "sent again"},
    Reason.CHASE: {"fr": "relance", "en": "chase"},
    Reason.VERIFICATION: {"fr": "vérification", "en": "verification"},
    Reason.INDUCED: {"fr": "contact induit", "en": "induced contact"},
}

END_WORDS: dict[End, dict[str, str]] = {
    End.RESOLVED: {"fr": "réglé", "en": "resolved"},
    End.GIVEN_UP: {"fr": "abandonné", "en": "given up"},
    End.OPEN: {"fr": "ouvert à l'horizon", "en": "open at the horizon"},
}
