"""Where numbers come from: ``{value: 4.50, source: …, status: borrowed, range: [4, 5]}`` stands for 4.50, and the rest is
kept apart.

A mapping with a key ``value`` stands for its value.  Any other mapping may carry ``source``, ``status`` and ``note`` for all
that it holds, and a relative range (``±20 %``) for every number below that has none of its own.  The bounds of a range are read
with the type of the value and hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simcrc.scenario.faults import suggestion
from simcrc.scenario.positions import Place, Tree
from simcrc.scenario.problems import Problem

STATUSES = ("measured", "borrowed", "calibrated", "assumed")
_ASIDE = ("source", "status", "note")
RELATIVE = r"^\s*(±|\+-|\+/-)\s*\d+([.,]\d+)?\s*%\s*$"
_VALUED = ("value", "source", "status", "range", "note", "standard_error")


@dataclass(frozen=True)
class Provenance:
    """What is said about a value, or (`value` None) about all the values of a mapping.

    `range`: (low, high) as written, or relative (``±20 %``); `value` as written.
    """

    value: Any
    source: Any = None
    status: str | None = None
    range: tuple[Any, Any] | str | None = None
    note: Any = None
    standard_error: Any = None


class Stripped:
    """A document without provenance.  `tree`: the plain document with its marks; `provenance` by path; `problems`."""

    def __init__(self, tree: Tree) -> None:
        self.written = tree
        self.tree = Tree(None, dict(tree.values), dict(tree.keys), set(tree.doubtful), policies=tree.policies)
        self.provenance: dict[Place, Provenance] = {}
        self.problems: list[Problem] = []
        self.tree.document = self._plain(tree.document, (), ())

    def _plain(self, value: Any, path: Place, written: Place) -> Any:
        """`value`, which stands at `written` in the file and at `path` in the plain document."""
        if path != written:
            if written in self.written.values:
                self.tree.values[path] = self.written.values[written]
            if written in self.written.keys and path[-1:] == written[-1:]:
                self.tree.keys[path] = self.written.keys[written]
            if written in self.written.doubtful:
                self.tree.doubtful.add(path)
        if isinstance(value, list):
            return [self._plain(inner, (*path, i), (*written, i)) for i, inner in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if "value" in value and not _has_value_parameter(path):
            return self._valued(value, path, written)
        aside = {key: value[key] for key in _ASIDE if key in value and not isinstance(value[key], dict | list)}
        aside |= {key: value[key] for key in ("source", "note") if _bilingual(value.get(key))}
        if _relative(value.get("range")):
            aside["range"] = value["range"]
        if aside:
            self._check(aside, written)
            self.provenance[path] = Provenance(None, **aside)
        return {key: self._plain(inner, (*path, key), (*written, key)) for key, inner in value.items() if key not in aside}

    def _valued(self, value: dict[str, Any], path: Place, written: Place) -> Any:
        for key in value:
            if key not in _VALUED:
                self._say("unknown_key", (*written, key), key=True, found=key, known=list(_VALUED), **suggestion(key, _VALUED))
        self._check(value, written)
        bounds = value.get("range")
        if (
            bounds is not None
            and not _relative(bounds)
            and (not isinstance(bounds, list) or len(bounds) != 2 or any(isinstance(bound, dict | list) or bound is None for bound in bounds))
        ):
            self._say("range", (*written, "range"), found=bounds)
            bounds = None
        known = {key: value.get(key) for key in ("source", "status", "note", "standard_error")}
        self.provenance[path] = Provenance(value["value"], range=bounds if bounds is None or _relative(bounds) else (bounds[0], bounds[1]), **known)
        return self._plain(value["value"], path, (*written, "value"))

    def _check(self, said: dict[str, Any], written: Place) -> None:
        status = said.get("status")
        if status is not None and status not in STATUSES:
            self._say("status", (*written, "status"), found=status, **suggestion(status, STATUSES))
        for key in ("source", "note"):
            text = said.get(key)
            if text is not None and not (isinstance(text, str) and text.strip()) and not _bilingual(text):
                self._say("text", (*written, key), found=text)
        if said.get("standard_error") is not None and status != "measured":
            self._say("standard_error", (*written, "standard_error"), found=said["standard_error"])

    def _say(self, code: str, written: Place, *, key: bool = False, **ctx: Any) -> None:
        self.problems.append(self.written.mark(written, key=key).problem(code, written, **ctx))

    def variants(self) -> Iterator[tuple[str, dict[Place, Any]]]:
        """Values to put in place of others, to see whether they are of the same type: low bounds, high bounds, standard
        errors."""
        ranged = {path: said.range for path, said in self.provenance.items() if isinstance(said.range, tuple)}
        errors = {path: said.standard_error for path, said in self.provenance.items() if said.standard_error is not None and said.status == "measured"}
        for name, values in (
            ("low", {path: pair[0] for path, pair in ranged.items()}),
            ("high", {path: pair[1] for path, pair in ranged.items()}),
            ("error", errors),
        ):
            if values:
                yield name, values


def _has_value_parameter(path: Place) -> bool:
    """Is ``value`` a parameter of the distribution at `path`, as in ``{deterministic: {value: 3 days}}``?"""
    from simcrc.distributions import families

    cls = families().get(str(path[-1])) if path else None
    return cls is not None and "value" in cls.model_fields


def _relative(value: Any) -> bool:
    return isinstance(value, str) and re.match(RELATIVE, value) is not None


def _bilingual(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= {"fr", "en"} and all(isinstance(text, str) for text in value.values())
