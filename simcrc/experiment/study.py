"""A scenario ready to run: ``Study`` is what ``simcrc.load`` gives, ``Study.run`` does the replications and gives ``Results``.

Replications are run in rounds: up to the first look of the stopping rule (``simcrc.experiment.stopping.Stopping``), which is asked whether they are enough, up
to the second, and so on.  A rule sees the sums of exactly the replications 1 to n of its look, whatever the number of workers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions, manifest, replayed, store, tables
from simcrc.experiment.board import Board
from simcrc.experiment.files import sha256, write_text
from simcrc.experiment.headlines import learns, targets_of, whole_run, words_of
from simcrc.experiment.manifest import Clock
from simcrc.experiment.parallel import Pool
from simcrc.experiment.replicate import Job, replicate
from simcrc.experiment.stopping import Count, Stopping
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.experiment.results import Results
    from simcrc.model.model import Model
    from simcrc.scenario import Loaded, Scenario

Watch = Callable[[Sequence[float]], None]
"""Called several times a second with the share done of each replication."""

KEPT = Words(
    fr="Interrompu : {done} réplications sur {asked} sont terminées et gardées dans {path}",
    en="Interrupted: {done} of {asked} replications are finished and kept in {path}",
)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a run; what was finished is in the folder `path`."""

    def __init__(self, path: Path, done: int, asked: int) -> None:
        super().__init__(KEPT.say("en", path=path, done=done, asked=asked))
        self.path, self.done, self.asked = path, done, asked

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return KEPT.say(lang, path=self.path, done=self.done, asked=self.asked)


