"""Selecting the best of five staffings with the real engine, often: the long tier."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def selection() -> ModuleType:
    """benchmarks/selection.py."""
    import sys

    path = Path(__file__).parents[2] / "benchmarks" / "selection.py"
    spec = importlib.util.spec_from_file_location("selection_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_order_is_known() -> None:
    """By Erlang C seven agents are best, and better than any other by more than δ."""
    benchmark = selection()
    costs = sorted((benchmark.expected(agents), agents) for agents in benchmark.STAFFINGS)
    assert costs[0][1] == 7
    assert benchmark.DELTA < costs[1][0] - costs[0][0] < 1.1 * benchmark.DELTA


@pytest.mark.long
def test_the_best_of_five_staffings_is_selected() -> None:
    found = selection().repeated(200, seed=2)
    assert found.sure == 200
    assert found.right >= 180
