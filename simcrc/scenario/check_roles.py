"""Checks of the roles of the channels: names exist, what a role is built from is defined, every case says something, and who asks for figures about roles has
written some."""

from __future__ import annotations

from typing import Any

from simcrc.log import Reason
from simcrc.scenario.check_preference import listed
from simcrc.scenario.positions import Place, at
from simcrc.scenario.roles import NEVER
from simcrc.scenario.scope import Scope

CITIZEN = ("segments", "skill_below", "online")
"""Conditions on citizens, of whom an anonymous stream knows nothing."""
DEFINED = ("simple", "needs_assistance")
OF_ROLES = ("in_role", "out_of_role")
REASONS = [reason.name.lower() for reason in Reason]


def check_roles(scope: Scope) -> None:
    """All checks of this module."""
    roles = scope.scenario.roles
    if roles is None:
        _asked(scope)
        return
    for word in DEFINED:
        for number, case in enumerate(getattr(roles, word) or ()):
            _case(scope, _place(scope, ("roles", word), number), case)
    for channel, cases in roles.channels.items():
        path: Place = ("roles", "channels", channel)
        scope.known("unknown_channel", channel, scope.channels, path, key=True)
        for number, case in enumerate(cases):
            place = _place(scope, path, number)
            _case(scope, place, case)
            _role(scope, place, channel, case)


def _asked(scope: Scope) -> None:
    """Objectives and targets about roles that are not written would never have a figure."""
    if scope.written(("roles",)):
        return
    for p, policy in enumerate(scope.scenario.policies):
        for number, objective in enumerate(policy.objectives):
            if objective.indicator is not None and objective.indicator.rpartition(".")[2] in OF_ROLES:
                scope.say("missing_beside", ("policies", p, "objectives", number, "indicator"), found=objective.indicator, missing="roles")
    for number, target in enumerate(scope.scenario.targets):
        if target.indicator in OF_ROLES:
            scope.say("missing_beside", ("targets", number), found=target.indicator, missing="roles")


def _place(scope: Scope, path: Place, number: int) -> Place:
    """Where a case stands: a case alone stands for a list of one."""
    own: Place = (*path, number)
    return own if scope.written(own) else path


def _case(scope: Scope, path: Place, case: Any) -> None:
    if not case.written and at(scope.tree.document, path) == {}:
        scope.say("empty_case", path)
    listed(scope, (*path, "services"), case.services, scope.services, "unknown_service")
    if scope.scenario.population is None and not scope.written(("population",)):
        for name in CITIZEN:
            if name in case.written:
                scope.say("no_citizens", (*path, name), key=True)
        return
    listed(scope, (*path, "segments"), case.segments, scope.segments, "unknown_segment")


def _role(scope: Scope, path: Place, channel: str, case: Any) -> None:
    roles = scope.scenario.roles
    for word in DEFINED:
        if getattr(case, word) is not None and getattr(roles, word) is None and not scope.written(("roles", word)):
            scope.say("missing_beside", (*path, word), key=True, found=word, missing=f"roles.{word}")
    listed(scope, (*path, "not_by"), case.not_by, scope.channels, "unknown_channel")
    listed(scope, (*path, "reasons"), case.reasons, REASONS, "unknown_reason")
    if channel in (case.not_by or ()):
        scope.say("role_never", (*path, "not_by"), found=channel, never=NEVER)
