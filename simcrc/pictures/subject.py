"""What pictures and reports are about: the arms of one or several folders of results, the base first, and what else stands in the folders.

``of_results`` makes the subject of a run; ``simcrc.pictures.folders`` reads those of runs, comparisons, fidelisation, sweeps and staffing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simcrc.experiment.statistics import LEVEL, Estimate
from simcrc.pictures.arm import NOTHING, Arm
from simcrc.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.results import Results


@dataclass(frozen=True, eq=False)
class Subject:
    """What a picture is about.

    `arms`: the base first; `paired`: whether they met the same citizens with the same random numbers in the same replications; `effects`: by arm the figures of
    ``simcrc fidelisation`` (columns of ``simcrc.experiment.figures``); `staffing`: the points of ``simcrc staff`` (its ``curve.csv``) or of a sweep over one
    team: columns team, agents or hours, and the figures; None where there are none.
    """

    arms: tuple[Arm, ...]
    paired: bool = True
    effects: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    staffing: pd.DataFrame | None = None

    @property
    def base(self) -> Arm:
        """What the others are compared with; the only one of a run."""
        return self.arms[0]

    @property
    def others(self) -> tuple[Arm, ...]:
        """All but the base."""
        return self.arms[1:]

    def difference(self, arm: Arm, name: str, level: float = LEVEL) -> Estimate:
        """By how much a metric, ``fcr`` or ``phone.asa``, of `arm` differs from that of the base, paired replication by replication; nothing where the arms
        are not paired or have no such figure."""
        return arm.parts(name).minus(self.base.parts(name), level) if self.paired else NOTHING


def of_results(results: Results) -> Subject:
    """The subject of one run: its only arm is the base."""
    from simcrc.experiment import origins, store
    from simcrc.indicators.sums import Sums
    from simcrc.indicators.totals import Totals
    from simcrc.model.compile import compile

    manifest, folder = results.manifest, results.path
    study = origins.of(folder, manifest).study()

    def totals() -> Totals:
        return Totals(compile(study.scenario), [Sums.open(store.sums_file(folder, number)) for number in manifest["done"]])

    title = Words(fr=results.title("fr"), en=results.title("en"))
    return Subject((Arm("base", title, study.scenario, manifest["words"], tuple(manifest["done"]), lambda: results.indicators, totals),))
