"""Reading a mapping: from a YAML file to a frozen ``Mapping``, or to all that is wrong with it at once, as for a scenario.

``mapping`` declares the language; the places of values and the words for what is wrong are those of ``simcrc.scenario``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcrc.calibration.mapping import Mapping
from simcrc.errors import ScenarioError
from simcrc.scenario.positions import Place, Tree, read_file
from simcrc.scenario.problems import Problem
from simcrc.scenario.validate import read_as
from simcrc.words import Words

ORDER = Words(fr="le dernier jour précède le premier", en="the last day is before the first")
NO_SERVED = Words(
    fr="rien ne dit qui a été servi : écrire outcomes.served, times.answered ou durations.handled",
    en="nothing tells who was served: write outcomes.served, times.answered or durations.handled",
)
NO_SERVICE = Words(fr="aucune valeur de la colonne n'a de service", en="no value of the column has a service")
NO_QUEUE = Words(fr="« queued » demande la colonne times.queued, qui dit qui a attendu", en='"queued" needs the column times.queued, which tells who waited')
ROOT = Words(
    fr="une table de correspondance : des clés et leurs valeurs (calibrate: 1, times: …)", en="a mapping: keys and their values (calibrate: 1, times: …)"
)


@dataclass(frozen=True)
class Read:
    """A mapping and where it comes from.  `tree`: the document with the places of its values; `scenario`: what it lays over the piece, as written."""

    mapping: Mapping
    tree: Tree
    path: Path

    @property
    def scenario(self) -> dict[str, Any]:
        return self.tree.document.get("scenario") or {}

    def problem(self, place: Place, words: Words) -> Problem:
        """What `words` say, at `place` of the mapping."""
        return self.tree.mark(place).problem("mapping", place, message=words)


def read_mapping(path: Path) -> Read:
    """The mapping in the file at `path`.  Raises ScenarioError with all that is wrong with it."""
    tree, problems = read_file(path, str(path))
    if tree is None:
        raise ScenarioError(problems)
    if not isinstance(tree.document, dict):
        raise ScenarioError([*problems, tree.mark(()).problem("mapping", (), message=ROOT)])
    mapping, doubtful, wrong = read_as(tree, Mapping)
    problems += wrong
    if mapping is not None:
        problems += [problem for place, problem in _disagreements(mapping, tree) if not any(place[: len(bad)] == bad for bad in doubtful)]
    if problems or mapping is None:
        raise ScenarioError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return Read(mapping, tree, path)


def _disagreements(mapping: Mapping, tree: Tree) -> Iterator[tuple[Place, Problem]]:
    """What does not fit together."""
    services, times, period = mapping.services, mapping.times, mapping.period

    def said(place: Place, words: Words) -> tuple[Place, Problem]:
        return place, tree.mark(place).problem("mapping", place, message=words)

    if (services.column is None) == (services.only is None):
        given = [key for key in ("column", "only") if getattr(services, key) is not None]
        place = ("services",)
        yield place, tree.mark(place).problem("exactly_one", place, keys=["column", "only"], given=given or ["–"])
    elif services.column is not None and not services.values:
        yield said(("services",), NO_SERVICE)
    if not (mapping.outcomes.served or times.answered or mapping.durations.handled):
        yield said(("times",), NO_SERVED)
    if mapping.segments is not None and mapping.segments.told == "queued" and not times.queued:
        yield said(("segments", "told"), NO_QUEUE)
    if period.first is not None and period.last is not None and period.last < period.first:
        yield said(("period", "last"), ORDER)
    if times.clock and times.date is None:
        clock = ("times", "clock")
        yield clock, tree.mark(clock).problem("missing_beside", clock, found="clock", missing="date")


__all__ = ["Read", "read_mapping"]
