"""Stored figures: what the first few replications of a benchmark gave, to the last digit, in one readable file a benchmark.

Same seed, same version, same fingerprint of processor and libraries: the figures must be equal, bit for bit.  On another fingerprint, or with other seeds,
they are compared by intervals instead, replication by replication where the seed is the same (Student's t on the differences), else as two samples
(Welch), within ``margin`` of the stored mean.  Only ``simcrc bench update`` writes the files.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.bench.quantities import Sample
from simcrc.bench.sequential import Verdict, verdict
from simcrc.errors import SimcrcError
from simcrc.experiment.files import write_text
from simcrc.experiment.headlines import BY_CHANNEL, BY_TEAM, WHOLE
from simcrc.experiment.statistics import t_quantile
from simcrc.indicators import indicators
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.bench.lines import Line
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model

FORMAT = 1
REPLICATIONS = 4
"""How many replications are stored."""
MARGIN = 0.01
"""Margin of the comparison by intervals, relative to the stored mean, unless the file says otherwise."""

UNREADABLE = Words(fr="{path} : valeurs conservées illisibles", en="{path}: stored figures that cannot be read")

Value = float | None


class StoredError(SimcrcError):
    """A file of stored figures that cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(UNREADABLE.say("en", path=path))
        self._path = path

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return UNREADABLE.say(lang, path=self._path)


@dataclass(frozen=True)
class Figure:
    """One figure of each of some replications, in `unit`; None where it does not exist."""

    unit: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Stored:
    """What the file of a benchmark holds.  `scenario`: digest of what was simulated (``simcrc.bench.keep``); `fingerprint`: of where."""

    benchmark: str
    seed: int
    scenario: str
    fingerprint: Mapping[str, Any]
    figures: Mapping[str, Figure]
    margin: float = MARGIN


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was: of the replication (from 1) where it moved most, `old` → `new`, and in how many of how many replications it moved.

    None: not there, before or now."""

    name: str
    unit: str
    replication: int
    old: Value
    new: Value
    moved: int
    of: int

    @property
    def relative(self) -> float | None:
        """(new − old) / |old|; None where that has no meaning."""
        return None if self.old is None or self.new is None or self.old == 0 else (self.new - self.old) / abs(self.old)


@dataclass(frozen=True)
class Comparison:
    """A stored figure beside today's, by intervals: means, the interval of their difference, the margin, and what it says.  nan where nothing can be said."""

    name: str
    unit: str
    old: float
    new: float
    low: float
    high: float
    margin: float
    verdict: Verdict


def figures(model: Model, sums: Sequence[Sums], lines: Sequence[Line] = (), base: Model | None = None) -> dict[str, Figure]:
    """The figures that are stored, over the replications whose `sums` are given: those that the short table of a run shows, whole run, and those
    of `lines`; without those that no replication has.  Where replications have two arms (`base`: the model of the base), the table is that of the policy."""
    sample = Sample(model, sums, base)
    totals = sample.totals
    known = indicators()
    found: dict[str, Figure] = {}

    def add(name: str, unit: str, values: Any) -> None:
        if values is not None and name not in found:
            cells = tuple(None if math.isnan(value) else float(value) for value in values)
            if any(cell is not None for cell in cells):
                found[name] = Figure(unit, cells)

    for indicator in WHOLE:
        add(indicator, known[indicator].unit, known[indicator].formula.values(totals, ()))
    for axis, names in (("channel", BY_CHANNEL), ("team", BY_TEAM)):
        for indicator in names:
            values = known[indicator].formula.values(totals, (axis,))
            for place, label in enumerate(totals.axes.labels[axis]):
                add(f"{label}.{indicator}", known[indicator].unit, None if values is None else values[:, place])
    for line in lines:
        add(line.name, line.unit, line.measured.each(sample, line.name))
    return dict(sorted(found.items()))


