"""``--set path=value``: values laid over a document from the command line, ``teams.agents.shrinkage=25 %``; list items by
number, the value read as YAML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simcrc.scenario.faults import suggestion
from simcrc.scenario.positions import Mark, Place, Tree, read_text
from simcrc.scenario.problems import Problem
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.shape import annotation_at, bare, keys_at

LABEL = "--set"


def apply(tree: Tree, assignments: Sequence[str]) -> list[Problem]:
    """Lay the `assignments` over `tree`, in order; what is wrong with them."""
    problems: list[Problem] = []
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or not name.strip():
            problems.append(Mark(LABEL).problem("set_form", found=assignment))
            continue
        value, wrong = read_text(text, f"{LABEL} {name.strip()}") if text.strip() else (Tree(None), [])
        problems += wrong
        if value is not None:
            problems += _assign(tree, name.strip(), value)
    return problems


def _assign(tree: Tree, name: str, value: Tree) -> list[Problem]:
    """Put `value` at the path `name`."""
    label = Mark(f"{LABEL} {name}")
    parts, path, here = name.split("."), (), tree.document
    place: Place = path
    while True:
        key, parts = _next(here, parts)
        last = not parts
        if isinstance(here, dict):
            known = keys_at(Scenario, tree.document, place)
            if key not in here and (key not in known if known else not last):
                choices = [*here, *(field for field in known if field not in here)]
                return [label.problem("set_unknown", (*place, key), found=key, known=choices, **suggestion(key, choices))]
        elif isinstance(here, list) and (not key.isdecimal() or int(key) >= len(here)):
            return [label.problem("set_index", (*place, key), found=key, count=len(here))]
        place = (*place, int(key) if isinstance(here, list) else key)
        if last:
            break
        here = _inside(tree, place, here, label)
        if here is None:
            return [label.problem("set_inside", place, found=parts[0])]
    _put(here, place[-1], value, tree, place, label)
    return []


def _next(here: Any, parts: list[str]) -> tuple[str, list[str]]:
    """The next key: keys such as ``phone.abandoned`` hold a dot, so the longest key that is there wins."""
    if isinstance(here, dict):
        for length in range(len(parts), 1, -1):
            if ".".join(parts[:length]) in here:
                return ".".join(parts[:length]), parts[length:]
    return parts[0], parts[1:]


def _inside(tree: Tree, place: Place, here: Any, label: Mark) -> Any:
    """What stands at `place`, made a mapping where nothing or one value for all services is written; None where nothing can
    be inside."""
    key: Any = place[-1]
    inner = here.get(key) if isinstance(here, dict) else here[key]
    if isinstance(inner, dict | list):
        return inner
    kind = bare(annotation_at(Scenario, tree.document, place), {})
    if inner is None and isinstance(here, dict):
        inner = here[key] = {}
    elif getattr(kind, "__origin__", None) is dict:
        inner = here[key] = {"default": inner}
        tree.values[(*place, "default")] = tree.mark(place)
    else:
        return None
    tree.values[place] = tree.keys[place] = label
    return inner


def _put(here: Any, key: Any, value: Tree, tree: Tree, place: Place, label: Mark) -> None:
    tree.drop(place)
    if value.document is None and isinstance(here, dict):
        here.pop(key, None)
        return
    here[key] = value.document
    for inner in value.values:
        tree.values[(*place, *inner)] = label
    for inner in value.keys:
        tree.keys[(*place, *inner)] = label
    tree.values[place] = tree.keys[place] = label
