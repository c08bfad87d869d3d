"""Checks of ``expect:``: indicators and the cells that are meant, units of amounts and margins, figures of theory and their arguments, overload.

Models are made when a scenario is loaded, so that overload is said with its place; their figures are computed when they are asked for.
``evaluated`` computes a figure of theory once for the same arguments; the benchmarks use it too.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simcrc.log import Reason
from simcrc.scenario import settings
from simcrc.scenario.amounts import Amount, Margin
from simcrc.scenario.arguments import Which
from simcrc.scenario.expect import Figure, figure_path
from simcrc.scenario.faults import suggestion
from simcrc.scenario.positions import Place, Tree
from simcrc.scenario.scope import Scope
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.indicators import Indicator

SHARES = ("share", "score")
BOUNDS = ("at_least", "at_most")
TARGETS = ("equals", *BOUNDS, "theory")


def check_expect(scope: Scope) -> None:
    """All checks of this module."""
    expect = scope.scenario.expect
    if expect is None:
        return
    if not expect.figures and scope.sure(("expect",)):
        scope.say("too_short", ("expect",), found=[], min_length=1)
    for name, most in (("most", expect.most), ("quick_most", expect.quick_most)):
        if scope.written(("expect", name)) and most < expect.replications:
            scope.say("fewer_looks", ("expect", name), found=most, first=expect.replications)
    for number, assignment in enumerate(expect.set_):
        tree = Tree(copy.deepcopy(scope.tree.document))
        for problem in settings.apply(tree, [assignment]):
            scope.say(problem.code, ("expect", "set", number), **{"found": assignment, **problem.ctx})
    _commas(scope)
    for number, figure in enumerate(expect.figures):
        path = figure_path(scope.tree.document, number)
        if scope.sure(path):
            _figure(scope, path, figure)


def _commas(scope: Scope) -> None:
    """A decimal comma without quotes in braces, ``{margin: 2,5 %}``, is the end of an item to YAML: 2 would be read, and a key "5 %" without a value."""
    for place in scope.tree.keys:
        if place[0] == "expect" and str(place[-1])[:1].isdecimal() and not scope.written(place):
            scope.say("decimal_comma", place, key=True, found=place[-1])


def _figure(scope: Scope, path: Place, figure: Figure) -> None:
    indicator = _which(scope, path, figure.which)
    given = [key for key in TARGETS if getattr(figure, key) is not None]
    if len(given) != 1:
        scope.say("exactly_one", path, keys=list(TARGETS), given=given or "-")
    if figure.margin is None and not {"at_least", "at_most"} & set(given):
        scope.problems.append(scope.tree.mark(path).problem("missing", path, key="margin"))
    if indicator is not None:
        unit = "share" if figure.change == "relative" else indicator.unit
        for key in ("equals", *BOUNDS):
            bound = getattr(figure, key)
            if isinstance(bound, Which):
                _same_unit(scope, (*path, key), bound, indicator, unit)
            elif bound is not None:
                _fits(scope, (*path, key), bound, indicator, unit)
                if bound.unit == "time" and bound.value < 0 and figure.change is None:
                    scope.say("amount", (*path, key), found=_written(scope, (*path, key)))
        for key, margins in (("margin", figure.margin or ()), ("quick", figure.quick or ())):
            for number, margin in enumerate(margins):
                inner = (*path, key, number)
                _fits(scope, inner if scope.written(inner) else (*path, key), margin, indicator, unit)
    if figure.theory is not None:
        _theory(scope, (*path, "theory"), figure.theory)


def _same_unit(scope: Scope, path: Place, which: Which, indicator: Indicator, unit: str) -> None:
    """Is the figure that bounds another one there, and in its unit?"""
    other = _which(scope, path, which)
    if other is not None and ("share" if which.change == "relative" else other.unit) != unit:
        scope.say("unit_other", path, found=str(which), indicator=indicator.name, unit=unit)


def _fits(scope: Scope, path: Place, amount: Amount | Margin, indicator: Indicator, unit: str) -> None:
    """Is the amount in a unit of what is measured?  A relative change has the unit of a share, whatever the indicator."""
    from simcrc.indicators.cells import SECONDS

    timed, share = unit in SECONDS, unit in SHARES
    code = None
    if share and amount.unit == "number" and amount.value > 1:
        code = "share"
    elif timed and not (amount.unit in ("time", "relative") or amount.value == 0):
        code = "unit_time"
    elif not timed and amount.unit == "time":
        code = "unit_share" if share else "unit_number"
    elif not share and amount.unit == "share":
        code = "unit_number"
    if code is not None:
        scope.say(code, path, found=_written(scope, path), indicator=indicator.name, unit=unit)


def _written(scope: Scope, path: Place) -> Any:
    value: Any = scope.tree.document
    for key in path:
        value = value[key]
    return value


def _which(scope: Scope, path: Place, which: Which) -> Indicator | None:
    """The indicator that is meant; None when it, or the cell, does not exist, which is then said."""
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import SECONDS, Where, breakdown, hours
    from simcrc.indicators.formulas import OverTime, Ratio, Total

    known = indicators()
    right = scope.known("unknown_indicator", which.name, known, (*path, "indicator"))
    if which.place is not None:
        right &= scope.known("unknown_place", which.place, _places(scope), (*path, "indicator"))
    for key, names in (("service", scope.services), ("segment", scope.segments or ["all"]), ("reason", [reason.name.lower() for reason in Reason])):
        name = getattr(which, key)
        if name is not None:
            right &= scope.known(f"unknown_{key}", name, names, (*path, key))
    for key in ("change", "arm"):
        if getattr(which, key) is not None and not scope.scenario.policies and scope.sure(("policies",)):
            scope.say("no_policy", (*path, key), key=True, found=key)
            right = False
    if which.change is not None and which.arm is not None:
        scope.say("exactly_one", path, keys=["change", "arm"], given=["change", "arm"])
        right = False
    if which.period is not None and not scope.moved and not _in_run(scope, which.period):
        scope.say("unknown_period", (*path, "period"), found=which.period)
        right = False
    if not right:
        return None
    indicator = known[which.name]
    together = which.period is not None and hours(which.period) is not None
    cell = breakdown(indicator, Where(which.place, which.service, which.segment, which.reason, which.period))
    if cell is None or (together and not isinstance(indicator.formula, Ratio | OverTime | Total)):
        scope.say("no_breakdown", (*path, "indicator"), found=which.indicator)
        return None
    if which.per is not None and (which.period is not None or indicator.unit in SECONDS or not isinstance(indicator.formula, Total)):
        scope.say("per_total", (*path, "per"), found=which.per)
    return indicator


def _places(scope: Scope) -> list[str]:
    """What stands in the column of the channel: channels, sites, teams, pairs of channels."""
    channels = scope.scenario.channels
    sites = [f"{name}.{site}" for name, channel in channels.items() for site in channel.sites()]
    pairs = [f"{one}>{other}" for one in scope.channels for other in scope.channels]
    return [*scope.channels, *sites, *(f"team:{name}" for name in scope.keys("teams")), *pairs]


def _in_run(scope: Scope, period: str) -> bool:
    """Is `period` a half hour or hours of the week, or a month or a day of the measured period?"""
    from simcrc.indicators.axes import SLOTS
    from simcrc.indicators.cells import hours, period_axis

    if hours(period):
        return True
    axis = period_axis(period)
    if axis == "slot" or axis is None:
        return period in SLOTS
    first = scope.scenario.start
    last = scope.scenario.horizon.after(first) - timedelta(days=1)
    if axis == "month":
        return f"{first:%Y-%m}" <= period <= f"{last:%Y-%m}"
    try:
        return first <= date.fromisoformat(period) <= last
    except ValueError:
        return False


def _theory(scope: Scope, path: Place, theory: Mapping[str, Mapping[str, Any]]) -> None:
    """One known figure of theory, with arguments that it takes and for which it has an answer."""
    from simcrc.theory import TheoryError, check, figures, models
    from simcrc.theory.registry import parameters

    if len(theory) != 1:
        scope.say("one_figure", path, found=", ".join(theory) or None)
        return
    ((name, arguments),) = theory.items()
    known = [f"{model}.{figure}" for model in models() for figure in figures(model)]
    inner = (*path, name)
    if name not in known:
        model = name.partition(".")[0]
        near = [figure for figure in known if figure.partition(".")[0] == model] or known
        scope.say("unknown_theory", inner, key=True, found=name, known=near, **suggestion(name, near))
        return
    model, _, figure = name.partition(".")
    wanted = parameters(models()[model], figure)
    missing = [key for key, parameter in wanted.items() if parameter.default is inspect.Parameter.empty and key not in arguments]
    right = not missing
    for key, argument in arguments.items():
        right &= scope.known("unknown_argument", key, wanted, (*inner, key), key=True)
        if isinstance(argument, Which):
            right &= _which(scope, (*inner, key), argument) is not None
    for key in missing:
        scope.say("argument_missing", inner, key=True, name=key)
    if right and not any(isinstance(argument, Which) for argument in arguments.values()):
        try:
            check(name, arguments)
        except TheoryError as error:
            at = inner if error.argument not in arguments else (*inner, str(error.argument))
            scope.say("theory", at, key=at is inner, why=Words(fr=error.say("fr"), en=error.say("en")))


def evaluated(name: str, arguments: Mapping[str, Any]) -> float:
    """The figure ``model.figure`` of theory for `arguments`; computed once for the same ones.  Raises TheoryError."""
    return _evaluated(name, tuple(sorted(arguments.items())))


@lru_cache(maxsize=4096)
def _evaluated(name: str, arguments: tuple[tuple[str, Any], ...]) -> float:
    from simcrc.theory import evaluate

    return evaluate(name, dict(arguments))
