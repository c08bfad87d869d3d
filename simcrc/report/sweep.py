"""The account of a sweep in words: where each metric is least and most, and the table of the points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.experiment.headlines import words_of
from simcrc.report import short
from simcrc.report.changes import interval
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.report.plain import Table, render
from simcrc.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simcrc.experiment.metrics import Metric
    from simcrc.experiment.sweep import Sweep
    from simcrc.words import Lang

TOGETHER = 3
"""Metrics beside each other in one table."""
TITLE = Words(
    fr="Balayage de : {name} ; {points} points ({design}), {n} {n:réplication|réplications} à chacun, les mêmes citoyens et la même "
    "chance partout (germe {seed}).",
    en="Sweep of: {name}; {points} points ({design}), {n} {n:replication|replications} at each, the same citizens and the same luck everywhere (seed {seed}).",
)
DESIGNS = {
    "grid": Words(fr="grille", en="grid"),
    "lhs": Words(fr="hypercube latin", en="Latin hypercube"),
    "sobol": Words(fr="points de Sobol", en="Sobol' points"),
}
FROM = Words(
    fr="{metric} : de {least} (point {low} : {at_low}) à {most} (point {high} : {at_high}).",
    en="{metric}: from {least} (point {low}: {at_low}) to {most} (point {high}: {at_high}).",
)
FLAT = Words(fr="{metric} : {least} partout.", en="{metric}: {least} everywhere.")
NOWHERE = Words(fr="{metric} : nulle part.", en="{metric}: nowhere.")
POINT = Words(fr="Point", en="Point")
POINTS = Words(fr="Points (intervalles à 95 %)", en="Points (95 % intervals)")
ONE_RUN = Words(fr="Une seule réplication : pas d'intervalle.", en="A single replication: no intervals.")


def text(found: Sweep, lang: Lang) -> str:
    """The whole account."""
    places = words_of(found.plan.base.scenario)
    called = {metric.name: _called(metric, places, lang) for metric in found.metrics}
    fields = {"points": decimal(found.points, lang, 0), "n": decimal(found.replications, lang, 0), "seed": found.seed}
    title = TITLE.say(lang, name=found.plan.base.scenario.name.say(lang), design=DESIGNS[found.plan.design].say(lang), **fields)
    head = [*(_extent(found, metric, called[metric.name], lang) for metric in found.metrics), title]
    groups = [found.metrics[k : k + TOGETHER] for k in range(0, len(found.metrics), TOGETHER)]
    tables = [render(_table(found, group, called, lang)) for group in groups]
    return "\n\n".join(["\n".join([*head, *([ONE_RUN.say(lang)] if found.replications == 1 else [])]), *tables])


def _called(metric: Metric, places: dict[str, dict[str, str]], lang: Lang) -> str:
    label, place = short.label(metric.indicator, lang), short.place(metric.place or None, places, lang)
    return f"{label} ({place})" if place else label


def _extent(found: Sweep, metric: Metric, called: str, lang: Lang) -> str:
    """From where to where a metric goes over the points."""
    means = {point: mean for point in range(1, found.points + 1) if (mean := found.estimate(point, metric.name).mean) is not None}
    if not means:
        return NOWHERE.say(lang, metric=called)
    low, high = min(means, key=lambda point: means[point]), max(means, key=lambda point: means[point])
    write = writer(metric.unit, max(abs(means[low]), abs(means[high])), lang)
    if means[low] == means[high]:
        return FLAT.say(lang, metric=called, least=write(means[low]))
    at = [", ".join(f"{axis.name}={value}" for axis, value in zip(found.plan.axes, found.plan.values[point - 1], strict=True)) for point in (low, high)]
    return FROM.say(lang, metric=called, least=write(means[low]), most=write(means[high]), low=low, high=high, at_low=at[0], at_high=at[1])


def _table(found: Sweep, group: Sequence[Metric], called: dict[str, str], lang: Lang) -> Table:
    """Some metrics at each point."""
    names = [axis.name for axis in found.plan.axes]
    table = Table(POINTS.say(lang), [POINT.say(lang), *names, *(called[metric.name] for metric in group)], left=1 + len(names))
    writers = {}
    for metric in group:
        means = [abs(mean) for point in range(1, found.points + 1) if (mean := found.estimate(point, metric.name).mean) is not None]
        writers[metric.name] = writer(metric.unit, max(means, default=0.0), lang)
    for point, values in enumerate(found.plan.values, 1):
        cells = []
        for metric in group:
            one, write = found.estimate(point, metric.name), writers[metric.name]
            within = interval(one, write, lang)
            cells.append(write(one.mean) + ("" if within == NONE else f" ({within})"))
        table.rows.append((str(point), *values, *cells))
    return table
