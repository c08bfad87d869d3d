"""The whole way: records and a mapping in, estimates, traps and a piece of scenario out.

``simcrc.calibrate`` and ``simcrc calibrate`` call this.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcrc.calibration.estimates import Estimates, estimate
from simcrc.calibration.mapping import Mapping
from simcrc.calibration.mapping_file import Read, read_mapping
from simcrc.calibration.pictures import Picture, pictures
from simcrc.calibration.piece import piece
from simcrc.calibration.rows import read_calls
from simcrc.calibration.source_files import expand
from simcrc.calibration.tables import tables
from simcrc.calibration.traps import Traps
from simcrc.calibration.unknown import unknown
from simcrc.errors import ScenarioError
from simcrc.experiment.files import write_text
from simcrc.scenario import load
from simcrc.scenario.positions import Mark
from simcrc.scenario.problems import Problem
from simcrc.words import Lang, Words, language

EXISTS = Words(fr="existe déjà ; rien n'a été écrit (--overwrite le remplace)", en="exists already; nothing was written (--overwrite replaces it)")


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What records say.  `estimates`: every figure with its standard error; `traps`: what was wrong with the records; `unknown`: what they cannot tell."""

    estimates: Estimates
    traps: Traps
    unknown: tuple[Words, ...]
    read: Read

    @property
    def mapping(self) -> Mapping:
        """The mapping that was used."""
        return self.read.mapping

    def numbers(self) -> dict[str, Any]:
        """All of it for programs: plain numbers, texts in both languages."""
        from simcrc.calibration.numbers import numbers

        return numbers(self)

    def text(self, folder: str = "tables") -> str:
        """The piece of scenario, whose tables would be in `folder` beside it."""
        written = self.read.tree.document.get("hours")
        own = {} if written is None else {"channels": {self.mapping.channel: {"hours": written}}}
        return piece(self.estimates, self.mapping, (own, self.read.scenario), folder)

    def pictures(self) -> list[Picture]:
        """The fits of handle times and patience."""
        found = self.estimates
        several = (*found.services, found.all) if any(one.work is None for one in found.services) else found.services
        return pictures(found.calls, several, self.mapping.estimation.shortest / 1e6)

    def write(self, path: Path | str, overwrite: bool = False, png: bool = False, lang: Lang | None = None) -> list[Path]:
        """Write the piece to `path` and tables and pictures into the folder beside it named like it; returns the files.

        `overwrite`: files of these names are replaced, others in the folder stay; `png`: pictures as PNG too; `lang`: of the pictures.  The piece is loaded
        before it takes its place: one that would not run is not written.  Raises ScenarioError for what is there already, and for what the mapping lays over
        the piece and does not fit.
        """
        path = Path(path)
        folder = path.with_suffix("")
        there = [one for one in (path, folder) if one.exists()]
        if (there and not overwrite) or folder == path:
            raise ScenarioError([Mark(str((there or [path])[0])).problem("exists", (), message=EXISTS)])
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}.") as name:
            made = Path(name)
            (made / folder.name).mkdir()
            for table, text in tables(self.estimates, self.mapping).items():
                write_text(made / folder.name / table, text)
            write_text(made / path.name, self.text(folder.name))
            self._check(made / path.name)
            for picture in self.pictures():
                picture.write(made / folder.name, lang or language(), png)
            files = sorted(one.name for one in (made / folder.name).iterdir())
            folder.mkdir(exist_ok=True)
            for one in files:
                os.replace(made / folder.name / one, folder / one)
            os.replace(made / path.name, path)
        return [path, *(folder / one for one in files)]

    def _check(self, path: Path) -> None:
        """Load the piece; what does not fit is said where the mapping writes it."""
        try:
            load(path)
        except ScenarioError as error:
            raise ScenarioError([self._placed(problem) for problem in error.problems]) from None

    def _placed(self, problem: Problem) -> Problem:
        """A problem of the piece at the place of the mapping that it comes from."""
        place = ("scenario", *(part for part in problem.path.split(".") if part))
        mark = self.read.tree.mark(place)
        return Problem(mark.file, mark.line, mark.column, ".".join(place), problem.code, problem.ctx)


def calibrate(files: Sequence[str | Path] | str | Path, map: str | Path) -> Calibrated:
    """The figures that the records in `files` (paths or patterns) hold, read as the mapping in the file `map` says.

    Raises ScenarioError with all that is wrong with the mapping, the files and their columns.
    """
    problems: list[Problem] = []
    names = [files] if isinstance(files, str | Path) else list(files)
    paths, read = list[Path](), None
    try:
        read = read_mapping(Path(map))
    except ScenarioError as error:
        problems += error.problems
    try:
        paths = expand(names)
    except ScenarioError as error:
        problems += error.problems
    if problems or read is None:
        raise ScenarioError(problems)
    calls = read_calls(paths, read.mapping)
    found = estimate(calls, read.mapping)
    return Calibrated(found, calls.traps, tuple(unknown(found, read.mapping)), read)
