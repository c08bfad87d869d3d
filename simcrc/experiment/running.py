"""A run in its folder: replications in rounds, each sealed as soon as it is done, then their sum.  The manifest is there from the start, and says at any time
what is needed to go on (``simcrc.experiment.resume``).

``Study.run`` begins one, ``resume`` and ``reproduce`` go on with one; ``simcrc.experiment.summing`` is its end.
"""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from simcrc.errors import SimulationError
from simcrc.experiment import board, manifest, replayed, store, summing
from simcrc.experiment.backend import Backend
from simcrc.experiment.board import Board
from simcrc.experiment.files import write_text
from simcrc.experiment.manifest import Clock
from simcrc.experiment.parallel import Pool
from simcrc.experiment.replicate import Job
from simcrc.experiment.seal import sealed_files
from simcrc.experiment.stopping import Stopping
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.experiment.study import Study
    from simcrc.model.model import Model

Watch = Callable[[Sequence[float]], None]
"""Called several times a second with the share done of each replication."""

KEPT = Words(
    fr="Interrompu : {done} {done:réplication|réplications} sur {asked} {done:est terminée et gardée|sont terminées et gardées} dans {path}",
    en="Interrupted: {done} of {asked} replications {done:is|are} finished and kept in {path}",
)
GO_ON = Words(fr="Pour reprendre : simcrc run --resume {folder}", en="To go on: simcrc run --resume {folder}")
SAVED = Words(
    fr="{done} {done:réplication|réplications} sur {asked} {done:est terminée et gardée|sont terminées et gardées} dans {path}",
    en="{done} of {asked} replications {done:is|are} finished and kept in {path}",
)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a run; what was finished is in the folder `path`.  `resumable`: ``simcrc run --resume`` goes on with it."""

    def __init__(self, path: Path, done: int, asked: int, resumable: bool = False) -> None:
        super().__init__(KEPT.say("en", path=path, done=done, asked=asked))
        self.path, self.done, self.asked, self.resumable = path, done, asked, resumable

    def say(self, lang: Lang) -> str:
        """A line or two for a person."""
        kept = KEPT.say(lang, path=self.path, done=self.done, asked=self.asked)
        return f"{kept}\n{go_on(self.path, lang)}" if self.resumable else kept


class UnfinishedError(SimulationError):
    """A run that failed on the way, with replications that are finished and kept; its cause is the failure."""

    def __init__(self, path: Path, done: int, asked: int, cause: SimulationError | OSError | MemoryError) -> None:
        super().__init__(path, done, asked, cause)
        self.path, self.done, self.asked, self.cause = path, done, asked, cause

    def say(self, lang: Lang) -> str:
        """What failed is said apart; this is what is kept, and how to go on."""
        return f"{SAVED.say(lang, path=self.path, done=self.done, asked=self.asked)}\n{go_on(self.path, lang)}"

    def __str__(self) -> str:
        return self.say("en")


def go_on(path: Path, lang: Lang) -> str:
    """The command that goes on with a run."""
    return GO_ON.say(lang, folder=shlex.quote(str(path)))


@dataclass
class Running:
    """A run of `study` in `folder`, which the caller holds.  `done`: replications that are there already, sealed or (of a complete run) summed; `rows`: make
    the tables of needs and contacts; `known`: digests of files that need not be read again."""

    study: Study
    folder: Path
    stopping: Stopping
    backend: Backend
    clock: Clock
    records: Any
    events: bool = False
    watch: Watch | None = None
    done: list[int] = field(default_factory=list)
    rows: bool = True
    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, study: Study, folder: Path, stopping: Stopping, jobs: int | Backend, records: Any, events: bool, watch: Watch | None) -> Running:
        """A run that begins."""
        backend = Backend.of(jobs).at_most(stopping.looks[-1])
        clock = Clock(workers=backend.jobs, backend=backend.kind, inputs=study.inputs())
        return cls(study, folder, stopping, backend, clock, records, events, watch)

    @property
    def asked(self) -> int:
        """How many replications at most."""
        return self.stopping.looks[-1]

    @cached_property
    def model(self) -> Model:
        """The compiled model."""
        from simcrc.model.compile import compile

        return compile(self.study.scenario, self.records)

    def go(self, order: Sequence[int] | None = None) -> None:
        """Do what is missing, in the `order` given, then sum all.  On the way out, however it comes, the manifest says what there is."""
        from simcrc.scenario import dump

        (self.folder / store.REPLICATIONS).mkdir(exist_ok=True)
        write_text(self.folder / store.SCENARIO, dump(self.study.loaded.document))
        self._note(complete=False)
        try:
            with Board(self.asked) as shown:
                for number in self.done:
                    board.note(shown.path, number, 1.0)
                job = Job(self.study.scenario, self.records, self.folder, self.events or replayed.compared(self.study.loaded), shown.path)
                self._replicate(job, shown, order or range(1, self.asked + 1))
                self.done.sort()
                summing.sum_up(self.study.loaded, job, self.model, self.done, self.events, self.rows)
            self._note(complete=True)
        except KeyboardInterrupt as stop:
            self._broken_off()
            raise Interrupted(self.folder, len(self.done), self.asked, resumable=True) from stop
        except (SimulationError, OSError, MemoryError) as error:
            with suppress(OSError):
                self._note(complete=False)
            if self.done:
                raise UnfinishedError(self.folder, len(self.done), self.asked, error) from error
            raise
        summing.clear(self.folder, range(1, self.asked + 1))

    def _replicate(self, job: Job, shown: Board, order: Sequence[int]) -> None:
        """Replications, round by round."""
        look = (lambda: self.watch(shown.shares())) if self.watch else None  # type: ignore[misc]
        if not self.backend.here:  # what the sum needs is read while workers work, so that Ctrl-C does not wait for it
            Thread(target=import_module, args=("scipy.stats",), daemon=True).start()
        looks = iter(self.stopping.looks)
        queue: deque[int] = deque()
        most = self._next_round(looks, 0, order, queue)
        work = replace(job, watch=look) if self.backend.here else job
        with closing(Pool(work, self.backend, self.study.extensions, look).results(queue)) as results:
            for result in results:
                self.clock.seconds[result.replication] = result.seconds
                self.done.append(result.replication)
                self.known |= self._sealed(result.replication)
                board.note(shown.path, result.replication, 1.0)  # a worker on another machine cannot
                if not set(range(1, most + 1)) - set(self.done):
                    most = self._next_round(looks, most, order, queue)

    def _next_round(self, looks: Any, most: int, order: Sequence[int], queue: deque[int]) -> int:
        """Put the replications of the next look that are missing into `queue`; none when the rule says that those up to `most` are enough."""
        while not most or not self.stopping.enough(self.model, self.folder, range(1, most + 1)):
            following = next(looks, None)
            if following is None:
                return most
            most = int(following)
            queue.extend(number for number in order if number <= most and number not in self.done)
            if queue:
                return most
        return most

    def _sealed(self, number: int) -> dict[str, str]:
        """Digests of the files of a replication, by name as in the manifest."""
        return {f"{store.REPLICATIONS}/{name}": digest for name, digest in sealed_files(store.seal_file(self.folder, number)).items()}

    def _note(self, complete: bool) -> None:
        """Write the manifest."""
        about = self.study.about(len(self.done) if complete else self.asked, self.events)
        if self.records is not None:
            about["replayed"] = self.records.counts
        asked = self.stopping.about()
        if asked is not None:
            about["precision"] = asked
        manifest.write(self.folder, about, sorted(self.done), self.clock, complete, self.known)

    def _broken_off(self) -> None:
        """Ctrl-C: note what there is, then sum it as far as that takes a moment; a second Ctrl-C leaves that out."""
        self._note(complete=False)
        if not self.done:
            return
        with suppress(KeyboardInterrupt, OSError):
            job = Job(self.study.scenario, self.records, self.folder, self.events, self.folder)
            summing.sum_up_partly(job, self.model, sorted(self.done))
            self._note(complete=False)
