"""Benchmarks so small that their tests take no time: a day of a single queue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simcrc.bench.catalogue import Benchmark
from simcrc.bench.runner import Ask, Report, run

SCENARIO = """\
simcrc: 1
name: {{fr: Une file minuscule, en: A tiny queue}}
start: 2024-01-08
horizon: 1 day
seed: 5
services: {{calls: {{volume: {{per_hour: 40}}}}}}
channels:
  phone:
    kind: phone
    handle_time: {{exponential: {handle}}}
teams: {{agents: {{serves: [phone], schedule: {{week: {{Mon-Sun: {{"00:00": 5}}}}, on_holidays: open}}}}}}
choice: {{first: {{table: {{default: {{default: {{phone: 100 %}}}}}}}}}}
expect:
  replications: 4
  most: 16
  quick_most: 8
  family: {family}
  figures:
{figures}
"""
GOOD = """\
    - {indicator: phone.offered, equals: 960, margin: 40 %, source: {fr: Compté à la main, en: Counted by hand}}
    - {indicator: phone.asa, theory: {erlang_c.asa: {arrival_rate: {per_hour: 40}, handle_time: 180 s, agents: 5}}, margin: 1 s, quick: 1 min}
"""
WRONG = """\
    - {indicator: phone.offered, equals: 1900, margin: 1 %}
"""
OPEN = """\
    - {indicator: phone.offered, equals: 960, margin: 0.01 %}
"""


def text(figures: str = GOOD, handle: str = "180 s", family: str = "tiny") -> str:
    """A tiny scenario that expects `figures`."""
    return SCENARIO.format(figures=figures.rstrip("\n"), handle=handle, family=family)


def benchmark(folder: Path, figures: str = GOOD, name: str = "tiny", **fields: str) -> Benchmark:
    """The file of a tiny benchmark."""
    path = folder / f"{name}.yaml"
    path.write_text(text(figures, **fields), encoding="utf-8")
    return Benchmark(name, path, folder / "exact" / f"{name}.json")


def judged(benchmarks: list[Benchmark], **ask: Any) -> Report:
    """What a run finds."""
    return run(benchmarks, Ask(**ask))


def verdicts(report: Report) -> dict[str, tuple[str, int]]:
    """By line that is not a law: verdict, and replications at which it stopped."""
    found = {}
    for trial in report.trials:
        for line in trial.known:
            one = trial.judged[line.name]
            assert one.evaluation is not None
            found[f"{trial.benchmark.name} {line.name}"] = (one.verdict, one.evaluation.replications)
    return found
