"""Running benchmarks: replications over processes, look by look, until every line is clear or its cap is reached.

All benchmarks go through each look together, in one pool of processes, so that the machine is busy whatever the size of each; one whose lines are clear
rests.  What is found depends on the seed alone, not on the number of processes nor on what was kept of an interrupted run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from simcrc.bench import exact, keep, work
from simcrc.bench.catalogue import Benchmark
from simcrc.bench.lines import Tier
from simcrc.bench.sequential import STORED, Verdict, overall
from simcrc.bench.trial import KINDS, ExactFinding, Kind, Trial, set_levels, trial
from simcrc.errors import ScenarioError
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.parallel import Pool
from simcrc.words import Lang, Words

Watch = Callable[[int, int, int, int], None]
"""Called as replications end: number of the look (from 1), benchmarks in it, replications done in it, replications asked."""

KEPT = Words(
    fr="Interrompu : {done} réplications faites sont gardées dans {path} ; la même commande continue",
    en="Interrupted: the {done} replications that were made are kept in {path}; the same command goes on",
)
LOST = Words(fr="Interrompu : rien n'est gardé (--no-keep)", en="Interrupted: nothing is kept (--no-keep)")


class BenchInterrupted(KeyboardInterrupt):
    """Ctrl-C while benchmarks ran; `path`: where replications are kept, None when they are not."""

    def __init__(self, path: Path | None, done: int) -> None:
        super().__init__()
        self.path, self.done = path, done

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return LOST.say(lang) if self.path is None else KEPT.say(lang, done=self.done, path=self.path)


@dataclass(frozen=True)
class Ask:
    """What is asked of a run of benchmarks.

    `kinds`: tiers; `tier`: quick or long margins; `seed` in place of the scenarios'; `jobs`: processes; `keep`: folder in which replications are kept (None:
    they are not); `data`: folder of records; `loads`: extensions; `strict`: a benchmark without its data is an error, and not left out;
    `names`: by which names the benchmarks were called, for the page.
    """

    kinds: frozenset[Kind] = frozenset(KINDS)
    tier: Tier = "quick"
    seed: int | None = None
    jobs: int = 1
    keep: Path | None = None
    data: Path | None = None
    loads: tuple[Path, ...] = ()
    strict: bool = False
    names: tuple[str, ...] = ()


@dataclass
class Report:
    """What was found.  `skipped`: benchmarks left out, for want of their data."""

    ask: Ask
    trials: list[Trial]
    skipped: list[Benchmark]
    fingerprint: dict[str, Any]
    seconds: float = 0.0
    looks: list[int] = field(default_factory=list)

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdicts of all lines, in order."""
        return [trial.judged[line.name].verdict for trial in self.trials for line in trial.lines]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the run.

        Stored figures that changed make it different.  Where they can only be compared by intervals, the lines decide what remains open: a comparison that
        is not clear counts only when nothing but stored figures was asked.  A run that judged nothing is inconclusive.
        """
        stored = [trial.stored.verdict for trial in self.trials if trial.stored is not None]
        alone = self.ask.kinds == {"exact"}
        found = [*self.verdicts, *(one for one in stored if one is not None and (alone or one != "inconclusive"))]
        return overall(found) if found else "inconclusive"


def run(benchmarks: Sequence[Benchmark], ask: Ask, watch: Watch | None = None) -> Report:
    """Judge `benchmarks`.  Raises what loading and simulating raise, BenchInterrupted on Ctrl-C."""
    begun = perf_counter()
    trials, skipped = _ready(benchmarks, ask)
    report = Report(ask, trials, skipped, fingerprint())
    with ExitStack() as stack:
        runner = _Runner(report, stack, watch)
        for look in range(max((len(trial.counts) for trial in trials), default=0)):
            runner.replicate(look)
            for each in trials:
                each.look(look)
        if "exact" in ask.kinds:
            _set_beside(report)
    report.seconds = perf_counter() - begun
    return report


def update(benchmarks: Sequence[Benchmark], ask: Ask, watch: Watch | None = None) -> list[tuple[Trial, exact.Stored | None, exact.Stored]]:
    """For each benchmark what is stored, None where nothing is, and what would be now, on the scenarios' own seeds.  Nothing is written."""
    trials, skipped = _ready(benchmarks, ask)
    for each in trials:
        each.counts = (exact.REPLICATIONS,)
    report = Report(ask, trials, skipped, fingerprint())
    with ExitStack() as stack:
        _Runner(report, stack, watch).replicate(0)
        found = []
        for each in trials:
            old = exact.read(each.benchmark.exact)
            found.append((each, old, _now(each, report.fingerprint, old.margin if old else exact.MARGIN)))
    return found


