"""One benchmark being judged: its scenario and lines made ready, the counts at which it is looked at, and what each look says.

``simcrc.bench.runner`` makes the replications and asks at each look; a line keeps the verdict of the first look at which it was clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simcrc.bench.base import Base, base_of, two_arms
from simcrc.bench.catalogue import Benchmark
from simcrc.bench.errors import BenchError
from simcrc.bench.exact import REPLICATIONS, Change, Comparison
from simcrc.bench.keep import scenario_digest, sums_file
from simcrc.bench.lines import Evaluation, Line, Sample, Tier, lines
from simcrc.bench.sequential import LONG, Verdict, levels, looks, overall, verdict
from simcrc.bench.work import Case

if TYPE_CHECKING:
    from simcrc.indicators.sums import Sums
    from simcrc.model.model import Model
    from simcrc.scenario import Loaded

Kind = Literal["exact", "statistical", "oracle"]
KINDS: tuple[Kind, ...] = ("exact", "statistical", "oracle")
ORACLES = ("published", "theory")
"""Kinds of lines that compare with what is known from elsewhere; the others are laws that any run must obey."""


@dataclass(frozen=True)
class Judged:
    """A line at the look at which it stopped: what was found, the margin (absolute, in the unit of the line), the level of the interval.

    `error` in place of `evaluation` for a line whose figure does not exist."""

    line: Line
    verdict: Verdict
    level: float
    evaluation: Evaluation | None = None
    margin: float = float("nan")
    error: BenchError | None = None


ExactStatus = Literal["same", "changed", "elsewhere", "seeds", "missing"]


@dataclass(frozen=True)
class ExactFinding:
    """What the stored figures say.  `status`: equal to the last digit, changed, made elsewhere (`differences` of the fingerprints) or with other seeds
    (then `comparisons`), or missing.  `moved`: what is simulated is not what it was when they were stored."""

    status: ExactStatus
    changes: tuple[Change, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    differences: tuple[str, ...] = ()
    moved: bool = False

    @property
    def verdict(self) -> Verdict | None:
        """Of the comparison; None where nothing was stored."""
        if self.status in ("same", "changed"):
            return "equivalent" if self.status == "same" else "different"
        return overall([comparison.verdict for comparison in self.comparisons]) if self.comparisons else None


@dataclass
class Trial:
    """A benchmark under way.

    `every`: all its lines, `lines`: those that are judged.  `base`: what it is compared with, if its lines ask for that: every replication then has two arms.
    `counts`: replications at each look, `levels`: the level of each.  `exact`: whether its stored figures are asked.  `folder`: where sums are.  `judged`, by
    line, `replications` (at the last look), `stored`: what was found.  `wanted`, `made`: how many replications were needed, and made by this run; `seconds`:
    the time of those.
    """

    benchmark: Benchmark
    loaded: Loaded
    records: Any
    model: Model
    base: Base | None
    every: list[Line]
    lines: list[Line]
    tier: Tier
    counts: tuple[int, ...]
    exact: bool
    folder: Path = Path()
    levels: tuple[float, ...] = ()
    judged: dict[str, Judged] = field(default_factory=dict)
    replications: int = 0
    wanted: int = 0
    made: int = 0
    seconds: float = 0.0
    stored: ExactFinding | None = None

    @property
    def seed(self) -> int:
        """The seed of this run."""
        return self.loaded.scenario.seed

    @property
    def base_model(self) -> Model | None:
        """The model of the base, if there is one."""
        return self.base.model if self.base else None

    @property
    def digest(self) -> str:
        """Digest of all that is simulated."""
        return scenario_digest(self.loaded, self.base.loaded if self.base else None)

    @property
    def case(self) -> Case:
        """What a worker needs."""
        return Case(self.loaded.scenario, self.records, self.folder, (self.base.loaded.scenario, self.base.records) if self.base else None)

    @property
    def family(self) -> str:
        """The figure of the page to which it belongs."""
        expect = self.loaded.scenario.expect
        return (expect.family if expect is not None and expect.family else None) or self.benchmark.name.rpartition("/")[0] or self.benchmark.name

    @property
    def known(self) -> list[Line]:
        """The lines that compare with what is known from elsewhere, judged or not."""
        return [line for line in self.every if line.kind in ORACLES]

    @property
    def reused(self) -> int:
        """How many replications were there already."""
        return self.wanted - self.made

    def needs(self, look: int) -> list[int]:
        """The replications (from 1) that look number `look` (from 0) takes and that are not there yet; none when all is clear."""
        if look >= len(self.counts) or self.clear(look):
            return []
        count = self.counts[look] if self.lines else 0
        self.wanted = max(count, self.wanted, REPLICATIONS if self.exact else 0)
        return [number for number in range(1, self.wanted + 1) if not sums_file(self.folder, number).exists()]

    def clear(self, look: int) -> bool:
        """Whether nothing is left to ask before look number `look`."""
        return look > 0 and all(line.name in self.judged for line in self.lines)

    def look(self, look: int) -> None:
        """Judge the lines that are not clear yet on the replications of look number `look`."""
        waiting = [line for line in self.lines if line.name not in self.judged]
        if look >= len(self.counts) or not waiting:
            return
        self.replications = self.counts[look]
        sample = Sample(self.model, self.sums(self.replications), self.base_model)
        for line in waiting:
            judged = self.judge(line, sample, self.levels[look])
            if judged.verdict != "inconclusive" or judged.error is not None or look == len(self.counts) - 1:
                self.judged[line.name] = judged

    def judge(self, line: Line, sample: Sample, level: float) -> Judged:
        """One line on one sample.  Conservation holds to the last unit, so that its difference is judged as it is, without an interval."""
        try:
            found = line.evaluate(sample, level)
        except BenchError as error:
            return Judged(line, "inconclusive", level, error=error)
        least, most = line.margin(self.tier, found.expected)
        low, high = (found.difference,) * 2 if line.kind == "conservation" else (found.difference_low, found.difference_high)
        return Judged(line, verdict(low, high, least, most), level, found, (most - least) / 2)

    def sums(self, count: int) -> list[Sums]:
        """The sums of the first `count` replications."""
        from simcrc.indicators.sums import Sums

        return [Sums.load(sums_file(self.folder, number)) for number in range(1, count + 1)]


def trial(benchmark: Benchmark, kinds: Iterable[Kind], tier: Tier, seed: int | None = None, data: Path | None = None) -> Trial:
    """`benchmark` made ready: loaded with what its ``expect:`` lays over it, its data read, its model compiled, its lines of `kinds` made.

    `seed` replaces the scenario's.  Raises ScenarioError, BenchError, NotPairedError.
    """
    from simcrc.experiment.replayed import records_of
    from simcrc.model.compile import compile

    kinds = set(kinds)
    loaded = seeded(load(benchmark, data), seed)
    records = records_of(loaded)
    model = compile(loaded.scenario, records)
    base = base_of(loaded) if two_arms(loaded) else None
    every = lines(loaded, model, base.model if base else None)
    chosen = [line for line in every if ("oracle" if line.kind in ORACLES else "statistical") in kinds]
    expect = loaded.scenario.expect
    assert expect is not None  # ``load`` saw to it
    counts = looks(expect.replications, expect.cap(tier))
    return Trial(benchmark, loaded, records, model, base, every, chosen, tier, counts, "exact" in kinds)


def load(benchmark: Benchmark, data: Path | None = None) -> Loaded:
    """The scenario of `benchmark` with the assignments of its ``expect:``.  Raises ScenarioError; CatalogueError when it expects nothing after all."""
    from simcrc.bench.catalogue import NO_EXPECT, CatalogueError
    from simcrc.scenario import load as load_scenario

    loaded = load_scenario(benchmark.path, data=data)
    expect = loaded.scenario.expect
    if expect is None:
        raise CatalogueError(NO_EXPECT, str(benchmark.path))
    return load_scenario(benchmark.path, set_=list(expect.set_), data=data) if expect.set_ else loaded


def seeded(loaded: Loaded, seed: int | None) -> Loaded:
    """`loaded` with another seed."""
    if seed is None or seed == loaded.scenario.seed:
        return loaded
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"seed": seed}), document={**loaded.document, "seed": seed})


def set_levels(trials: Sequence[Trial], tier: Tier) -> None:
    """Divide the error of a run over all lines of its `trials`, and over the looks of each.

    Conservation takes no part of it: it holds to the last unit or not at all, whatever was drawn."""
    count = sum(line.kind != "conservation" for trial in trials for line in trial.lines)
    for each in trials:
        each.levels = levels(each.counts, count, least=LONG if tier == "long" else 0.0)
