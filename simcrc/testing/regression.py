"""``simcrc_regression``: figures of a scenario beside those that were stored, and the whole of its ``expect:``.

The stored figures stand in a file of their own beside the test, in the form of ``simcrc.bench.exact``.  With the same seed on the same fingerprint
(version, libraries, processor) they must be equal to the last digit; elsewhere intervals decide, and the end of the tests says so.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from simcrc.bench import exact, keep
from simcrc.bench.sequential import FAMILY
from simcrc.errors import SimcrcError
from simcrc.experiment import store
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.replayed import records_of
from simcrc.experiment.study import Study, open_study
from simcrc.indicators.sums import Sums
from simcrc.model.compile import compile
from simcrc.scenario.amounts import Margin
from simcrc.testing import said
from simcrc.testing.figures import named
from simcrc.words import language

if TYPE_CHECKING:
    from simcrc.bench.lines import Tier
    from simcrc.bench.runner import Report
    from simcrc.experiment.results import Results

P = ParamSpec("P")
R = TypeVar("R")

SUFFIX = ".simcrc.json"
_LAST = re.compile(r"[^\w.-]+")


def _briefly(call: Callable[P, R]) -> Callable[P, R]:
    """Errors that simcrc raises on purpose say themselves in one line: a test shows them without the frames of simcrc."""

    @wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return call(*args, **kwargs)
        except SimcrcError as error:
            raise error.with_traceback(None) from None

    return wrapped


@dataclass
class Regression:
    """Call it with a scenario and the names of figures; ``expectations`` checks what the scenario itself expects.

    `module`: the file of the test; `node`: the test as pytest names it; `update`: store instead of comparing; `notice`: leaves a line for the end.
    """

    module: Path
    node: str
    update: bool
    notice: Callable[[str], None]
    _taken: list[Path] = field(default_factory=list)

    @_briefly
    def __call__(
        self,
        scenario: Path | str | Study,
        figures: Iterable[str] = (),
        *,
        replications: int = exact.REPLICATIONS,
        seed: int | None = None,
        margin: str | float = exact.MARGIN,
        set_: Iterable[str] = (),
        data: Path | str | None = None,
        jobs: int = 1,
        name: str | None = None,
    ) -> Results:
        """Simulate `scenario` (a path from the folder of the test file, or what ``simcrc.load`` gives) and compare `figures` with the stored ones.

        `figures`: names as in ``Results.estimate``, with a part in brackets (``phone.asa [service=calls, period=Mon 10:00]``); without any, those of the
        short table.  `replications`, `seed`, `set_`, `data`, `jobs`: as in ``simcrc.load`` and ``Study.run``; `margin`: relative, where intervals decide.
        `name`: what to call the stored file, needed where a test stores several in no fixed order.
        Returns the results of the run.  Raises AssertionError, which says what differs; SimcrcError for a scenario or a name that is wrong.
        """
        __tracebackhide__ = True
        names, wide = tuple(figures), _margin(margin)
        file = self._file(name)
        stored = self._stored(file)
        study = scenario if isinstance(scenario, Study) else open_study(self._beside(scenario), set_, self._data(data))
        results = study.run(replications, seed, min(jobs, replications))
        now = self._now(study, results, names, wide)
        if self.update:
            self._write(file, stored, now)
        elif stored is not None:
            self._compare(study.loaded.path.name, file, replace(stored, margin=wide), now)
        return results

    @_briefly
    def expectations(
        self,
        scenario: Path | str,
        *,
        tier: Tier = "quick",
        seed: int | None = None,
        data: Path | str | None = None,
        jobs: int = 1,
    ) -> Report:
        """Check the ``expect:`` of a scenario, Little's law and conservation, as ``simcrc bench check`` does; all must be equivalent.

        `tier`: quick or long margins.  Raises AssertionError, which says what is not; SimcrcError for a scenario that is wrong or expects nothing.
        """
        from simcrc.bench import runner
        from simcrc.bench.catalogue import Benchmark

        __tracebackhide__ = True
        path = self._beside(scenario)
        benchmark = Benchmark(path.stem, path, path.with_suffix(".json"))
        ask = runner.Ask(frozenset(("statistical", "oracle")), tier, seed, jobs, data=self._data(data), strict=True)
        report = runner.run([benchmark], ask)
        if report.verdict != "equivalent":
            raise AssertionError(said.unexpected(str(scenario), report, language()))
        return report

    def _now(self, study: Study, results: Results, names: Sequence[str], margin: float) -> exact.Stored:
        """What would be stored."""
        model = compile(study.scenario, records_of(study.loaded))
        sums = [Sums.load(store.sums_file(results.path, number)) for number in range(1, results.replications + 1)]
        found = named(model, sums, names) if names else exact.figures(model, sums)
        test = self.node.rpartition("/")[2]
        return exact.Stored(test, int(results.manifest["seed"]), keep.scenario_digest(study.loaded), fingerprint(), found, margin)

    def _compare(self, title: str, file: Path, stored: exact.Stored, now: exact.Stored) -> None:
        __tracebackhide__ = True
        lang, moved = language(), stored.scenario != now.scenario
        paired = stored.seed == now.seed
        if paired and stored.fingerprint.get("digest") == now.fingerprint["digest"]:
            changes = exact.changes(stored.figures, now.figures)
            if changes:
                raise AssertionError(said.changed(title, file, changes, moved, self._command(), lang))
            return
        found = exact.compare(stored, now.figures, paired, 1.0 - FAMILY / max(1, len(stored.figures)))
        new = [name for name in now.figures if name not in stored.figures]
        why = exact.differences(stored.fingerprint, now.fingerprint) if paired else None
        if new or any(one.verdict != "equivalent" for one in found):
            raise AssertionError(said.compared(title, file, found, new, why, moved, self._command(), lang))
        self.notice(said.elsewhere(self.node, why, len(found), lang))

    def _stored(self, file: Path) -> exact.Stored | None:
        """What is stored; None where it is to be written anew anyway, and unreadable or absent."""
        __tracebackhide__ = True
        try:
            stored = exact.read(file)
        except exact.StoredError:
            if not self.update:
                raise
            return None
        if stored is None and not self.update:
            raise AssertionError(said.missing(file, self._command(), language()))
        return stored

    def _write(self, file: Path, old: exact.Stored | None, new: exact.Stored) -> None:
        if old == new:
            return
        exact.write(file, new)
        changes = [] if old is None else exact.changes(old.figures, new.figures)
        for line in said.written(file, len(new.figures), changes, language()):
            self.notice(line)

    def _file(self, name: str | None) -> Path:
        """Where the figures of this call are stored: beside the test file, one file a call."""
        test = self.node.partition("::")[2].replace("::", ".")
        slug = _LAST.sub("-", test).strip("-")
        if re.sub(r"[\[\]]", "-", test).strip("-") != slug:  # parameters that are no part of a file name must not fall together
            slug += "-" + hashlib.sha256(test.encode()).hexdigest()[:6]
        stem = f"{self.module.stem}.{slug}" + (f".{_LAST.sub('-', name)}" if name else "")
        file = self.module.with_name(stem + SUFFIX)
        if file in self._taken and name is None:
            file = self.module.with_name(f"{stem}.{len(self._taken) + 1}{SUFFIX}")
        if file in self._taken:
            raise ValueError(f"simcrc_regression: name={name!r} is used twice in this test")
        self._taken.append(file)
        return file

    def _beside(self, path: Path | str) -> Path:
        return self.module.parent / path

    def _data(self, data: Path | str | None) -> Path | None:
        return None if data is None else self._beside(data)

    def _command(self) -> str:
        return shlex.join(["pytest", self.node, "--simcrc-update"])


def _margin(written: str | float) -> float:
    """``"1 %"`` or 0.01.  ValueError for anything but a part of the stored figure."""
    __tracebackhide__ = True
    margin = Margin.parse(written)
    if margin.unit in ("share", "time"):
        raise ValueError(f"simcrc_regression: margin={written!r}: a part of the stored figure is expected, such as '1 %'")
    return margin.value
