"""``extends``: a scenario starts from another one and says what differs.

Mappings are merged key by key; lists and single values are replaced.  A key with an empty value (``key:`` or ``key: null``)
takes away what the parent wrote.  A new distribution, a new ``{value: …}`` and a new table of times of day
(``{"08:30": 5, "16:30": 0}``) replace the old one as a whole.

A policy file (``simcrc.scenario.overlay``) extends its base with one more policy, and the policies of the files that it includes.

A scenario may extend and read files inside the folder of its own file or, when it extends ``../x.yaml``, inside the folder
one level up; nowhere else, links included.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simcrc.scenario.faults import suggestion
from simcrc.scenario.overlay import append_policies, as_scenario, is_policy
from simcrc.scenario.positions import Mark, Place, Tree, read_file
from simcrc.scenario.problems import Problem
from simcrc.scenario.shape import family_of

LONGEST_CHAIN = 20
_TIME = re.compile(r"\d{1,2}:\d\d")


class Chain:
    """The files of one scenario, from the file asked for up to its last ancestor.  `root`: the folder tree that may be
    used; `files`: the labels read."""

    def __init__(self, path: str | Path, policies: Sequence[str | Path] = ()) -> None:
        """`policies`: policy files laid over the scenario, in order."""
        self.first = str(path)
        self.policies = [str(policy) for policy in policies]
        self.folder = Path(os.path.realpath(self.first)).parent
        self.root = self.folder
        self.files: list[str] = []
        self.problems: list[Problem] = []

    def read(self) -> Tree | None:
        """All files laid over each other; what is wrong is in `problems`."""
        trees = []
        label: str | None = self.first
        seen: dict[str, str] = {}
        while label is not None:
            tree, problems = read_file(Path(label), label)
            self.problems += problems
            if tree is None:
                return None
            if not isinstance(tree.document, dict):
                self.problems.append(tree.mark(()).problem("root", found=tree.document) if tree.document is not None else Mark(label).problem("empty"))
                return None
            self.files.append(label)
            seen[os.path.realpath(label)] = label
            included = self._included(tree, label)
            if is_policy(tree):
                tree = as_scenario(tree)
            trees += [tree, *reversed(included)]
            label = self._parent(tree, label, seen)
            if label is None and "extends" in tree.document and tree.document["extends"] is not None:
                return None
        merged = trees.pop()
        trees[:0] = reversed(self._laid_over())
        while trees:
            over = trees.pop()
            append_policies(merged, over)
            merge(merged, over)
        for key in ("extends", "includes"):
            merged.document.pop(key, None)
            merged.drop((key,))
        merged.document = _written(merged.document)
        return merged

    def _laid_over(self) -> list[Tree]:
        """The policy files laid over the scenario from outside, with those that they include; their own bases do not count."""
        out = []
        for label in self.policies:
            tree, problems = read_file(Path(label), label)
            self.problems += problems
            if tree is None:
                continue
            if not is_policy(tree):
                self.problems.append(Mark(label).problem("not_a_policy"))
                continue
            self.files.append(label)
            out += [*self._included(tree, label), self._without_base(as_scenario(tree))]
        return out

    def _included(self, tree: Tree, label: str) -> list[Tree]:
        """The policy files that a policy file includes, as scenarios, in order."""
        names = tree.document.get("includes") if is_policy(tree) else None
        out = []
        for number, name in enumerate(names if isinstance(names, list) else []):
            place, mark = ("includes", number), tree.mark(("includes", number))
            code, ctx = self._refused(name, label, {os.path.realpath(label): label})
            path = os.path.normpath(os.path.join(os.path.dirname(label), str(name)))
            if code or not os.path.isfile(path):
                self.problems.append(mark.problem(code or "extends_missing", place, found=name, **(ctx if code else guess_file(path))))
                continue
            inner, problems = read_file(Path(path), path)
            self.problems += problems
            if inner is None:
                continue
            if not is_policy(inner) or "includes" in inner.document:
                self.problems.append(mark.problem("not_a_policy", place, found=name))
                continue
            self.files.append(path)
            out.append(self._without_base(as_scenario(inner)))
        return out

    @staticmethod
    def _without_base(tree: Tree) -> Tree:
        tree.document.pop("extends", None)
        tree.drop(("extends",))
        return tree

    def _parent(self, tree: Tree, label: str, seen: dict[str, str]) -> str | None:
        name = tree.document.get("extends")
        if name is None:
            return None
        mark = tree.mark(("extends",))
        code, ctx = self._refused(name, label, seen)
        if code:
            self.problems.append(mark.problem(code, ("extends",), found=name, **ctx))
            return None
        parent = os.path.normpath(os.path.join(os.path.dirname(label), name))
        if not os.path.isfile(parent):
            self.problems.append(mark.problem("extends_missing", ("extends",), found=name, **guess_file(parent)))
            return None
        return parent

    def _refused(self, name: Any, label: str, seen: dict[str, str]) -> tuple[str, dict[str, Any]]:
        if not isinstance(name, str) or not name.strip() or "\0" in name:
            return "path", {}
        if os.path.isabs(name) or "\\" in name or name.startswith("~") or name[1:2] == ":":
            return "path_absolute", {}
        target = Path(os.path.realpath(os.path.join(os.path.dirname(label), name)))
        if str(target) in seen:
            return "extends_cycle", {
                "chain": " → ".join([*map(os.path.basename, list(seen.values())[list(seen).index(str(target)) :]), os.path.basename(name)])
            }
        if not target.is_relative_to(self.root):
            if ".." not in name.split("/") or not target.is_relative_to(self.folder.parent):
                return "path_leaves", {}
            self.root = self.folder.parent
        if len(seen) >= LONGEST_CHAIN:
            return "extends_long", {"limit": LONGEST_CHAIN}
        return "", {}


def guess_file(path: str) -> dict[str, Any]:
    """The nearest file of the same folder, as ctx of a problem."""
    try:
        names = sorted(os.listdir(os.path.dirname(path) or "."))[:1000]
    except OSError:
        return {}
    return suggestion(os.path.basename(path), names)


def merge(base: Tree, over: Tree) -> None:
    """Lay `over` on `base`, in place."""
    base.document = _merged(base, over, (), base.document, over.document)
    base.values[()] = over.values[()]


def _merged(base: Tree, over: Tree, path: Place, old: Any, new: Any) -> Any:
    if path and not _mergeable(old, new):
        base.drop(path)
        for mine, theirs in ((base.values, over.values), (base.keys, over.keys)):
            mine.update({place: mark for place, mark in theirs.items() if place[: len(path)] == path})
        base.doubtful |= {place for place in over.doubtful if place[: len(path)] == path}
        return new
    out = dict(old)
    for key, value in new.items():
        place = (*path, key)
        out[key] = _merged(base, over, place, old.get(key), value)
        base.keys[place], base.values[place] = over.keys[place], over.values[place]
    return out


def _mergeable(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict) or "value" in new or any(_TIME.fullmatch(str(key)) for key in new):
        return False
    return _family(old) is None or _family(old) == _family(new)


def _family(value: dict[str, Any]) -> str | None:
    """The family when `value` writes a distribution, with or without its provenance."""
    return family_of({key: inner for key, inner in value.items() if key not in ("source", "status", "note", "range")})


def _written(value: Any) -> Any:
    """`value` without the keys that have no value: an empty value counts as not written."""
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return value
