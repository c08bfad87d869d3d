"""Checks of the citizens' choices: the first channel, what follows a contact, chasing, verifying, induced contacts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from simcrc.scenario.check_channels import voice_units
from simcrc.scenario.choice import After, Chase, FirstUse
from simcrc.scenario.positions import Place
from simcrc.scenario.privacy import able
from simcrc.scenario.quantities import percent
from simcrc.scenario.scope import Scope

OUTCOMES = ("failed", "unresolved", "abandoned", "balked", "blocked", "closed", "dismissed", "opted_out")
SPECIAL = ("redial", "give_up")


def check_choice(scope: Scope) -> None:
    """All checks of this module."""
    _first(scope)
    _next(scope)
    choice = scope.scenario.choice
    _after(scope, choice.chase, "chase")
    _after(scope, choice.verify, "verify")
    _after(scope, choice.induced, "induced")
    for channel in choice.chase:
        spec = scope.scenario.channels.get(channel)
        if spec is not None and not spec.steps():
            scope.say("chase_kind", ("choice", "chase", channel), key=True, found=channel)
    for channel in scope.scenario.satisfaction.channel:
        scope.known("unknown_channel", channel, scope.channels, ("satisfaction", "channel", channel), key=True)


def targets_of(scope: Scope, names: Iterable[str], path: Place, code: str = "unknown_channel", special: tuple[str, ...] = ()) -> None:
    """The channels that citizens take: known, and not a voice unit in front of a phone, which is one number with it."""
    front = voice_units(scope)
    for name in names:
        place = (*path, name) if scope.written((*path, name)) else path
        if scope.known(code, name, [*scope.channels, *special], place, key=len(place) > len(path)) and name in front:
            scope.say("one_number", place, key=len(place) > len(path), found=name, phone=front[name])


def _first(scope: Scope) -> None:
    table = scope.scenario.choice.first.table
    path: Place = ("choice", "first", "table")
    if scope.written(("choice", "first", "file")) or scope.gone(path):
        return  # said where the file is read, or by the types
    weighed = scope.written((*path[:2], "utility"))
    if not table and not weighed:
        scope.say("exactly_one", path[:2], key=True, keys=["table", "file"], given="-")
        return
    segments = scope.segments or ["all"]
    for service, rows in table.items():
        scope.known("unknown_service_key", service, [*scope.services, "default"], (*path, service), key=True)
        for segment, shares in rows.items():
            place = (*path, service, segment)
            if not scope.segments:
                if segment not in ("all", "default") and scope.sure(("population",)):
                    scope.say("no_population", place, key=True)
            else:
                scope.known("unknown_segment", segment, [*segments, "default"], place, key=True)
            targets_of(scope, shares, place)
            scope.sums_to_one(shares, place)
    if not scope.sure(("services",), ("population",)):
        return
    said: set[Place] = set()
    for service in scope.scenario.services:
        for segment in segments:
            _first_row(scope, service, segment, said)


def _first_row(scope: Scope, service: str, segment: str, said: set[Place]) -> None:
    """The row that holds for a service and a segment: there is one, its channels offer the service, and enough citizens are
    on line."""
    path: Place = ("choice", "first", "table")
    first = scope.scenario.choice.first
    table = first.table
    by_service = service if service in table else "default"
    rows = table.get(by_service, {})
    by_segment = segment if segment in rows else "default"
    if by_segment not in rows:
        decided = first.utility is not None and (first.utility.channel or first.utility.personal.get(segment))
        if not decided and scope.sure(path[:2]):
            scope.say("no_row", path[:2] if not table else path if not rows else (*path, by_service), key=True, found=service, segment=segment)
        return
    place, shares = (*path, by_service, by_segment), rows[by_segment]
    for channel, share in shares.items():
        if share > 0 and channel in scope.channels and not scope.offered(channel, service) and (*place, channel, service) not in said:
            said.add((*place, channel, service))
            scope.say("not_offered", (*place, channel), key=True, channel=channel, found=service)
    _within_access(scope, service, segment, shares, place)


def _within_access(scope: Scope, service: str, segment: str, shares: Mapping[str, float], place: Place) -> None:
    population, channels = scope.scenario.population, scope.scenario.channels
    access = population.segments[segment].access if population and segment in population.segments else 1.0
    online = math.fsum(share for channel, share in shares.items() if channel in channels and channels[channel].needs_access)
    if online > access + 1e-9 and scope.sure(place):
        scope.say("above_access", place, key=True, share=percent(online), segment=segment, access=percent(access))
    elif online > (willing := able(scope.scenario, service, segment)) + 1e-9 and scope.sure(place, ("privacy",)):
        scope.say("above_willing", place, key=True, share=percent(online), segment=segment, willing=percent(willing), service=service)


def _next(scope: Scope) -> None:
    for row, options in scope.scenario.choice.next.items():
        path: Place = ("choice", "next", row)
        channel, outcome, *service = row.split(".") if "." in row else (row, "", "", "")
        if len(service) > 1:
            scope.say("row_key", path, key=True, found=row)
        else:
            if service:
                scope.known("unknown_service", service[0], scope.services, path, key=True)
            if scope.known("unknown_channel", channel, scope.channels, path, key=True):
                scope.known("unknown_outcome", outcome, OUTCOMES, path, key=True)
        targets_of(scope, options, path, "unknown_target", SPECIAL)
        scope.sums_to_one({name: option.share for name, option in options.items()}, path)


def _after(scope: Scope, rows: Mapping[str, Chase] | Mapping[str, After], name: str) -> None:
    for channel, row in rows.items():
        path: Place = ("choice", name, channel)
        scope.known("unknown_channel", channel, scope.channels, path, key=True)
        targets_of(scope, row.to, (*path, "to"))
        scope.sums_to_one(row.to, (*path, "to"))
        if isinstance(row, After) and row.first_use is not None:
            _first_use(scope, (*path, "first_use"), channel, row.probability, row.first_use)


def _first_use(scope: Scope, path: Place, channel: str, probability: float, first: FirstUse) -> None:
    """Somebody must remember, the channel must be new to all when a policy opens it, and a probability must be left."""
    if scope.scenario.population is None:
        if scope.sure(("population",)):
            scope.say("remembers_nobody", path, key=True, found="first_use")
        return
    if channel in scope.scenario.channels and any(scope.offered(channel, service) for service in scope.services):
        scope.say("known_channel", path, key=True, found="first_use", channel=channel)
    if probability * first.factor > 1 + 1e-9 and scope.sure((*path[:-1], "probability"), path):
        scope.say("above_one", (*path, "factor"), found=first.factor, most=f"{1 / probability:.6g}")
