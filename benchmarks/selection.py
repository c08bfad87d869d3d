"""How often the best of five staffings is selected (KN, δ and 95 % stated), where the order is known.

    python benchmarks/selection.py [--repetitions 200] [--seed 1] [--jobs 1]

M/M/c with 30 calls an hour of 6 minutes and 5 to 9 agents, a day after a day of warm-up.  What is least is the cost of a day: agents at 3 dollars an hour,
waits at 110.  With few agents the waits cost more, with many the agents, so that the best lies in the middle and a neighbour on either side can win by luck.
By Erlang C seven agents are best, eight next, 17.97 dollars a day behind; δ is 17 dollars, nearly all of that gap, the least favourable case for the procedure.
Each repetition has a seed of its own and runs as ``simcrc compare --best`` does (``simcrc.experiment.best``), common random numbers included.  Exit code 1 when
fewer than 90 % are right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simcrc.experiment.best import Aim, best
from simcrc.experiment.metrics import Metric
from simcrc.experiment.study import Study
from simcrc.experiment.variants import Variant, Variants
from simcrc.indicators import indicators
from simcrc.indicators.formulas import Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.scenario import load
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


def study(folder: Path, agents: int) -> Study:
    """The scenario with so many agents."""
    path = folder / f"{agents}.yaml"
    path.write_text(TEXT.format(rate=PER_HOUR, minutes=MINUTES, agents=agents, agent=AGENT_HOUR, citizen=CITIZEN_HOUR), encoding="utf-8")
    return Study(load(path))


def repeated(repetitions: int, seed: int = 1, jobs: int = 1, cap: int = 2000, say: bool = False) -> Found:
    """Select in `repetitions` experiments, each with a seed of its own."""
    aim = Aim(cost(), "min", DELTA)
    names = [str(agents) for agents in STAFFINGS]
    wanted = str(min(STAFFINGS, key=expected))
    right = sure = 0
    used: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        studies = [Variant(name, study(Path(place), agents)) for name, agents in zip(names, STAFFINGS, strict=True)]
        for repetition in range(repetitions):
            with tempfile.TemporaryDirectory() as folder:
                variants = Variants(studies, Path(folder), jobs, seed * 100_000 + repetition)
                found = best(variants, names, aim, variants.run, cap=cap)
            right += found.name == wanted
            sure += found.selected.sure
            used.append(found.selected.replications)
            if say and (repetition + 1) % 10 == 0:
                print(f"{repetition + 1:4d}: right {right}, replications so far {np.mean(used):.1f}", flush=True)
    return Found(repetitions, right, sure, tuple(used))


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    for agents in STAFFINGS:
        print(f"{agents} agents: {expected(agents):8.2f} dollars a day by Erlang C")
    found = repeated(asked.repetitions, asked.seed, asked.jobs, say=True)
    print(f"right {found.right} of {found.repetitions} ({found.share:.1%}); {found.sure} selected with the guarantee, δ = {DELTA:g} dollars, 95 %")
    print(f"replications of the last in the running: mean {np.mean(found.used):.1f}, median {np.median(found.used):.0f}, most {max(found.used)}")
    return 0 if found.share >= REQUIRED else 1


if __name__ == "__main__":
    sys.exit(main())
