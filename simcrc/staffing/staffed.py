"""``Staffed``: what ``simcrc staff`` found, in figures; ``simcrc.report.staffing`` puts it into words, ``keep`` into files."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.experiment.statistics import Estimate, Estimates
from simcrc.staffing.around import Effect, Point
from simcrc.staffing.crews import Crew
from simcrc.staffing.judge import Period, Verdict
from simcrc.staffing.plan import Plan
from simcrc.staffing.target import Aim
from simcrc.words import Lang, language

if TYPE_CHECKING:
    import pandas as pd

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Proof:
    """How it stands that no agent can go, on the draws of the search: from the plan found, how many removals were simulated `alone` and miss a target, how many
    were only `probed`, together with others; whether that is all of them (else the search had spent its simulations)."""

    alone: int
    probed: int
    complete: bool

    @property
    def proven(self) -> bool:
        """Whether each removal was simulated alone."""
        return self.complete and not self.probed


@dataclass(frozen=True)
class Beside:
    """A figure of what the teams also serve, or of what was not aimed at, with the schedules as written and as found."""

    place: str
    indicator: str
    unit: str
    before: Estimate
    after: Estimate
    growing: bool = False


@dataclass(frozen=True, eq=False)
class Staffed:
    """The least staff found.

    `plan`: scheduled agents; `written`: the schedules of the scenario; `theory`: the plan of Erlang A from which the search began.  `before`, `start`,
    `found`: these three in figures, on the draws of the search; `fresh`: the plan found on as many other replications, from which `verdicts` come; `curve`,
    `effects`: around it.  `loads`: mean busy agents with ample staff, by team and half hour; `slots`: by aim its figure by half hour with the plan found,
    None where it has none.
    """

    name: dict[str, str]
    digest: str
    seed: int
    replications: int
    currency: str
    path: Path
    words: dict[str, dict[str, str]]
    aims: tuple[Aim, ...]
    by: Period
    block: Period
    crews: tuple[Crew, ...]
    plan: Plan
    written: Reals
    theory: Plan
    before: Point
    start: Point
    found: Point
    fresh: Point
    verdicts: tuple[Verdict, ...]
    curve: tuple[Point, ...]
    effects: tuple[Effect, ...]
    beside: tuple[Beside, ...]
    loads: Reals
    slots: tuple[Estimates | None, ...]
    proof: Proof
    simulations: int
    start_date: str
    weeks: float
    _temporary: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    def schedule(self) -> pd.DataFrame:
        """The plan in tidy form, one row a team and half hour that has staff or is written to have some: team, weekday, time, agents, written, load."""
        from simcrc.staffing.keep import half_hours

        return half_hours(self)

    def text(self, lang: Lang | None = None) -> str:
        """All of it in words."""
        from simcrc.report.staffing import text

        return text(self, lang or language())

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """What ``simcrc staff --json`` prints."""
        from simcrc.staffing.keep import as_json

        return as_json(self, lang or language())
