"""Variants: several scenarios on the same replications and the same random numbers, each run kept as soon as it is done.

A variant is a whole scenario, a base with policies, a point of a sweep or a staffing.  A run, one variant in one replication, leaves its sums in a file with
a seal (``simcrc.experiment.seal``) under a name made of the digest of what is simulated: so the same variant is never simulated twice in a folder, a run that
was interrupted goes on where it stood, one whose file was damaged is done again, and nothing depends on the order or the number of processes.
``simcrc compare``, ``sweep`` and ``staff`` stand on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from simcrc.experiment import board, replayed
from simcrc.experiment.backend import Backend
from simcrc.experiment.board import Board
from simcrc.experiment.files import atomic
from simcrc.experiment.parallel import Pool, orphaned
from simcrc.experiment.seal import seal, sealed
from simcrc.experiment.study import Interrupted, Study, Watch
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario import Scenario

FOLDER = "runs"
MODELS = 8
"""Compiled models that a process keeps; where there are more variants they are compiled again."""
KEPT = Words(
    fr="Interrompu : {done} {done:simulation|simulations} sur {asked} {done:est terminée et gardée|sont terminées et gardées} dans {path} ; "
    "la même commande avec « -o {path} » continue.",
    en='Interrupted: {done} of {asked} runs {done:is|are} finished and kept in {path}; the same command with "-o {path}" goes on.',
)


class Stopped(Interrupted):
    """Ctrl-C during the runs of variants; those that were finished are in the folder `path`, and the same command goes on from there."""

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return KEPT.say(lang, path=self.path, done=self.done, asked=self.asked)


@dataclass(frozen=True)
class Variant:
    """A scenario under the `name` that it has in a comparison."""

    name: str
    study: Study


@dataclass(frozen=True)
class Run:
    """One variant, by its key, in one replication (from 1); `place`: its number on the board, from 1."""

    key: str
    replication: int
    place: int = 1


@dataclass(frozen=True)
class Order:
    """A run with what it simulates: the scenario and the records that it replays."""

    run: Run
    scenario: Scenario
    records: Any


@dataclass(frozen=True)
class Ended:
    """A run whose files are in place."""

    run: Run
    seconds: float


@dataclass(frozen=True)
class Work:
    """Simulates a run.  `folder`: where sums go; `board`: where progress is noted."""

    folder: Path
    board: Path
    watch: Callable[[], None] | None = field(default=None, compare=False)

    def at(self, folder: Path) -> Work:
        """The same work with its files below another folder, for a worker that has another disk."""
        return replace(self, folder=folder, watch=None)

    def __call__(self, order: Order) -> Ended:
        from simcrc.engine.run import simulate
        from simcrc.observe import Observer

        begun, run = perf_counter(), order.run
        model = _model(order)
        observer = Observer(model)

        def progress(share: float) -> None:
            if orphaned():
                raise SystemExit
            board.note(self.board, run.place, share)
            if self.watch:
                self.watch()

        simulate(model, run.replication - 1, observer.feed, progress)  # engines count from 0
        path = sums_file(self.folder, run)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as temporary:
            observer.finish(model.end).save(temporary)
        seconds = perf_counter() - begun
        seal(seal_file(self.folder, run), [path])
        progress(1.0)
        return Ended(run, seconds)


_compiled: dict[str, Model] = {}  # in this process: variants take turns, replication by replication


def _model(order: Order) -> Model:
    from simcrc.model.compile import compile

    key = order.run.key
    if key not in _compiled:
        if len(_compiled) >= MODELS:
            del _compiled[next(iter(_compiled))]
        _compiled[key] = compile(order.scenario, order.records)
    return _compiled[key]


def sums_file(folder: Path, run: Run) -> Path:
    """Where the sums of a run are kept."""
    return folder / FOLDER / run.key / f"{run.replication:04d}.npz"


def seal_file(folder: Path, run: Run) -> Path:
    """Where its seal is."""
    return sums_file(folder, run).with_suffix(".json")


class Variants:
    """Variants in one folder.  The caller holds the folder (``simcrc.experiment.store.claimed``)."""

    def __init__(self, variants: Iterable[Variant], folder: Path, jobs: int | Backend = 1, seed: int | None = None) -> None:
        """`seed` replaces that of every scenario; without it that of the first stands for all.  `jobs`: processes of this machine, or a
        ``simcrc.experiment.backend.Backend``."""
        self.folder, self.backend, self.seed = folder, Backend.of(jobs), seed
        self.variants: dict[str, Variant] = {}
        self._keys: dict[str, str] = {}
        self._models: dict[str, Model] = {}
        self._records: dict[str, Any] = {}
        self.simulated = 0
        self.seconds: dict[Run, float] = {}
        for variant in variants:
            self.add(variant)

    def add(self, variant: Variant) -> None:
        """Take in one more.  ValueError when its name is taken."""
        if variant.name in self.variants:
            raise ValueError(f"two variants are called {variant.name!r}")
        if self.seed is None:
            self.seed = variant.study.scenario.seed
        study = variant.study.seeded(self.seed)
        self.variants[variant.name] = Variant(variant.name, study)
        self._keys[variant.name] = key_of(study)

    def run(self, names: Sequence[str] | None = None, replications: Iterable[int] = (), watch: Watch | None = None) -> None:
        """Simulate the `replications` of the variants `names` (else all) that are not yet in the folder; `watch` is called with the share done of each of the
        runs ``missing`` gives.  Raises SimulationError; Stopped on Ctrl-C, which leaves what is done in the folder."""
        numbers = list(replications)
        runs = self.missing(names, numbers)
        if not runs:
            return
        left = len(runs)
        try:
            with Board(len(runs)) as shown:
                look = (lambda: watch(shown.shares())) if watch else None
                backend = self.backend.at_most(len(runs))
                work = Work(self.folder, shown.path, look if backend.here else None)
                orders = [Order(run, *self._of_key(run.key)) for run in runs]
                loads = next(iter(self.variants.values())).study.extensions
                with closing(Pool(work, backend, loads, look).results(orders)) as results:
                    for ended in results:
                        left -= 1
                        self.simulated += 1
                        self.seconds[ended.run] = ended.seconds
        except KeyboardInterrupt as stop:
            asked = len({self._keys[name] for name in (self.variants if names is None else names)}) * len(numbers)
            raise Stopped(self.folder, asked - left, asked) from stop

    def missing(self, names: Sequence[str] | None, replications: Iterable[int]) -> list[Run]:
        """The runs that ``run`` would simulate: replication by replication, each key once."""
        keys = dict.fromkeys(self._keys[name] for name in (self.variants if names is None else names))
        wanted = [Run(key, number) for number in replications for key in keys]
        left = [run for run in wanted if sealed(seal_file(self.folder, run)) is None]
        return [replace(run, place=place) for place, run in enumerate(left, 1)]

    def sums(self, name: str, replications: Iterable[int]) -> list[Sums]:
        """The sums of the `replications` of a variant, which have run."""
        return [Sums.load(sums_file(self.folder, Run(self._keys[name], number))) for number in replications]

    def each(self, name: str, replications: Iterable[int]) -> Iterator[Totals]:
        """The totals of each of the `replications` of a variant alone, in their order: one at a time in memory."""
        model = self.model(name)
        for number in replications:
            yield Totals(model, self.sums(name, [number]))

    def key(self, name: str) -> str:
        """The name of the folder of the runs of a variant; two variants that simulate the same have the same."""
        return self._keys[name]

    def called(self, run: Run) -> str:
        """The name of the variant of a run; the first of several that simulate the same."""
        return next(name for name, key in self._keys.items() if key == run.key)

    def totals(self, name: str, replications: Iterable[int]) -> Totals:
        """The same as totals, from which any indicator is computed (``simcrc.experiment.outcomes.figure``)."""
        return Totals(self.model(name), self.sums(name, replications))

    def model(self, name: str) -> Model:
        """The compiled model of a variant."""
        from simcrc.model.compile import compile

        key = self._keys[name]
        if key not in self._models:
            if len(self._models) >= MODELS:
                del self._models[next(iter(self._models))]
            self._models[key] = compile(*self._of_key(key))
        return self._models[key]

    def _of_key(self, key: str) -> tuple[Scenario, Any]:
        study = next(self.variants[name].study for name, own in self._keys.items() if own == key)
        if key not in self._records:
            self._records[key] = replayed.records_of(study.loaded)
        return study.scenario, self._records[key]


def key_of(study: Study) -> str:
    """What names the runs of a scenario: a digest of all that they depend on (resolved text, data files, seed, roles, extensions, version of simcrc)."""
    import simcrc
    from simcrc.experiment import extensions

    scenario = study.scenario
    parts = (simcrc.__version__, study.digest, scenario.seed, repr(scenario.roles), extensions.digests(study.extensions))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
