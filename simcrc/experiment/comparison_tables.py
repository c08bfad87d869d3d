"""The tables of a comparison in tidy form, as data frames and for JSON; ``simcrc.report.compare`` puts them into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simcrc.experiment.metrics import Metric
from simcrc.experiment.statistics import Estimate
from simcrc.words import LANGS, Lang

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.best import Best
    from simcrc.experiment.compare import Comparison
    from simcrc.experiment.conditions import Outcome
    from simcrc.experiment.objectives import Judged

State = Literal["best", "leads", "running", "left"]
ABOUT = {"arm": object, "indicator": object, "where": object, "unit": object}
ESTIMATE = {"mean": "float64", "low": "float64", "high": "float64"}
FIGURES = ABOUT | ESTIMATE | {"replications": "int64"}
DIFFERENCES = ABOUT | ESTIMATE | {"level": "float64", "replications": "int64", "reading": object}
SELECTED = ABOUT | {"mean": "float64", "replications": "int64", "state": object}
OBJECTIVES = (
    dict.fromkeys(("arm", "policy", "objective", "unit"), object)
    | dict.fromkeys(("base", "under_policy", "change", "low", "high"), "float64")
    | {"relation": object, "days": "int64", "verdict": object}
)
REPLICATIONS = {"arm": object, "replication": "int64", "indicator": object, "where": object, "unit": object, "value": "float64"}


def frame(columns: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Rows as a frame whose columns have these types, also where there is none; None in a column of numbers is nan."""
    import pandas as pd

    made = list(rows)
    return pd.DataFrame({name: pd.Series([row[k] for row in made], dtype=kind) for k, (name, kind) in enumerate(columns.items())})


def about(metric: Metric) -> tuple[str, str | None, str]:
    """Indicator, where (None for the whole) and unit."""
    return metric.indicator, metric.place or None, metric.unit


def _numbers(one: Estimate) -> tuple[float | None, float | None, float | None]:
    return one.mean, one.low, one.high


def figures(found: Comparison) -> pd.DataFrame:
    """Each metric of each contender."""
    made = [(name, metric, found.estimate(name, metric.name)) for metric in found.metrics for name in found.names]
    return frame(FIGURES, ((name, *about(metric), *_numbers(one), one.replications) for name, metric, one in made))


def differences(found: Comparison) -> pd.DataFrame:
    """Each metric of each alternative minus that of the base."""
    return frame(
        DIFFERENCES,
        ((each.arm, *about(each.metric), *_numbers(each.estimate), found.level, each.estimate.replications, each.reading) for each in found.changes),
    )


def selected(found: Comparison) -> pd.DataFrame:
    """The contenders as the selection left them."""
    best = found.selection
    return frame(SELECTED, () if best is None else ((name, *about(best.aim.metric), *rest) for name, *rest in states(best)))


def states(best: Best) -> Iterator[tuple[str, float, int, State]]:
    """Of each contender its name, its mean, over how many replications it is, and whether it was selected, leads, is in the running or left."""
    chosen = best.selected
    for number, name in enumerate(best.names):
        left = chosen.left[number]
        state: State = "running" if left is None else "left"
        if number == chosen.best:
            state = "best" if chosen.sure else "leads"
        yield name, best.means[number], chosen.replications if left is None else left, state


def objectives(found: Comparison) -> pd.DataFrame:
    """The objectives of the policies, and what became of them."""
    return frame(OBJECTIVES, (_objective(name, each) for name, all_ in found.judged.items() for each in all_))


def _objective(name: str, each: Judged) -> tuple[Any, ...]:
    objective, change = each.objective, each.change
    relation = "relative" if each.relative else "absolute"
    of = objective.indicator or f"{'share' if objective.share else 'volume'}({', '.join(objective.share or objective.volume)})"
    said = f"{of} {objective.goes} {objective.by_at_least:g}"
    return name, each.policy.name.en, said, each.unit, each.base.mean, each.under_policy.mean, *_numbers(change), relation, each.days, each.verdict


def replications(found: Comparison) -> pd.DataFrame:
    """Each metric of each contender in each replication."""
    rows = []
    for metric in found.metrics:
        for name in found.names:
            values = found.values[name, metric.name].values.tolist()
            rows += [(name, number, *about(metric), value) for number, value in enumerate(values, 1)]
    return frame(REPLICATIONS, rows)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table for JSON: None, never nan."""
    return [
        {name: None if isinstance(value, float) and not np.isfinite(value) else value for name, value in zip(table.columns, row, strict=True)}
        for row in zip(*(table[name].tolist() for name in table.columns), strict=True)
    ]


def as_json(found: Comparison, lang: Lang) -> dict[str, Any]:
    """The whole comparison."""
    best = found.selection
    return {
        "arms": {name: {each: found.contenders.title(name).say(each) for each in LANGS} for name in found.names},
        "replications": found.replications,
        "seed": found.seed,
        "level": found.level,
        "notes": [note.say(lang) for note in found.contenders.notes],
        "figures": records(figures(found)),
        "differences": records(differences(found)),
        "best": None
        if best is None
        else {
            "indicator": best.aim.metric.name,
            "sense": best.aim.sense,
            "delta": best.aim.delta,
            "level": best.level,
            "selected": best.name,
            "sure": best.selected.sure,
            "replications": best.selected.replications,
            "cap": best.cap,
            "arms": records(selected(found)),
        },
        "objectives": records(objectives(found)),
        "fail_on": [_condition(each) for each in found.outcomes],
    }


def _condition(each: Outcome) -> dict[str, Any]:
    return {"condition": each.condition.text, "arm": each.arm, "figure": each.estimate.mean, "holds": each.holds, "clear": each.clear}
