"""Checks of policies: the names that measures use, when they hold, what each asks of the scenario that it finds, contradictions, and free choice over
the whole timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcrc.scenario.check_preference import listed
from simcrc.scenario.faults import suggestion
from simcrc.scenario.phases import Phase
from simcrc.scenario.positions import Mark, Place, there
from simcrc.scenario.problems import Problem
from simcrc.scenario.scope import Scope

if TYPE_CHECKING:
    from datetime import date

    from simcrc.policies.free_choice import Breach
    from simcrc.scenario.scenario import Scenario

CHANNELS = ("channel", "channels", "after", "to", "draws_from")
"""The fields of a measure that name channels; services, segments and team name what they say."""


def check_policies(scope: Scope, bare: Scenario | None = None) -> None:
    """All checks of this module; `bare` as in ``simcrc.scenario.check``."""
    if not scope.scenario.policies:
        return
    before = len(scope.problems)
    wrong: set[tuple[int, int]] = set()
    for p, policy in enumerate(scope.scenario.policies):
        for m, entry in enumerate(policy.measures):
            if not _entry(scope, ("policies", p, "measures", m), entry):
                wrong.add((p, m))
        for number, objective in enumerate(policy.objectives):
            _objective(scope, ("policies", p, "objectives", number), objective)
    if scope.moved:
        _idle(scope)
    if _sure(scope):
        sound = _without(scope.scenario, wrong)
        _on_the_timeline(scope, sound, wrong)
        _contradictions(scope, sound)
        if len(scope.problems) == before and scope.sure(("policies",)):
            _free_choice(scope)
            if bare is not None:
                _extended(scope, bare)


def _without(scenario: Scenario, wrong: set[tuple[int, int]]) -> Scenario:
    """`scenario` with measures that change nothing in the place of those that are `wrong` (number of the policy, of the measure)."""
    from simcrc.policies import entry_type

    if not wrong:
        return scenario

    def sound(p: int, m: int, entry: Any) -> Any:
        return entry_type().model_validate({"at": entry.at, "measure": {"how": "-", "learnt": []}}) if (p, m) in wrong else entry

    policies = tuple(
        policy.model_copy(update={"measures": tuple(sound(p, m, entry) for m, entry in enumerate(policy.measures))})
        for p, policy in enumerate(scenario.policies)
    )
    return scenario.model_copy(update={"policies": policies})


def _on_the_timeline(scope: Scope, sound: Scenario, wrong: set[tuple[int, int]]) -> None:
    """What each well-formed measure asks of the scenario that it finds on its first day."""
    from simcrc.policies.timeline import before

    for p, policy in enumerate(sound.policies):
        for m, entry in enumerate(policy.measures):
            if (p, m) not in wrong:
                for place, code, ctx in entry.does.problems(before(sound, entry)):
                    scope.say(code, ("policies", p, "measures", m, entry.verb, *place), **ctx)


def _idle(scope: Scope) -> None:
    """Warn when the period was moved away from all measures."""
    begins = [entry.at for policy in scope.scenario.policies for entry in policy.measures]
    end = scope.scenario.horizon.after(scope.scenario.start)
    if begins and min(begins) >= end:
        place: Place = ("policies",)
        ctx = {"first": str(min(begins)), "end": str(end)}
        scope.warnings.append(scope.tree.mark(place, key=True).problem("nothing_in_force", place, **ctx))


def _sure(scope: Scope) -> bool:
    """Is all well formed that measures change?"""
    return scope.sure(("channels",), ("services",), ("population",), ("choice",), ("teams",), ("silos",))


def _entry(scope: Scope, path: Place, entry: Any) -> bool:
    """What is wrong with a measure by itself; False when something is."""
    said = len(scope.problems)
    _names(scope, (*path, entry.verb), entry.does)
    _dates(scope, path, entry)
    if entry.verb == "measure":
        _learnt(scope, (*path, "measure", "learnt"), entry.does)
    return len(scope.problems) == said and scope.sure(path)


def _names(scope: Scope, path: Place, measure: Any) -> None:
    """The channels, services, segments and teams that a measure names."""
    known = {"services": scope.services, "segments": scope.segments or ["all"], "team": scope.keys("teams")} | dict.fromkeys(CHANNELS, scope.channels)
    codes = {"services": "unknown_service", "segments": "unknown_segment", "team": "unknown_team"} | dict.fromkeys(CHANNELS, "unknown_channel")
    for field, info in type(measure).model_fields.items():
        value = getattr(measure, field)
        if value is None or field not in known or info.annotation == Phase:
            continue
        if isinstance(value, tuple):
            listed(scope, (*path, field), value, known[field], codes[field])
        else:
            scope.known(codes[field], value, known[field], (*path, field))


def _dates(scope: Scope, path: Place, entry: Any) -> None:
    """A measure begins within the period, and is in force before it ends."""
    end = scope.scenario.horizon.after(scope.scenario.start)
    if entry.at >= end and not scope.moved:
        scope.say("outside_period", (*path, "at"), found=str(entry.at), end=str(end))
    ramp = entry.ramp
    given = [key for key in ("linear", "s_curve", "bass") if getattr(ramp, key) is not None]
    if len(given) > 1:
        scope.say("exactly_one", (*path, "ramp"), keys=["linear", "s_curve", "bass"], given=given)
        return
    length = ramp.length(entry.at)
    if given and not length:
        scope.say("positive", (*path, "ramp", *(("bass", "lasts") if given == ["bass"] else given)))
    if entry.end is not None and entry.end <= entry.at:
        scope.say("positive", (*path, "lasts"))
    elif entry.end is not None and (entry.end - entry.at).days < length:
        scope.say("lasts_short", (*path, "lasts"), length=length)


def _learnt(scope: Scope, path: Place, measure: Any) -> None:
    """What will be measured is written in the scenario."""
    for number, learnt in enumerate(measure.learnt):
        parts: list[str] = learnt.path.split(".")
        place = _longest(scope, parts)
        if place is None:
            at, left = _nearest(scope, parts)
            guess = suggestion(left, scope.keys(*at)) if left else {}
            whole = ".".join(map(str, (*at, guess["suggestion"]))) if guess else None
            scope.say("unknown_path", (*path, number, "path"), found=learnt.path, suggestion=whole)


def _longest(scope: Scope, parts: list[str], at: Place = ()) -> Place | None:
    """The place that the dotted `parts` name, keys such as ``phone.abandoned`` holding a dot; None when there is none."""
    if not parts:
        return at
    for length in range(len(parts), 0, -1):
        key: str | int = ".".join(parts[:length])
        for place in ((*at, key), (*at, int(key))) if str(key).isdecimal() else ((*at, key),):
            if there(scope.tree.document, place) and (found := _longest(scope, parts[length:], place)) is not None:
                return found
    return None


def _nearest(scope: Scope, parts: list[str]) -> tuple[Place, str]:
    """How far `parts` lead, and the part that leads no further."""
    for length in range(len(parts) - 1, -1, -1):
        at = _longest(scope, parts[:length])
        if at is not None:
            return at, parts[length]
    return (), parts[0]


def _objective(scope: Scope, path: Place, objective: Any) -> None:
    from simcrc.indicators import names

    given = [key for key in ("share", "volume", "indicator") if getattr(objective, key)]
    if len(given) != 1:
        scope.say("exactly_one", path, keys=["share", "volume", "indicator"], given=given or "-")
    for key in ("share", "volume"):
        values = getattr(objective, key)
        for number, channel in enumerate(values):
            place = (*path, key, number)
            scope.known("unknown_channel", channel, scope.channels, place if scope.written(place) else place[:-1])
    listed(scope, (*path, "services"), objective.services, scope.services, "unknown_service")
    if objective.indicator is not None:
        where, _, name = objective.indicator.rpartition(".")
        scope.known("unknown_indicator", name, names(), (*path, "indicator"))
        if where:
            scope.known("unknown_place", where, _places(scope), (*path, "indicator"))
    months = _months(scope)
    if objective.months > months and scope.written((*path, "months")) and not scope.moved:  # the usual twelve give way to a short period
        scope.say("months_long", (*path, "months"), found=objective.months, months=months)


def _places(scope: Scope) -> list[str]:
    stations = [station for name, spec in scope.scenario.channels.items() for station in (name, *spec.stations(name))]
    return [*stations, *(name for name in scope.channels if name not in stations), *(f"team:{team}" for team in scope.keys("teams"))]


def _months(scope: Scope) -> int:
    """The months of the period, begun ones included."""
    start, end = scope.scenario.start, scope.scenario.horizon.after(scope.scenario.start)
    return (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)


def _contradictions(scope: Scope, sound: Scenario) -> None:
    from simcrc.policies.contradiction import contradictions
    from simcrc.policies.timeline import base_of

    for found in contradictions(sound, base_of(sound)):
        (p, m), (q, n) = found.second, found.first
        first = scope.tree.mark(("policies", q, "measures", n))
        place: Place = ("policies", p, "measures", m)
        scope.say("contradiction_factor" if found.factor else "contradiction", place, attribute=".".join(found.attribute), other=_where(first))


def _where(mark: Mark) -> str:
    return f"{mark.file}:{mark.line}:{mark.column}"


def _free_choice(scope: Scope) -> None:
    """Say what breaks a rule at the measures that do."""
    from simcrc.policies.free_choice import breakers, broken

    for day, breach in broken(scope.scenario):
        for p, m in breakers(scope.scenario, day, breach):
            _broken(scope, ("policies", p, "measures", m), breach, day)


def _extended(scope: Scope, bare: Scenario) -> None:
    """Say what breaks a rule because a policy file writes it into the base, beside its measures: at the parts of the base that it changes."""
    from simcrc.policies.free_choice import breaches
    from simcrc.policies.timeline import base_of

    base, bare = base_of(scope.scenario), base_of(bare)
    for breach in sorted(breaches(base) - breaches(bare), key=repr):
        restored = _restored(base, bare)
        healing = [place for place, without in restored if breach not in breaches(without)]
        finest = [place for place in healing if len(place) == 2] or healing or [place for place, _ in restored]
        for place in finest:
            _broken(scope, place, breach, base.start)


def _restored(base: Scenario, bare: Scenario) -> list[tuple[Place, Scenario]]:
    """The parts of `base` that differ from `bare`, each with `base` in which it is as it was."""
    out: list[tuple[Place, Scenario]] = []
    for section in ("channels", "teams", "services", "population", "privacy"):
        now, before = getattr(base, section), getattr(bare, section)
        if now != before:
            out.append(((section,), base.model_copy(update={section: before})))
        for name in set(now) & set(before) if isinstance(now, dict) else ():
            if now[name] != before[name]:
                out.append(((section, name), base.model_copy(update={section: now | {name: before[name]}})))
    return out


def _broken(scope: Scope, place: Place, breach: Breach, day: date) -> None:
    problem: Problem = scope.tree.mark(place, key=place[0] != "policies").problem("free_choice", place, rule=breach.words(), day=str(day))
    (scope.warnings if scope.scenario.free_choice == "warn" else scope.problems).append(problem)
