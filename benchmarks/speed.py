"""How fast the engine is beside plain SimPy code of the same workload, and whether its cost grows with anything but the number of contacts.

    python benchmarks/speed.py [--rounds 7] [--days 2] [--only w1 w2 scaling memory]

Everything that is compared runs in turns in one process (memory: in one process each), in processor time, and the figure is
the median of the ratios of neighbours, so that a busy machine disturbs both sides alike.  Exit code 1 when a requirement is not met.
"""

from __future__ import annotations

import argparse
import gc
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import exact
import idiomatic
import numpy as np

from simcrc.engine.run import simulate
from simcrc.log import Kind, Outcome, Rows
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.scenario import load
from simcrc.scenario.population import Population, Segment
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.services import Surge
from simcrc.scenario.teams import Schedule
from simcrc.scenario.units import Span

HERE = Path(__file__).parent
REQUIRED = {"w1": 1.0, "w2": 0.7}  # rate of the engine over the rate of plain SimPy, at least
FLAT = 1.25  # cost per contact may grow by no more than this when a size grows
MEMORY_FLAT = 1.10


class Count:
    """A sink that keeps counts only: rows by kind, ended contacts by outcome."""

    def __init__(self) -> None:
        self.kinds = np.zeros(32, dtype=np.int64)
        self.outcomes = np.zeros(16, dtype=np.int64)

    def __call__(self, rows: Rows) -> None:
        self.kinds += np.bincount(rows[:, 1], minlength=32)
        self.outcomes += np.bincount(rows[rows[:, 1] == Kind.CONTACT_ENDED, 4], minlength=16)

    @property
    def abandonment(self) -> float:
        """Share of the ended calls to agents that were abandoned."""
        return float(self.outcomes[Outcome.ABANDONED] / (self.outcomes[Outcome.ABANDONED] + self.outcomes[Outcome.SERVED]))


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of `run`, and what it returns."""
    gc.collect()
    start = time.process_time()
    result = run()
    return time.process_time() - start, result


def simulated(model: Model, replication: int) -> Count:
    """The counts of one replication."""
    count = Count()
    simulate(model, replication, count)
    return count


def base(name: str) -> Scenario:
    """The scenario of a workload."""
    return load(HERE / f"{name}.yaml").scenario


def variant(days: int, per_minute: float, agents: int, population: int | None = None, waiting: int | None = None) -> Model:
    """W1 in another size.  `waiting`: nobody gives up, and a surge of three hours leaves so many waiting until the horizon."""
    scenario = base("w1")
    service, phone, team = scenario.services["information"], scenario.channels["phone"], scenario.teams["agents"]
    volume = service.volume.model_copy(update={"per_minute": per_minute}) if service.volume else None
    changes: dict[str, Any] = {
        "horizon": Span(days, "days"),
        "services": {"information": service.model_copy(update={"volume": volume})},
        "teams": {"agents": team.model_copy(update={"schedule": Schedule.model_validate({"week": {"Mon-Sun": {"00:00": agents}}})})},
    }
    if population is not None:
        changes["population"] = Population(size=population, segments={"all": Segment(share=1.0)})
    if waiting is not None:
        changes["channels"] = {"phone": phone.model_copy(update={"patience": {}})}
        surge = {"at": scenario.start.isoformat(), "lasts": "3 h", "factor": 1.0 + waiting / (180.0 * per_minute)}
        changes["surges"] = (Surge.model_validate(surge),)
    return compile(scenario.model_copy(update=changes))


def interval(values: list[float]) -> tuple[float, float]:
    """Mean, and half the width of a 99.9 % interval by Student's t."""
    from scipy.stats import t

    n = len(values)
    half = float(t.ppf(0.9995, n - 1)) * statistics.stdev(values) / math.sqrt(n) if n > 1 else math.inf
    return statistics.fmean(values), half


