"""One replication: compile, simulate, observe, write, seal.  What a worker does; all that is large goes to the results folder.

The model is compiled in the worker from the scenario, which travels better than a model would.  ``simcrc.experiment.running`` calls this
through ``simcrc.experiment.parallel``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from simcrc.experiment import board
from simcrc.experiment.files import atomic
from simcrc.experiment.parallel import orphaned
from simcrc.experiment.seal import seal
from simcrc.experiment.store import CONTACTS, NEEDS, rows_file, seal_file, sums_file
from simcrc.experiment.tables import Stream

if TYPE_CHECKING:
    from simcrc.scenario import Scenario


@dataclass(frozen=True)
class Done:
    """A replication that is finished and whose files are in place."""

    replication: int
    seconds: float


@dataclass(frozen=True)
class Job:
    """What every replication of a run shares; called with the number of a replication (from 1) it runs it and writes its files.

    `records`: what is replayed in place of generated demand.  `contacts`: keep a row a contact.  `board`: file where progress is noted.  `watch`: called
    whenever it was, in this process.
    """

    scenario: Scenario
    records: Any
    folder: Path
    contacts: bool
    board: Path
    watch: Callable[[], None] | None = field(default=None, compare=False)

    def at(self, folder: Path) -> Job:
        """The same job with its files below another folder, for a worker that has another disk."""
        return replace(self, folder=folder, watch=None)

    def __call__(self, replication: int) -> Done:
        from simcrc.engine.run import simulate
        from simcrc.experiment.rows import Encoder
        from simcrc.model.compile import compile
        from simcrc.observe import Observer

        begun = perf_counter()
        model = compile(self.scenario, self.records)
        encoder = Encoder(model, replication)
        sums_path, *rows = files_of(self.folder, replication)
        sums_path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            needs = stack.enter_context(Stream(rows[0]))
            contacts = stack.enter_context(Stream(rows[1])) if self.contacts else None
            observer = Observer(
                model,
                on_needs=lambda table: needs.write(encoder.rows(table)),
                on_contacts=(lambda table: contacts.write(encoder.rows(table))) if contacts else None,
            )
            simulate(model, replication - 1, observer.feed, lambda share: self._progress(replication, share))  # engines count from 0
            sums = observer.finish(model.end)
        with atomic(sums_path) as temporary:
            sums.save(temporary)
        if orphaned():
            raise SystemExit
        seconds = perf_counter() - begun
        seal(seal_file(self.folder, replication), [path for path in (sums_path, *rows) if path.exists()], seconds=round(seconds, 3))
        self._progress(replication, 1.0)
        return Done(replication, seconds)

    def _progress(self, replication: int, share: float) -> None:
        if orphaned():
            raise SystemExit
        board.note(self.board, replication, share)
        if self.watch:
            self.watch()


def files_of(folder: Path, replication: int) -> tuple[Path, Path, Path]:
    """The sums of a replication, its needs and its contacts, which stand there until the end of the run joins them."""
    return sums_file(folder, replication), rows_file(folder, replication, NEEDS), rows_file(folder, replication, CONTACTS)
