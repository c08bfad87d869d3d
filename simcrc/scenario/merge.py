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
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from simcrc.scenario.faults import nearest
from simcrc.scenario.overlay import FORBIDDEN, append_policies, as_scenario, is_policy
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
        self.others: list[Path] = []  # folders of policy files laid over from outside
        self.files: list[str] = []
        self.taken: set[str] = set()  # policy files: each counts once
        self.bare: str | None = None  # the scenario below policy files that extend it
        self.problems: list[Problem] = []

    def read(self) -> Tree | None:
        """All files laid over each other; what is wrong is in `problems`."""
        trees: list[tuple[Tree, bool]] = []  # with whether it is a policy, which is added to those of the files below
        label: str | None = self.first
        seen: dict[str, str] = {}
        policies: list[str] = []
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
            included = self._included(tree, label, {})
            adds = is_policy(tree)
            if adds:
                policies.append(label)
                if tree.document.get("base") is None and "extends" not in tree.document:
                    self.problems.append(tree.mark(("policy",), key=True).problem("missing", key="base"))
                    return None
                tree = self._as_scenario(tree, label)
            trees += [(tree, adds), *((inner, True) for inner in reversed(included))]
            label = self._parent(tree, label, seen)
            if label is None and "extends" in tree.document and tree.document["extends"] is not None:
                return None
        merged, _ = trees.pop()
        trees[:0] = [(over, True) for over in reversed(self._laid_over())]
        if any(adds and over.document.keys() - {"policies", "extends"} for over, adds in trees):
            self.bare = next((label for label in seen.values() if label not in policies), None)
        while trees:
            over, adds = trees.pop()
            if adds:
                append_policies(merged, over)
            merge(merged, over)
        merged.document.pop("extends", None)
        merged.drop(("extends",))
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
            self.others.append(Path(os.path.realpath(label)).parent)
            self.files.append(label)
            out += [*self._included(tree, label, {}), self._without_base(self._as_scenario(tree, label))]
        return out

    def _included(self, tree: Tree, label: str, seen: dict[str, str]) -> list[Tree]:
        """The policy files that a policy file includes, and those that they include, as scenarios, in order; `seen`: the files in which it is
        included itself."""
        names = tree.document.get("includes") if is_policy(tree) else None
        if names is not None and not isinstance(names, list):
            self.problems.append(tree.mark(("includes",)).problem("list", ("includes",), found=names))
            return []
        seen = seen | {os.path.realpath(label): label}
        out = []
        for number, name in enumerate(names or []):
            place, mark = ("includes", number), tree.mark(("includes", number))
            code, ctx = self._refused(name, label, seen)
            path = os.path.normpath(os.path.join(os.path.dirname(label), str(name)))
            if code or not os.path.isfile(path):
                self.problems.append(mark.problem(code or "extends_missing", place, found=name, **(ctx if code else guess_file(path, [*seen, *self.taken]))))
                continue
            inner, problems = read_file(Path(path), path)
            self.problems += problems
            if inner is None:
                continue
            if not is_policy(inner):
                self.problems.append(mark.problem("not_a_policy", place, found=name))
                continue
            self.files.append(path)
            out += [*self._included(inner, path, seen), self._without_base(self._as_scenario(inner, path, mark))]
        return out

    def _as_scenario(self, tree: Tree, label: str, mark: Mark | None = None) -> Tree:
        """A policy file as a scenario; `mark`: where it is included.  Keys that it may not have, and a second time, are said."""
        for key, meant in FORBIDDEN.items():
            if key in tree.document:
                known = ["policy", "base", "includes", "measures"]
                self.problems.append(tree.mark((key,), key=True).problem("unknown_key", (key,), found=key, known=known, suggestion=meant))
                del tree.document[key]
                tree.drop((key,))
        if tree.document.get("free_choice") == "warn":
            self.problems.append(tree.mark(("free_choice",)).problem("free_choice_policy", ("free_choice",)))
        real = os.path.realpath(label)
        if real in self.taken:
            self.problems.append((mark or Mark(label)).problem("included_twice", found=os.path.basename(label)))
        self.taken.add(real)
        return as_scenario(tree)

    def inside(self, path: Path) -> bool:
        """Is the file `path`, without links, in a folder that this scenario may use?"""
        return any(path.is_relative_to(root) for root in (self.root, *self.others))

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
            self.problems.append(mark.problem(code, (tree.extends,), found=name, **ctx))
            return None
        parent = os.path.normpath(os.path.join(os.path.dirname(label), name))
        if not os.path.isfile(parent):
            self.problems.append(mark.problem("extends_missing", (tree.extends,), found=name, **guess_file(parent, seen)))
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
        if not self.inside(target):
            if ".." not in name.split("/") or not target.is_relative_to(self.folder.parent):
                return "path_leaves", {}
            self.root = self.folder.parent
        if len(seen) >= LONGEST_CHAIN:
            return "extends_long", {"limit": LONGEST_CHAIN}
        return "", {}


def guess_file(path: str, but: Iterable[str] = ()) -> dict[str, Any]:
    """The nearest file of the same sort in the same folder, none of `but` (without links), as ctx of a problem."""
    folder, taken = os.path.dirname(path) or ".", set(but)
    try:
        names = sorted(os.listdir(folder))[:1000]
    except OSError:
        return {}
    stem, sort = os.path.splitext(os.path.basename(path))
    stems = [name.removesuffix(sort) for name in names if name.endswith(sort) and os.path.realpath(os.path.join(folder, name)) not in taken]
    near = nearest(stem, stems)
    return {} if near is None else {"suggestion": near + sort}


def merge(base: Tree, over: Tree) -> None:
    """Lay `over` on `base`, in place."""
    base.policies |= over.policies
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
