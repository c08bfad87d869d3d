"""``fit:``: which numbers of the scenario are calibrated, and how far they may move.  A run ignores it; ``simcrc fit`` reads it.

The targets are figures of ``expect:``: those marked `fitted`, or all of them where none is marked.  Names, bounds and values are checked by ``check_fit``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PositiveInt, WithJsonSchema

from simcrc.scenario.base import Spec
from simcrc.scenario.expect import Expect, Figure
from simcrc.scenario.faults import fault
from simcrc.scenario.written import Written

Scale = Literal["linear", "log", "logit"]


def _bounds(value: Any) -> Any:
    """Two amounts of the same sort, the lower first."""
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(bound, Written) for bound in value):
        return value
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise fault("within", value)
    low, high = (Written.parse(bound) for bound in value)
    if low is None or high is None or low.sort != high.sort or not low.size < high.size:
        raise fault("within", value)
    return low, high


_WITHIN = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "items": {"type": ["number", "string"]},
    "description": "the lowest and the highest value: [5 %, 60 %], [2 min, 20 min], [-3, 3]",
}

Within = Annotated[tuple[Any, Any], BeforeValidator(_bounds), WithJsonSchema(_WITHIN)]
"""Two ``Written`` bounds."""


class Parameter(Spec):
    """A number that is calibrated.

    `path`: where it stands, as ``--set`` names it.  `within`: its bounds.  `scale`: in what it is moved, and what its bounds are far apart in; shares move
    in `logit` unless written, durations in `log`, other numbers are `linear`.  `draws_from`: another share, which gives what this one gains, so that the sum of
    the two stays.
    """

    path: str
    within: Within
    scale: Scale | None = None
    draws_from: str | None = None


class Fit(Spec):
    """How the scenario is calibrated.

    `replications`: at each evaluation, the same draws at all of them.  `set`: assignments laid over the scenario while it is fitted, after those of
    ``expect:``.  `evaluations`: at most so many.
    """

    parameters: Annotated[tuple[Parameter, ...], Field(json_schema_extra={"minItems": 1})]
    replications: Annotated[PositiveInt, Field(ge=2)] = 8
    set_: tuple[str, ...] = Field(default=(), alias="set")
    evaluations: PositiveInt = 100


def targets(expect: Expect) -> list[tuple[int, Figure]]:
    """The figures that are fitted, with their numbers: those that are marked, or all where none is."""
    marked = [(number, figure) for number, figure in enumerate(expect.figures) if figure.fitted]
    return marked or list(enumerate(expect.figures))
