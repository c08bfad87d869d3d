"""The data files that a scenario names: found, kept inside the scenario's folder tree, and read in place where they are tables.

A path is relative to the file in which it is written; ``{data}/…`` is relative to the folder given by ``--data``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from simcrc.scenario import tables
from simcrc.scenario.choice import FirstChoice
from simcrc.scenario.merge import Chain, guess_file
from simcrc.scenario.positions import Place, Tree, at
from simcrc.scenario.problems import Problem
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.services import Profile
from simcrc.scenario.shape import annotation_at, bare, places_of
from simcrc.scenario.teams import Schedule
from simcrc.scenario.texts import DATA, DataPath

Reader = Callable[[Path, str, str | None], tables.Table]

_TABLES: dict[Any, tuple[str, Reader]] = {
    Schedule: ("week", tables.schedule),
    Profile: ("week", tables.profile),
    FirstChoice: ("table", tables.shares),
}


class DataFiles:
    """The data files of one scenario.  `paths`: from each path as written in the document to the file; `problems`."""

    def __init__(self, chain: Chain, data: Path | None, folder: Path | None = None) -> None:
        """`folder`: that of the scenario before it was moved; its own unless given."""
        self.chain = chain
        self.folder = None if folder is None else Path(os.path.realpath(folder))
        self.data = data
        self.paths: dict[str, Path] = {}
        self.problems: list[Problem] = []

    def attach(self, tree: Tree, document: dict[str, Any]) -> None:
        """Find the files that the plain `tree` names, put tables in their place, and make their paths relative to the first
        file, in `document` too."""
        for place, written in list(places_of(Scenario, tree.document, DataPath)):
            names = written if isinstance(written, list) else [written]
            found = [self._find(name, tree, (*place, i) if isinstance(written, list) else place) for i, name in enumerate(names)]
            new = [name if one is None else one[0] for name, one in zip(names, found, strict=True)]
            for where in (tree.document, document):
                _replace(where, place, new if isinstance(written, list) else new[0])
            if found[0] is not None and not isinstance(written, list):
                self._inline(tree, place, found[0][1], os.path.join(os.path.dirname(tree.mark(place).file), str(written)))

    def _find(self, name: Any, tree: Tree, place: Place) -> tuple[str, Path] | None:
        """The path to write and the file, or None when the file cannot be used (said here, or by the type of the value)."""
        try:
            path = DataPath.parse(name)
        except PydanticCustomError:
            return None
        mark = tree.mark(place)
        if path.startswith(DATA):
            if self.data is None:
                self.problems.append(mark.problem("data_folder", place, found=name))
                return None
            data, start, relative = Path(os.path.realpath(self.data)), str(self.data), path.removeprefix(DATA)
        else:
            start = os.path.dirname(mark.file) if mark.file in self.chain.files else os.path.dirname(self.chain.first)
            start = start if self.folder is None else str(self.folder)
            data, relative = None, str(path)
        file = os.path.normpath(os.path.join(start, relative))
        real = Path(os.path.realpath(file))
        if not (self._inside(real) if data is None else real.is_relative_to(data)):
            self.problems.append(mark.problem("path_leaves", place, found=name))
            return None
        if not real.is_file():
            self.problems.append(mark.problem("data_missing", place, found=name, **guess_file(file)))
            return None
        if not path.startswith(DATA):
            path = DataPath(os.path.relpath(file, self.folder or os.path.dirname(self.chain.first) or ".").replace(os.sep, "/"))
        self.paths[str(path)] = real
        return str(path), real

    def _inside(self, real: Path) -> bool:
        """A scenario that has moved was found to stay within its folders when it was first loaded, and the digests of its files are known."""
        return self.folder is not None or self.chain.inside(real)

    def _inline(self, tree: Tree, place: Place, file: Path, label: str) -> None:
        part = tree.document
        owner = bare(annotation_at(Scenario, part, place[:-1]), at(part, place[:-1]))
        if owner not in _TABLES or place[-1] != "file":
            return
        key, reader = _TABLES[owner]
        holder = at(part, place[:-1])
        if key in holder:
            self.problems.append(tree.mark(place[:-1], key=True).problem("exactly_one", place[:-1], keys=[key, "file"], given=[key, "file"]))
            return
        table = reader(file, os.path.normpath(label), self._team(tree, place) if owner is Schedule else None)
        self.problems += table.problems
        del holder["file"]
        holder[key] = table.values
        tree.values[(*place[:-1], key)] = tree.values[place]
        for inner, mark in table.marks.items():
            tree.values[(*place[:-1], key, *inner)] = tree.keys[(*place[:-1], key, *inner)] = mark
        tree.doubtful |= {(*place[:-1], key, *inner) for inner in table.doubtful}

    @staticmethod
    def _team(tree: Tree, place: Place) -> str:
        """The team whose schedule is at `place`: it is named there, or in the measure that changes it."""
        return str(place[1]) if place[0] == "teams" else str(at(tree.document, place[:-2]).get("team"))


def _replace(document: Any, place: Place, value: Any) -> None:
    """Put `value` at `place`, where a document as written may have ``value`` keys in between."""
    for part in place[:-1]:
        if isinstance(document, dict) and "value" in document and part not in document:
            document = document["value"]
        document = document[part]
    document[place[-1]] = value