def _ready(benchmarks: Sequence[Benchmark], ask: Ask) -> tuple[list[Trial], list[Benchmark]]:
    trials, skipped = [], []
    for benchmark in benchmarks:
        try:
            trials.append(trial(benchmark, ask.kinds, ask.tier, ask.seed, ask.data))
        except ScenarioError as error:
            if ask.strict or any(problem.code != "data_folder" for problem in error.problems):
                raise
            skipped.append(benchmark)
    set_levels(trials, ask.tier)
    return trials, skipped


class _Runner:
    """Makes the replications of one look after the other; ends with `stack`."""

    def __init__(self, report: Report, stack: ExitStack, watch: Watch | None) -> None:
        self.ask, self.trials, self.report, self.watch = report.ask, report.trials, report, watch
        self.made = 0
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simcrc-bench-")))
        stack.callback(work.forget)
        self.plan = temporary / "plan"
        self.plan.mkdir()
        root = self.ask.keep or temporary / "sums"
        if self.ask.keep:
            keep.prune(root)
        for each in self.trials:
            each.folder = keep.open_folder(root, keep.key(each.loaded, each.seed, self.ask.loads, each.base.loaded if each.base else None))
        work.write_plan(self.plan, [each.case for each in self.trials])

    def replicate(self, look: int) -> None:
        """Make the replications that are missing for look number `look`: those that take longest first, so that no process waits for the last."""
        needed = {case: each.needs(look) for case, each in enumerate(self.trials)}
        order = sorted((case for case in needed if needed[case]), key=self._cost, reverse=True)
        items = [work.number_of(case, number) for case in order for number in needed[case]]
        self.report.looks.append(len(items))
        workers = max(1, min(self.ask.jobs, len(items)))
        done = 0
        try:
            with closing(Pool(work.Work(self.plan), workers, self.ask.loads).results(items)) as results:
                for result in results:
                    each = self.trials[result.case]
                    each.seconds += result.seconds
                    each.made += 1
                    done += 1
                    self.made += 1
                    if self.watch:
                        self.watch(look + 1, len(order), done, len(items))
        except KeyboardInterrupt as stop:
            raise BenchInterrupted(self.ask.keep, self.made) from stop

    def _cost(self, case: int) -> float:
        """Seconds a replication, where it is known."""
        each = self.trials[case]
        return each.seconds / each.made if each.made else 0.0


def _now(each: Trial, mark: dict[str, Any], margin: float) -> exact.Stored:
    """The figures of the first replications of a benchmark, as they would be stored."""
    found = exact.figures(each.model, each.sums(exact.REPLICATIONS), each.known, each.base_model)
    return exact.Stored(each.benchmark.name, each.seed, each.digest, mark, found, margin)


def _set_beside(report: Report) -> None:
    """Stored figures: to the last digit where seed and fingerprint are the same, else by intervals, whose error is shared by all of them."""
    pairs = [(each, exact.read(each.benchmark.exact)) for each in report.trials]
    elsewhere = []
    for each, stored in pairs:
        if stored is None:
            each.stored = ExactFinding("missing")
        elif stored.seed == each.seed and stored.fingerprint.get("digest") == report.fingerprint["digest"]:
            now = _now(each, report.fingerprint, stored.margin)
            moved = exact.changes(stored.figures, now.figures)
            each.stored = ExactFinding("changed" if moved else "same", tuple(moved), moved=stored.scenario != now.scenario)
        else:
            elsewhere.append((each, stored))
    level = 1.0 - STORED / max(1, sum(len(stored.figures) for _, stored in elsewhere))
    for each, stored in elsewhere:
        each.stored = _by_intervals(each, stored, report.fingerprint, level)


def _by_intervals(each: Trial, stored: exact.Stored, mark: dict[str, Any], level: float) -> ExactFinding:
    paired = stored.seed == each.seed
    sums = each.sums(exact.REPLICATIONS if paired else max(exact.REPLICATIONS, each.replications))
    found = exact.compare(stored, exact.figures(each.model, sums, each.known, each.base_model), paired, level)
    moved = stored.scenario != each.digest
    return ExactFinding("elsewhere" if paired else "seeds", (), tuple(found), tuple(exact.differences(stored.fingerprint, mark)), moved)
