"""The picture of the fidelisation effect: contacts per need from the base to the policy, one step a reason, printed so that the steps add up.

Of several policies the one with the largest effect is drawn, the others are in the table.  ``fidelisation_steps`` takes the figures, ``fidelisation_drawing``
draws.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.statistics import Estimate
from simcrc.log import REASON_WORDS, Reason
from simcrc.pictures import fidelisation_words as words
from simcrc.pictures.fidelisation_drawing import Bar, draw_waterfall
from simcrc.pictures.fidelisation_steps import Effect, effects
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, cut, quoted, titles
from simcrc.report.numbers import MINUS, NONE, decimal
from simcrc.words import Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from simcrc.pictures.subject import Subject


def picture(subject: Subject) -> Picture | Absent:
    """The picture of the fidelisation effect."""
    if not subject.others:
        return Absent("fidelisation", words.ALONE)
    found = effects(subject)
    if not found:
        return Absent("fidelisation", words.EMPTY)
    drawn = max(found, key=lambda effect: abs(effect.size))
    one = _Fidelisation(subject, drawn, found)
    rows = len(drawn.steps) + 2
    return Picture(
        name="fidelisation",
        title=words.TITLE,
        finding=both(one.finding),
        alternative=both(one.alternative),
        data=_data(found),
        shown=one.table,
        indicators=("contacts_per_need",),
        draw=one.draw,
        height=(1.3 + 0.34 * rows, 1.7 + 0.42 * rows),
        note=both(one.note),
    )


class _Fidelisation:
    """The words and the drawing of one effect; `every`: all that there are."""

    def __init__(self, subject: Subject, effect: Effect, every: list[Effect]) -> None:
        self.subject, self.effect, self.every = subject, effect, every
        self.base, self.change = effect.printed()

    @property
    def ends(self) -> tuple[float, float]:
        """The base and the policy as printed: the sums of their parts as printed."""
        return sum(self.base), sum(self.base) + sum(self.change)

    def arm(self, lang: Lang) -> str:
        return quoted(cut(self.effect.arm.title.say(lang), 60), lang)

    def finding(self, lang: Lang) -> str:
        places, whole = self.effect.places, self.effect.whole.change
        base, policy = (decimal(value, lang, places) for value in self.ends)
        change = _with(sum(self.change), whole, places, lang)
        unclear = whole.low is not None and whole.high is not None and whole.low <= 0 <= whole.high
        sentence = words.UNCLEAR if unclear or not sum(self.change) else words.UP
        text = sentence.say(lang, arm=self.arm(lang), base=base, policy=policy, change=change)
        largest = self._largest()
        if largest is not None and not unclear:
            step, printed = self.effect.steps[largest], self.change[largest]
            text += words.MAINLY.say(lang, reason=_reason(step.reason, lang), change=_signed(printed, lang, places))
        return text + "."

    def _largest(self) -> int | None:
        """The step that does most in the direction of the whole and is itself discernible, where there are intervals."""
        way = 1.0 if self.effect.size > 0 else -1.0
        steps = [
            (way * printed, k)
            for k, (step, printed) in enumerate(zip(self.effect.steps, self.change, strict=True))
            if way * printed > 0 and not (step.change.low is not None and step.change.high is not None and step.change.low <= 0 <= step.change.high)
        ]
        return max(steps)[1] if steps else None

    def alternative(self, lang: Lang) -> str:
        places = self.effect.places
        steps = [
            words.STEP.say(lang, reason=_reason(step.reason, lang), change=_signed(printed, lang, places))
            for step, printed in zip(self.effect.steps, self.change, strict=True)
            if printed
        ]
        base, policy = (decimal(value, lang, places) for value in self.ends)
        said = (" ; " if lang == "fr" else "; ").join(steps) or NONE
        return words.ALTERNATIVE.say(lang, base=base, policy=policy, arm=self.arm(lang), change=_signed(sum(self.change), lang, places), steps=said)

    def note(self, lang: Lang) -> str:
        source = {"pairs": words.OF_PAIRS, "paired": words.OF_PAIRED_ARMS, "apart": words.OF_ARMS}[self.effect.source]
        text = source.say(lang) + (words.ONE.say(lang) if self.effect.source != "apart" and self.effect.whole.change.low is None else "")
        return text + words.NOTE.say(lang) + (words.NOTE_ARMS.say(lang) if len(self.every) > 1 else "")

    def table(self, lang: Lang) -> Table:
        """The steps of the policy that is drawn, then those of the others, as many as there is room for; each adds up, down and across."""
        several = len(self.every) > 1
        arms = titles(self.subject.arms, lang)
        rows: list[tuple[str, ...]] = []
        for effect in [self.effect, *(effect for effect in self.every if effect is not self.effect)]:
            base, change = effect.printed()
            whole = (sum(base), sum(change), effect.whole.change)
            lines = [(words.WHOLE.say(lang), *whole)]
            parts = [(_reason(step.reason, lang), b, c, step.change) for step, b, c in zip(effect.steps, base, change, strict=True)]
            room = len(rows) + len(parts) < 55
            rows += [(arms[effect.arm.name], *_row(line, effect.places, lang)) for line in (parts + lines if room else lines)]
        columns = [words.ARM.say(lang), *(word.say(lang) for word in words.COLUMNS)]
        first = 0 if several else 1
        return Table(tuple(columns[first:]), tuple(row[first:] for row in rows), tuple(range(2 - first, len(columns) - first)))

    def draw(self, figure: Figure, lang: Lang, narrow: bool) -> None:
        places, wide = self.effect.places, 18 if narrow else 40
        bars = []
        for step, printed in zip(self.effect.steps, self.change, strict=True):
            change, low, high = step.change.mean or 0.0, step.change.low, step.change.high
            look = "failure" if step.reason is Reason.FAILURE else "more" if change > 0 else "fewer"
            interval = None if low is None or high is None else (low, high)
            bars.append(Bar(textwrap.fill(_reason(step.reason, lang), wide), _signed(printed, lang, places), change, interval, look))
        base, policy = (decimal(value, lang, places) for value in self.ends)
        name = titles(self.subject.arms, lang, 20 if narrow else 34)[self.effect.arm.name]
        ends = ((words.BASE.say(lang), base), (textwrap.fill(name, 20) if narrow else name, policy))
        draw_waterfall(figure, ends, self.effect.whole.base.mean or 0.0, bars, lang, narrow)


def _reason(reason: Reason | None, lang: Lang) -> str:
    return words.WHOLE.say(lang) if reason is None else REASON_WORDS[reason][lang]


def _signed(value: float | None, lang: Lang, places: int) -> str:
    """A change with its sign."""
    if value is None:
        return NONE
    rounded = round(value, places) + 0.0
    return ("+" if rounded > 0 else MINUS if rounded < 0 else "") + decimal(abs(rounded), lang, places)


def _with(printed: float, change: Estimate, places: int, lang: Lang) -> str:
    """A change with its interval."""
    around = [_signed(value, lang, places) for value in (change.low, change.high)]
    mean = _signed(printed, lang, places)
    return mean if change.low is None else words.WITH.say(lang, mean=mean, low=around[0], high=around[1])


def _row(line: tuple[str, float, float, Estimate], places: int, lang: Lang) -> tuple[str, ...]:
    name, base, change, estimate = line
    around = between(estimate, lambda value: _signed(value, lang, places), lang) or NONE
    return (name, decimal(base, lang, places), decimal(base + change, lang, places), _signed(change, lang, places), around)


def _data(found: list[Effect]) -> pd.DataFrame:
    """Columns arm, reason (None: all), side (base, policy, change), contacts_per_need, low, high, replications; raw, not rounded."""
    import pandas as pd

    rows = [
        (effect.arm.name, None if step.reason is None else step.reason.name.lower(), side, getattr(step, side))
        for effect in found
        for step in (*effect.steps, effect.whole)
        for side in ("base", "policy", "change")
    ]
    frame = pd.DataFrame([row[:3] for row in rows], columns=["arm", "reason", "side"])
    for name in ("mean", "low", "high"):
        values = [getattr(row[3], name) for row in rows]
        frame["contacts_per_need" if name == "mean" else name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    frame["replications"] = [row[3].replications for row in rows]
    return frame
