"""The picture of journeys: from contact to contact, and how they end; failure demand in its own colour.

Three columns: where a contact comes from (the first of its need, or an earlier contact), its channel, and what comes after it.  ``journeys_counts`` counts,
``journeys_drawing`` draws; widths are contacts for a hundred needs.  With several arms the one whose contacts per need differ most stands below the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simcrc.experiment.contrasts import ratio_difference
from simcrc.experiment.statistics import Estimate
from simcrc.pictures import journeys_words as words
from simcrc.pictures.journeys_counts import ENDS, KINDS, OTHERS, START, Flows, Rounded, flows, largest, rounded
from simcrc.pictures.journeys_drawing import Node, Ribbon, draw, keys
from simcrc.pictures.picture import Absent, Picture, Table, both, literal
from simcrc.pictures.writing import cut, quoted, titles
from simcrc.report.adding_up import adding_up
from simcrc.report.changes import change_writer
from simcrc.report.numbers import NONE, decimal
from simcrc.words import Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

INDICATORS = ("contacts_per_need", "first_channel_share", "pair_count", "needs_resolved", "needs_given_up", "needs_open")
MOST_ROWS = 30
"""Flows between channels in the table; the smallest beyond are added together."""


@dataclass(frozen=True, eq=False)
class Seen:
    """An arm with its flows, as counted and as printed."""

    arm: Arm
    flows: Flows
    rounded: Rounded


def picture(subject: Subject) -> Picture | Absent:
    """The picture of journeys."""
    shown = largest([arm.totals for arm in subject.arms])
    counted = [(arm, found) for arm in subject.arms if (found := flows(arm.totals, shown)) is not None]
    if not counted or counted[0][0] is not subject.base:
        return Absent("journeys", words.ABSENT)
    seen = [Seen(arm, found, rounded(found)) for arm, found in counted]
    base, others = seen[0], seen[1:]
    per_need = base.flows.per_need(base.flows.contacts).at().mean or 0.0
    under = max(others, key=lambda each: abs((each.flows.per_need(each.flows.contacts).at().mean or 0.0) - per_need), default=None)
    drawn = [base] if under is None else [base, under]
    one = _Journeys(subject, drawn)
    return Picture(
        name="journeys",
        title=words.TITLE,
        finding=both(one.finding),
        alternative=both(one.alternative),
        data=_data(seen),
        shown=one.table,
        indicators=INDICATORS,
        draw=one.draw,
        height=(5.0, 6.4) if under is None else (8.8, 10.6),
        note=both(one.note),
    )


class _Journeys:
    """The words and the drawing of the picture of one arm, or of the base and another."""

    def __init__(self, subject: Subject, drawn: list[Seen]) -> None:
        self.subject, self.drawn = subject, drawn
        self.base = drawn[0]

    def channel(self, name: str, lang: Lang, most: int = 40) -> str:
        """What a channel is called, by the base or by the other arm if only that has it."""
        if name == OTHERS:
            return words.OTHERS.say(lang, n=max(each.flows.left_out for each in self.drawn))
        known = next((each.arm for each in self.drawn if name in each.arm.words), self.base.arm)
        return cut(known.called(name, lang), most)

    def finding(self, lang: Lang) -> str:
        found = self.base.flows
        contacts, failure = (_hundred(found.per_need(each).at()) for each in (found.contacts, found.failure))
        text = words.FINDING.say(lang, contacts=_write(contacts, lang), failure=_with(failure, lang))
        worst = max(((name, size) for name, size in self.base.rounded.into.items() if name[1] == "failure"), key=lambda each: each[1], default=None)
        if worst is not None and worst[1] > 0:
            (source, _, target), size = worst
            names = [quoted(self.channel(each, lang), lang) for each in (source, target)]
            sentence = words.MOST if source != target else words.MOST_SAME
            text += sentence.say(lang, source=names[0], target=names[1], size=decimal(size, lang, 1))
        if len(self.drawn) > 1:
            text += self._difference(lang)
        return text + "."

    def _difference(self, lang: Lang) -> str:
        under, base = self.drawn[1].flows, self.base.flows
        name = quoted(cut(self.drawn[1].arm.title.say(lang), 60), lang)
        value = _hundred(under.per_need(under.failure).at())
        if not self.subject.paired or len(under.needs) != len(base.needs):
            return words.BESIDE.say(lang, arm=name, failure=_write(value, lang))
        change = _hundred(ratio_difference(under.failure, under.needs, base.failure, base.needs).at())
        said = change_writer("count", 10.0, lang)
        if change.low is None or change.high is None:
            return words.CHANGED.say(lang, arm=name, failure=_write(value, lang), change=said(change.mean))
        sentence = words.NOT_DISCERNIBLE if change.low <= 0 <= change.high else words.CHANGED
        interval = words.TO.say(lang, low=said(change.low), high=said(change.high))
        return sentence.say(lang, arm=name, failure=_write(value, lang), change=f"{said(change.mean)} ({interval})")

    def alternative(self, lang: Lang) -> str:
        found, flat = self.base.flows, self.base.rounded
        ends = {end: round(sum(size for (_, e), size in flat.after.items() if e == end), 1) for end in ENDS}
        first = sorted(((size, name[2]) for name, size in flat.into.items() if name[1] == "first"), key=lambda each: -each[0])
        start = ", ".join(words.PART.say(lang, name=self.channel(name, lang), size=decimal(size, lang, 1)) for size, name in first)
        text = words.ALTERNATIVE.say(lang, first=start, contacts=decimal(flat.whole, lang, 1), **{end: decimal(size, lang, 1) for end, size in ends.items()})
        shares = [self.base.arm.mean(f"needs_{end}") for end in ("resolved", "given_up", "open")]
        if found.needs.any() and all(each is not None for each in shares):
            mean = float(found.needs.mean())
            said = [decimal(each, lang, 1) for each in adding_up([100.0 * (each or 0.0) / mean for each in shares], 1)]
            text += words.NEEDS.say(lang, resolved=said[0], given_up=said[1], open=said[2])
        if len(self.drawn) > 1:
            text += words.BELOW.say(lang, arm=quoted(cut(self.drawn[1].arm.title.say(lang), 60), lang), contacts=decimal(self.drawn[1].rounded.whole, lang, 1))
        return text

    def note(self, lang: Lang) -> str:
        said = words.NOTE.say(lang)
        if len(self.subject.arms) > len(self.drawn):
            said += words.NOTE_ARMS.say(lang)
        if any(each.flows.left_out for each in self.drawn):
            said += words.NOTE_CHANNELS.say(lang)
        return said

    def table(self, lang: Lang) -> Table:
        """Flows into channels, then what follows on each, with what they add up to."""
        into = {name: [each.rounded.into.get(name, 0.0) for each in self.drawn] for each in self.drawn for name in each.rounded.into}
        order = sorted(into, key=lambda name: (name[0] != START, -into[name][0], -into[name][-1]))
        rows = [(self._source(name[0], lang), words.KINDS[name[1]].say(lang), self.channel(name[2], lang), *self._cells(into[name], lang)) for name in order]
        rest = [into[name] for name in order[MOST_ROWS:]]
        if rest:
            sums = [sum(column) for column in zip(*rest, strict=True)]
            rows[MOST_ROWS:] = [(words.REST.say(lang, n=len(rest)), "", "", *self._cells(sums, lang))]
        whole = self._cells([each.rounded.whole for each in self.drawn], lang)
        rows.append((words.ALL.say(lang), "", "", *whole))
        after = {name: [each.rounded.after.get(name, 0.0) for each in self.drawn] for each in self.drawn for name in each.rounded.after}
        for name in sorted(after, key=lambda name: (self.base.flows.channels.index(name[0]), ENDS.index(name[1]))):
            rows.append((self.channel(name[0], lang), words.ENDS[name[1]].say(lang), "", *self._cells(after[name], lang)))
        rows.append((words.ALL.say(lang), "", "", *whole))
        arms = titles([each.arm for each in self.drawn], lang)
        columns = [words.COUNT.say(lang)] if len(self.drawn) == 1 else [arms[each.arm.name] for each in self.drawn]
        return Table((*(word.say(lang) for word in words.COLUMNS), *columns), tuple(rows), tuple(range(3, 3 + len(columns))))

    def _cells(self, values: list[float], lang: Lang) -> tuple[str, ...]:
        return tuple(decimal(value, lang, 1) for value in values)

    def _source(self, name: str, lang: Lang) -> str:
        return words.START.say(lang) if name == START else self.channel(name, lang)

    def draw(self, figure: Figure, lang: Lang, narrow: bool) -> None:
        """One above the other, at the same scale."""
        panels = figure.subplots(len(self.drawn), 1, squeeze=False)[:, 0]
        whole = max(each.rounded.whole for each in self.drawn)
        arms = titles([each.arm for each in self.drawn], lang, 40 if narrow else 80)
        looks: dict[str, None] = {}
        for axes, each in zip(panels, self.drawn, strict=True):
            nodes, ribbons = self._nodes(each, lang, narrow), _ribbons(each)
            draw(axes, nodes, ribbons, whole, narrow, [head.say(lang) for head in words.HEADS])
            looks |= dict.fromkeys(ribbon.look for ribbon in ribbons)
            if len(self.drawn) > 1:
                axes.set_title(literal(arms[each.arm.name]), loc="left", fontweight="bold")
        order = [look for look in (*KINDS, *ENDS) if look in looks]
        figure.legend(
            handles=keys(order, lambda look: (words.KINDS | words.ENDS)[look].say(lang)),
            loc="outside lower center",
            ncols=1 if narrow else 3,
            fontsize=8.0,
            title=words.SCALE.say(lang),
            title_fontsize=8.0,
            handlelength=1.6,
            columnspacing=1.2,
        )

    def _nodes(self, each: Seen, lang: Lang, narrow: bool) -> dict[str, Node]:
        """Every node with its name and its contacts."""
        flat, most = each.rounded, 9 if narrow else 22
        out: dict[str, Node] = {}
        for source in each.flows.sources:
            size = sum(value for (s, _, _), value in flat.into.items() if s == source)
            if size > 0:
                name = words.START_BRIEF.say(lang) + "\n" if source == START else self.channel(source, lang, most) + ("\n" if narrow else "\u2002")
                out[f"from {source}"] = Node(0, f"{name}{decimal(size, lang, 1)}", size)
        for channel in each.flows.channels:
            size = sum(value for (_, _, c), value in flat.into.items() if c == channel)
            if size > 0:
                out[f"at {channel}"] = Node(1, f"{self.channel(channel, lang, most)}\n{decimal(size, lang, 1)}", size)
        for end in ENDS:
            size = sum(value for (_, e), value in flat.after.items() if e == end)
            if size > 0:
                out[f"then {end}"] = Node(2, f"{words.ENDS_BRIEF[end].say(lang)}\n{decimal(size, lang, 1)}", size)
        return out


def _ribbons(each: Seen) -> list[Ribbon]:
    """All ribbons, sorted so that they leave and enter in the order of the nodes on the other side."""
    flat, sources, channels = each.rounded, each.flows.sources, each.flows.channels
    into = sorted(flat.into, key=lambda name: (channels.index(name[2]), sources.index(name[0]), KINDS.index(name[1])))
    after = sorted(flat.after, key=lambda name: (channels.index(name[0]), ENDS.index(name[1])))
    made = [Ribbon(f"from {s}", f"at {c}", flat.into[s, kind, c], kind) for s, kind, c in into]
    made += [Ribbon(f"at {c}", f"then {end}", flat.after[c, end], end) for c, end in after]
    return [ribbon for ribbon in made if ribbon.size > 0]


def _data(seen: list[Seen]) -> pd.DataFrame:
    """Columns arm, step (``into`` or ``after``), source, kind, channel, follows, contacts_per_need, low, high, replications: raw, not rounded."""
    import pandas as pd

    rows: list[tuple[str, str, str | None, str | None, str, str | None, Estimate]] = []
    for each in seen:
        found = each.flows
        into, after = found.per_need(found.into), found.per_need(found.after)
        for s, k, c in zip(*np.nonzero(found.into.sum(axis=0)), strict=True):
            rows.append((each.arm.name, "into", found.sources[s], KINDS[k], found.channels[c], None, into.at(s, k, c)))
        for c, e in zip(*np.nonzero(found.after.sum(axis=0)), strict=True):
            rows.append((each.arm.name, "after", None, None, found.channels[c], ENDS[e], after.at(c, e)))
    columns = ["arm", "step", "source", "kind", "channel", "follows"]
    frame = pd.DataFrame([row[:6] for row in rows], columns=columns)
    for name in ("mean", "low", "high"):
        values = [getattr(row[6], name) for row in rows]
        frame["contacts_per_need" if name == "mean" else name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    frame["replications"] = [row[6].replications for row in rows]
    return frame


def _hundred(one: Estimate) -> Estimate:
    """For a hundred needs."""
    mean, low, high = (None if value is None else 100.0 * value for value in (one.mean, one.low, one.high))
    return Estimate(mean, low, high, one.replications)


def _write(one: Estimate, lang: Lang) -> str:
    return NONE if one.mean is None else decimal(one.mean, lang, 1)


def _with(one: Estimate, lang: Lang) -> str:
    """A figure with its interval."""
    if one.low is None or one.high is None:
        return _write(one, lang)
    return words.WITH.say(lang, mean=_write(one, lang), low=decimal(max(0.0, one.low), lang, 1), high=decimal(one.high, lang, 1))