@dataclass(frozen=True)
class Study:
    """A scenario that was loaded and checked, with what is needed to run it."""

    loaded: Loaded
    extensions: tuple[Path, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The scenario, frozen."""
        return self.loaded.scenario

    @property
    def digest(self) -> str:
        """Hexadecimal digest of the scenario as resolved, its data files included."""
        return self.loaded.digest

    def run(
        self,
        replications: int | None = None,
        seed: int | None = None,
        jobs: int = 1,
        output: Path | str | None = None,
        events: bool = False,
        watch: Watch | None = None,
        order: Sequence[int] | None = None,
        stopping: Stopping | None = None,
        precision: Mapping[str, str | float] | Sequence[str] | None = None,
        max_replications: int | None = None,
    ) -> Results:
        """Simulate and return Results.

        `replications` and `seed` replace those of the scenario; `jobs`: processes; `output`: an empty or new folder for the results
        (without one they go to a temporary folder that lives as long as the Results); `events`: keep a row a contact;
        `order`: in which order to run the replications (the results do not depend on it); `stopping`: when to stop (then `replications` is not asked).
        `precision`: half-widths asked of figures, ``{"phone.asa": "5%"}`` (``simcrc.experiment.precision``): replications are run until they are reached,
        `max_replications` at most; `replications` is then the first look.
        Raises PrecisionError; StoreError when the folder cannot be used, SimulationError when the simulation fails, Interrupted on Ctrl-C.
        """
        from simcrc.experiment.results import Results

        study = self.seeded(seed)
        records = replayed.records_of(study.loaded)
        if precision is not None or max_replications is not None:
            stopping = study._precise(precision, records, max_replications, replications)
        stopping = stopping or Count(study.scenario.replications if replications is None else replications)
        count = stopping.looks[-1]
        if count < 1 or jobs < 1:
            raise ValueError("replications and jobs must be at least 1")
        temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if output is None else None
        folder = Path(temporary.name if temporary else output)  # type: ignore[arg-type]
        clock = Clock(workers=min(jobs, count))
        with store.claimed(folder), Board(count) as board:
            study._simulate(folder, board, records, list(order or range(1, count + 1)), stopping, events, clock, watch)
        return Results.open(folder, temporary)

    def _precise(self, written: Mapping[str, str | float] | Sequence[str] | None, records: Any, most: int | None, first: int | None) -> Stopping:
        from simcrc.experiment.precision import ALONE, Precision, PrecisionError
        from simcrc.model.compile import compile

        if written is None:
            raise PrecisionError([(ALONE, {})])
        return Precision.asked(written, compile(self.scenario, records), most, first)

    def seeded(self, seed: int | None) -> Study:
        """The same with another random seed; itself without one."""
        if seed is None or seed == self.scenario.seed:
            return self
        loaded = replace(self.loaded, scenario=self.scenario.model_copy(update={"seed": seed}), document={**self.loaded.document, "seed": seed})
        return replace(self, loaded=loaded)

    def _simulate(
        self, folder: Path, board: Board, records: Any, numbers: list[int], stopping: Stopping, events: bool, clock: Clock, watch: Watch | None
    ) -> None:
        """Replications, then their sum; on the way out, however it comes, the manifest says what there is."""
        from simcrc.model.compile import compile
        from simcrc.scenario import dump

        about = self._about(len(numbers), events)
        if records is not None:
            about["replayed"] = records.counts
        write_text(folder / store.SCENARIO, dump(self.loaded.document))
        look = (lambda: watch(board.shares())) if watch else None
        job = Job(self.scenario, records, folder, events or replayed.compared(self.loaded), board.path)
        work = partial(replicate, job, watch=look) if clock.workers == 1 else partial(replicate, job)
        done: list[int] = []
        try:
            model = compile(self.scenario, records)
            for most in stopping.looks:
                queue = [number for number in numbers if number <= most and number not in done]
                with closing(Pool(work, clock.workers, self.extensions, look).results(queue)) as results:
                    for result in results:
                        clock.seconds[result.replication] = result.seconds
                        done.append(result.replication)
                if stopping.enough(model, folder, sorted(done)):
                    break
            about["replications"] = len(done)
            self._sum(job, model, sorted(done), events)
        except KeyboardInterrupt as stop:
            raise Interrupted(folder, len(done), len(numbers)) from stop
        finally:
            asked = stopping.about()
            manifest.write(folder, about if asked is None else {**about, "precision": asked}, sorted(done), clock)

    def _about(self, count: int, events: bool) -> dict[str, Any]:
        """The part of the manifest that says what is asked."""
        from simcrc.scenario.role_words import described

        scenario, words = self.scenario, words_of(self.scenario)
        roles = described(scenario, words)
        return {
            "name": {"fr": scenario.name.fr, "en": scenario.name.en},
            "digest": self.digest,
            "seed": scenario.seed,
            "replications": count,
            "events": events,
            "currency": scenario.currency,
            "targets": targets_of(scenario),
            "words": words,
            **({"roles": roles} if roles else {}),
            "channels": list(scenario.channels),
            **({"learning": True} if learns(scenario) else {}),
            "data": {name: sha256(path) for name, path in sorted(self.loaded.data_files.items())},
            "extensions": extensions.digests(self.extensions),
        }

    def _sum(self, job: Job, model: Model, done: list[int], events: bool) -> None:
        """Indicators over the replications, and their rows joined into one file a table."""
        from simcrc.indicators.sums import Sums
        from simcrc.indicators.tabulate import tabulate

        folder = job.folder
        frame = tabulate(model, [Sums.load(store.sums_file(folder, number)) for number in done])
        tables.write_frame(folder / store.INDICATORS, frame)
        write_text(folder / store.SUMMARY, whole_run(frame).to_csv(index=False, lineterminator="\n"))
        pieces = {table: [store.rows_file(folder, number, table) for number in done] for table in (store.NEEDS, store.CONTACTS)}
        if replayed.compared(self.loaded):
            table, texts = replayed.comparison(self.loaded, model, job.records, pieces[store.CONTACTS])
            tables.write_frame(folder / store.COMPARISON, table)
            for lang, text in texts.items():
                write_text(folder / store.COMPARISON_TEXT.format(lang=lang), text + "\n")
        for name in (store.NEEDS, *([store.CONTACTS] if events else [])):
            tables.join(folder / name, pieces[name])
        for piece in (*pieces[store.NEEDS], *pieces[store.CONTACTS]):
            piece.unlink(missing_ok=True)


def open_study(
    path: Path | str,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
    policies: Iterable[Path | str] = (),
) -> Study:
    """Load extensions, then the scenario at `path`.  Raises ScenarioError, ExtensionError."""
    from simcrc.scenario import load

    files = extensions.asked(extension_files)
    extensions.load(files)
    return Study(load(Path(path), set_=list(set_), data=None if data is None else Path(data), policies=list(policies)), files)
