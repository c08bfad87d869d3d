"""The coverage of intervals (``benchmarks/coverage.py``): all of it in the long tier, a glance at each sort of experiment in every run of the tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "coverage.py"


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_coverage", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.long
def test_intervals_hold_the_truth_as_often_as_they_say(coverage: ModuleType) -> None:
    found = list(coverage.rates(2000, 20060403))
    assert len(found) > 25
    assert [f"{rate.name}: {rate.held:.2%}" for rate in found if not rate.good] == []


def test_the_mornings_of_the_engine_are_those_of_theory(coverage: ModuleType) -> None:
    base, more = (coverage.mornings(agents, 400, 7) for agents in (coverage.AGENTS, coverage.MORE))
    theory = coverage._theory(coverage.AGENTS)
    for values, answer in ((base.offered, theory.offered), (base.abandoned, theory.abandoned)):
        assert abs(values.mean() - answer) < 4 * values.std() / np.sqrt(len(values))
    assert (base.offered == more.offered).all()
    assert abs(np.corrcoef(base.abandoned[1:], base.abandoned[:-1])[0, 1]) < 0.2  # mornings do not hang together


def test_a_few_experiments_of_each_sort(coverage: ModuleType) -> None:
    rng = np.random.default_rng(5)
    base, more = (coverage.mornings(agents, 400, 7) for agents in (coverage.AGENTS, coverage.MORE))
    found = [*coverage.of_laws(200, rng), *coverage.on_the_engine(base, more, 40), *coverage.stopped(base, 60, rng)]
    rough = [rate for rate in found if not 0.84 <= rate.held <= 1.0]  # three standard errors of the smallest of them
    assert rough == []
