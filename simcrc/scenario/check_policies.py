"""Checks of policies: the names that measures use, what each asks of the base, contradictions, and free choice over the whole timeline."""

from __future__ import annotations

from typing import Any

from simcrc.scenario.positions import Place
from simcrc.scenario.scope import Scope

NAMES = {"channel": "channels", "after": "channels", "to": "channels", "channels": "channels", "draws_from": "channels"}


def check_policies(scope: Scope) -> None:
    """All checks of this module."""
    if not scope.scenario.policies:
        return
    before = len(scope.problems)
    from simcrc.policies.timeline import base_of

    base = base_of(scope.scenario)
    for p, policy in enumerate(scope.scenario.policies):
        for m, entry in enumerate(policy.measures):
            path: Place = ("policies", p, "measures", m, entry.verb)
            _names(scope, path, entry.does)
            for place, code, ctx in entry.does.problems(base):
                scope.say(code, (*path, *place), **ctx)
            end = scope.scenario.horizon.after(scope.scenario.start)
            if entry.at >= end and not scope.moved:
                scope.say("outside_period", (*path[:-1], "at"), found=str(entry.at), end=str(end))
        for number, objective in enumerate(policy.objectives):
            _objective(scope, ("policies", p, "objectives", number), objective)
    if len(scope.problems) == before and scope.sure(("policies",), ("channels",), ("services",), ("population",), ("choice",), ("teams",)):
        _contradictions(scope, base)
        if len(scope.problems) == before:
            _free_choice(scope)


def _names(scope: Scope, path: Place, measure: Any) -> None:
    """The channels, services, segments and teams that a measure names."""
    known = {"services": scope.services, "segments": scope.segments or ["all"], "team": scope.keys("teams")}
    codes = {"services": "unknown_service", "segments": "unknown_segment", "team": "unknown_team"}
    for field in type(measure).model_fields:
        value = getattr(measure, field)
        if value is None or (field not in known and (field not in NAMES or (field == "to" and value not in scope.channels and _is_phase(value)))):
            continue
        names, code = (known[field], codes[field]) if field in known else (scope.channels, "unknown_channel")
        for number, name in enumerate(value if isinstance(value, tuple) else (value,)):
            scope.known(code, name, names, (*path, field, number) if isinstance(value, tuple) else (*path, field))


def _is_phase(value: Any) -> bool:
    from simcrc.scenario.phases import PHASES

    return value in PHASES


def _objective(scope: Scope, path: Place, objective: Any) -> None:
    from simcrc.indicators import names

    given = [key for key in ("share", "volume", "indicator") if getattr(objective, key)]
    if len(given) != 1:
        scope.say("exactly_one", path, keys=["share", "volume", "indicator"], given=given or "-")
    for key in ("share", "volume"):
        for channel in getattr(objective, key):
            scope.known("unknown_channel", channel, scope.channels, (*path, key))
    if objective.indicator is not None:
        scope.known("unknown_indicator", objective.indicator.rpartition(".")[2], names(), (*path, "indicator"))


def _contradictions(scope: Scope, base: Any) -> None:
    from simcrc.policies.contradiction import contradictions

    for found in contradictions(scope.scenario, base):
        (p, m), (q, n) = found.second, found.first
        first = scope.tree.mark(("policies", q, "measures", n))
        place: Place = ("policies", p, "measures", m)
        scope.say("contradiction", place, attribute=".".join(found.attribute), other=f"{first.file}:{first.line}:{first.column}")


def _free_choice(scope: Scope) -> None:
    """Say what breaks a rule at the measure that does: without it the rule is kept."""
    from simcrc.policies.free_choice import breaches, broken
    from simcrc.policies.timeline import written_on

    if scope.scenario.free_choice == "warn":
        return
    for day, breach in broken(scope.scenario):
        places: list[Place] = []
        for p, policy in enumerate(scope.scenario.policies):
            for m, entry in enumerate(policy.measures):
                if entry.dose(day) <= 0:
                    continue
                rest = policy.model_copy(update={"measures": tuple(other for other in policy.measures if other is not entry)})
                others = (*scope.scenario.policies[:p], rest, *scope.scenario.policies[p + 1 :])
                if breach not in breaches(written_on(scope.scenario.model_copy(update={"policies": others}), day)):
                    places.append(("policies", p, "measures", m))
        for place in places or [("policies",)]:
            scope.say("free_choice", place, rule=breach.words(), day=str(day))
