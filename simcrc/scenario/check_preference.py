"""Checks of what decides a choice beyond shares: the terms of the utility, memory, odds, channels that open, agents who guide.

Names must exist; what could have no effect is said, since a planner who writes it expects one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simcrc.policies.target import has_agents, offered, row, segments_of
from simcrc.scenario.check_channels import voice_units
from simcrc.scenario.positions import Place
from simcrc.scenario.privacy import able, refusing
from simcrc.scenario.quantities import percent
from simcrc.scenario.scope import Scope

UTILITY: Place = ("choice", "first", "utility")
SLACK = 1e-9


def check_preference(scope: Scope) -> None:
    """All checks of this module."""
    _utility(scope)
    _memory(scope)
    _odds(scope)
    _opened(scope)
    _guided(scope)


def _utility(scope: Scope) -> None:
    utility = scope.scenario.choice.first.utility
    if utility is None:
        return
    segments = scope.segments or ["all"]
    _terms(scope, utility.channel, (*UTILITY, "channel"))
    _terms(scope, utility.task.complex, (*UTILITY, "task", "complex"))
    _terms(scope, utility.task.ambiguous, (*UTILITY, "task", "ambiguous"))
    for segment, terms in utility.personal.items():
        place = (*UTILITY, "personal", segment)
        if not scope.gone(("population",)):
            scope.known("unknown_segment", segment, segments, place, key=True)
        _terms(scope, terms, place)
    if scope.scenario.population is None and not scope.written(("population",)):
        for name in ("habit", "experience"):
            if scope.written((*UTILITY, name)):
                scope.say("no_citizens", (*UTILITY, name), key=True)
    _without_effect(scope)


def _terms(scope: Scope, terms: Mapping[str, float], path: Place) -> None:
    """Channels that citizens take: known, and not the voice unit in front of a phone, which is one number with it."""
    front = voice_units(scope)
    for name in terms:
        if scope.known("unknown_channel", name, scope.channels, (*path, name), key=True) and name in front:
            scope.say("one_number", (*path, name), key=True, found=name, phone=front[name])


def _without_effect(scope: Scope) -> None:
    """Written shares hold what all, and the citizens of a segment, see in a channel: where shares are written for every service, terms say nothing."""
    utility, scenario = scope.scenario.choice.first.utility, scope.scenario
    if utility is None or not scope.sure(("choice", "first"), ("services",), ("population",)):
        return
    unwritten = {segment for segment in segments_of(scenario) for service in scenario.services if not row(scenario, service, segment)}
    if utility.channel and not unwritten:
        scope.say("term_without_effect", (*UTILITY, "channel"), key=True)
    for segment in utility.personal:
        if segment in segments_of(scenario) and segment not in unwritten:
            scope.say("term_without_effect", (*UTILITY, "personal", segment), key=True)


def _memory(scope: Scope) -> None:
    """What is learnt must be able to count."""
    population = scope.scenario.population
    if population is None or not scope.sure(UTILITY):
        return
    if scope.scenario.choice.first.utility is None and (population.memory.habit_rate or population.memory.experience_rate):
        scope.say("memory_without_effect", ("population", "memory"), key=True)


def names(scope: Scope, path: Place, services: Sequence[str] | None, segments: Sequence[str] | None) -> None:
    """The services and segments that something is about: known, each once."""
    for field, values, known, code in (
        ("services", services, scope.services, "unknown_service"),
        ("segments", segments, scope.segments or ["all"], "unknown_segment"),
    ):
        listed(scope, (*path, field), values, known, code)


def listed(scope: Scope, path: Place, values: Sequence[str] | None, known: Sequence[str], code: str) -> None:
    """The names of a list: known, each once."""
    for number, name in enumerate(values or ()):
        scope.known(code, name, known, (*path, number))
        if name in (values or ())[:number]:
            scope.say("named_twice", (*path, number), found=name)


def _channel(scope: Scope, name: str, path: Place) -> bool:
    front = voice_units(scope)
    if not scope.known("unknown_channel", name, scope.channels, path):
        return False
    if name in front:
        scope.say("one_number", path, found=name, phone=front[name])
    return name in scope.scenario.channels and name not in front


def _odds(scope: Scope) -> None:
    for number, odds in enumerate(scope.scenario.choice.odds):
        path: Place = ("choice", "odds", number)
        names(scope, path, odds.services, odds.segments)
        _channel(scope, odds.channel, (*path, "channel"))
        if odds.after is not None:
            scope.known("unknown_channel", odds.after, scope.channels, (*path, "after"))


def _opened(scope: Scope) -> None:
    scenario = scope.scenario
    for number, opened in enumerate(scenario.choice.opened):
        path: Place = ("choice", "opened", number)
        names(scope, path, opened.services, opened.segments)
        listed(scope, (*path, "draws_from"), opened.draws_from, scope.channels, "unknown_channel")
        for segment in opened.access:
            scope.known("unknown_segment", segment, scope.segments or ["all"], (*path, "access", segment), key=True)
        if not _channel(scope, opened.channel, (*path, "channel")) or not scope.sure(("channels",), ("population",), ("choice", "first"), path):
            continue
        spec = scenario.channels[opened.channel]
        for service in scenario.services if opened.services is None else opened.services:
            if service in scenario.services and service not in offered(scenario, spec):
                scope.say("not_offered", (*path, "channel"), channel=opened.channel, found=service)
            for given in opened.draws_from or ():
                if given in scenario.channels and (given == opened.channel or not scope.offered(given, service)):
                    scope.say("not_offered", (*path, "draws_from"), channel=given, found=service)
        for segment in segments_of(scenario) if opened.segments is None else opened.segments:
            if segment not in segments_of(scenario):
                continue
            asked = [service for service in (opened.services or scenario.services) if service in scenario.services]
            willing = [1 - refusing(scenario, service, segment) if segment in opened.access else able(scenario, service, segment) for service in asked]
            access = opened.access.get(segment, 1.0) * min(willing, default=1.0)
            if spec.needs_access and opened.share > access + SLACK:
                scope.say("above_access", (*path, "share"), share=percent(opened.share), segment=segment, access=percent(access))
            shared = [service for service in (opened.services or scenario.services) if row(scenario, service, segment).get(opened.channel, 0.0) > 0]
            if shared:
                scope.say("takes_already", (*path, "share"), found=opened.channel, service=shared[0], segment=segment)


def _guided(scope: Scope) -> None:
    for number, guided in enumerate(scope.scenario.choice.guided):
        path: Place = ("choice", "guided", number)
        names(scope, path, guided.services, guided.segments)
        _channel(scope, guided.to, (*path, "to"))
        if scope.known("unknown_channel", guided.after, scope.channels, (*path, "after")) and guided.after in scope.scenario.channels:
            if not has_agents(scope.scenario.channels[guided.after]):
                scope.say("no_agents", (*path, "after"), found=guided.after)
            elif scope.sure(UTILITY, ("population",)) and (scope.scenario.population is None or scope.scenario.choice.first.utility is None):
                scope.say("no_habit", (*path, "share"))