def against_simpy(name: str, rounds: int, days: int) -> bool:
    """The ratio of rates on one workload, and agreement with the exact value; prints both."""
    model = compile(base(name).model_copy(update={"horizon": Span(days, "days")}))
    plain = getattr(idiomatic, name)
    expected = exact.w1() if name == "w1" else exact.w2(days)
    ratios, ours, theirs, rates = [], [], [], []
    for k in range(rounds):
        runs = {
            "ours": lambda k=k: timed(lambda: simulated(model, k)),
            "theirs": lambda k=k: timed(lambda: plain(days * 1440.0, k + 1)),
        }
        order = ("ours", "theirs") if k % 2 else ("theirs", "ours")
        out = {side: runs[side]() for side in order}
        (our_time, count), (their_time, counts) = out["ours"], out["theirs"]
        our_rate = count.kinds[Kind.NEED_STARTED] / our_time
        rates.append((our_rate, counts.needs / their_time))
        ratios.append(our_rate * their_time / counts.needs)
        ours.append(count.abandonment)
        theirs.append(counts.abandonment)
    ratio = statistics.median(ratios)
    print(f"{name}: {ratio:.2f} × plain SimPy (required ≥ {REQUIRED[name]}); from {min(ratios):.2f} to {max(ratios):.2f} in {rounds} rounds of {days} days")
    print(f"    needs per second of processor time: engine {statistics.median(r[0] for r in rates):,.0f}, plain {statistics.median(r[1] for r in rates):,.0f}")
    agree = True
    for side, values in (("engine", ours), ("plain", theirs)):
        mean, half = interval(values)
        inside = abs(mean - expected) <= half + (0.0 if name == "w1" else 0.02 * expected)
        agree &= inside
        print(f"    abandonment, {side}: {mean:.5f} ± {half:.5f} (99.9 %), expected {expected:.5f}: {'agrees' if inside else 'DISAGREES'}")
    return ratio >= REQUIRED[name] and agree


def scaling(rounds: int) -> bool:
    """Cost per contact as one size grows and the rest keeps its proportions; prints the ratios."""
    pairs: dict[str, tuple[Model, Model]] = {
        "horizon × 4": (variant(2, 20.0, 100), variant(8, 20.0, 100)),
        "agents × 10, load in proportion": (variant(10, 4.0, 20), variant(1, 40.0, 200)),
        "population × 100": (variant(2, 20.0, 100, population=10_000), variant(2, 20.0, 100, population=1_000_000)),
        "waiting × 5 (3 000, 15 000)": (variant(2, 40.0, 200, waiting=3_000), variant(2, 40.0, 200, waiting=15_000)),
    }
    fine = True
    for label, (small, large) in pairs.items():
        ratios = []
        for k in range(rounds):
            costs = {}
            for side, model in (("small", small), ("large", large))[:: 1 if k % 2 else -1]:
                seconds, count = timed(lambda model=model, k=k: simulated(model, k))
                # Of thousands who wait not everybody is served by the horizon, so the cost is that of a row of the log.
                costs[side] = seconds / count.kinds.sum()
            ratios.append(costs["large"] / costs["small"])
        ratio = statistics.median(ratios)
        fine &= ratio <= FLAT
        print(f"{label}: cost × {ratio:.2f} (allowed ≤ {FLAT}); from {min(ratios):.2f} to {max(ratios):.2f}")
    return fine


def memory() -> bool:
    """Peak memory of a run as the horizon grows eightfold; prints the ratio."""
    peaks = {}
    for days in (3, 24):
        out = subprocess.run([sys.executable, __file__, "--peak", str(days)], capture_output=True, text=True, check=True)
        peaks[days] = float(out.stdout)
    ratio = peaks[24] / peaks[3]
    print(f"memory, horizon × 8: × {ratio:.2f} (allowed ≤ {MEMORY_FLAT}); {peaks[3]:.0f} MB, then {peaks[24]:.0f} MB at the peak")
    return ratio <= MEMORY_FLAT


def peak(days: int) -> float:
    """Peak resident memory of this process, in MB, after a run of `days` days."""
    import resource

    simulated(variant(days, 20.0, 100), 0)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024.0**2 if sys.platform == "darwin" else 1024.0)


def main() -> int:
    """Run what is asked for; 1 when a requirement is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=("w1", "w2", "scaling", "memory"), default=("w1", "w2", "scaling", "memory"))
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak is not None:
        print(peak(asked.peak))
        return 0
    parts: dict[str, Callable[[], bool]] = {
        "w1": lambda: against_simpy("w1", asked.rounds, asked.days),
        "w2": lambda: against_simpy("w2", asked.rounds, asked.days),
        "scaling": lambda: scaling(asked.rounds),
        "memory": memory,
    }
    results = [parts[name]() for name in asked.only]
    print("all requirements met" if all(results) else "A REQUIREMENT IS NOT MET")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
