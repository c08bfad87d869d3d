"""Routing: which contact an agent takes, which idle agent a contact gets.

A contact rule arranges the work classes that a group may serve in tiers; the agent takes from the first tier that has somebody
waiting, there the best priority, there the one who waits longest.  An agent rule puts idle groups in order.  Both are plain
functions, found by name in ``CONTACT_RULES`` and ``AGENT_RULES``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Tiers = tuple[tuple[int, ...], ...]
"""Indices of work classes, best tier first."""


def priority(tiers: Tiers, live: Sequence[bool]) -> Tiers:
    """The team's own order of `serves`; live contacts before backlog where a team writes them together."""
    return tiers


def longest_wait(tiers: Tiers, live: Sequence[bool]) -> Tiers:
    """All live contacts together, the longest wait first; backlog when nobody waits live, in the team's order."""
    together = tuple(index for tier in tiers for index in tier if live[index])
    backlog = tuple(tuple(index for index in tier if not live[index]) for tier in tiers)
    return tuple(tier for tier in (together, *backlog) if tier)


CONTACT_RULES: dict[str, Callable[[Tiers, Sequence[bool]], Tiers]] = {"priority": priority, "longest_wait": longest_wait}


def most_idle(idle_since: int, skills: int, order: int) -> tuple[int, ...]:
    """Key of an idle group: the agent who has been idle longest goes first."""
    return (idle_since, order)


def fewest_skills(idle_since: int, skills: int, order: int) -> tuple[int, ...]:
    """Key of an idle group: the least versatile goes first, so that the versatile stay free."""
    return (skills, idle_since, order)


def team_order(idle_since: int, skills: int, order: int) -> tuple[int, ...]:
    """Key of an idle group: teams in the order in which the scenario writes them."""
    return (order,)


AGENT_RULES: dict[str, Callable[[int, int, int], tuple[int, ...]]] = {"most_idle": most_idle, "fewest_skills": fewest_skills, "team_order": team_order}
