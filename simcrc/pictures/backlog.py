"""The picture of the backlog: items by age at the end of each day, against the published standard, channel by channel.

A panel a channel for a run, a panel an arm for the channel with most items where several arms are compared.  ``backlog_panels`` takes the figures,
``backlog_drawing`` draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcrc.indicators.axes import BANDS
from simcrc.pictures import backlog_words as words
from simcrc.pictures.backlog_drawing import draw_panels
from simcrc.pictures.backlog_panels import NAMES, Panel, frame, panels
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, cut, listed, quoted, titles
from simcrc.report.changes import change_writer, interval
from simcrc.report.numbers import NONE, decimal, places_for, writer
from simcrc.words import Lang

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simcrc.pictures.subject import Subject

INDICATORS = (*NAMES, "within_standard", "stock_end", "oldest_item")
MOST_PANELS = 4
MOST_ROWS = 48
MONTHLY = 62
"""Days beyond which bars are months."""


def picture(subject: Subject) -> Picture | Absent:
    """The picture of the backlog."""
    every = [panel for arm in subject.arms for panel in panels(arm)]
    if not every:
        written = any(arm.totals.axes.written.any() for arm in subject.arms)
        read = any(arm.frame["period"].notna().any() for arm in subject.arms)
        return Absent("backlog", words.ABSENT if not written else words.EMPTY if read else words.UNREAD)
    order = sorted({panel.channel: 0 for panel in every}, key=lambda channel: -max(p.mean for p in every if p.channel == channel))
    wanted = [panel for channel in order for panel in every if panel.channel == channel]
    chosen = wanted[:MOST_PANELS] if len(subject.arms) == 1 else [panel for panel in wanted if panel.channel == order[0]][:MOST_PANELS]
    one = _Backlog(subject, chosen, every)
    rows = len(chosen) if len(chosen) < 3 else 2
    return Picture(
        name="backlog",
        title=words.TITLE,
        finding=both(one.finding),
        alternative=both(one.alternative),
        data=frame(every),
        shown=one.table,
        indicators=INDICATORS,
        draw=one.draw,
        height=(1.3 + 2.5 * rows, 1.9 + 2.5 * len(chosen)),
        note=both(one.note),
    )


def standard(panel: Panel, lang: Lang) -> str | None:
    """The published standard of a channel; None where there is none."""
    days = panel.standards
    if not days:
        return None
    low, high = (decimal(each, lang, 0 if each == int(each) else 1) for each in (days[0], days[-1]))
    return words.DAYS.say(lang, n=low) if len(days) == 1 else words.RANGE.say(lang, low=low, high=high)


class _Backlog:
    """The words and the drawing of the `chosen` panels; `every`: all that there are."""

    def __init__(self, subject: Subject, chosen: list[Panel], every: list[Panel]) -> None:
        self.subject, self.chosen, self.every = subject, chosen, every
        self.daily = max(len(panel.days) for panel in chosen) <= MONTHLY
        self.months = max(len(panel.months) for panel in chosen)

    def channel(self, panel: Panel, lang: Lang) -> str:
        return cut(panel.arm.called(panel.channel, lang), 40)

    def finding(self, lang: Lang) -> str:
        first = self.chosen[0]
        share = first.share
        write = writer("share", 1.0, lang)
        late = first.late if first.late is not None else 2 if not first.standards else len(BANDS) - 1
        old = words.LATE.say(lang, n=_count(float(first.bands[late:].sum()), lang), days=BANDS[late][0])
        name = quoted(self.channel(first, lang), lang)
        said = standard(first, lang)
        if said is None or share.mean is None:
            return words.WITHOUT.say(lang, channel=name, items=_count(first.mean, lang), old=old)
        around = between(share, write, lang)
        text = words.WITHIN.say(
            lang, channel=name, share=write(share.mean) + (f" ({around})" if around else ""), standard=said, items=_count(first.mean, lang), old=old
        )
        return text + self._difference(lang)

    def _difference(self, lang: Lang) -> str:
        """What the arm that changes the share most changes of it."""
        metric = f"{self.chosen[0].channel}.within_standard"
        found = [(panel.arm, self.subject.difference(panel.arm, metric)) for panel in self.every if panel.channel == self.chosen[0].channel]
        found = [(arm, change) for arm, change in found if arm is not self.subject.base and change.mean is not None]
        if not found or self.chosen[0].arm is not self.subject.base:
            return ""
        arm, change = max(found, key=lambda each: abs(each[1].mean or 0.0))
        write = change_writer("share", abs(change.mean or 0.0), lang)
        said = write(change.mean) + ("" if change.low is None else f" ({interval(change, write, lang)})")
        unclear = change.low is not None and change.high is not None and change.low <= 0 <= change.high
        name = quoted(cut(arm.title.say(lang), 60), lang)
        return (words.NOT_DISCERNIBLE if unclear else words.CHANGED).say(lang, arm=name, change=said)

    def names(self, lang: Lang, most: int = 32) -> list[str]:
        """What stands over each panel: the channel, or the arm."""
        if len(self.subject.arms) == 1:
            return [cut(panel.arm.called(panel.channel, lang), most) for panel in self.chosen]
        arms = titles(self.subject.arms, lang, most)
        return [arms[panel.arm.name] for panel in self.chosen]

    def alternative(self, lang: Lang) -> str:
        parts = []
        for name, panel in zip(self.names(lang), self.chosen, strict=True):
            end = panel.end.mean
            parts.append(words.PANEL.say(lang, name=quoted(name, lang), items=_count(panel.mean, lang), end=NONE if end is None else _count(end, lang)))
        period = (words.DAY if self.daily else words.MONTH).say(lang)
        text = words.ALTERNATIVE.say(lang, period=period, n=len(self.chosen), parts=" ; ".join(parts) if lang == "fr" else "; ".join(parts))
        return text + (words.LINE.say(lang) if self.lined else "")

    @property
    def lined(self) -> bool:
        """Whether shares are drawn by month."""
        return self.months > 2 and any(np.isfinite(panel.shares[0]).any() for panel in self.chosen)

    def note(self, lang: Lang) -> str:
        left = len(self.every) - len(self.chosen)
        standards = [f"{quoted(self.channel(panel, lang), lang)} {said}" for panel in self.chosen if (said := standard(panel, lang))]
        own = list(dict.fromkeys(standards))
        text = words.NOTE.say(lang) + (words.STANDARDS.say(lang, days=listed(own, lang)) if own else "")
        return text + (words.NOTE_LEFT.say(lang, n=left) if left else "")

    def table(self, lang: Lang) -> Table:
        """The whole period for every arm and channel, then the months of what is drawn as far as there is room."""
        arms = titles(self.subject.arms, lang)
        several = len(self.subject.arms) > 1
        rows = [_row(arms[p.arm.name], self.channel(p, lang), words.ALL.say(lang), p.bands, p.share.mean, lang) for p in self.every[:MOST_ROWS]]
        for panel in self.chosen:
            if len(rows) + len(panel.months) <= MOST_ROWS + 12:
                shares = panel.shares[0]
                rows += [
                    _row(arms[panel.arm.name], self.channel(panel, lang), month, panel.by_month[:, k], float(shares[k]), lang)
                    for k, month in enumerate(panel.months)
                ]
        columns = [*(word.say(lang) for word in words.COLUMNS), *(word.say(lang) for word in words.BANDS), words.SHARE.say(lang)]
        first = 0 if several else 1
        return Table(tuple(columns[first:]), tuple(row[first:] for row in rows), tuple(range(3 - first, len(columns) - first)))

    def draw(self, figure: Figure, lang: Lang, narrow: bool) -> None:
        heads = []
        for name, panel in zip(self.names(lang, 26 if narrow else 30), self.chosen, strict=True):
            said = standard(panel, lang)
            heads.append((name, words.NO_STANDARD.say(lang) if said is None else words.STANDARD.say(lang, days=said)))
        draw_panels(figure, self.chosen, heads, self.daily, self.lined, len(self.subject.arms) > 1, lang, narrow)


def _row(arm: str, channel: str, period: str, bands: np.ndarray[tuple[int, ...], np.dtype[np.float64]], share: float | None, lang: Lang) -> tuple[str, ...]:
    write = writer("share", 1.0, lang)
    return (arm, channel, period, *(_count(float(value), lang) for value in bands), write(share))


def _count(value: float, lang: Lang) -> str:
    return decimal(value, lang, 0 if value >= 10 else min(1, places_for(value)))
