"""How long the report of four years × 20 replications × 4 policies takes, and how large it is.

    python benchmarks/report.py [SCENARIO] [--years 4] [--replications 20] [--policies 4]

The folder is that of ``simcrc compare`` for the base and four policies.  Simulating it would take hours and is not what is measured: one replication of a few
weeks is simulated, and its sums are laid out over the years, each replication and policy with noise of its own, so that arrays have the sizes, and files the
weight, that they would have.  Demanded, on one core: under 30 s and under 5 MB.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np

import simcrc
from simcrc.experiment.fingerprint import fingerprint
from simcrc.indicators.axes import Axes
from simcrc.indicators.sums import Sums
from simcrc.model.compile import compile
from simcrc.scenario import dump

ROOT = Path(__file__).parents[1]
MOST_SECONDS, MOST_BYTES = 30.0, 5e6
LONG = ("month", "day", "run_day")
"""Axes that grow with the years."""


def grown(few: Sums, short: Axes, long: Axes, rng: np.random.Generator, size: float) -> Sums:
    """The sums of weeks as those of years: what is by month or day is repeated, all else multiplied; a Poisson draw about each number is the noise."""
    times = long.size("day") / short.size("day")
    out = {}
    for name, values in few.arrays.items():
        layout = tuple(axis for axis in name.partition("|")[2].split(",") if axis)
        cells = np.asarray(values, dtype=np.float64)
        long_axes = [k for k, axis in enumerate(layout) if axis in LONG]
        if long_axes:
            cells = cells.reshape(short.shape(layout))
            for k in long_axes:
                cells = np.take(cells, np.arange(long.size(layout[k])) % cells.shape[k], axis=k)
        else:
            cells = cells * times
        scaled = np.maximum(cells, 0.0) * size
        noisy = rng.poisson(np.minimum(scaled, 1e6)) + np.where(scaled > 1e6, scaled - 1e6, 0.0)
        out[name] = np.where(cells < 0, cells, noisy).astype(np.int64).reshape(-1)
    return Sums(out)


def folder_of(base: Path, place: Path, years: int, replications: int, policies: int) -> None:
    """Write the folder of a comparison."""
    short = simcrc.load(base, set_=["horizon=4 weeks", "warmup=0 days"])
    study = simcrc.load(base, set_=[f"horizon={years} years"])
    with tempfile.TemporaryDirectory() as temporary:
        short.run(1, output=Path(temporary) / "few")
        few = Sums.load(Path(temporary) / "few" / "replications" / "0001.npz")
    axes = [Axes.of(compile(each.scenario)) for each in (short, study)]
    variants = {}
    (place / "scenarios").mkdir(parents=True)
    for number in range(policies + 1):
        name = "base" if number == 0 else f"policy-{number}"
        document = {**study.loaded.document, "name": {"fr": f"Politique {number}", "en": f"Policy {number}"}} if number else study.loaded.document
        (place / "scenarios" / f"{name}.yaml").write_text(dump(document), encoding="utf-8")
        (place / "runs" / name).mkdir(parents=True)
        variants[name] = {"digest": f"{number:064d}", "runs": name}
        for replication in range(1, replications + 1):
            rng = np.random.default_rng([number, replication])
            grown(few, *axes, rng, 1.0 + 0.02 * number).save(place / "runs" / name / f"{replication:04d}.npz")
    manifest = {"format": "comparison 1", "replications": replications, "seed": study.scenario.seed, "variants": variants, "complete": True}
    manifest |= {"data": {}, "extensions": [], "files": {}, "fingerprint": fingerprint(), "run": {"inputs": study.inputs()}}
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def main() -> int:
    """Make the folder, measure the report, say whether both limits are kept."""
    parser = argparse.ArgumentParser(description="Time and size of the report.")
    parser.add_argument("scenario", nargs="?", type=Path, default=ROOT / "scenarios" / "citizens-first.yaml")
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--policies", type=int, default=4)
    parser.add_argument("--keep", type=Path, help="a new folder for the comparison and its report")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = asked.keep or Path(temporary) / "compare"
        if not (place / "manifest.json").exists():
            folder_of(asked.scenario, place, asked.years, asked.replications, asked.policies)
        weight = sum(path.stat().st_size for path in place.rglob("*.npz"))
        begun, work = time.perf_counter(), time.process_time()
        from simcrc.pages.write import report

        path = report([place], lang="fr")
        seconds, busy, size = time.perf_counter() - begun, time.process_time() - work, path.stat().st_size
    print(f"{asked.years} years x {asked.replications} replications x {asked.policies} policies, {weight / 1e6:.0f} MB of sums")
    print(f"report: {busy:.1f} s of one core ({seconds:.1f} s by the clock), {size / 1e6:.2f} MB")
    return int(busy > MOST_SECONDS or size > MOST_BYTES)


if __name__ == "__main__":
    raise SystemExit(main())
