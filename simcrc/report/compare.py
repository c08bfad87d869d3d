"""The account of a comparison in words: what ``simcrc compare`` prints, and what stands in its folder as text.

First what was found, in a sentence for each alternative; then what was compared, the figures, the differences, the selection of the best, the objectives.
``compare_words`` holds the words, ``changes`` writes differences, ``plain`` writes tables as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.experiment.comparison_tables import states
from simcrc.experiment.contenders import BASE
from simcrc.experiment.headlines import words_of
from simcrc.report import compare_words as words
from simcrc.report import short
from simcrc.report.changes import change_writer, interval
from simcrc.report.judged import objectives
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.report.plain import Table, render

if TYPE_CHECKING:
    from simcrc.experiment.compare import Comparison, Difference
    from simcrc.experiment.conditions import Outcome
    from simcrc.experiment.metrics import Metric
    from simcrc.words import Lang

MOST_NAMED = 4


def text(found: Comparison, lang: Lang) -> str:
    """The whole account."""
    account = Account(found, lang)
    parts = [
        "\n".join(account.verdicts()),
        "\n".join(account.head()),
        render(account.figures()),
        render(account.differences()),
        *([render(account.selection())] if found.selection else []),
        *(render(account.objectives(name)) for name in found.judged),
    ]
    return "\n\n".join(parts)


class Account:
    """`found` in the language `lang`."""

    def __init__(self, found: Comparison, lang: Lang) -> None:
        self.found, self.lang = found, lang
        self._places: dict[str, dict[str, str]] = {}
        for variant in reversed(found.contenders.variants):
            self._places |= words_of(variant.study.scenario)

    def verdicts(self) -> list[str]:
        """What was found, first the best where it was asked, then a sentence for each alternative and each condition."""
        best = [self.best()] if self.found.selection else []
        return [*best, *(self.verdict(name) for name in self.found.names[1:]), *(self.condition(each) for each in self.found.outcomes)]

    def verdict(self, name: str) -> str:
        """What an alternative changes for certain."""
        own = [each for each in self.found.changes if each.arm == name]
        clear = [each for each in own if each.reading in ("up", "down")]
        if all(each.reading == "same" or each.estimate.mean is None for each in own):
            return words.SAME.say(self.lang, name=name)
        if self.found.replications == 1:
            return words.NOT_JUDGED.say(self.lang, name=name)
        if len(own) == 1:
            return (words.ONLY_CLEAR if clear else words.ONLY_NOT).say(self.lang, name=name, what=self.said(own[0]))
        if not clear:
            return words.NONE_CLEAR.say(self.lang, name=name, m=len(own))
        said = [self.said(each) for each in clear[:MOST_NAMED]]
        if len(clear) > MOST_NAMED:
            said.append(words.MORE.say(self.lang, n=len(clear) - MOST_NAMED))
        return words.SOME_CLEAR.say(self.lang, name=name, n=len(clear), m=len(own), what=", ".join(said))

    def said(self, each: Difference) -> str:
        """A difference in a sentence."""
        return f"{self.called(each.metric)} {change_writer(each.metric.unit, self._scale(each), self.lang)(each.estimate.mean)}"

    def condition(self, each: Outcome) -> str:
        """What became of a condition."""
        if each.estimate.mean is None:
            return words.FAIL_NONE.say(self.lang, text=each.condition.text, name=each.arm)
        figure = writer(each.condition.metric.unit, each.estimate.mean, self.lang)(each.estimate.mean)
        unclear = each.estimate.low is not None and not each.clear
        clear = words.UNCLEAR.say(self.lang) if unclear else ""
        return (words.FAIL_HOLDS if each.holds else words.FAIL_NOT).say(self.lang, text=each.condition.text, name=each.arm, figure=figure, clear=clear)

    def best(self) -> str:
        """Which is best, and how sure that is."""
        best, lang = self.found.selection, self.lang
        assert best is not None
        mean = best.means[best.selected.best]
        unit = best.aim.metric.unit
        fields = {
            "name": best.name,
            "figure": self.called(best.aim.metric),
            "sense": words.SENSES[best.aim.sense].say(lang),
            "mean": writer(unit, mean, lang)(mean),
            "delta": change_writer(unit, best.aim.delta, lang)(best.aim.delta).removeprefix("+"),
            "level": writer("share", 0.0, lang)(best.level),
        }
        if best.selected.sure:
            return words.BEST_SURE.say(lang, **fields)
        running = ", ".join(best.names[k] for k in best.selected.stayed)
        return words.BEST_OPEN.say(lang, **fields, n=best.selected.replications, running=running, most=decimal(best.selected.most, lang, 0))

    def head(self) -> list[str]:
        """What was compared, and over what."""
        made, lang = self.found.contenders, self.lang
        lines = [words.TITLE.say(lang, base=made.title(BASE).say(lang))]
        lines += [words.ARM.say(lang, name=name, title=made.title(name).say(lang)) for name in self.found.names[1:]]
        lines.append(words.OVER.say(lang, n=self.found.replications, seed=self.found.seed))
        if self.found.replications == 1:
            lines.append(words.ONE_RUN.say(lang))
        return [*lines, *(note.say(lang) for note in made.notes)]

    def figures(self) -> Table:
        """Each metric of each contender."""
        lang, names = self.lang, self.found.names
        table = Table(words.FIGURES.say(lang), [words.INDICATOR.say(lang), words.WHERE.say(lang), *names], left=2)
        for metric in self.found.metrics:
            estimates = [self.found.estimate(name, metric.name) for name in names]
            write = writer(metric.unit, max((abs(each.mean) for each in estimates if each.mean is not None), default=0.0), lang)
            cells = []
            for each in estimates:
                within = interval(each, write, lang)
                cells.append(write(each.mean) + ("" if within == NONE else f" ({within})"))
            table.rows.append((short.label(metric.indicator, lang), self._place(metric), *cells))
        return table

    def differences(self) -> Table:
        """What the alternatives differ by."""
        lang, found = self.lang, self.found
        several = len(found.names) > 2
        columns = [words.INDICATOR, words.WHERE, *([words.VARIANT] if several else []), words.CHANGE, words.INTERVAL, words.READING]
        count = (len(found.names) - 1) * len(found.metrics)
        level = f"{decimal(100 * found.level, lang, 2)}\u00a0%" if lang == "fr" else f"{decimal(100 * found.level, lang, 2)}%"
        notes = [words.TOGETHER.say(lang, k=count, level=level) if count > 1 else words.ONE_TOGETHER.say(lang)]
        if any(metric.unit == "share" for metric in found.metrics):
            notes.append(words.POINTS.say(lang))
        table = Table(words.DIFFERENCES.say(lang), [column.say(lang) for column in columns], left=3 if several else 2, notes=notes)
        for each in found.changes:
            write = change_writer(each.metric.unit, self._scale(each), lang)
            first = not table.rows or not several or each.arm == found.names[1]
            about = (short.label(each.metric.indicator, lang), self._place(each.metric)) if first else ("", "")
            reading = NONE if each.estimate.mean is None else words.READINGS[each.reading].say(lang)
            cells = (write(each.estimate.mean), interval(each.estimate, write, lang), reading)
            table.rows.append((*about, *((each.arm,) if several else ()), *cells))
        return table

    def selection(self) -> Table:
        """How the contenders fared in the selection of the best."""
        lang, best = self.lang, self.found.selection
        assert best is not None
        columns = [column.say(lang) for column in (words.VARIANT, words.MEAN, words.REPLICATIONS, words.STATE)]
        table = Table(words.BEST.say(lang, figure=self.called(best.aim.metric)), columns, notes=[words.BEST_NOTE.say(lang), words.BEST_LEVEL.say(lang)])
        write = writer(best.aim.metric.unit, max(map(abs, best.means)), lang)
        for name, mean, count, state in states(best):
            table.rows.append((name, write(mean), str(count), words.STATES[state].say(lang)))
        return table

    def objectives(self, name: str) -> Table:
        """The objectives of an alternative."""
        scenario = self.found.contenders.base.study.scenario
        return objectives(self.found.judged[name], scenario, self._places, words.OBJECTIVES.say(self.lang, name=name), self.lang)

    def called(self, metric: Metric) -> str:
        """A metric in a sentence."""
        label, place = short.label(metric.indicator, self.lang), self._place(metric)
        return f"{label} ({place})" if place else label

    def _place(self, metric: Metric) -> str:
        return short.place(metric.place or None, self._places, self.lang)

    def _scale(self, each: Difference) -> float:
        """The size that decides the unit of a difference: the larger end of its interval."""
        ends = [abs(value) for value in (each.estimate.mean, each.estimate.low, each.estimate.high) if value]
        return max(ends, default=0.0)
