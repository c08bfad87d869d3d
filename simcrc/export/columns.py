"""Which columns the tables have, in which order, and what they mean.

``simcrc.export.definitions`` puts the meanings beside what is exported.  Columns of tables that are not described (those of a user's own comparison, say) are
exported all the same, without a definition.
"""

from __future__ import annotations

from collections.abc import Iterable

from simcrc.export.arm_columns import COMPARED, FIGURES, PAIRS
from simcrc.export.column import Column
from simcrc.export.run_columns import ABOUT, COMPARISON, CONTACTS, NEEDS, OWNER, WHERE
from simcrc.export.staff_columns import CURVE, HALF_HOURS, SCHEDULE

OF_TABLE = {
    "about": ABOUT,
    "summary": WHERE,
    "indicators": WHERE,
    "needs": WHERE | OWNER | NEEDS,
    "contacts": WHERE | OWNER | CONTACTS,
    "comparison": COMPARISON,
    **dict.fromkeys(("figures", "differences", "best", "objectives", "replications"), WHERE | COMPARED),
    "pairs": WHERE | PAIRS,
    "schedule": SCHEDULE,
    "half_hours": HALF_HOURS,
    "curve": WHERE | CURVE,
}


ORDER = {
    "needs": (
        "replication",
        "need",
        "citizen",
        "service",
        "segment",
        "language",
        "complex",
        "ambiguous",
        "online",
        "started",
        "resolved_at",
        "closed_at",
        "end",
    ),
    "contacts": (
        *("replication", "contact", "need", "number", "channel", "station", "service", "segment", "language", "reason", "caused_by", "started", "received"),
        *("queued", "announced", "service_start", "service_end", "answered", "ended", "outcome", "resolved", "waited", "handled", "citizen_time", "group"),
    ),
}
"""The columns that come first; the others keep their order."""


def ordered(table: str, names: Iterable[str]) -> list[str]:
    """The columns `names` of a table in the order in which a person looks for them."""
    given = list(names)
    first = [name for name in ORDER.get(table, ()) if name in given]
    return first + [name for name in given if name not in first]


def described(table: str, column: str) -> Column | None:
    """The column of a table; one that the table does not describe may be a common one (``unit``, ``mean`` …); None when nothing is known of it."""
    return OF_TABLE.get(table, {}).get(column) or (WHERE | FIGURES).get(column)
