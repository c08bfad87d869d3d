"""Runs of one scenario at many points, each a list of assignments as ``--set`` takes them; points that say the same run once, in as many processes as asked.

``hypercube`` places points.  Nothing depends on the order of the runs or the number of processes: all have the scenario's seed, and their results are kept by
what was assigned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simcrc.errors import ScenarioError
from simcrc.experiment.outcomes import Outcome, Reals, outcomes

Said = tuple[str, ...]
Found = dict[Outcome, Reals]


@dataclass(frozen=True)
class Work:
    """Runs the scenario at `base` with `sets` and further assignments, and under `policy` where there is one; gives the outcomes `names` of each replication.
    Called with assignments it gives them back with what was found, None where the language refuses them."""

    base: Path
    sets: Said
    data: Path | None
    policy: Path | None
    names: Said
    replications: int

    def __call__(self, said: Said) -> tuple[Said, Found | None]:
        try:
            return said, self.run(said)
        except ScenarioError:
            return said, None

    def run(self, said: Said) -> Found:
        """What was found.  Raises ScenarioError."""
        from simcrc.scenario import load

        everything = [*self.sets, *said]
        own = load(self.base, set_=everything, data=self.data)
        under = None if self.policy is None else load(self.base, set_=everything, data=self.data, policies=[self.policy])
        return outcomes(own, under, self.names, self.replications)


def hypercube(points: int, numbers: int, seed: int) -> Reals:
    """Positions from 0 to 1, shape (points, numbers): every column has the same evenly spaced values, in an order of its own."""
    generator = np.random.Generator(np.random.PCG64(seed))
    levels = np.linspace(0.0, 1.0, points) if points > 1 else np.array([0.5])
    return np.stack([generator.permutation(levels) for _ in range(numbers)], axis=1) if numbers else np.zeros((points, 0))


def run_all(
    work: Work, points: Iterable[Said], jobs: int = 1, loads: Sequence[Path] = (), watch: Callable[[float], None] | None = None
) -> dict[Said, Found | None]:
    """What was found at each of `points`; `loads`: extensions that workers load; `watch` is told the share done."""
    from simcrc.experiment.parallel import Pool

    queue = list(dict.fromkeys(points))
    found: dict[Said, Found | None] = {}
    with closing(Pool(work, max(1, min(jobs, len(queue))), loads).results(queue)) as results:
        for said, values in results:
            found[said] = values
            if watch:
                watch(len(found) / len(queue))
    return {said: found[said] for said in queue}
