"""Plans of measurement in words: what each costs, what it learns, and how far the outcome may lie before and after; ``simcrc measurement`` prints it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import TYPE_CHECKING, Any

from simcrc.report import naming
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.report.plain import Table, render
from simcrc.report.short import TO
from simcrc.report.values import Values
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.experiment.measurement import Learnt, Measured, Plan, Spread
    from simcrc.experiment.moving import Parameter
    from simcrc.experiment.outcomes import Outcome

TITLE = Words(fr="Plans de mesure : {name}", en="Plans of measurement: {name}")
COSTS = Words(fr="Ce que coûtent les plans et ce qu'ils apprennent", en="What the plans cost, and what they learn")
COST_COLUMNS = (
    Words(fr="Plan", en="Plan"),
    Words(fr="Une fois", en="Once"),
    Words(fr="En continu", en="Running"),
    Words(fr="En tout", en="In all"),
    Words(fr="Nombres appris", en="Numbers learnt"),
)
RANGES = Words(fr="L'issue, tous les nombres ensemble", en="The outcome, all numbers together")
RANGE_COLUMNS = (
    Words(fr="Issue", en="Outcome"),
    Words(fr="Quand", en="When"),
    Words(fr="Telle qu'écrite", en="As written"),
    Words(fr="Plage", en="Range"),
    Words(fr="Largeur", en="Width"),
    Words(fr="Largeur en moins", en="Width less"),
)
BEFORE, AFTER = Words(fr="avant", en="before"), Words(fr="après : {plan}", en="after: {plan}")
ONES = Words(fr="{plan} : un nombre à la fois, aux deux bouts de sa plage", en="{plan}: one number at a time, at both ends of its range")
WIDTHS = Words(fr="Par issue : largeur de sa plage avant → après.", en="By outcome: width of its range before → after.")
ONE_COLUMNS = (
    Words(fr="Nombre", en="Number"),
    Words(fr="Valeur", en="Value"),
    Words(fr="Supposé", en="Assumed"),
    Words(fr="Mesuré", en="Measured"),
)
CHANGED = "Δ {label}"
CHANGE = Words(fr="changement : {label}", en="change: {label}")
NUMBERS = Words(fr="{count} {count:nombre|nombres}", en="{count} {count:number|numbers}")
HOW = Words(
    fr=(
        "{runs} simulations de {replications} {replications:réplication|réplications}, mêmes tirages partout. Ensemble : hypercube latin "
        "de {points} points, où chaque nombre prend "
        "{points} valeurs également espacées de sa plage, bouts compris ; les mêmes points avant et après, et le scénario écrit. Avant : les plages "
        "écrites de tous les nombres qu'un plan apprend. Après : valeur × (1 ± précision), dans la plage, pour ceux que le plan apprend."
    ),
    en=(
        "{runs} simulations of {replications} {replications:replication|replications}, the same random numbers everywhere. Together: Latin "
        "hypercube of {points} points, in which each "
        "number takes {points} evenly spaced values of its range, ends included; the same points before and after, and the scenario as written. Before: "
        "the written ranges of all numbers that some plan learns. After: value × (1 ± precision), inside the range, for those that the plan learns."
    ),
)
SPREAD = Words(
    fr=(
        "Les plages sont celles des moyennes simulées : le plus petit et le plus grand de ces points. Intervalle à 95 % de la moyenne telle qu'écrite : "
        "± {noise} ({outcome}) ; les tirages communs en ôtent l'essentiel des écarts entre points, non tout."
    ),
    en=(
        "Ranges are those of simulated means: the smallest and the largest of these points. 95 % interval of the mean as written: ± {noise} ({outcome}); "
        "common random numbers take most of it out of the differences between points, not all."
    ),
)
STILL = Words(fr="Sans plage, donc laissés tels qu'écrits : {paths}.", en="Without a range, hence left as written: {paths}.")
REFUSED = Words(
    fr="Points écartés parce que le scénario n'y tiendrait pas (une part au-delà de l'accès, par exemple) : {count}.",
    en="Points left out because the scenario could not stand there (a share above access, say): {count}.",
)

WIDE = 150
Write = Callable[[float | None], str]


def text(found: Measured, lang: Lang) -> str:
    """The whole account."""
    parts = [TITLE.say(lang, name=found.loaded.scenario.name.say(lang)), render(_costs(found, lang))]
    parts.append(render(_together(found, lang)))
    parts += [render(_one_by_one(found, number, lang)) for number in range(len(found.plans)) if found.learnt]
    return "\n\n".join([*parts, "\n".join(fill(note, WIDE) for note in _notes(found, lang))])


def called(outcome: Outcome, found: Measured, lang: Lang) -> str:
    """What an outcome is called."""
    said = naming.called(outcome.name, found.loaded.scenario, lang)
    return CHANGE.say(lang, label=said) if outcome.change else said


def _writer(outcome: Outcome, found: Measured, lang: Lang, scale: float) -> Write:
    """How figures of an outcome are written."""
    from simcrc.indicators import indicators

    unit = indicators()[outcome.parts[1]].unit.replace("money", found.loaded.scenario.currency)
    currency, _, per = unit.partition("/")
    if unit in ("contacts/need", "score"):
        return lambda value: NONE if value is None else decimal(value, lang, 3)
    if per and currency == found.loaded.scenario.currency:  # cents would hide what is learnt
        return lambda value: NONE if value is None else f"{decimal(value, lang, 3)}\u00a0{currency}"
    return writer(unit, scale, lang)


def _of(outcome: Outcome, found: Measured, lang: Lang) -> Write:
    return _writer(outcome, found, lang, abs(found.base[outcome].mean or found.before[outcome].high or 0.0))


def _costs(found: Measured, lang: Lang) -> Table:
    table = Table(COSTS.say(lang), [column.say(lang) for column in COST_COLUMNS])
    for plan in found.plans:
        write = writer(found.loaded.scenario.currency, plan.once + plan.running, lang)
        table.rows.append((plan.name.say(lang), write(plan.once), write(plan.running), write(plan.once + plan.running), str(len(plan.learnt))))
    return table


def _together(found: Measured, lang: Lang) -> Table:
    table = Table(RANGES.say(lang), [column.say(lang) for column in RANGE_COLUMNS], left=2)
    for outcome in found.outcomes:
        write = _of(outcome, found, lang)
        table.rules.add(len(table.rows))
        before = found.before[outcome]
        base = write(found.base[outcome].mean)
        table.rows.append((called(outcome, found, lang), BEFORE.say(lang), base, _range(before, write, lang), write(before.width), ""))
        for plan, after in zip(found.plans, found.after, strict=True):
            own = after[outcome]
            when = AFTER.say(lang, plan=plan.name.say(lang))
            table.rows.append(("", when, base, _range(own, write, lang), write(own.width), _less(before, own, lang)))
    table.rules.discard(0)
    return table


def _range(spread: Spread, write: Write, lang: Lang) -> str:
    return NONE if spread.low is None else TO.say(lang, low=write(spread.low), high=write(spread.high))


def _less(before: Spread, after: Spread, lang: Lang) -> str:
    if not before.width or after.width is None:
        return NONE
    return writer("share", 1.0, lang)(1 - after.width / before.width)


def _one_by_one(found: Measured, number: int, lang: Lang) -> Table:
    """What a plan learns, the number that moves the first outcome most at the head."""
    plan = found.plans[number]
    columns = [column.say(lang) for column in ONE_COLUMNS]
    for outcome in found.outcomes:
        said = naming.called(outcome.name, found.loaded.scenario, lang)
        columns.append(CHANGED.format(label=said) if outcome.change else said)  # short: a policy doubles them
    table = Table(ONES.say(lang, plan=plan.name.say(lang)), columns, notes=[WIDTHS.say(lang)])
    values = Values(found.loaded, lang)
    own = [each for each in found.learnt if each.after[number] is not None]
    for each in sorted(own, key=lambda each: -(each.before[found.outcomes[0]].width or 0.0)):
        table.rows.append((each.parameter.path, *_values(each.parameter, plan, values), *_widths(each, number, found, lang)))
    return table


def _values(parameter: Parameter, plan: Plan, values: Values) -> tuple[str, str, str]:
    """The value as written, its range, and the precision that it is measured with."""
    precision = f"±{writer('share', 1.0, values.lang)(plan.learnt[parameter.path])}"
    first = parameter.bounds[0].leaf
    written: Any = None if first.said is None else first.said.range
    if len(parameter.bounds) > 1:
        several = NUMBERS.say(values.lang, count=len(parameter.bounds))
        return several, values.range(written, first.place) if isinstance(written, str) else "…", precision
    return values.say(first.value, first.place), NONE if written is None else values.range(written, first.place), precision


def _widths(each: Learnt, number: int, found: Measured, lang: Lang) -> list[str]:
    out = []
    for outcome in found.outcomes:
        write, after = _of(outcome, found, lang), each.after[number]
        assert after is not None
        out.append(f"{write(each.before[outcome].width)} → {write(after[outcome].width)}")
    return out


def _notes(found: Measured, lang: Lang) -> list[str]:
    lines = [HOW.say(lang, runs=found.runs, replications=found.replications, points=found.points)]
    first = found.outcomes[0]
    base = found.base[first]
    if base.low is not None and base.mean is not None:
        lines.append(SPREAD.say(lang, noise=_of(first, found, lang)(base.mean - base.low), outcome=called(first, found, lang)))
    if found.still:
        lines.append(STILL.say(lang, paths=", ".join(found.still)))
    if found.refused:
        lines.append(REFUSED.say(lang, count=found.refused))
    return lines


def as_json(found: Measured, lang: Lang) -> dict[str, Any]:
    """The same for a program, words in `lang`."""

    def spreads(of: dict[Outcome, Spread]) -> list[dict[str, Any]]:
        return [{"outcome": outcome.name, "change": outcome.change, "low": spread.low, "high": spread.high} for outcome, spread in of.items()]

    return {
        "name": found.loaded.scenario.name.say(lang),
        "digest": found.loaded.digest,
        "replications": found.replications,
        "points": found.points,
        "runs": found.runs,
        "base": [{"outcome": outcome.name, "change": outcome.change, **vars(estimate)} for outcome, estimate in found.base.items()],
        "before": spreads(found.before),
        "plans": [
            {
                "name": plan.name.say(lang),
                "cost_once": plan.once,
                "cost_running": plan.running,
                "learnt": [
                    {"path": each.parameter.path, "precision": plan.learnt[each.parameter.path], "before": spreads(each.before), "after": spreads(own)}
                    for each in found.learnt
                    if (own := each.after[number]) is not None
                ],
                "after": spreads(found.after[number]),
            }
            for number, plan in enumerate(found.plans)
        ],
        "without_range": list(found.still),
        "refused": found.refused,
        "how": HOW.say(lang, runs=found.runs, replications=found.replications, points=found.points),
    }
