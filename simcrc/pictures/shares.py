"""The picture of migration: the share of contacts that each channel has, month by month, with the starts of the measures marked.

``shares_figures`` has the figures, ``shares_drawing`` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.pictures import shares_figures as figures
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.shares_drawing import MOST_KEYS, Drawing, day_of, draw
from simcrc.pictures.shares_figures import FIRST, SHARE, YEAR, Change, Mark
from simcrc.pictures.writing import between, cut, listed, quoted, titles
from simcrc.report.changes import change_writer
from simcrc.report.numbers import NONE, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

NAME = "shares"
MOST_ROWS = 60
MOST_NOTED = 40
TITLE = Words(fr="La part de chaque mode, mois par mois", en="The share of each channel, month by month")
NO_CONTACT = Words(fr="Aucun contact dans la période : cette image demande des besoins.", en="No contact in the period: this picture takes needs.")
ONE_CHANNEL = Words(
    fr="Un seul mode reçoit des contacts : sa part est toujours de 100 %. Ouvrez-en un second.",
    en="One channel alone has contacts: its share is always 100%. Open another.",
)

RISES = Words(fr="la part de {channel} passe de {was} à {now} ({change}{interval})", en="the share of {channel} goes from {was} to {now} ({change}{interval})")
UNDER = Words(
    fr="sous {arm}, la part de {channel} est de {now}, contre {was} dans la base ({change}{interval})",
    en="under {arm}, the share of {channel} is {now}, against {was} in the base ({change}{interval})",
)
INTERVAL = Words(fr=", intervalle de {interval}", en=", interval {interval}")
WHEN = {
    "years": Words(fr="Des douze premiers mois aux douze derniers", en="From the first twelve months to the last twelve"),
    "months": Words(fr="Entre {first} et {last}", en="Between {first} and {last}"),
    "last": Words(fr="Sur les douze derniers mois", en="Over the last twelve months"),
    "whole": Words(fr="Sur toute la période", en="Over the whole period"),
    "one": Words(fr="En {first}", en="In {first}"),
}
SAME = Words(fr="{when}, aucune part ne change de façon décelable", en="{when}, no share changes discernibly")
SAME_ARMS = Words(
    fr="{when}, aucune part ne diffère de la base de façon décelable : l'intervalle de chaque écart contient zéro",
    en="{when}, no share differs discernibly from the base: the interval of each difference holds zero",
)
IDENTICAL = Words(fr="{when}, chaque part est exactement celle de la base", en="{when}, each share is exactly that of the base")
LARGEST = Words(fr="{when}, {what}", en="{when}, {what}")
ALSO = Words(fr="{n} des {m} écarts sont décelables", en="{n} of {m} differences are discernible")
NOT_JUDGED = Words(fr="une seule réplication, rien n'est jugé", en="a single replication, nothing is judged")
APART = Words(fr="les variantes ne sont pas appariées, rien n'est jugé", en="the arms are not paired, nothing is judged")
SEASON = Words(fr="la saison y est pour quelque chose", en="the season has its part in it")
MOSTLY = Words(fr="{when}, {what}", en="{when}, {what}")
SHARE_IS = Words(fr="{channel} reçoit {now} des contacts", en="{channel} has {now} of the contacts")

DRAWN = Words(
    fr="{n} panneaux, un par mode ; en abscisse les mois ({first} à {last}), en ordonnée la part des contacts{bands}.",
    en="{n} panels, one a channel; months across ({first} to {last}), the share of contacts upwards{bands}.",
)
BANDS = Words(fr=", avec son intervalle à 95 %", en=", with its 95 % interval")
BESIDE = Words(fr="La base est en tirets, à côté de {names}.", en="The base is dashed, beside {names}.")
LASTS = Words(fr="{when}, dans la base : {shares}.", en="{when}, in the base: {shares}.")
EACH = Words(fr="{channel} {share}", en="{channel} {share}")
MEASURES = Words(
    fr="{n} {n:mesure commence|mesures commencent} pendant la période, {n:marquée|marquées} par un trait vertical.",
    en="{n} {n:measure starts|measures start} in the period, marked by upright lines.",
)
POLICIES = Words(
    fr="{n} mesures commencent pendant la période ; le début {m:de la politique|de chaque politique} est marqué par un trait vertical.",
    en="{n} measures start in the period; the start {m:of the policy|of each policy} is marked by an upright line.",
)

NOTE_SPAN = Words(
    fr="Tous les panneaux ont la même hauteur en points, donc les pentes se comparent ; leur bas n'est pas toujours zéro. Parts des contacts offerts ; un "
    "« 0 » compte à la RVI, puis au téléphone.",
    en="All panels have the same height in points, so slopes compare; their foot is not always zero. Shares of contacts offered; a “0” counts in the voice "
    "unit, then on the phone.",
)
NOTE_STARTS = Words(fr="Mesures : {starts}.", en="Measures: {starts}.")
NOTE_LEFT = Words(fr="{n} {n:autre commence|autres commencent} pendant la période.", en="{n} {n:other starts|others start} in the period.")
NOTE_SHORT = Words(
    fr="Sans {months} : moins de {few} jours y sont dans la période.", en="Without {months}: fewer than {few} of {n:its|their} days are in the period."
)
NOTE_CHANNELS = Words(
    fr="Les {most} modes les plus utilisés sont montrés ; {n} {n:autre est laissé|autres sont laissés} de côté.",
    en="The {most} most used channels are shown; {n} {n:other is|others are} left out.",
)
COLUMNS = {
    "channel": Words(fr="Mode", en="Channel"),
    "arm": Words(fr="Variante", en="Arm"),
    "first": Words(fr="Premier mois", en="First month"),
    "first_year": Words(fr="12 premiers mois", en="First 12 months"),
    "last": Words(fr="Dernier mois", en="Last month"),
    "last_year": Words(fr="12 derniers mois", en="Last 12 months"),
    "whole": Words(fr="Toute la période", en="Whole period"),
    "base": Words(fr="Base", en="Base"),
    "change": Words(fr="Écart", en="Difference"),
    "interval": Words(fr="Intervalle simultané", en="Simultaneous interval"),
}


def picture(subject: Subject) -> Picture | Absent:
    """Channel shares by month."""
    months, short = figures.months_of(subject.base)
    known = figures.channels_of(subject)
    if not known:
        return Absent(NAME, NO_CONTACT)
    if len(known) == 1:
        return Absent(NAME, ONE_CHANNEL)
    channels = figures.largest(subject, known)
    lines = {(arm.name, channel): figures.monthly(arm, channel, months) for arm in subject.arms for channel in channels}
    starts = figures.marks(subject, months)
    marks = tuple(starts if len(starts) <= MOST_KEYS else figures.policies(subject, months))
    drawing = Drawing(subject.arms, tuple(channels), months, lines, marks)
    account = Account(subject, drawing, starts, figures.changes(subject, channels, months), len(known) - len(channels), short)
    return Picture(
        name=NAME,
        title=TITLE,
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
            what = SHARE_IS.say(lang, channel=self._channel(top.channel, lang), now=share(top.now))
            return _capital(MOSTLY.say(lang, when=when, what=what)) + "."
        judged = any(each.estimate.low is not None for each in self.changes)
        if self.subject.others and all(each.estimate.mean == 0 for each in self.changes):
            return IDENTICAL.say(lang, when=when) + "."
        if judged and not clear:
            return (SAME_ARMS if self.subject.others else SAME).say(lang, when=when) + "."
        top = max(clear or self.changes, key=lambda each: abs(each.estimate.mean or 0.0))
        write = change_writer("share", abs(top.estimate.mean or 0.0), lang)
        held = between(top.estimate, write, lang)
        fields = {
            "channel": self._channel(top.channel, lang),
            "was": share(top.was),
            "now": share(top.now),
            "change": write(top.estimate.mean),
            "interval": INTERVAL.say(lang, interval=held) if held else "",
        }
        if self.subject.others:
            what = UNDER.say(lang, arm=quoted(titles(self.subject.arms, lang, 60)[top.arm], lang), **fields)
        else:
            what = RISES.say(lang, **fields)
        tails = [LARGEST.say(lang, when=when, what=what)]
        if not judged:
            tails.append((NOT_JUDGED if self.subject.paired else APART).say(lang))
        elif len(self.changes) > 1:
            tails.append(ALSO.say(lang, n=len(clear), m=len(self.changes)))
        if not self.subject.others and len(self.drawn.months) < 2 * YEAR:
            tails.append(SEASON.say(lang))
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
        return WHEN[kind].say(lang, first=month(months[0], lang), last=month(months[-1], lang))

    def alternative(self, lang: Lang) -> str:
        """What is drawn, and the shares of the base."""
        months, share = self.drawn.months, writer("share", 1.0, lang)
        bands = BANDS.say(lang) if any(line[1:].any() and (line[1] == line[1]).any() for line in self.drawn.shares.values()) else ""
        fields = {"first": month(months[0], lang), "last": month(months[-1], lang)}
        out = [DRAWN.say(lang, n=len(self.drawn.channels), bands=bands, **fields)]
        if self.subject.others:
            called = titles(self.subject.arms, lang, 60)
            out.append(BESIDE.say(lang, names=listed([quoted(called[arm.name], lang) for arm in self.subject.others], lang)))
        if self.drawn.marks:
            whole = len(self.drawn.marks) == len(self.starts)
            out.append((MEASURES if whole else POLICIES).say(lang, n=len(self.starts), m=len(self.drawn.marks)))
        ends = {each.channel: each.was if self.subject.others else each.now for each in self.changes}
        shares = [EACH.say(lang, channel=self._channel(channel, lang), share=share(ends[channel])) for channel in self.drawn.channels]
        when = self._when(lang) if self.subject.others or len(months) == 1 else month(months[-1], lang) if len(months) < 2 * YEAR else WHEN["last"].say(lang)
        out.append(LASTS.say(lang, when=_capital(when), shares=", ".join(shares)))
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
        return Table(tuple(COLUMNS[column].say(lang) for column in columns), tuple(rows[:MOST_ROWS]), tuple(range(start, len(columns))))

    def note(self, lang: Lang) -> str:
        """How to read it, the measures, and what was left out."""
        out = [NOTE_SPAN.say(lang)]
        if self.starts:
            said = "\u00a0; " if lang == "fr" else "; "
            out.append(NOTE_STARTS.say(lang, starts=said.join(start(mark, lang) for mark in self.starts[:MOST_NOTED])))
            if len(self.starts) > MOST_NOTED:
                out.append(NOTE_LEFT.say(lang, n=len(self.starts) - MOST_NOTED))
        if self.short:
            out.append(NOTE_SHORT.say(lang, months=listed([month(label, lang) for label in self.short], lang), few=figures.FEW, n=len(self.short)))
        if self.left:
            out.append(NOTE_CHANNELS.say(lang, most=len(self.drawn.channels), n=self.left))
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
