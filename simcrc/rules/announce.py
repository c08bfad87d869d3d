"""The wait announced to a citizen who enters a queue, in microseconds."""

from __future__ import annotations

from collections.abc import Callable

FOREVER = float(1 << 62)


def expected(waiting: int, agents: int, mean_handle: float, last_wait: int) -> int:
    """Queue-length announcement: (waiting + 1) contacts ahead of the next free agent at the pace of `agents`; no agent: the
    wait of one contact a head."""
    return round(min((waiting + 1) * mean_handle / max(agents, 1), FOREVER))


def last(waiting: int, agents: int, mean_handle: float, last_wait: int) -> int:
    """The wait of the last contact that entered service after waiting (Ibrahim and Whitt 2009, LES)."""
    return last_wait


ANNOUNCE_RULES: dict[str, Callable[[int, int, float, int], int]] = {"expected": expected, "last_wait": last}
