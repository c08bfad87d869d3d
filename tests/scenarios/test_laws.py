"""Little's law on every station, and conservation, in the shipped scenarios that are not benchmarks: exactly, in each replication."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.bench.automatic import automatic
from simcrc.bench.quantities import Sample
from simcrc.engine.run import simulate
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.scenario import load

SHIPPED = Path(__file__).parent.parent.parent / "scenarios"
FILES = [*sorted((SHIPPED / "organisations").glob("*.yaml")), SHIPPED / "regie" / "base-2006-2010.yaml", SHIPPED / "regie" / "policies" / "plan-2006-2010.yaml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_little_and_conservation(path: Path) -> None:
    regie = "regie" in path.parts
    model = compile(load(path, set_=["horizon=2 days", "warmup=1 day", *(["start=2009-06-01"] if regie else [])]).scenario)
    sums = []
    for replication in range(2):
        observer = Observer(model)
        simulate(model, replication, observer.feed)
        sums.append(observer.finish(model.end))
    sample = Sample(model, sums)
    lines = automatic(model)
    assert sum(line.kind == "little" for line in lines) >= 2
    assert sample.of(lines[0].measured, lines[0].name).whole > 0
    for line in lines:
        found = line.evaluate(sample, 0.95)
        assert found.difference == pytest.approx(0, abs=1e-9 * max(1.0, abs(found.expected))), line.name
        assert found.half_width <= 1e-9 * max(1.0, abs(found.expected)), line.name
