"""The picture of migration: the share of contacts that each channel has, month by month, with the starts of the measures marked.

``shares_figures`` has the figures, ``shares_drawing`` draws them, ``shares_words`` holds the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.pictures import shares_figures as figures
from simcrc.pictures import shares_words as words
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.shares_drawing import MOST_KEYS, Drawing, day_of, draw
from simcrc.pictures.shares_figures import FIRST, SHARE, YEAR, Change, Mark
from simcrc.pictures.writing import between, cut, listed, quoted, titles
from simcrc.report.changes import change_writer
from simcrc.report.numbers import NONE, writer
from simcrc.words import Lang

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

NAME = "shares"
MOST_ROWS = 60
MOST_NOTED = 40


def picture(subject: Subject) -> Picture | Absent:
    """Channel shares by month."""
    months, short = figures.months_of(subject.base)
    known = figures.channels_of(subject)
    if not known:
        return Absent(NAME, words.NO_CONTACT)
    if len(known) == 1:
        return Absent(NAME, words.ONE_CHANNEL)
    channels = figures.largest(subject, known)
    lines = {(arm.name, channel): figures.monthly(arm, channel, months) for arm in subject.arms for channel in channels}
    starts = figures.marks(subject, months)
    marks = tuple(starts if len(starts) <= MOST_KEYS else figures.policies(subject, months))
    drawing = Drawing(subject.arms, tuple(channels), months, lines, marks)
    account = Account(subject, drawing, starts, figures.changes(subject, channels, months), len(known) - len(channels), short)
    return Picture(
        name=NAME,
        title=words.TITLE,
        finding=both(account.finding),
        alternative=both(account.alternative),
        data=account.data(),
        shown=account.shown,
        indicators=(SHARE,),
        draw=lambda figure, lang, narrow: draw(drawing, figure, lang, narrow),
        height=(drawing.height(narrow=False), drawing.height(narrow=True)),
        note=both(account.note),
    )


@dataclass(frozen=True, eq=False)
class Account:
    """What is said of the shares.  `starts`: of all measures, where policies are drawn too; `left`: channels that are not drawn; `short`: months with too few
    days."""

    subject: Subject
    drawn: Drawing
    starts: Sequence[Mark]
    changes: Sequence[Change]
    left: int
    short: Sequence[str]

    def finding(self, lang: Lang) -> str:
        """The largest discernible change, and how many there are."""
        when, clear = self._when(lang), [each for each in self.changes if each.clear]
        share = writer("share", 1.0, lang)
        if not self.subject.others and len(self.drawn.months) == 1:
            top = max(self.changes, key=lambda each: each.now)
            what = words.SHARE_IS.say(lang, channel=self._channel(top.channel, lang), now=share(top.now))
            return _capital(words.MOSTLY.say(lang, when=when, what=what)) + "."
        judged = any(each.estimate.low is not None for each in self.changes)
        if self.subject.others and all(each.estimate.mean == 0 for each in self.changes):
            return words.IDENTICAL.say(lang, when=when) + "."
        if judged and not clear:
            return (words.SAME_ARMS if self.subject.others else words.SAME).say(lang, when=when) + "."
        top = max(clear or self.changes, key=lambda each: abs(each.estimate.mean or 0.0))
        write = change_writer("share", abs(top.estimate.mean or 0.0), lang)
        held = between(top.estimate, write, lang)
        fields = {
            "channel": self._channel(top.channel, lang),
            "was": share(top.was),
            "now": share(top.now),
            "change": write(top.estimate.mean),
            "interval": words.INTERVAL.say(lang, interval=held) if held else "",
        }
        if self.subject.others:
            what = words.UNDER.say(lang, arm=quoted(titles(self.subject.arms, lang, 60)[top.arm], lang), **fields)
        else:
            what = words.RISES.say(lang, **fields)
        tails = [words.LARGEST.say(lang, when=when, what=what)]
        if not judged:
            tails.append((words.NOT_JUDGED if self.subject.paired else words.APART).say(lang))
        elif len(self.changes) > 1:
            tails.append(words.ALSO.say(lang, n=len(clear), m=len(self.changes)))
        if not self.subject.others and len(self.drawn.months) < 2 * YEAR:
            tails.append(words.SEASON.say(lang))
        return _capital(("\u00a0; " if lang == "fr" else "; ").join(tails)) + "."

    def _channel(self, name: str, lang: Lang) -> str:
        """What a channel is called in a sentence."""
        return quoted(next((said for arm in self.subject.arms if (said := arm.called(name, lang)) != name), name), lang)

    def _when(self, lang: Lang) -> str:
        """What is compared."""
        months = self.drawn.months
        kind = (
            "one"
            if len(months) == 1
            else ("last" if len(months) > YEAR else "whole")
            if self.subject.others
            else "years"
            if len(months) >= 2 * YEAR
            else "months"
        )
        return words.WHEN[kind].say(lang, first=month(months[0], lang), last=month(months[-1], lang))

    def alternative(self, lang: Lang) -> str:
        """What is drawn, and the shares of the base."""
        months, share = self.drawn.months, writer("share", 1.0, lang)
        bands = words.BANDS.say(lang) if any(line[1:].any() and (line[1] == line[1]).any() for line in self.drawn.shares.values()) else ""
        fields = {"first": month(months[0], lang), "last": month(months[-1], lang)}
        out = [words.DRAWN.say(lang, n=len(self.drawn.channels), bands=bands, **fields)]
        if self.subject.others:
            called = titles(self.subject.arms, lang, 60)
            out.append(words.BESIDE.say(lang, names=listed([quoted(called[arm.name], lang) for arm in self.subject.others], lang)))
        if self.drawn.marks:
            whole = len(self.drawn.marks) == len(self.starts)
            out.append((words.MEASURES if whole else words.POLICIES).say(lang, n=len(self.starts), m=len(self.drawn.marks)))
        ends = {each.channel: each.was if self.subject.others else each.now for each in self.changes}
        shares = [words.EACH.say(lang, channel=self._channel(channel, lang), share=share(ends[channel])) for channel in self.drawn.channels]
        when = (
            self._when(lang) if self.subject.others or len(months) == 1 else month(months[-1], lang) if len(months) < 2 * YEAR else words.WHEN["last"].say(lang)
        )
        out.append(words.LASTS.say(lang, when=_capital(when), shares=", ".join(shares)))
        return " ".join(out)

    def data(self) -> pd.DataFrame:
        """One row an arm, channel and month: the share of contacts and of first contacts, with intervals."""
        import pandas as pd

        rows = []
        for arm in self.subject.arms:
            for channel in self.drawn.channels:
                first = figures.monthly(arm, channel, self.drawn.months, FIRST)
                values = (*self.drawn.shares[arm.name, channel], *first)
                rows += [(arm.name, channel, label, *each) for label, *each in zip(self.drawn.months, *(line.tolist() for line in values), strict=True)]
        names = [f"{share}{end}" for share in ("share_of_contacts", "share_of_first_contacts") for end in ("", "_low", "_high")]
        return pd.DataFrame(rows, columns=["arm", "channel", "month", *names])

    def shown(self, lang: Lang) -> Table:
        """By channel and arm what the shares change by."""
        share, several = writer("share", 1.0, lang), bool(self.subject.others)
        year = len(self.drawn.months) >= 2 * YEAR if not several else len(self.drawn.months) > YEAR
        period = ("base", "last_year" if year else "whole") if several else ("first_year", "last_year") if year else ("first", "last")
        columns = ["channel", *(["arm"] if several else []), *period, "change", "interval"]
        called = titles(self.subject.arms, lang, 40)
        write = change_writer("share", max((abs(each.estimate.mean or 0.0) for each in self.changes), default=0.0), lang)
        rows = []
        for channel in self.drawn.channels:
            for each in self.changes:
                if each.channel == channel:
                    name = next((said for arm in self.subject.arms if (said := arm.called(channel, lang)) != channel), channel)
                    cells = (share(each.was), share(each.now), write(each.estimate.mean), between(each.estimate, write, lang) or NONE)
                    rows.append((name, *((called[each.arm],) if several else ()), *cells))
        start = 2 if several else 1
        return Table(tuple(words.COLUMNS[column].say(lang) for column in columns), tuple(rows[:MOST_ROWS]), tuple(range(start, len(columns))))

    def note(self, lang: Lang) -> str:
        """How to read it, the measures, and what was left out."""
        out = [words.NOTE_SPAN.say(lang)]
        if self.starts:
            said = "\u00a0; " if lang == "fr" else "; "
            out.append(words.NOTE_STARTS.say(lang, starts=said.join(start(mark, lang) for mark in self.starts[:MOST_NOTED])))
            if len(self.starts) > MOST_NOTED:
                out.append(words.NOTE_LEFT.say(lang, n=len(self.starts) - MOST_NOTED))
        if self.short:
            out.append(words.NOTE_SHORT.say(lang, months=listed([month(label, lang) for label in self.short], lang), few=figures.FEW, n=len(self.short)))
        if self.left:
            out.append(words.NOTE_CHANNELS.say(lang, most=len(self.drawn.channels), n=self.left))
        return " ".join(out)


def start(mark: Mark, lang: Lang) -> str:
    """A measure with its day."""
    return f"{day_of(mark, lang)}, {quoted(cut(mark.name.say(lang), 80), lang)}"


def month(label: str, lang: Lang) -> str:
    """``2006-04`` as one reads it."""
    from datetime import date

    from babel.dates import format_date

    return str(format_date(date(int(label[:4]), int(label[5:7]), 1), "MMMM y", locale="fr_CA" if lang == "fr" else "en_CA"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
