"""Roles of the channels: which contacts an organisation means each channel for, so that the share of them that it gets can be measured.

After the Régie's strategy of 2006 (the IVR for simple requests without assistance, the phone for assistance and where no self-service exists …).  What is
simple and who needs assistance is defined here too, in terms of the service, the need and the citizen; a role is built from these, from the citizen, and
from what the channels offer.  A run behaves the same with roles and without: ``simcrc.indicators.roles`` counts, ``check_roles`` checks the names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticKnownError

from simcrc.scenario.base import Names, Spec
from simcrc.scenario.faults import fault, suggestion
from simcrc.scenario.phases import Phase
from simcrc.scenario.privacy import Authentication
from simcrc.scenario.units import Share

ALWAYS, NEVER = "always", "never"


def _one(value: Any) -> Any:
    """One word stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Ones = Annotated[Names, BeforeValidator(_one)]


class Case(Spec):
    """Conditions that all hold together.

    On the service: `services` (one of these), `complexity_up_to` and `ambiguity_up_to` (its share of complex and of ambiguous needs is at most this),
    `authentication` (one of these).  On the need: `complex`, `ambiguous` (as drawn).  On the citizen: `segments`, `skill_below` (of the segment), `online`.
    """

    services: Ones | None = None
    complexity_up_to: Share | None = None
    ambiguity_up_to: Share | None = None
    authentication: Annotated[tuple[Authentication, ...], BeforeValidator(_one)] | None = None
    complex: bool | None = None
    ambiguous: bool | None = None
    segments: Ones | None = None
    skill_below: Share | None = None
    online: bool | None = None

    @property
    def written(self) -> dict[str, Any]:
        """The conditions that are written."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}


class RoleCase(Case):
    """A case of a role.  Beside the conditions of any case: `simple` and `needs_assistance` as defined, `self_service` (whether some self-service channel
    offers the service at that time), `not_by` (none of these channels offers it), `reasons` (why the contact is made, one of these)."""

    simple: bool | None = None
    needs_assistance: bool | None = None
    self_service: bool | None = None
    not_by: Ones | None = None
    reasons: Ones | None = None


def _cases(value: Any) -> Any:
    """One case stands for a list of one; none at all would mean never in silence."""
    cases = (value,) if isinstance(value, Mapping) else value
    if not isinstance(cases, list | tuple):
        raise fault("cases", value)
    if not cases:
        raise PydanticKnownError("too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0})
    return cases


def _role(value: Any) -> Any:
    """``always`` is a case without a condition, ``never`` no case."""
    if isinstance(value, str) and value in (ALWAYS, NEVER):
        return ({},) if value == ALWAYS else ()
    if isinstance(value, str):
        raise fault("role", value, **suggestion(value, (ALWAYS, NEVER)))
    return _cases(value)


Cases = Annotated[tuple[Case, ...], BeforeValidator(_cases)]
RoleCases = Annotated[tuple[RoleCase, ...], BeforeValidator(_role)]


class Roles(Spec):
    """The roles of the `channels`: a contact is in its role when any one of the channel's cases holds (``always`` and ``never`` may stand for cases).

    `simple`, `needs_assistance`: the cases in which a request is simple, and in which a citizen needs assistance, as the roles mean it.
    `self_service_from`: the phase from which a service counts as existing in self-service; a channel that writes no phase offers it whole.
    """

    simple: Cases | None = None
    needs_assistance: Cases | None = None
    self_service_from: Phase = "informational"
    channels: Annotated[dict[str, RoleCases], Field(min_length=1)]
