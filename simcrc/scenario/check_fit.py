"""Checks of ``fit:``: paths that stand in the scenario and hold a number, bounds around it, scales that exist there, something to draw from, figures to fit.

``place_of`` finds a path as ``--set`` names it; ``simcrc.fitting`` uses it too.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from simcrc.scenario import settings, spoken
from simcrc.scenario.expect import figure_path
from simcrc.scenario.faults import suggestion
from simcrc.scenario.fit import Parameter, targets
from simcrc.scenario.positions import Place, Tree, at, walk
from simcrc.scenario.scope import Scope
from simcrc.scenario.written import Written


def check_fit(scope: Scope) -> None:
    """All checks of this module."""
    fit, expect = scope.scenario.fit, scope.scenario.expect
    if fit is None:
        return
    if not scope.written(("expect",)):
        scope.say("missing_beside", ("fit",), key=True, found="fit", missing="expect")
    if not fit.parameters and scope.sure(("fit",)):
        scope.say("too_short", ("fit", "parameters"), found=[], min_length=1)
    for number, assignment in enumerate(fit.set_):
        tree = Tree(copy.deepcopy(scope.tree.document))
        for problem in settings.apply(tree, [assignment]):
            scope.say(problem.code, ("fit", "set", number), **{"found": assignment, **problem.ctx})
    places: set[Place] = set()
    drawn: dict[Place, float] = {}
    for number, parameter in enumerate(fit.parameters):
        _parameter(scope, ("fit", "parameters", number), parameter, places, drawn)
    for number, figure in targets(expect) if expect is not None else ():
        if not any(margin.value for margin in figure.allowed("long")):
            scope.say("fit_margin", (*figure_path(scope.tree.document, number), "margin"), found=figure.name)
    if expect is not None and scope.sure(("expect",), ("fit", "parameters")) and len(targets(expect)) < len(fit.parameters):
        scope.say("fit_many", ("fit", "parameters"), key=True, found=len(fit.parameters), count=len(targets(expect)))


def _parameter(scope: Scope, path: Place, parameter: Parameter, places: set[Place], drawn: dict[Place, float]) -> None:
    """One parameter; `places`: those of the parameters before it; `drawn`: what they may draw at most from each place."""
    place, written = _number(scope, (*path, "path"), parameter.path)
    if place in places:
        scope.say("named_twice", (*path, "path"), found=parameter.path)
    if place is None or written is None or not scope.sure((*path, "within")):
        return
    places.add(place)
    low, high = parameter.within
    if low.sort != written.sort:
        scope.say("within_sort", (*path, "within"), found=spoken.written(low.text()), value=spoken.written(written.text()))
        return
    if not low.size <= written.size <= high.size:
        scope.say("range_holds", (*path, "within"), found=spoken.between(low.text(), high.text()), value=spoken.written(written.text()))
    if (parameter.scale == "log" and low.size <= 0) or (parameter.scale == "logit" and (low.size <= 0 or high.size >= 1)):
        scope.say("within_scale", (*path, "within"), found=spoken.between(low.text(), high.text()), scale=parameter.scale)
    if parameter.draws_from is not None:
        other, rest = _number(scope, (*path, "draws_from"), parameter.draws_from)
        if other is None or rest is None:
            return
        drawn[other] = drawn.get(other, 0.0) + max(0.0, high.size - written.size)
        if drawn[other] > rest.size + 1e-9:
            scope.say("fit_draws", (*path, "draws_from"), found=parameter.draws_from, rest=spoken.written(rest.text()))


def _number(scope: Scope, path: Place, name: str) -> tuple[Place | None, Written | None]:
    """The place of `name` and the number that is written there; None, which is said, when there is no such place, or no number."""
    place = place_of(scope.tree.document, name)
    if place is None or place[:1] in (("expect",), ("fit",)):
        known = _numbers(scope.tree.document)
        scope.say("unknown_path", path, found=name, **suggestion(name, known))
        return None, None
    written = Written.parse(at(scope.tree.document, place))
    if written is None:
        scope.say("number", path, found=name)
    return place, written


def place_of(document: Any, name: str) -> Place | None:
    """The place in a plain document that `name` means: keys and numbers of items between dots; of keys that hold dots themselves the longest."""
    place: Place = ()
    parts = name.split(".")
    while parts:
        if isinstance(document, Mapping):
            length = next((n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in document), None)
            if length is None:
                return None
            key: str | int = ".".join(parts[:length])
        elif isinstance(document, list) and parts[0].isdecimal() and int(parts[0]) < len(document):
            key, length = int(parts[0]), 1
        else:
            return None
        document, parts, place = document[key], parts[length:], (*place, key)
    return place


def _numbers(document: Mapping[str, Any]) -> list[str]:
    """The paths of all numbers of a document."""
    inside = {key: value for key, value in document.items() if key not in ("expect", "fit")}
    return [".".join(map(str, place)) for place, value in walk(inside) if not isinstance(value, dict | list) and Written.parse(value) is not None]
