"""A fortnight of eight needs, written by hand, that the tests compute by hand.

| need | what happens |
|---|---|
| A info, young | Mon 09:00 IVR 1 min, "0"; phone waits 60 s, 4 min, right: resolved 09:06.  One minute of wrap-up |
| B info, old | Mon 09:01 IVR 2 min, "0"; phone waits 180 s, 5 min, not right; Tue 10:00 counter at Québec, 10 min, right: resolved |
| C pension, young | Mon 09:02 IVR 1 min, "0"; phone waits 120 s and abandons; gives up |
| D pension, old | Mon 08:00 mail, received Wed 08:00, scanned Wed 09:00 2 min, processed Fri 09:00 12 min, right: back Sat 09:12; Thu 12:00 chases on the Web |
| E info, young | Mon 20:00 Web 6 min, right: resolved; Tue 08:40 verifies in the IVR, 2 min |
| F info, young | Mon 21:00 Web 3 min, fails; gives up |
| G info, old | starts in the warm-up, Sun 23:00; Web Mon 00:30 6 min, right |
| H info, old | Mon 09:03 IVR, blocked; gives up |
| I info, young | Mon 10 April 09:00 mail, received Wed 09:00; waits for the scan at the horizon |

Two agents on duty Mon 08:30 to 16:30, and five minutes of overtime after.
"""

from __future__ import annotations

from simcrc.log import CONTACTS_PER_NEED, End, Kind, Outcome, Reason
from simcrc.model.model import Model
from tests.observe.logs import AGENTS, CLERKS, DAY, HOUR, INFO, IVR, MAIL, MINUTE, OLD, PENSION, PHONE, QUEBEC, SECOND, WEB, YOUNG, Log


def week(model: Model | None = None) -> Log:
    """The log of the fortnight."""
    log = Log(model)
    calls(log)
    letters(log)
    visits(log)
    log.emit(at(log, 0, 8, 30), Kind.STAFFED, AGENTS, 2, 2)
    log.emit(at(log, 0, 16, 30), Kind.STAFFED, AGENTS, 0, 1)
    log.emit(at(log, 0, 16, 35), Kind.AGENT_LEFT, AGENTS, 5 * MINUTE)
    return log


def at(log: Log, day: int, hour: int, minute: int) -> int:
    """An instant `day` days after Monday 3 April."""
    return log.start + day * DAY + hour * HOUR + minute * MINUTE


def calls(log: Log) -> None:
    a = log.need(at(log, 0, 9, 0), 0, INFO, YOUNG)
    ivr = log.contact(at(log, 0, 9, 0), a, 0, IVR, Outcome.OPTED_OUT, MINUTE)
    phone = log.call(at(log, 0, 9, 1), a, 1, PHONE, 60 * SECOND, 4 * MINUTE, reason=Reason.ZERO, cause=ivr)
    log.resolve(at(log, 0, 9, 6), a, phone)
    log.close(at(log, 0, 9, 6), a, End.RESOLVED)
    log.emit(at(log, 0, 9, 7), Kind.AGENT_FREED, AGENTS, phone, PHONE, MINUTE)

    b = log.need(at(log, 0, 9, 1), 1, INFO, OLD)
    ivr = log.contact(at(log, 0, 9, 1), b, 0, IVR, Outcome.OPTED_OUT, 2 * MINUTE)
    phone = log.call(at(log, 0, 9, 3), b, 1, PHONE, 180 * SECOND, 5 * MINUTE, reason=Reason.ZERO, cause=ivr, right=False)
    counter = log.call(at(log, 1, 10, 0), b, 2, QUEBEC, 0, 10 * MINUTE, reason=Reason.FAILURE, cause=phone)
    log.resolve(at(log, 1, 10, 10), b, counter)
    log.close(at(log, 1, 10, 10), b, End.RESOLVED)

    c = log.need(at(log, 0, 9, 2), 0, PENSION, YOUNG)
    ivr = log.contact(at(log, 0, 9, 2), c, 0, IVR, Outcome.OPTED_OUT, MINUTE)
    phone = log.contact(at(log, 0, 9, 3), c, 1, PHONE, Outcome.ABANDONED, 120 * SECOND, reason=Reason.ZERO, cause=ivr)
    log.emit(at(log, 0, 9, 3), Kind.QUEUED, phone, PHONE, 0, -1)
    log.close(at(log, 0, 9, 5), c)

    h = log.need(at(log, 0, 9, 3), 4, INFO, OLD)
    log.contact(at(log, 0, 9, 3), h, 0, IVR, Outcome.BLOCKED, 0)
    log.close(at(log, 0, 9, 3), h)


