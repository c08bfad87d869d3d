"""Trials: plans simulated on the same replications and random numbers, each kept, and judged.

Stands on ``simcrc.experiment.variants``: a plan is a variant of the scenario, so that none is simulated twice in a folder and a search that was interrupted
goes on where it stood.  The number of simulations that a search may ask for is bounded; those that are in the folder already count as well, so that a search
that goes on ends with the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.experiment.backend import Backend
from simcrc.experiment.variants import Variant, Variants
from simcrc.staffing.judge import Judge, Look
from simcrc.staffing.plan import Plan

if TYPE_CHECKING:
    from simcrc.experiment.study import Study
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model

BASE = "base"
Watch = Callable[[str, int, float], None]
"""Called with what is being done, how many simulations are behind, and the share done of those under way."""


class SpentError(Exception):
    """The search has asked for as many simulations as it may."""


@dataclass(eq=False)
class Trials:
    """`study`: the scenario; `replications`: numbers used in the search; `most`: simulations that the search may ask for."""

    study: Study
    folder: Path
    backend: Backend
    seed: int | None
    replications: tuple[int, ...]
    most: int
    watch: Watch | None = None
    stage: str = ""
    judge: Judge | None = None
    _asked: set[tuple[str, int]] = field(default_factory=set)
    _looks: dict[str, Look] = field(default_factory=dict)
    _variants: Variants = field(init=False)

    def __post_init__(self) -> None:
        self._variants = Variants([Variant(BASE, self.study)], self.folder, self.backend, self.seed)

    @property
    def model(self) -> Model:
        """The compiled scenario."""
        return self._variants.model(BASE)

    @property
    def asked(self) -> int:
        """Simulations that were asked for."""
        return len(self._asked)

    def run(self, plans: Iterable[Plan | None], replications: Sequence[int] | None = None, bounded: bool = True) -> None:
        """Simulate `plans` (None: the scenario as it is).  Raises SpentError, before anything is simulated, SimulationError, KeyboardInterrupt."""
        numbers = self.replications if replications is None else replications
        names = [self._name(plan) for plan in plans]
        wanted = {(name, number) for name in names for number in numbers}
        if bounded and len(self._asked | wanted) > self.most:
            raise SpentError
        self._asked |= wanted
        left = len(self._variants.missing(names, numbers))
        quick = max(self._variants.seconds.values(), default=float("inf")) * left < 3.0  # workers take longer than that to start
        self._variants.backend = Backend(1) if quick and self.backend.kind == "loky" else self.backend
        shown = None if self.watch is None else self._shown
        self._variants.run(names, numbers, shown)

    def _shown(self, shares: Sequence[float]) -> None:
        if self.watch is not None:
            self.watch(self.stage, self.asked - len(shares), sum(shares) / max(1, len(shares)))

    def _name(self, plan: Plan | None) -> str:
        if plan is None:
            return BASE
        if plan.key not in self._variants.variants:
            self._variants.add(Variant(plan.key, plan.overlaid(self.study)))
        return plan.key

    def totals(self, plan: Plan | None, replications: Sequence[int] | None = None, bounded: bool = True) -> Totals:
        """The sums of a plan, simulated if need be."""
        from simcrc.indicators.totals import Totals

        numbers = self.replications if replications is None else replications
        self.run([plan], numbers, bounded)
        return Totals(self.model, self._variants.sums(self._name(plan), numbers))

    def looks(self, plans: Sequence[Plan]) -> list[Look]:
        """How plans do, simulated together."""
        assert self.judge is not None
        self.run([plan for plan in plans if plan.key not in self._looks])
        for plan in plans:
            if plan.key not in self._looks:
                self._looks[plan.key] = self.judge.look(self.totals(plan))
        return [self._looks[plan.key] for plan in plans]

    def known(self, plan: Plan) -> bool:
        """Whether the plan was judged."""
        return plan.key in self._looks

    def look(self, plan: Plan) -> Look:
        """How a plan does."""
        return self.looks([plan])[0]
