"""Checks of the channels: what they offer, values by service, the voice unit and its phone, announcements, transfers, sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcrc.channels import ChannelSpec
from simcrc.scenario.base import Spec
from simcrc.scenario.faults import suggestion
from simcrc.scenario.positions import Place
from simcrc.scenario.scope import Scope
from simcrc.scenario.shape import annotation_at, by_service, family_of, fields, laws_by_service


def check_channels(scope: Scope) -> None:
    """All checks of this module."""
    for name, channel in scope.scenario.channels.items():
        path: Place = ("channels", name)
        for index, service in enumerate(channel.offers or {}):
            listed = not scope.written((*path, "offers", service))
            scope.known("unknown_service", service, scope.services, (*path, "offers", index if listed else service), key=not listed)
        for place, owner in _parts(channel, path):
            _values_by_service(scope, name, place, owner)
        _announce(scope, channel, path)
        _transfer(scope, channel, path)
        _sites(scope, channel, path)
    _written_standards(scope)
    _offered(scope)
    _voice_units(scope)


def _parts(part: Spec, path: Place) -> Iterator[tuple[Place, Spec]]:
    """`part` and the parts in it."""
    yield path, part
    for key, info in fields(type(part)).items():
        value = getattr(part, next(name for name, field in type(part).model_fields.items() if field is info))
        if isinstance(value, Spec):
            yield from _parts(value, (*path, key))
        elif isinstance(value, Mapping):
            for inner, item in value.items():
                if isinstance(item, Spec):
                    yield from _parts(item, (*path, key, inner))


def _values_by_service(scope: Scope, channel: str, path: Place, part: Spec) -> None:
    """Keys must be services; where a value is required, each offered service must have one."""
    for name, info in type(part).model_fields.items():
        if not by_service(info):
            continue
        place, values = (*path, info.alias or name), getattr(part, name)
        written = _raw(scope, place)
        law = laws_by_service(annotation_at(type(part), {}, (place[-1],)))
        if isinstance(written, dict) and not family_of(written):
            meant = [_known_key(scope, service, (*place, service), law) for service in written]
            if law and not all(meant):
                continue  # a law that nobody knows is taken for a service: that no service has a value is the same fault
        if not info.is_required() or path[2:3] == ("transfer",) or "default" in values or not scope.sure(place, ("channels", channel, "offers")):
            continue
        for service in scope.scenario.services:
            if service not in values and scope.offered(channel, service):
                scope.say("no_value", place, key=True, found=service)


def _known_key(scope: Scope, name: str, path: Place, law: bool) -> bool:
    """Is `name` a service or ``default``?  Said otherwise; where a `law` is written it may have been meant for a family."""
    from simcrc.distributions import families

    names = [*scope.services, "default"]
    if law and name not in names:
        scope.say("unknown_service_law", path, key=True, found=name, names=", ".join(sorted(families())), **suggestion(name, [*names, *families()]))
        return False
    return scope.known("unknown_service_key", name, names, path, key=True)


def _raw(scope: Scope, path: Place) -> Any:
    value: Any = scope.tree.document
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return value


def _announce(scope: Scope, channel: ChannelSpec, path: Place) -> None:
    from simcrc.rules.announce import ANNOUNCE_RULES

    rule = getattr(channel, "announce", None)
    if rule is not None:
        scope.known("unknown_rule", rule, ANNOUNCE_RULES, (*path, "announce"))


def _transfer(scope: Scope, channel: ChannelSpec, path: Place) -> None:
    transfer = getattr(channel, "transfer", None)
    if transfer is None or not scope.known("unknown_channel", transfer.to, scope.channels, (*path, "transfer", "to")):
        return
    for service in scope.scenario.services:
        share = transfer.share.get(service, transfer.share.get("default", 0.0))
        if share > 0 and scope.offered(str(path[1]), service) and not scope.offered(transfer.to, service):
            scope.say("not_offered", (*path, "transfer", "to"), channel=transfer.to, found=service)


def _sites(scope: Scope, channel: ChannelSpec, path: Place) -> None:
    if channel.sites() and not channel.open_sites() and scope.sure((*path, "sites")):
        scope.say("all_zero", (*path, "sites"), key=True)


def _offered(scope: Scope) -> None:
    readable = all(scope.sure(("channels", name, "offers")) and name in scope.scenario.channels for name in scope.channels)
    for service in scope.scenario.services:
        if readable and not any(scope.offered(name, service) for name in scope.scenario.channels):
            scope.say("no_channel", ("services", service), key=True, found=service)


def voice_units(scope: Scope) -> dict[str, str]:
    """The channels that answer in front of a phone, each with that phone."""
    channels = scope.scenario.channels
    vias = {str(getattr(channel, "via", None)): name for name, channel in channels.items()}
    return {via: name for via, name in vias.items() if via in channels and _opts_out(channels[via])}


def _voice_units(scope: Scope) -> None:
    channels, front = scope.scenario.channels, voice_units(scope)
    for name, channel in channels.items():
        via = getattr(channel, "via", None)
        path: Place = ("channels", name, "via")
        if via is None or not scope.known(
            "unknown_channel", via, [other for other in scope.channels if other not in channels or _opts_out(channels[other])] or scope.channels, path
        ):
            continue
        if via in channels and not _opts_out(channels[via]):
            scope.say("via_kind", path, found=via)
    unread = [name for name in scope.channels if not scope.sure(("channels", name))]
    for name, channel in channels.items():
        if _opts_out(channel) and name not in front and not unread and any(share > 0 for share in getattr(channel, "opt_out").values()):  # noqa: B009
            scope.say("zero_nowhere", ("channels", name, "opt_out"), key=True, channel=name)


def _opts_out(channel: ChannelSpec) -> bool:
    """Can one press "0" in it?"""
    return "opt_out" in type(channel).model_fields


def _written_standards(scope: Scope) -> None:
    """A published delay of zero would make every item late."""
    for name, service in scope.scenario.services.items():
        if service.standard == 0:
            scope.say("positive", ("services", name, "standard"))
