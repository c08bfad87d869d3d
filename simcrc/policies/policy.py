"""A policy: a dated set of measures laid over a scenario, and the objectives that it is to reach."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from simcrc.policies.base import AnyEntry, Orientation, PolicyCost
from simcrc.scenario.base import Spec
from simcrc.scenario.units import Share, Text


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, int | str) else value


class Objective(Spec):
    """What the policy is to change, compared with the base over the last `months` of the period: the share of contacts of the channels `share`, or the
    `indicator`, goes up or down, `by_at_least` (relative to the base)."""

    name: Text | None = None
    share: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    volume: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    services: tuple[str, ...] | None = None
    indicator: str | None = None
    goes: Literal["up", "down", "not_up"]
    by_at_least: Share = 0.0
    months: Annotated[int, Field(ge=1)] = 12


class Policy(Spec):
    """`orientation`: those of the seven that it belongs to.  `cost`: of the policy itself, beside that of its measures."""

    name: Text
    description: Text | None = None
    orientation: Annotated[tuple[Orientation, ...], BeforeValidator(_several)] = ()
    measures: tuple[AnyEntry, ...] = ()
    cost: PolicyCost = PolicyCost()
    objectives: tuple[Objective, ...] = ()
