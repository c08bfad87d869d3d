"""One replication: compile, simulate, observe, write.  What a worker does; all that is large goes to the results folder.

The model is compiled in the worker from the scenario, which travels better than a model would.  ``simcrc.experiment.study`` calls this
through ``simcrc.experiment.parallel``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from simcrc.experiment import board
from simcrc.experiment.files import atomic
from simcrc.experiment.parallel import orphaned
from simcrc.experiment.store import CONTACTS, NEEDS, rows_file, sums_file
from simcrc.experiment.tables import Stream

if TYPE_CHECKING:
    from simcrc.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """What every replication of a run shares.

    `records`: what is replayed in place of generated demand.  `contacts`: keep a row a contact.  `board`: file where progress is noted.
    """

    scenario: Scenario
    records: Any
    folder: Path
    contacts: bool
    board: Path


@dataclass(frozen=True)
class Done:
    """A replication that is finished and whose files are in place."""

    replication: int
    seconds: float


def replicate(job: Job, replication: int, *, watch: Callable[[], None] | None = None) -> Done:
    """Run replication number `replication` (from 1) and write its files; `watch` is called whenever progress was noted, in this process."""
    from simcrc.engine.run import simulate
    from simcrc.experiment.rows import Encoder
    from simcrc.model.compile import compile
    from simcrc.observe import Observer

    begun = perf_counter()

    def progress(share: float) -> None:
        if orphaned():
            raise SystemExit
        board.note(job.board, replication, share)
        if watch:
            watch()

    model = compile(job.scenario, job.records)
    encoder = Encoder(model, replication)
    with ExitStack() as stack:
        needs = stack.enter_context(Stream(rows_file(job.folder, replication, NEEDS)))
        contacts = stack.enter_context(Stream(rows_file(job.folder, replication, CONTACTS))) if job.contacts else None
        observer = Observer(
            model,
            on_needs=lambda rows: needs.write(encoder.rows(rows)),
            on_contacts=(lambda rows: contacts.write(encoder.rows(rows))) if contacts else None,
        )
        simulate(model, replication - 1, observer.feed, progress)  # engines count from 0
        sums = observer.finish(model.end)
    with atomic(sums_file(job.folder, replication)) as temporary:
        sums.save(temporary)
    progress(1.0)
    return Done(replication, perf_counter() - begun)
