"""Checks of the needs: the period, holidays, services and volumes, profiles, surges, the population, what is replayed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from simcrc.scenario.positions import Place
from simcrc.scenario.scope import Scope
from simcrc.scenario.services import Profile

_WAYS = {"per_year": 1 / 365.25, "per_day": 1.0, "per_hour": 24.0, "per_minute": 1440.0}  # how many of each in a mean day
MOST_A_DAY = 400_000  # a day may be busier than the mean day; ids leave room for a million needs


def check_demand(scope: Scope) -> None:
    """All checks of this module."""
    period = _period(scope)
    _holidays(scope)
    _services(scope)
    _replay(scope)
    _population(scope)
    if period and not scope.moved:
        _instants(scope, *period)


def _period(scope: Scope) -> tuple[date, date] | None:
    """The first day and the day after the last; None when the period is wrong."""
    scenario = scope.scenario
    if not scope.sure(("start",), ("horizon",), ("warmup",)):
        return None
    if scenario.horizon.n <= 0:
        scope.say("positive", ("horizon",), found=str(scenario.horizon))
        return None
    try:
        first, last = scenario.warmup.before(scenario.start), scenario.horizon.after(scenario.start)
    except (ValueError, OverflowError):
        first = last = date.min
    if first.year < 1900 or last.year > 2200:
        scope.say("years", ("start",))
        return None
    return first, last


def _holidays(scope: Scope) -> None:
    codes = [(index, code) for index, code in enumerate(scope.scenario.holidays) if isinstance(code, str)]
    if not codes:
        return
    from holidays import country_holidays

    for index, code in codes:
        path: Place = ("holidays", index) if scope.written(("holidays", index)) else ("holidays",)
        country, _, part = code.partition("-")
        try:
            country_holidays(country, subdiv=part or None)
        except (NotImplementedError, KeyError, ValueError):
            from holidays.utils import list_supported_countries

            scope.known(
                "unknown_holidays", code, [f"{name}-{sub}" if sub else name for name, subs in list_supported_countries().items() for sub in ("", *subs)], path
            )


def replayed(scope: Scope) -> set[str] | None:
    """The services whose records are replayed; None when that cannot be told."""
    replay = scope.scenario.replay
    if not scope.sure(("replay",)):
        return None
    return set() if replay is None else {*replay.service.values.values(), *([replay.service.only] if replay.service.only else [])}


def _services(scope: Scope) -> None:
    from simcrc.distributions import families

    records = replayed(scope)
    for name, service in scope.scenario.services.items():
        path: Place = ("services", name)
        if name in families():
            scope.say("family_name", path, key=True, found=name)
        volume = service.volume
        if volume is None:
            if records is not None and name not in records and scope.sure((*path, "volume")):
                scope.say("volume_missing", path, key=True)
            continue
        place = (*path, "volume")
        if records and name in records:
            scope.say("volume_twice", place, key=True)
        given = [way for way in _WAYS if getattr(volume, way) is not None]
        if len(given) != 1 and scope.sure(place):
            scope.say("exactly_one", place, key=True, keys=list(_WAYS), given=given or "-")
        daily = sum((getattr(volume, way) or 0.0) * times for way, times in _WAYS.items())
        if daily > MOST_A_DAY:
            scope.say("volume_large", place, key=True, count=f"{daily:.6g}", limit=MOST_A_DAY)
        if isinstance(volume.profile, str):
            scope.known("unknown_profile", volume.profile, scope.keys("profiles"), (*place, "profile"))
        elif isinstance(volume.profile, Profile):
            _profile(scope, volume.profile, (*place, "profile"))
        if len(volume.season) == 12:
            _weights(scope, volume.season.values(), (*place, "season"))
        if sum(map(len, volume.weekdays)) == 7:
            _weights(scope, volume.weekdays.values(), (*place, "weekdays"))
    for name, profile in scope.scenario.profiles.items():
        _profile(scope, profile, ("profiles", name))


def _profile(scope: Scope, profile: Profile, path: Place) -> None:
    if not scope.sure(path) or scope.written((*path, "file")):
        return  # with a file, `simcrc.scenario.files` has said what is wrong
    if not profile.week:
        scope.say("exactly_one", path, key=True, keys=["week", "file"], given="-")
    else:
        _weights(scope, (weight for day in profile.week.values() for weight in day), (*path, "week"))


def _weights(scope: Scope, weights: Iterable[float], path: Place) -> None:
    if not any(weights) and scope.sure(path):
        scope.say("all_zero", path, key=True)


def _replay(scope: Scope) -> None:
    replay = scope.scenario.replay
    if replay is None:
        return
    path: Place = ("replay", "service")
    for key, service in replay.service.values.items():
        scope.known("unknown_service", service, scope.services, (*path, "values", key))
    if replay.service.only is not None:
        scope.known("unknown_service", replay.service.only, scope.services, (*path, "only"))
    given = [key for key in ("values", "only") if getattr(replay.service, key)]
    if len(given) != 1 and scope.sure(path):
        scope.say("exactly_one", path, key=True, keys=["values", "only"], given=given or "-")
    when = [way for way, given in (("instant", replay.time.instant), ("date + clock", replay.time.date and replay.time.clock)) if given]
    if len(when) != 1 and scope.sure(("replay", "time")):
        scope.say("exactly_one", ("replay", "time"), key=True, keys=["instant", "date + clock"], given=when or "-")
    if replay.brings and replay.recorded is None:
        scope.problems.append(scope.tree.mark(("replay",), key=True).problem("missing", ("replay",), key="recorded"))
    elif "work" in replay.brings and replay.recorded is not None and replay.recorded.work is None:
        place: Place = ("replay", "recorded")
        scope.problems.append(scope.tree.mark(place, key=True).problem("missing", place, key="work"))
    if replay.segment is None:
        return
    for key, segment in replay.segment.values.items():
        scope.known("unknown_segment", segment, scope.segments, ("replay", "segment", "values", key))
    for index, unknown in enumerate(replay.segment.unknown):
        place = ("replay", "segment", "unknown", index, "shares")
        for segment in unknown.shares:
            scope.known("unknown_segment", segment, scope.segments, (*place, segment), key=True)
        scope.sums_to_one(unknown.shares, place)


def _population(scope: Scope) -> None:
    population = scope.scenario.population
    if population is None or not scope.sure(("population", "segments")):
        return
    path: Place = ("population", "segments")
    scope.sums_to_one({name: segment.share for name, segment in population.segments.items()}, path)
    if not any(segment.share * segment.needs for segment in population.segments.values()):
        scope.say("all_zero", path, key=True)
    if population.language:
        scope.sums_to_one(population.language, ("population", "language"))
    for name, segment in population.segments.items():
        if segment.language:
            scope.sums_to_one(segment.language, (*path, name, "language"))
    for name, service in scope.scenario.services.items():
        factors, place = service.needs, ("services", name, "needs")
        for segment_name in factors:
            scope.known("unknown_segment", segment_name, [*scope.segments, "default"], (*place, segment_name), key=True)
        needs = (segment.share * segment.needs * factors.get(key, factors.get("default", 1.0)) for key, segment in population.segments.items())
        if factors and not any(needs):
            scope.say("all_zero", place, key=True)


def _instants(scope: Scope, first: date, last: date) -> None:
    begin, end = datetime.combine(first, time()), datetime.combine(last, time())

    def inside(at: datetime, lasts: int, path: Place) -> None:
        if at >= end or at + timedelta(microseconds=lasts) <= begin:
            scope.say("outside_run", path, found=f"{at:%Y-%m-%d %H:%M}", first=first.isoformat(), last=(last - timedelta(days=1)).isoformat())

    for index, surge in enumerate(scope.scenario.surges):
        path: Place = ("surges", index)
        if (surge.at is None) != surge.after_holidays and scope.sure(path):
            scope.say("surge_one", path)
        if surge.lasts <= 0:
            scope.say("positive", (*path, "lasts"))
        if surge.half_life == 0:
            scope.say("positive", (*path, "half_life"))
        for position, service in enumerate(surge.services or ()):
            scope.known("unknown_service", service, scope.services, (*path, "services", position))
        if surge.at is not None and scope.sure((*path, "at"), (*path, "lasts")):
            inside(surge.at, surge.lasts, (*path, "at"))
    for name, channel in scope.scenario.channels.items():
        for index, outage in enumerate(channel.outages):
            place: Any = ("channels", name, "outages", index)
            if outage.lasts <= 0:
                scope.say("positive", (*place, "lasts"))
            elif scope.sure(place):
                inside(outage.at, outage.lasts, (*place, "at"))
