"""Whatever is spoiled in a scenario, loading gives a scenario or a ``ScenarioError`` in words, never anything else."""

from __future__ import annotations

import copy
import random
import re
from pathlib import Path
from typing import Any

import pytest

from simcrc.errors import ScenarioError
from simcrc.scenario import dump, load
from simcrc.scenario.positions import Place, at, read_file, walk
from simcrc.scenario.problems import Problem
from simcrc.words import LANGS

BASE = Path(__file__).parent / "base.yaml"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 5, 0.5, 1e308, 10**30, "x", "", "phone", "35 %", "5 min", "±20 %", [], [1], ["phone"], [[["0 s", 1]]], {}, {"": 1}, {"a": 1},
    {"value": 3}, {"value": {"value": 1}}, {"value": 1, "range": [0, 2]}, {"source": 5}, {"range": "±20 %"}, {"file": "x.csv"}, {"kind": "web"},
    {"gamma": None}, {"lognormal": {"mean": "3 min"}}, {"empirical": {"points": [["0 s", 0.5]]}}, {"phone": 1.5}, {"default": "1 min"},
)  # fmt: skip


def spoil(document: Any, places: list[Place], rng: random.Random) -> None:
    """Take out, rename or replace something."""
    place = rng.choice(places)
    try:
        parent = at(document, place[:-1])
        at(parent, place[-1:])
    except KeyError:
        return  # taken out before
    key = place[-1]
    what = rng.random()
    if what < 0.3 and isinstance(parent, dict):
        value = parent.pop(key)
        if what < 0.1:
            parent[f"{key}x"] = value
    else:
        parent[key] = copy.deepcopy(rng.choice(ODD))


@pytest.mark.parametrize("seed", range(120))
def test_a_spoiled_scenario(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    tree, _ = read_file(BASE, str(BASE))
    assert tree is not None
    places = [place for place, _ in walk(tree.document) if place]
    for _ in range(rng.choice((1, 1, 2, 4))):
        spoil(tree.document, places, rng)
    path = tmp_path / "spoiled.yaml"
    path.write_text(dump(tree.document), encoding="utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        load(path)
    except ScenarioError as error:
        problems = error.problems
    assert all(problem.file == str(path) and problem.line for problem in problems)
    assert not any(re.search("pydantic|Traceback|input_value", problem.say(lang)) for problem in problems for lang in LANGS)