def letters(log: Log) -> None:
    d = log.need(at(log, 0, 8, 0), 1, PENSION, OLD)
    mail = d * CONTACTS_PER_NEED
    log.emit(at(log, 0, 8, 0), Kind.CONTACT_STARTED, mail, MAIL, Reason.FIRST, -1)
    log.emit(at(log, 2, 8, 0), Kind.RECEIVED, mail, MAIL)
    for step, day, minutes in ((0, 2, 2), (1, 4, 12)):
        log.emit(at(log, 2, 8, 0) if step == 0 else at(log, 2, 9, 2), Kind.QUEUED, mail, MAIL, step, -1)
        log.emit(at(log, day, 9, 0), Kind.SERVICE_STARTED, mail, MAIL, step, CLERKS)
        log.emit(at(log, day, 9, minutes), Kind.SERVICE_ENDED, mail, MAIL, step, CLERKS)
    log.emit(at(log, 4, 9, 12), Kind.ANSWERED, mail, MAIL)
    log.contact(at(log, 3, 12, 0), d, 1, WEB, Outcome.CONTAINED, 5 * MINUTE, reason=Reason.CHASE, cause=mail)
    log.emit(at(log, 5, 9, 12), Kind.CONTACT_ENDED, mail, MAIL, Outcome.SERVED, 1)
    log.resolve(at(log, 5, 9, 12), d, mail)
    log.close(at(log, 5, 9, 12), d, End.RESOLVED)

    i = log.need(at(log, 7, 9, 0), 0, INFO, YOUNG)
    log.emit(at(log, 7, 9, 0), Kind.CONTACT_STARTED, i * CONTACTS_PER_NEED, MAIL, Reason.FIRST, -1)
    log.emit(at(log, 9, 9, 0), Kind.RECEIVED, i * CONTACTS_PER_NEED, MAIL)
    log.emit(at(log, 9, 9, 0), Kind.QUEUED, i * CONTACTS_PER_NEED, MAIL, 0, -1)


def visits(log: Log) -> None:
    e = log.need(at(log, 0, 20, 0), 5, INFO, YOUNG)
    web = log.contact(at(log, 0, 20, 0), e, 0, WEB, Outcome.CONTAINED, 6 * MINUTE, right=True)
    log.resolve(at(log, 0, 20, 6), e, web)
    log.contact(at(log, 1, 8, 40), e, 1, IVR, Outcome.CONTAINED, 2 * MINUTE, reason=Reason.VERIFICATION, cause=web)
    log.close(at(log, 1, 8, 42), e, End.RESOLVED)

    f = log.need(at(log, 0, 21, 0), 6, INFO, YOUNG)
    log.contact(at(log, 0, 21, 0), f, 0, WEB, Outcome.FAILED, 3 * MINUTE)
    log.close(at(log, 0, 21, 3), f)

    g = log.need(at(log, -1, 23, 0), 0, INFO, OLD)
    web = log.contact(at(log, 0, 0, 30), g, 0, WEB, Outcome.CONTAINED, 6 * MINUTE, right=True)
    log.resolve(at(log, 0, 0, 36), g, web)
    log.close(at(log, 0, 0, 36), g, End.RESOLVED)
