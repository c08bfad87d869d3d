"""Policy files: a file with a key ``policy`` is laid over the scenario that its ``base`` names, as one more entry of ``policies``.

``includes`` names other policy files, whose policies come before its own: a plan that combines several.  What else the file
writes (a channel that a measure opens, say) extends the base as ``extends`` does.  ``simcrc.scenario.merge`` reads the
files.
"""

from __future__ import annotations

from collections.abc import Iterable

from simcrc.scenario.positions import Place, Tree

OWN = ("description", "orientation", "measures", "cost", "objectives")
"""The keys of a policy file that belong to the policy; ``policy`` is its name."""

ASIDE = ("source", "status", "note", "range")
"""Where the numbers of the policy come from: not those of its base."""

FORBIDDEN = {"extends": "base", "policies": "measures"}
"""The keys that a policy file cannot have, and those that say it there."""


def own_keys(sections: Iterable[str]) -> list[str]:
    """The keys that a policy file may have; `sections`: those of a scenario."""
    return ["policy", "base", "includes", *OWN, *(name for name in sections if name not in ("extends", "policies", *OWN))]


def is_policy(tree: Tree) -> bool:
    """Is it a policy file?"""
    return isinstance(tree.document, dict) and "policy" in tree.document


def as_scenario(tree: Tree) -> Tree:
    """A policy file as a scenario that extends its base and has one policy; every value keeps its place in the file."""
    document = dict(tree.document)
    out = Tree({}, {}, {}, set(), extends="base", policies={tree.mark(()).file})
    moves: dict[str, Place] = {"policy": ("policies", 0, "name"), "base": ("extends",)} | {key: ("policies", 0, key) for key in (*OWN, *ASIDE)}
    policy: dict[str, object] = {}
    for key, value in document.items():
        new = moves.get(key, (key,))
        if new[0] == "policies":
            policy[str(new[-1])] = value
        else:
            out.document[new[0]] = value
        for old_marks, marks in ((tree.values, out.values), (tree.keys, out.keys)):
            marks.update({(*new, *place[1:]): mark for place, mark in old_marks.items() if place[:1] == (key,)})
        out.doubtful |= {(*new, *place[1:]) for place in tree.doubtful if place[:1] == (key,)}
    out.document.pop("includes", None)
    out.drop(("includes",))
    out.document["policies"] = [policy]
    for whole in ((), ("policies",), ("policies", 0)):
        out.values[whole] = tree.mark(("policy",), key=True) if whole else tree.values[()]
    out.keys[("policies",)] = tree.mark(("policy",), key=True)
    return out


def append_policies(base: Tree, over: Tree) -> None:
    """Put the policies of `over` behind those of `base`, in `over`, so that laying it over keeps both."""
    old, new = base.document.get("policies"), over.document.get("policies")
    if not isinstance(old, list) or not isinstance(new, list):
        return
    shift = len(old)
    for marks, given in ((over.values, base.values), (over.keys, base.keys)):
        moved = {place: mark for place, mark in marks.items() if place[:1] == ("policies",) and len(place) > 1}
        for place in moved:
            del marks[place]
        marks.update({(place[0], int(place[1]) + shift, *place[2:]): mark for place, mark in moved.items()})
        marks.update({place: mark for place, mark in given.items() if place[:1] == ("policies",) and len(place) > 1})
    wrong = {place for place in over.doubtful if place[:1] == ("policies",) and len(place) > 1}
    over.doubtful = (over.doubtful - wrong) | {(place[0], int(place[1]) + shift, *place[2:]) for place in wrong}
    over.doubtful |= {place for place in base.doubtful if place[:1] == ("policies",)}
    over.document["policies"] = [*old, *new]
