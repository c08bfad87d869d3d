"""Ranges of values: each bound must be something that may stand in the place of the value, and the range must hold the
value."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from simcrc.distributions import Distribution
from simcrc.scenario.base import Spec
from simcrc.scenario.durations import as_written
from simcrc.scenario.positions import Place, at, there
from simcrc.scenario.problems import Problem
from simcrc.scenario.provenance import Stripped
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.spoken import between, written
from simcrc.scenario.validate import explain, faulty
from simcrc.scenario.week import parse_weekdays


def check_ranges(scenario: Scenario, stripped: Stripped) -> list[Problem]:
    """What is wrong with the ranges and standard errors of a scenario that is otherwise well formed."""
    problems: list[Problem] = []
    tried: dict[str, Scenario] = {}
    wrong: set[Place] = set()
    for name, values in stripped.variants():
        document = copy.deepcopy(stripped.tree.document)
        for path, value in values.items():
            _put(document, path, value)
        for path, item in faulty(document).items():
            ranged = next((path[:n] for n in range(len(path), -1, -1) if path[:n] in values), None)
            if ranged is None:
                continue
            wrong.add(ranged)
            place = (*ranged, "standard_error") if name == "error" else (*ranged, "range", 0 if name == "low" else 1)
            problems += explain(stripped.written, document, ranged, item, place)
            _put(document, ranged, at(stripped.tree.document, ranged))
        if name != "error" and not faulty(document):
            tried[name] = Scenario.model_validate(as_written(document))
    for path, said in stripped.provenance.items():
        if not isinstance(said.range, tuple) or path in wrong or len(tried) < 2:
            continue
        low, value, high = (parsed(source, path) for source in (tried["low"], scenario, tried["high"]))
        if all(isinstance(number, int | float) for number in (low, value, high)) and not low <= value <= high:
            problems.append(
                stripped.written.mark((*path, "range")).problem("range_holds", (*path, "range"), found=between(*said.range), value=written(said.value))
            )
    return problems


def _put(document: Any, path: Place, value: Any) -> None:
    if there(document, path):
        at(document, path[:-1])[path[-1]] = value


def parsed(part: Any, path: Place) -> Any:
    """What the schema made of the value at `path`: a number (durations in microseconds), or whatever stands there; None
    where it cannot be told."""
    for key in path:
        if isinstance(part, Distribution) and key == part.name:
            continue
        part = _inside(part, key)
        if part is None:
            return None
    if isinstance(part, Mapping) and list(part) == ["default"]:
        part = part["default"]
    if isinstance(part, Distribution) and hasattr(part, "value"):
        return part.value
    return part


def _inside(part: Any, key: str | int) -> Any:
    if isinstance(part, Spec):
        for name, info in type(part).model_fields.items():
            if key in (name, info.alias):
                return getattr(part, name)
        return None
    if isinstance(part, Mapping):
        if key in part:
            return part[key]
        try:
            return part.get(parse_weekdays(key))
        except PydanticCustomError:
            return _inside(part["default"], key) if list(part) == ["default"] else None
    if isinstance(part, tuple) and isinstance(key, int) and key < len(part):
        return part[key]
    return None
