"""``expect:``: what figures a run of the scenario should give, and how far off they may be.  A run ignores it; ``simcrc bench`` checks it.

A ``Figure`` names an indicator as in ``Results.estimate`` and says what it should be: a number, or a figure of ``simcrc.theory`` with its arguments, which
may be measured on the same run.  How amounts, margins and arguments are written stands in ``amounts`` and ``arguments``; names are checked by
``check_expect``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PositiveInt

from simcrc.scenario.amounts import Amount, Margins
from simcrc.scenario.arguments import Argument, Bound, Which
from simcrc.scenario.base import Spec
from simcrc.scenario.units import Name

Per = Literal["second", "minute", "hour", "day"]
Tier = Literal["quick", "long"]


class Figure(Spec):
    """One figure that is known.

    `indicator`: ``name``, ``channel.name``, ``channel.site.name`` or ``team:agents.name``; `service`, `segment`, `reason`, `period`: the part of it
    that is meant, as in the table of results.  `per`: a total divided by the length of the measured period.  Either `equals` or `theory`, one
    ``model.figure`` with its arguments, or only a bound, `at_least` or `at_most`, which may be another figure of the same run.  `margin`: how far off the
    figure may be, the widest if there are several (of a bound, none unless written); `quick`: the same in the quick tier.
    `fitted`: a target of ``simcrc fit``; where some figures are, the others are only compared.

    In a scenario with policies: `change`, by how much the figure differs from that of the base, as a part of it or in its unit; `arm`, which of the two is
    meant, the policy unless written.
    """

    indicator: str
    service: str | None = None
    segment: str | None = None
    reason: str | None = None
    period: str | None = None
    per: Per | None = None
    change: Literal["relative", "absolute"] | None = None
    arm: Literal["base", "policy"] | None = None
    equals: Amount | None = None
    at_least: Bound | None = None
    at_most: Bound | None = None
    theory: dict[str, dict[str, Argument]] | None = None
    margin: Margins | None = None
    quick: Margins | None = None
    fitted: bool = False

    @property
    def which(self) -> Which:
        """The indicator and the part of it."""
        return Which(self.indicator, self.service, self.segment, self.reason, self.period, self.per, self.change, self.arm)

    @property
    def given(self) -> Amount | Which | None:
        """The amount, or for a bound the figure, that is written in place of theory."""
        return next((each for each in (self.equals, self.at_least, self.at_most) if each is not None), None)

    @property
    def name(self) -> str:
        """How the figure is called: ``phone.asa``, ``phone.asa [service=calls, period=Mon 10:00]``."""
        return str(self.which)

    def allowed(self, tier: Tier) -> Margins:
        """The margins of a tier."""
        return (self.quick if tier == "quick" and self.quick is not None else self.margin) or ()


def _figures(value: Any) -> Any:
    return {"figures": value} if isinstance(value, list | tuple) else value


class Expect(Spec):
    """What is expected of a run.

    `replications`: at the first look; `most`, `quick_most`: at the last, in the long tier and in the quick one.  `set`: assignments laid over the
    scenario when it is checked, as with ``--set``.  `family`: the figure of the page of validation to which it belongs.
    """

    listed: ClassVar[str | None] = "figures"

    replications: Annotated[PositiveInt, Field(ge=2)] = 16
    most: PositiveInt = 256
    quick_most: PositiveInt = 64
    set_: tuple[str, ...] = Field(default=(), alias="set")
    family: Name | None = None
    figures: Annotated[tuple[Figure, ...], Field(json_schema_extra={"minItems": 1})]

    def cap(self, tier: Tier) -> int:
        """Replications at the last look of a tier, never fewer than at the first."""
        return max(self.replications, self.quick_most if tier == "quick" else self.most)


Expected = Annotated[Expect, BeforeValidator(_figures)]
"""An ``Expect``, or only the list of its figures."""


def figure_path(document: Mapping[str, Any], number: int) -> tuple[str | int, ...]:
    """Where figure `number` stands in a document, whichever of the two ways it is written."""
    return ("expect", number) if isinstance(document.get("expect"), list) else ("expect", "figures", number)
