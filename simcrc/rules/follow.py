"""What follows a contact: the row of the `next` table that applies, and the reason that the next contact carries."""

from __future__ import annotations

from simcrc.log import Outcome, Reason

_ROWS: dict[Outcome, str] = {
    Outcome.SERVED: "unresolved",
    Outcome.CONTAINED: "unresolved",
    Outcome.FAILED: "failed",
    Outcome.OPTED_OUT: "opted_out",
    Outcome.BALKED: "balked",
    Outcome.ABANDONED: "abandoned",
    Outcome.BLOCKED: "blocked",
    Outcome.CLOSED: "closed",
    Outcome.DISMISSED: "dismissed",
}
ROWS: tuple[str, ...] = tuple(_ROWS.get(outcome, "") for outcome in Outcome)
"""By outcome: the row ``channel.<word>`` that applies after an outcome that did not settle the matter."""

NOT_REACHED = tuple(outcome in (Outcome.BALKED, Outcome.ABANDONED, Outcome.BLOCKED, Outcome.CLOSED, Outcome.DISMISSED) for outcome in Outcome)
"""By outcome: the citizen never spoke to anybody or anything, so that what follows is a redial or a switch, not failure
demand."""

REACHED = tuple(outcome in (Outcome.SERVED, Outcome.CONTAINED) for outcome in Outcome)
"""By outcome: it informs the citizen; a chase or a verification is over."""


def reason_after(outcome: Outcome, same_channel: bool) -> Reason:
    """Why the next contact is made, after `outcome` without resolution."""
    if NOT_REACHED[outcome]:
        return Reason.REDIAL if same_channel else Reason.SWITCH
    return Reason.FAILURE
