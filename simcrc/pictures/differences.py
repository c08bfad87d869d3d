"""The picture of what the policies change: paired differences to the base in the usual metrics, as a forest with simultaneous intervals.

``differences_rows`` has the figures, ``differences_drawing`` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.pictures.differences_drawing import Drawing, draw
from simcrc.pictures.differences_rows import Reading, Row, Rows, differences
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, listed, quoted, titles
from simcrc.report.changes import Write, change_writer
from simcrc.report.numbers import NONE, decimal, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

NAME = "differences"
MOST_ROWS = 60
MOST_NAMED = 3
TITLE = Words(fr="Ce qui change avec la base", en="What differs from the base")
ALONE = Words(
    fr="Il n'y a rien à comparer à la base : « simcrc compare BASE POLITIQUE… » donne des variantes qui rencontrent les mêmes citoyens.",
    en="There is nothing to compare with the base: “simcrc compare BASE POLICY…” gives arms that meet the same citizens.",
)
APART = Words(
    fr="Les variantes n'ont pas rencontré les mêmes citoyens avec la même chance dans les mêmes réplications : « simcrc compare » les apparie.",
    en="The arms did not meet the same citizens with the same luck in the same replications: “simcrc compare” pairs them.",
)
NONE_HAVE = Words(
    fr="La base et les variantes n'ont aucune figure en commun : il faut des besoins et des contacts dans la période.",
    en="The base and the arms have no figure in common: it takes needs and contacts in the period.",
)

SOME = Words(
    fr="{arm} : {n} des {m} indicateurs {n:diffère|diffèrent} de la base de façon décelable ({what})",
    en="{arm}: {n} of {m} indicators {n:differs|differ} discernibly from the base ({what})",
)
NOTHING = Words(
    fr="{arm} : aucun des {m} indicateurs ne diffère de la base de façon décelable",
    en="{arm}: none of the {m} indicators differs discernibly from the base",
)
SAME = Words(fr="{arm} : aucun des {m} indicateurs ne change", en="{arm}: none of the {m} indicators changes")
NOT_JUDGED = Words(
    fr="Une seule réplication : aucun écart avec la base n'est jugé ; le plus grand, relativement, est {what} sous {arm}",
    en="A single replication: no difference from the base is judged; the largest, relatively, is {what} under {arm}",
)
MOST_ARMS = 3
OTHERS = Words(fr="et {n} {n:autre variante|autres variantes}", en="and {n} more {n:arm|arms}")
CHANGE = Words(fr="{label} {change}", en="{label} {change}")

DRAWN = Words(
    fr="Une ligne par indicateur{panels} : un point pour l'écart avec la base, en pour cent de la valeur de la base{bars} ; le trait vertical est la base.",
    en="A row for each indicator{panels}: a point for the difference from the base, as a percentage of the base's figure{bars}; the upright line is the base.",
)
PANELS = Words(fr=", un panneau par variante ({names})", en=", a panel for each arm ({names})")
BARS = Words(fr=", et un trait pour son intervalle", en=", and a line for its interval")
MAIN = Words(fr="Sous {arm} : {what}.", en="Under {arm}: {what}.")
WITH = Words(fr="{what} ({relative})", en="{what} ({relative})")
NOTE = Words(
    fr="Écarts appariés, réplication par réplication ; {k} comparaisons ensemble à 95 %, donc chaque intervalle à {level} (Bonferroni). Un écart relatif est "
    "l'écart divisé par la valeur de la base ; le tableau donne les valeurs absolues, les écarts entre parts en points (pts).",
    en="Paired differences, replication by replication; {k} comparisons together at 95 %, hence each interval at {level} (Bonferroni). A relative difference "
    "is the difference divided by the base's figure; the table has absolute figures, differences of shares in points (pts).",
)
ZERO = Words(
    fr="Sans écart relatif, parce que la base vaut zéro ou que son intervalle contient zéro : {names} (au tableau).",
    en="Without a relative difference, since the base is zero or its interval holds zero: {names} (in the table).",
)
LEFT = Words(
    fr="Le tableau montre les {most} premières lignes ; les données les ont toutes.", en="The table shows the first {most} rows; the data have them all."
)
COLUMNS = {
    "indicator": Words(fr="Indicateur", en="Indicator"),
    "arm": Words(fr="Variante", en="Arm"),
    "base": Words(fr="Base", en="Base"),
    "under": Words(fr="Variante", en="Arm"),
    "value": Words(fr="Valeur", en="Figure"),
    "change": Words(fr="Écart", en="Difference"),
    "interval": Words(fr="Intervalle simultané", en="Simultaneous interval"),
    "relative": Words(fr="Relatif", en="Relative"),
    "reading": Words(fr="Lecture", en="Reading"),
}
READINGS: dict[Reading, Words] = {
    "better": Words(fr="mieux", en="better"),
    "worse": Words(fr="moins bien", en="worse"),
    "more": Words(fr="plus", en="more"),
    "less": Words(fr="moins", en="less"),
    "same": Words(fr="identique", en="identical"),
    "unclear": Words(fr="indécis", en="not clear"),
}


def picture(subject: Subject) -> Picture | Absent:
    """Paired differences to the base."""
    if not subject.others:
        return Absent(NAME, ALONE)
    if not subject.paired:
        return Absent(NAME, APART)
    found = differences(subject)
    drawing = Drawing(subject.arms, found)
    if not drawing.metrics:
        return Absent(NAME, NONE_HAVE)
    account = Account(subject, drawing)
    return Picture(
        name=NAME,
        title=TITLE,
        finding=both(account.finding),
        alternative=both(account.alternative),
        data=account.data(),
        shown=account.shown,
        indicators=tuple(dict.fromkeys(metric.indicator for metric in found.metrics)),
        draw=lambda figure, lang, narrow: draw(drawing, figure, lang, narrow),
        height=(drawing.height(narrow=False), drawing.height(narrow=True)),
        note=both(account.note),
    )


@dataclass(frozen=True, eq=False)
class Account:
    """What is said of the differences."""

    subject: Subject
    drawing: Drawing

    @property
    def found(self) -> Rows:
        """The differences."""
        return self.drawing.found

    def finding(self, lang: Lang) -> str:
        """For each arm how many indicators differ for certain, and the largest such differences."""
        if all(row.absolute.low is None for row in self.found.rows) and any(row.absolute.mean for row in self.found.rows):
            row = max(self.found.rows, key=_size)
            return NOT_JUDGED.say(lang, arm=self._called(row.arm, lang), what=self._changed(row, lang)) + "."
        arms = sorted(self.subject.others, key=lambda arm: -sum(row.clear for row in self.found.of(arm.name)))
        said = [self._said(arm.name, lang, MOST_NAMED if len(arms) == 1 else 1) for arm in arms[:MOST_ARMS]]
        if len(arms) > MOST_ARMS:
            said.append(OTHERS.say(lang, n=len(arms) - MOST_ARMS))
        text = ("\u00a0; " if lang == "fr" else "; ").join(said)
        return text[:1].upper() + text[1:] + "."

    def _said(self, arm: str, lang: Lang, most: int) -> str:
        """What is sure of an arm."""
        rows = self.found.of(arm)
        clear = sorted((row for row in rows if row.clear), key=_size, reverse=True)
        called = self._called(arm, lang)
        if not clear:
            return (SAME if all(row.reading == "same" for row in rows) else NOTHING).say(lang, arm=called, m=len(rows))
        more = ", …" if len(clear) > most else ""
        return SOME.say(lang, arm=called, n=len(clear), m=len(rows), what=", ".join(self._changed(row, lang) for row in clear[:most]) + more)

    def _called(self, arm: str, lang: Lang) -> str:
        return quoted(titles(self.subject.arms, lang, 60)[arm], lang)

    def _changed(self, row: Row, lang: Lang) -> str:
        """A difference in its own unit."""
        return CHANGE.say(lang, label=self.drawing.named(row.metric, lang), change=self.writer(row, lang)(row.absolute.mean))

    def writer(self, row: Row, lang: Lang) -> Write:
        """How a difference is written."""
        return change_writer(row.metric.unit, max((abs(end) for end in (row.absolute.mean, row.absolute.low, row.absolute.high) if end), default=0.0), lang)

    def alternative(self, lang: Lang) -> str:
        """What is drawn, and of each of the first arms the largest differences."""
        others = self.subject.others
        panels = PANELS.say(lang, names=listed([self._called(arm.name, lang) for arm in others], lang)) if len(others) > 1 else ""
        bars = BARS.say(lang) if any(row.absolute.low is not None for row in self.found.rows) else ""
        out = [DRAWN.say(lang, panels=panels, bars=bars)]
        for arm in others[:MOST_ARMS]:
            rows = sorted(self.found.of(arm.name), key=lambda row: (row.clear, _size(row)), reverse=True)[:MOST_NAMED]
            what = [WITH.say(lang, what=self._changed(row, lang), relative=percent(row, lang)) for row in rows]
            out.append(MAIN.say(lang, arm=self._called(arm.name, lang), what=", ".join(what)))
        return " ".join(out)

    def data(self) -> pd.DataFrame:
        """One row an arm and metric."""
        import pandas as pd

        names = ["arm", "metric", "unit", "base", "under", "difference", "low", "high", "relative", "relative_low", "relative_high", "level", "reading"]
        rows = []
        for row in self.found.rows:
            relative = (None, None, None) if row.relative is None else (row.relative.mean, row.relative.low, row.relative.high)
            absolute = (row.base.mean, row.under.mean, row.absolute.mean, row.absolute.low, row.absolute.high)
            rows.append((row.arm, row.metric.name, row.metric.unit, *absolute, *relative, self.found.level, row.reading))
        return pd.DataFrame(rows, columns=names)

    def shown(self, lang: Lang) -> Table:
        """Indicator by indicator, with absolute figures."""
        several = len(self.subject.others) > 1
        called = titles(self.subject.arms, lang, 40)
        rows = []
        for metric in self.found.metrics:
            for row in self.found.rows:
                if row.metric.name == metric.name:
                    write, change = writer(metric.unit, max(abs(row.base.mean or 0.0), abs(row.under.mean or 0.0)), lang), self.writer(row, lang)
                    cells = (write(row.base.mean), write(row.under.mean), change(row.absolute.mean), between(row.absolute, change, lang) or NONE)
                    arm = (called[row.arm],) if several else ()
                    rows.append((self.drawing.named(metric, lang), *arm, *cells, percent(row, lang), READINGS[row.reading].say(lang)))
        start = 2 if several else 1
        columns = ("indicator", *(("arm",) if several else ()), "base", "value" if several else "under", "change", "interval", "relative", "reading")
        return Table(tuple(COLUMNS[name].say(lang) for name in columns), tuple(rows[:MOST_ROWS]), tuple(range(start, start + 5)))

    def note(self, lang: Lang) -> str:
        """How intervals are made, and what is not drawn."""
        level = decimal(100 * self.found.level, lang, 2) + ("\u00a0%" if lang == "fr" else "%")
        out = [NOTE.say(lang, k=self.found.count, level=level)]
        drawn = {metric.name for metric in self.drawing.metrics}
        zero = [self.drawing.named(metric, lang) for metric in self.found.metrics if metric.name not in drawn]
        if zero:
            out.append(ZERO.say(lang, names=listed(zero, lang)))
        if len(self.found.rows) > MOST_ROWS:
            out.append(LEFT.say(lang, most=MOST_ROWS))
        return " ".join(out)


def _size(row: Row) -> float:
    """How large a difference is beside the base."""
    return 0.0 if row.relative is None else abs(row.relative.mean or 0.0)


def percent(row: Row, lang: Lang) -> str:
    """The relative difference as it is written."""
    if row.relative is None or row.relative.mean is None:
        return NONE
    value = 100 * row.relative.mean
    places = 1 if abs(value) < 100 else 0
    rounded = round(value, places)
    return ("+" if rounded > 0 else "") + decimal(rounded, lang, places) + ("\u00a0%" if lang == "fr" else "%")
