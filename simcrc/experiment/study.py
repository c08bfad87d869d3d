"""A scenario ready to run: ``Study`` is what ``simcrc.load`` gives, ``Study.run`` does the replications and gives ``Results``.

Replications are run in rounds: up to the first look of the stopping rule (``simcrc.experiment.stopping.Stopping``), which is asked whether they are enough, up
to the second, and so on.  A rule sees the sums of exactly the replications 1 to n of its look, whatever the number of workers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions, replayed, store
from simcrc.experiment.backend import Backend
from simcrc.experiment.files import sha256
from simcrc.experiment.headlines import learns, targets_of, words_of
from simcrc.experiment.running import Interrupted, Running, Watch
from simcrc.experiment.stopping import Count, Stopping

if TYPE_CHECKING:
    from simcrc.experiment.results import Results
    from simcrc.scenario import Loaded, Scenario

__all__ = ["Interrupted", "Study", "Watch", "open_study"]


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
        jobs: int | Backend = 1,
        output: Path | str | None = None,
        events: bool = False,
        watch: Watch | None = None,
        order: Sequence[int] | None = None,
        stopping: Stopping | None = None,
        precision: Mapping[str, str | float] | Sequence[str] | None = None,
        max_replications: int | None = None,
    ) -> Results:
        """Simulate and return Results.

        `replications` and `seed` replace those of the scenario; `jobs`: processes of this machine, or a Backend; `output`: an empty or new folder for the
        results (without one they go to a temporary folder that lives as long as the Results); `events`: keep a row a contact;
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
        if stopping.looks[-1] < 1:
            raise ValueError("replications must be at least 1")
        temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if output is None else None
        folder = Path(temporary.name if temporary else output)  # type: ignore[arg-type]
        with store.claimed(folder):
            Running.of(study, folder, stopping, jobs, records, events, watch).go(order)
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

    def about(self, count: int, events: bool) -> dict[str, Any]:
        """The part of the manifest that says what is asked."""
        from simcrc.scenario.role_words import described

        scenario, words = self.scenario, words_of(self.scenario)
        roles = described(scenario, words)
        return {
            "name": {"fr": scenario.name.fr, "en": scenario.name.en},
            **({"policies": [{"fr": each.name.fr, "en": each.name.en} for each in scenario.policies]} if scenario.policies else {}),
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

    def inputs(self) -> dict[str, Any]:
        """Where what the folder of results does not hold came from, for the `run` block of the manifest."""
        loaded = self.loaded
        places = {"folder": loaded.folder if loaded.data_files else None, "data": loaded.data}
        found: dict[str, Any] = {name: str(path.absolute()) for name, path in places.items() if path is not None}
        return found | ({"extensions": [str(path) for path in self.extensions]} if self.extensions else {})


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