def changes(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> list[Change]:
    """What moved between two sets of figures, by name; empty when all are equal to the last digit."""
    return [change for name in sorted({*old, *new}) if (change := _change(name, old.get(name), new.get(name))) is not None]


def _change(name: str, old: Figure | None, new: Figure | None) -> Change | None:
    unit = (new or old or Figure("", ())).unit
    before, now = old.values if old else (), new.values if new else ()
    count = max(len(before), len(now))
    pairs = [(before[i] if i < len(before) else None, now[i] if i < len(now) else None) for i in range(count)]
    moved = [i for i, (a, b) in enumerate(pairs) if a != b]
    if not moved:
        return None
    most = max(moved, key=lambda i: _distance(*pairs[i]))
    return Change(name, unit, most + 1, *pairs[most], len(moved), count)


def _distance(old: Value, new: Value) -> float:
    return math.inf if old is None or new is None else abs(new - old)


def compare(stored: Stored, now: Mapping[str, Figure], paired: bool, level: float) -> list[Comparison]:
    """Each stored figure against today's by an interval of probability `level`; a figure that is gone is inconclusive."""
    return [_compare(name, figure, now.get(name), paired, level, stored.margin) for name, figure in stored.figures.items()]


def _compare(name: str, old: Figure, new: Figure | None, paired: bool, level: float, relative: float) -> Comparison:
    a = np.array([math.nan if value is None else value for value in old.values])
    b = np.array([math.nan if value is None else value for value in (new.values if new else ())])
    if paired:
        size = min(len(a), len(b))
        together = ~np.isnan(a[:size]) & ~np.isnan(b[:size])
        a, b = a[:size][together], b[:size][together]
    else:
        a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    if not len(a) or not len(b):
        return Comparison(name, old.unit, *(math.nan,) * 5, "inconclusive")
    margin, middle = relative * abs(float(a.mean())), float(b.mean() - a.mean())
    half = _paired(b - a, level) if paired else _welch(a, b, level)
    low, high = middle - half, middle + half
    return Comparison(name, old.unit, float(a.mean()), float(b.mean()), low, high, margin, verdict(low, high, -margin, margin))


def _paired(difference: np.ndarray[Any, np.dtype[np.float64]], level: float) -> float:
    """Half the interval of the mean of differences; infinite with one that is not 0."""
    count = len(difference)
    if not difference.any():
        return 0.0
    return math.inf if count < 2 else t_quantile(count - 1, level) * float(difference.std(ddof=1)) / math.sqrt(count)


def _welch(a: np.ndarray[Any, np.dtype[np.float64]], b: np.ndarray[Any, np.dtype[np.float64]], level: float) -> float:
    """Half the interval of a difference of means of two samples of unequal variances."""
    if len(a) < 2 or len(b) < 2:
        return math.inf
    u, v = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    if u + v == 0.0:
        return 0.0
    from scipy.stats import t

    degrees = (u + v) ** 2 / (u**2 / (len(a) - 1) + v**2 / (len(b) - 1))
    return float(t.ppf(0.5 + level / 2, degrees)) * math.sqrt(u + v)


def read(path: Path) -> Stored | None:
    """The stored figures in the file `path`; None when there are none.  Raises StoredError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise StoredError(path)
        stored = {
            name: Figure(one["unit"], tuple(None if value is None else float(value) for value in one["values"])) for name, one in found["figures"].items()
        }
        about = (str(found["benchmark"]), int(found["seed"]), str(found["scenario"]), dict(found["fingerprint"]))
        return Stored(*about, stored, float(found.get("margin", MARGIN)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoredError(path) from error


def write(path: Path, stored: Stored) -> None:
    """Write the file `path`: one figure a line, numbers with all their digits."""

    def text(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    rows = [f"  {text(name)}: {text({'unit': figure.unit, 'values': figure.values})}" for name, figure in stored.figures.items()]
    head = {"format": FORMAT, "benchmark": stored.benchmark, "seed": stored.seed, "scenario": stored.scenario, "margin": stored.margin}
    lines = [f" {text(name)}: {text(value)}," for name, value in head.items()]
    lines += [f' "fingerprint": {text(stored.fingerprint)},', ' "figures": {', ",\n".join(rows), " }"]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, "{\n" + "\n".join(lines) + "\n}\n")


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What differs between two fingerprints, in short: ``numpy 2.1.0 → 2.2.0``, ``processor``."""
    before, now = old.get("versions", {}), new.get("versions", {})
    found = [f"{name} {before.get(name, '–')} → {now.get(name, '–')}" for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    chip, other = old.get("processor", {}), new.get("processor", {})
    for name in ("machine", "libc"):
        if chip.get(name) != other.get(name):
            found.append(f"{name} {chip.get(name, '–')} → {other.get(name, '–')}")
    features = set(chip.get("features", ())) ^ set(other.get("features", ()))
    return [*found, *([", ".join(sorted(features))] if features else [])]
