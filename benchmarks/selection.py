"""How often the best of five staffings is selected (KN, δ and 95 % stated), where the order is known.

    python benchmarks/selection.py [--repetitions 200] [--seed 1]

M/M/c with 30 calls an hour of 6 minutes and 5 to 9 agents, a day after a day of warm-up.  What is least is the cost of a day: agents at 3 dollars an hour,
waits at 110.  With few agents the waits cost more, with many the agents, so that the best lies in the middle and a neighbour on either side can win by luck.
By Erlang C seven agents are best, eight next, 17.97 dollars a day behind; δ is 17 dollars, nearly all of that gap, which makes it hard.
The procedure, its figures of replications and its common random numbers are those of ``simcrc compare --best``; only the folder of runs is left out.  Each
repetition has replications of its own.  Exit code 1 when fewer than 90 % are right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simcrc.engine.run import simulate
from simcrc.experiment.metrics import Metric, gathered
from simcrc.experiment.selection import Sampler, select
from simcrc.indicators import indicators
from simcrc.indicators.formulas import Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.indicators.totals import Totals
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario import Scenario, load
from simcrc.theory import ErlangC
from simcrc.words import Words

REQUIRED = 0.90
DELTA = 17.0
STAFFINGS = (5, 6, 7, 8, 9)
PER_HOUR, MINUTES = 30.0, 6.0
AGENT_HOUR, CITIZEN_HOUR = 3.0, 110.0
COST = "staff_and_time"

TEXT = """\
simcrc: 1
name: five staffings
start: 2024-01-08
horizon: 1 day
warmup: 1 day
services: {{calls: {{volume: {{per_hour: {rate}}}}}}}
channels:
  phone: {{kind: phone, handle_time: {{exponential: {{mean: {minutes} min}}}}}}
teams:
  agents: {{serves: [phone], cost_per_hour: {agent}, schedule: {{week: {{Mon-Sun: {{"00:00": {agents}}}}}, on_holidays: open}}}}
costs: {{citizen_hour: {citizen}}}
choice: {{first: {{table: {{default: {{default: {{phone: 100 %}}}}}}}}}}
"""


@dataclass(frozen=True)
class Found:
    """What the repetitions found: how many there were and were right, how many were selected with the guarantee, and the replications that each took."""

    repetitions: int
    right: int
    sure: int
    used: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.repetitions


def cost() -> Metric:
    """The cost of staff and of citizens' time, as an indicator of its own."""
    known = indicators()
    if COST not in known:
        staff, time = known["agent_cost"].formula, known["citizen_cost"].formula
        assert isinstance(staff, Total)
        assert isinstance(time, Total)
        words = Words(fr="préposés et temps des citoyens", en="staff and citizens' time")
        register(Indicator(COST, words, words, "money", Total(staff.of + time.of), by=((),)))
    return Metric(COST, "CAD")


def expected(agents: int) -> float:
    """The cost of a day by Erlang C, but for the time in service, which is the same for all."""
    wait = ErlangC(PER_HOUR / 60, MINUTES, agents).asa / 60
    return 24 * (agents * AGENT_HOUR + PER_HOUR * wait * CITIZEN_HOUR)


def scenario(folder: Path, agents: int) -> Scenario:
    """The scenario with so many agents."""
    path = folder / f"{agents}.yaml"
    path.write_text(TEXT.format(rate=PER_HOUR, minutes=MINUTES, agents=agents, agent=AGENT_HOUR, citizen=CITIZEN_HOUR), encoding="utf-8")
    return load(path).scenario


class Rivals:
    """The staffings, and the cost of each in any replication."""

    def __init__(self, seed: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self._models = [compile(scenario(Path(folder), agents).model_copy(update={"seed": seed})) for agents in STAFFINGS]
        self._metric = cost()

    def sampler(self, first: int) -> Sampler:
        """Minus the costs, in replications that are counted from `first`."""
        return lambda systems, numbers: np.array([[-self._cost(self._models[k], first + number) for k in systems] for number in numbers])

    def _cost(self, model: Model, number: int) -> float:
        observer = Observer(model)
        simulate(model, number, observer.feed)
        totals = Totals(model, [observer.finish(model.end)])
        return float(gathered([self._metric], [totals])[self._metric.name].values[0])


def repeated(repetitions: int, seed: int = 1, cap: int = 2000, say: bool = False) -> Found:
    """Select in `repetitions` experiments."""
    rivals = Rivals(seed)
    wanted = STAFFINGS.index(min(STAFFINGS, key=expected))
    right = sure = 0
    used: list[int] = []
    for repetition in range(repetitions):
        found = select(rivals.sampler(repetition * cap), len(STAFFINGS), DELTA, cap=cap)
        right += found.best == wanted
        sure += found.sure
        used.append(found.replications)
        if say and (repetition + 1) % 10 == 0:
            print(f"{repetition + 1:4d}: right {right}, replications so far {np.mean(used):.1f}", flush=True)
    return Found(repetitions, right, sure, tuple(used))


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for agents in STAFFINGS:
        print(f"{agents} agents: {expected(agents):8.2f} dollars a day by Erlang C")
    found = repeated(asked.repetitions, asked.seed, say=True)
    print(f"right {found.right} of {found.repetitions} ({found.share:.1%}); {found.sure} selected with the guarantee, δ = {DELTA:g} dollars, 95 %")
    print(f"replications of the last in the running: mean {np.mean(found.used):.1f}, median {np.median(found.used):.0f}, most {max(found.used)}")
    return 0 if found.share >= REQUIRED else 1


if __name__ == "__main__":
    sys.exit(main())
