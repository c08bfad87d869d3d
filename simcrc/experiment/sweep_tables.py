"""The tables of a sweep in tidy form.  What varies stands in a column of its own, named by its path: numbers where all values are (shares of 1, times in
seconds), else texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simcrc.experiment.comparison_tables import ESTIMATE, about, frame
from simcrc.scenario.written import Written

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.sweep import Sweep

METRIC = {"indicator": object, "where": object, "unit": object}


def varied(found: Sweep) -> dict[str, list[Any]]:
    """By path the value at each point."""
    columns = zip(*found.plan.values, strict=True)
    return {axis.name: _numbers(list(column)) for axis, column in zip(found.plan.axes, columns, strict=True)}


def _numbers(values: list[str]) -> list[Any]:
    read = [Written.parse(value) for value in values]
    known = [each for each in read if each is not None and not each.rest]
    if len(known) < len(values) or len({each.sort for each in known}) > 1:
        return list(values)
    return [each.size / 1e6 if each.sort == "time" else each.size for each in known]


def _columns(found: Sweep) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """The columns of what varies, with their types, and its values at each point."""
    columns = varied(found)
    kinds = {name: object if isinstance(values[0], str) else "float64" for name, values in columns.items()}
    return kinds, list(zip(*columns.values(), strict=True))


def figures(found: Sweep) -> pd.DataFrame:
    """Each metric at each point."""
    kinds, rows = _columns(found)
    made = []
    for point, values in enumerate(rows, 1):
        for metric in found.metrics:
            one = found.estimate(point, metric.name)
            made.append((point, *values, *about(metric), one.mean, one.low, one.high, one.replications))
    return frame({"point": "int64", **kinds, **METRIC, **ESTIMATE, "replications": "int64"}, made)


def replications(found: Sweep) -> pd.DataFrame:
    """Each metric at each point in each replication."""
    kinds, rows = _columns(found)
    made = []
    for point, values in enumerate(rows, 1):
        for metric in found.metrics:
            each = found.values[point, metric.name].values.tolist()
            made += [(point, *values, number, *about(metric), value) for number, value in enumerate(each, 1)]
    return frame({"point": "int64", **kinds, "replication": "int64", **METRIC, "value": "float64"}, made)


def listed(found: Sweep, keys: Sequence[str]) -> pd.DataFrame:
    """What varies at each point, as written, and the folder of its runs."""
    names = [axis.name for axis in found.plan.axes]
    rows = ((point, *values, key) for point, (values, key) in enumerate(zip(found.plan.values, keys, strict=True), 1))
    return frame({"point": "int64", **dict.fromkeys(names, object), "runs": object}, rows)
