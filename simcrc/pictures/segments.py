"""The picture of equity: wait, self-service completed, contacts and cost of a need by segment, and the gap between the best and the worst served.

``segments_figures`` has the figures, ``segments_drawing`` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.experiment.statistics import Estimate
from simcrc.pictures import segments_figures as figures
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.segments_drawing import Drawing, draw, gap_writer
from simcrc.pictures.segments_figures import MOST, Ends, Measure
from simcrc.pictures.writing import between, listed, quoted, titles
from simcrc.report.changes import Write, change_writer
from simcrc.report.numbers import NONE, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

NAME = "segments"
MOST_ROWS = 60
TITLE = Words(fr="Comment chaque segment est servi", en="How each segment is served")
NO_SEGMENTS = Words(
    fr="Il faut au moins deux segments qui ont des besoins : écrivez-les dans le scénario (population: segments).",
    en="It takes at least two segments with needs: write them in the scenario (population: segments).",
)
NO_FIGURES = Words(
    fr="Aucune figure n'existe pour deux segments : il faut des besoins, et des contacts qui attendent ou se font en libre-service.",
    en="No figure exists for two segments: it takes needs, and contacts that wait or are made in self-service.",
)

MOST_UNEQUAL = Words(
    fr="Ce qui sépare le plus les segments est {what} : {worst} pour {last}, {best} pour {first}{gap}",
    en="What sets the segments apart most is {what}: {worst} for {last}, {best} for {first}{gap}",
)
GAP = Words(fr=" (écart de {gap}{interval})", en=" (a gap of {gap}{interval})")
INTERVAL = Words(fr=", intervalle à 95 % de {interval}", en=", 95% interval {interval}")
NOT_CLEAR = Words(
    fr="Aucun écart entre segments n'est décelable : pour chaque figure, l'intervalle de la différence entre le plus et le moins favorisé contient zéro",
    en="No gap between segments is discernible: for each figure, the interval of the difference between the most and the least favourable segment holds zero",
)
NOT_JUDGED = Words(fr="une seule réplication, rien n'est jugé", en="a single replication, nothing is judged")
CHANGES = Words(fr="sous {arm}, l'écart {of} change de {change} ({interval})", en="under {arm}, the gap in {of} changes by {change} ({interval})")
NO_CHANGE = Words(
    fr="{n:la variante ne change|aucune variante ne change} cet écart ni un autre de façon décelable",
    en="{n:the other arm does not discernibly change|no arm discernibly changes} this gap or another",
)
APART = Words(fr="les variantes ne sont pas appariées, leurs écarts ne se comparent pas", en="the arms are not paired, so their gaps are not compared")
NAMES = {
    "wait_mean": Words(fr="l'attente", en="the wait"),
    "completion": Words(fr="le libre-service mené à terme", en="self-service completed"),
    "contacts_per_need": Words(fr="le nombre de contacts par besoin", en="the number of contacts per need"),
    "cost_per_need": Words(fr="le coût par besoin", en="the cost per need"),
}
OF = {
    "wait_mean": Words(fr="d'attente", en="wait"),
    "completion": Words(fr="de libre-service mené à terme", en="self-service completed"),
    "contacts_per_need": Words(fr="de contacts par besoin", en="contacts per need"),
    "cost_per_need": Words(fr="de coût par besoin", en="cost per need"),
}

DRAWN = Words(
    fr="Un panneau par figure ({names}), une ligne par segment{bars}{arms} ; un trait marque l'ensemble.",
    en="A panel for each figure ({names}), a row for each segment{bars}{arms}; a line marks all together.",
)
BARS = Words(fr=", avec son intervalle à 95 %", en=", with its 95 % interval")
BESIDE = Words(fr=", la base à côté de {names}", en=", the base beside {names}")
DRAWN_ARMS = Words(
    fr="Un panneau par figure ({names}), une ligne par variante, qui va du segment le plus bas au plus élevé, chaque segment ayant sa marque.",
    en="A panel for each figure ({names}), a row for each arm, from the lowest segment to the highest, each segment with its mark.",
)
EACH = Words(fr="{what}, de {low} ({first}) à {high} ({last})", en="{what}, from {low} ({first}) to {high} ({last})")
IN_BASE = Words(fr="Du plus au moins favorable{base} : {each}.", en="From the most to the least favourable{base}: {each}.")
BASE = Words(fr=", dans la base", en=", in the base")
NOTE = Words(
    fr="Écart : le plus grand moins le plus petit, dans chaque réplication ; le hasard seul le rend positif. Il est dit décelable quand l'intervalle de la "
    "différence entre le segment le plus favorisé et le moins favorisé, élargi pour toutes les paires, ne "
    "contient pas zéro. Attente de ceux qui ont attendu en file.",
    en="Gap: largest minus smallest, in each replication; chance alone makes it positive. It is called discernible where the interval of the difference "
    "between the most and the least favourable segment, widened for all pairs, does not hold zero. Wait of those who queued.",
)
LEFT = Words(
    fr="Les {most} segments qui ont le plus de besoins sont montrés ; {n} {n:autre est laissé|autres sont laissés} de côté, mais {n:compte|comptent} "
    "dans l'écart.",
    en="The {most} segments with the most needs are shown; {n} {n:other is|others are} left out, but {n:counts|count} in the gap.",
)
SEGMENT = Words(fr="Segment", en="Segment")
ARM = Words(fr="Variante", en="Arm")
ALL = Words(fr="ensemble", en="all")
GAP_ROW = Words(fr="écart", en="gap")
GAP_INTERVAL = Words(fr="écart, intervalle à 95 %", en="gap, 95% interval")


def picture(subject: Subject) -> Picture | Absent:
    """Four figures by segment."""
    known = figures.segments_of(subject)
    if len(known) < 2:
        return Absent(NAME, NO_SEGMENTS)
    found = figures.measures(subject, known)
    if not found:
        return Absent(NAME, NO_FIGURES)
    drawing = Drawing(subject.arms, tuple(known[:MOST]), tuple(found))
    account = Account(subject, known, found, figures.gap_changes(subject, found))
    return Picture(
        name=NAME,
        title=TITLE,
        finding=both(account.finding),
        alternative=both(account.alternative),
        data=account.data(),
        shown=account.shown,
        indicators=tuple(name for one in found for name in (one.name, f"{one.name}_gap")),
        draw=lambda figure, lang, narrow: draw(drawing, figure, lang, narrow),
        height=(drawing.height(narrow=False), drawing.height(narrow=True)),
        note=both(account.note),
    )


@dataclass(frozen=True, eq=False)
class Account:
    """What is said of the segments.  `changes`: of gaps, by arm and measure."""

    subject: Subject
    segments: Sequence[str]
    measures: Sequence[Measure]
    changes: dict[tuple[str, str], Estimate]

    def finding(self, lang: Lang) -> str:
        """The figure in which the segments of the base are the most unequal, and what the other arms change of it."""
        base = self.subject.base.name
        ends = {one.name: one.ends[base] for one in self.measures if base in one.ends}
        judged = any(one.apart.low is not None for one in ends.values())
        clear = {name: one for name, one in ends.items() if one.clear}
        tails = []
        if (judged and not clear) or not ends:
            tails.append(NOT_CLEAR.say(lang))
        else:
            name = max(clear or ends, key=lambda name: ends[name].relative)
            measure = next(one for one in self.measures if one.name == name)
            tails.append(self._unequal(measure, ends[name], lang))
            if not judged:
                tails.append(NOT_JUDGED.say(lang))
        if self.subject.others and judged:
            tails.append(self._changed(lang))
        return ("\u00a0; " if lang == "fr" else "; ").join(tails) + "."

    def _unequal(self, measure: Measure, ends: Ends, lang: Lang) -> str:
        """A figure with the segments at its ends and the gap."""
        write, apart = self.writers(measure, lang)
        gap = measure.gap[self.subject.base.name]
        held = between(gap, apart, lang)
        said = "" if gap.mean is None else GAP.say(lang, gap=apart(gap.mean), interval=INTERVAL.say(lang, interval=held) if held else "")
        fields = {"worst": write(ends.high), "best": write(ends.low), "last": self._segment(ends.worst, lang), "first": self._segment(ends.best, lang)}
        return MOST_UNEQUAL.say(lang, what=NAMES[measure.name].say(lang), gap=said, **fields)

    def _changed(self, lang: Lang) -> str:
        """The largest discernible change of a gap, beside its size in the base."""
        if not self.subject.paired:
            return APART.say(lang)
        base = self.subject.base.name
        clear = {key: one for key, one in self.changes.items() if one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)}
        if not clear:
            return NO_CHANGE.say(lang, n=len(self.subject.others))
        by_name = {one.name: one for one in self.measures}

        def size(key: tuple[str, str]) -> float:
            gap = by_name[key[1]].gap[base].mean
            return abs(clear[key].mean or 0.0) / gap if gap else 0.0

        arm, name = max(clear, key=size)
        change = clear[arm, name]
        write = change_writer(by_name[name].unit, max(abs(end) for end in (change.low or 0.0, change.high or 0.0)), lang)
        called = quoted(titles(self.subject.arms, lang, 60)[arm], lang)
        return CHANGES.say(lang, arm=called, of=OF[name].say(lang), change=write(change.mean), interval=between(change, write, lang))

    def _segment(self, name: str, lang: Lang) -> str:
        return quoted(self.subject.base.called(f"segment:{name}", lang), lang)

    def writers(self, measure: Measure, lang: Lang) -> tuple[Write, Write]:
        """How a figure is written, and how a gap is: of shares in points."""
        return writer(measure.unit, max(abs(one.mean) for one in measure.each.values() if one.mean is not None), lang), gap_writer(measure, lang)

    def alternative(self, lang: Lang) -> str:
        """What is drawn, and the ends of each figure in the base."""
        names = listed([one.label.say(lang)[:1].lower() + one.label.say(lang)[1:] for one in self.measures], lang)
        base = self.subject.base
        if len(self.subject.arms) > 2:
            drawn = DRAWN_ARMS.say(lang, names=names)
        else:
            bars = BARS.say(lang) if any(one.low is not None for each in self.measures for one in each.each.values()) else ""
            called = titles(self.subject.arms, lang, 60)
            arms = BESIDE.say(lang, names=quoted(called[self.subject.others[0].name], lang)) if self.subject.others else ""
            drawn = DRAWN.say(lang, names=names, bars=bars, arms=arms)
        said = []
        for one in self.measures:
            if base.name in one.ends:
                ends, (write, _) = one.ends[base.name], self.writers(one, lang)
                fields = {"low": write(ends.low), "high": write(ends.high), "first": self._segment(ends.best, lang), "last": self._segment(ends.worst, lang)}
                said.append(EACH.say(lang, what=NAMES[one.name].say(lang), **fields))
        each = ("\u00a0; " if lang == "fr" else "; ").join(said)
        return f"{drawn} {IN_BASE.say(lang, base=BASE.say(lang) if self.subject.others else '', each=each)}"

    def data(self) -> pd.DataFrame:
        """One row an arm, figure and segment; beside the segments the whole (`all`) and the gap (`gap`)."""
        import pandas as pd

        rows = []
        for arm in self.subject.arms:
            for one in self.measures:
                named = [*((segment, one.each[arm.name, segment]) for segment in self.segments), ("", one.whole[arm.name])]
                rows += [(arm.name, one.name, segment, "segment" if segment else "all", one.unit, each.mean, each.low, each.high) for segment, each in named]
                gap = one.gap[arm.name]
                rows.append((arm.name, one.name, "", "gap", one.unit, gap.mean, gap.low, gap.high))
        return pd.DataFrame(rows, columns=["arm", "indicator", "segment", "of", "unit", "mean", "low", "high"])

    def shown(self, lang: Lang) -> Table:
        """Segments below one another, arm by arm; then all together, the gap and its interval."""
        several = bool(self.subject.others)
        columns = [*([ARM.say(lang)] if several else []), SEGMENT.say(lang), *(one.label.say(lang) for one in self.measures)]
        called = titles(self.subject.arms, lang, 40)
        each = max(1, MOST_ROWS // len(self.subject.arms) - 3)
        rows: list[tuple[str, ...]] = []
        for arm in self.subject.arms:
            first = (called[arm.name],) if several else ()
            for segment in self.segments[: min(MOST, each)]:
                cells = [self.writers(one, lang)[0](one.each[arm.name, segment].mean) for one in self.measures]
                rows.append((*first, arm.called(f"segment:{segment}", lang), *cells))
            whole = [self.writers(one, lang)[0](one.whole[arm.name].mean) for one in self.measures]
            gaps = [self.writers(one, lang)[1](one.gap[arm.name].mean) for one in self.measures]
            held = [between(one.gap[arm.name], self.writers(one, lang)[1], lang) or NONE for one in self.measures]
            rows += [(*first, label.say(lang), *cells) for label, cells in ((ALL, whole), (GAP_ROW, gaps), (GAP_INTERVAL, held))]
        return Table(tuple(columns), tuple(rows), tuple(range(len(columns) - len(self.measures), len(columns))))

    def note(self, lang: Lang) -> str:
        """How to read it, and what was left out."""
        left = len(self.segments) - MOST
        return NOTE.say(lang) + (" " + LEFT.say(lang, most=MOST, n=left) if left > 0 else "")
