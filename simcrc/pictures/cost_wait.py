"""The picture of the compared policies by cost and wait: cost of a need resolved against wait, the front of Pareto, and who is dominated.

``cost_wait_points`` has the figures, ``cost_wait_drawing`` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simcrc.pictures.cost_wait_drawing import draw
from simcrc.pictures.cost_wait_points import COST, Pair, Point, points, unit_of
from simcrc.pictures.picture import Absent, Picture, Table, both
from simcrc.pictures.writing import between, listed, quoted, titles
from simcrc.report import short
from simcrc.report.changes import Write
from simcrc.report.numbers import NONE, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.subject import Subject

Pairs = dict[tuple[str, str], Pair]

NAME = "cost_wait"
TITLE = Words(fr="Le coût et l'attente", en="Cost and wait")
ALONE = Words(
    fr="Il faut au moins deux variantes : « simcrc compare BASE POLITIQUE… » en compare sur les mêmes citoyens.",
    en="It takes two arms at least: “simcrc compare BASE POLICY…” compares some on the same citizens.",
)
NONE_HAVE = Words(
    fr="Moins de deux variantes ont à la fois un coût par besoin réglé et une attente : il faut des besoins réglés, et des contacts qui attendent un préposé.",
    en="Fewer than two arms have both a cost per need resolved and a wait: it takes needs that are resolved, and contacts that wait for an agent.",
)
FREE = Words(
    fr="Aucun contact n'a de coût dans ces scénarios : écrivez le coût unitaire des canaux (cost: per_contact).",
    en="No contact costs anything in these scenarios: write the unit costs of the channels (cost: per_contact).",
)

AT = Words(fr="{name} ({cost}, {wait})", en="{name} ({cost}, {wait})")
ONE_BEST = Words(
    fr="{best} a le coût par besoin réglé le plus bas et l'attente la plus courte", en="{best} has the lowest cost per need resolved and the shortest wait"
)
TRADE = Words(
    fr="Il faut choisir : {cheap} a le coût par besoin réglé le plus bas, {quick} l'attente la plus courte",
    en="There is a choice to make: {cheap} has the lowest cost per need resolved, {quick} the shortest wait",
)
EQUAL = Words(fr="Les variantes ont toutes le même coût et la même attente", en="All arms have the same cost and the same wait")
SURE = Words(fr="{names} {n:est dominée|sont dominées} de façon sûre", en="{names} {n:is|are} dominated for certain")
SEEMS = Words(
    fr="{names} {n:l'est|le sont} en moyenne, sans que les intervalles le confirment", en="{names} {n:is|are} by the means, which the intervals do not confirm"
)
SEEMS_ALONE = Words(
    fr="{names} {n:est dominée|sont dominées} en moyenne, sans que les intervalles le confirment",
    en="{names} {n:is|are} dominated by the means, which the intervals do not confirm",
)
TRADE_SURE = Words(fr="ces deux écarts sont sûrs", en="both differences are certain")
TRADE_HALF = Words(fr="mais l'écart {of} entre les deux n'est pas décelable", en="but the difference {of} between the two is not discernible")
OF_BOTH = Words(fr="de coût et d'attente", en="of cost and of wait")
OF_COST = Words(fr="de coût", en="of cost")
OF_WAIT = Words(fr="d'attente", en="of wait")
ONE_RUN = Words(fr="une seule réplication, rien n'est jugé", en="a single replication, nothing is judged")
APART = Words(fr="les variantes ne sont pas appariées, seules leurs moyennes se comparent", en="the arms are not paired, only their means are compared")

DRAWN = Words(
    fr="Chaque variante est un point : {wait} en abscisse, coût par besoin réglé en ordonnée, l'intervalle à 95 % de chacun en croix ; le mieux "
    "est en bas à gauche.",
    en="Each arm is a point: {wait} across, cost per need resolved upwards, with the 95 % interval of each as a cross; best is at the lower left.",
)
DRAWN_ONE = Words(
    fr="Chaque variante est un point : {wait} en abscisse, coût par besoin réglé en ordonnée, sans intervalle faute de réplications ; le mieux "
    "est en bas à gauche.",
    en="Each arm is a point: {wait} across, cost per need resolved upwards, without intervals for want of replications; best is at the lower left.",
)
WHERE = Words(fr="{points}.", en="{points}.")
ON_FRONT = Words(fr="Sur le front de Pareto : {names}.", en="On the Pareto front: {names}.")
NOTE = Words(
    fr="Les croix sont les intervalles de chaque variante. Les variantes rencontrent les mêmes citoyens : leurs écarts sont plus sûrs que les croix ne le "
    "laissent voir, et c'est sur les écarts, tous pris ensemble, que la domination est jugée.",
    en="Crosses are the intervals of each arm. The arms meet the same citizens, so differences are surer than the crosses show; domination is judged on the "
    "differences, all taken together.",
)
COLUMNS = (
    Words(fr="Variante", en="Arm"),
    Words(fr="Coût par besoin réglé", en="Cost per need resolved"),
    Words(fr="Intervalle à 95 %", en="95 % interval"),
    Words(fr="Attente", en="Wait"),
    Words(fr="Intervalle à 95 %", en="95 % interval"),
    Words(fr="Lecture", en="Reading"),
)
READ_FRONT = Words(fr="sur le front", en="on the front")
READ_SURE = Words(fr="dominée de façon sûre par {names}", en="dominated for certain by {names}")
READ_SEEMS = Words(fr="dominée en moyenne par {names}, indécis", en="dominated by the means of {names}, not clear")


def picture(subject: Subject) -> Picture | Absent:
    """Cost per need resolved against wait, arm by arm."""
    if len(subject.arms) < 2:
        return Absent(NAME, ALONE)
    found, apart, wait = points(subject)
    if not found or wait is None:
        return Absent(NAME, NONE_HAVE)
    if all(point.cost.mean == 0 for point in found):
        return Absent(NAME, FREE)
    account = Account(subject, found, apart, wait)
    rows = len(found)
    return Picture(
        name=NAME,
        title=TITLE,
        finding=both(account.finding),
        alternative=both(account.alternative),
        data=account.data(),
        shown=account.shown,
        indicators=(COST, wait),
        draw=lambda figure, lang, narrow: draw(found, wait, figure, lang, narrow),
        height=(3.9 + 0.1 * rows, 3.6 + 0.2 * rows),
        note=NOTE if subject.paired and any(point.cost.low is not None for point in found) else None,
    )


class Account:
    """What is said of the points."""

    def __init__(self, subject: Subject, found: Sequence[Point], apart: Pairs, wait: str) -> None:
        self.paired, self.points, self.apart, self.wait = subject.paired, found, apart, wait
        self.arms = [point.arm for point in found]
        self.units = {name: unit_of(self.arms[0], name) for name in (COST, wait)}

    def writers(self, lang: Lang) -> tuple[Write, Write]:
        """How costs and waits are written, all alike."""
        costs, waits = ([abs(getattr(point, which).mean) for point in self.points] for which in ("cost", "wait"))
        return writer(self.units[COST], max(costs), lang), writer(self.units[self.wait], max(waits), lang)

    def names(self, lang: Lang) -> dict[str, str]:
        """What arms are called in sentences."""
        return {name: quoted(title, lang) for name, title in titles(self.arms, lang, 60).items()}

    def at(self, point: Point, lang: Lang) -> str:
        """An arm with its figures."""
        cost, wait = self.writers(lang)
        return AT.say(lang, name=self.names(lang)[point.arm.name], cost=cost(point.cost.mean), wait=wait(point.wait.mean))

    def finding(self, lang: Lang) -> str:
        """Who is on the front, who is dominated, and how sure that is."""
        front = [point for point in self.points if point.front]
        cheap, quick = (min(front, key=key) for key in (lambda point: (point.cost.mean, point.wait.mean), lambda point: (point.wait.mean, point.cost.mean)))
        alike = (cheap.cost.mean, cheap.wait.mean) == (quick.cost.mean, quick.wait.mean)
        if alike and len(front) == len(self.points):
            return EQUAL.say(lang) + "."
        head = ONE_BEST.say(lang, best=self.at(cheap, lang)) if alike else TRADE.say(lang, cheap=self.at(cheap, lang), quick=self.at(quick, lang))
        tails = [APART.say(lang)] if not self.paired else [ONE_RUN.say(lang)] if self._single else self._certainty(None if alike else (cheap, quick), lang)
        mark = "\u00a0; " if lang == "fr" else "; "
        return mark.join([head, *tails]) + "."

    @property
    def _single(self) -> bool:
        return all(pair.cost.low is None or pair.wait.low is None for pair in self.apart.values())

    def _certainty(self, ends: tuple[Point, Point] | None, lang: Lang) -> list[str]:
        """How sure the front is, and who is behind it."""
        called, out = self.names(lang), []
        if ends is not None:
            pair = self.apart[ends[0].arm.name, ends[1].arm.name]
            sure = pair.cost.high is not None and pair.cost.high < 0, pair.wait.low is not None and pair.wait.low > 0
            of = {(False, False): OF_BOTH, (False, True): OF_COST, (True, False): OF_WAIT}.get(sure)
            out.append(TRADE_SURE.say(lang) if of is None else TRADE_HALF.say(lang, of=of.say(lang)))
        behind = [point for point in self.points if not point.front]
        surely, seems = ([called[point.arm.name] for point in behind if bool(point.surely) is sure] for sure in (True, False))
        if surely:
            out.append(SURE.say(lang, names=listed(surely, lang), n=len(surely)))
        if seems:
            out.append((SEEMS if surely else SEEMS_ALONE).say(lang, names=listed(seems, lang), n=len(seems)))
        return out

    def alternative(self, lang: Lang) -> str:
        """What is drawn, and where each arm stands."""
        drawn = DRAWN_ONE if all(point.cost.low is None for point in self.points) else DRAWN
        front = [self.names(lang)[point.arm.name] for point in self.points if point.front]
        stand = ", ".join(self.at(point, lang) for point in self.points)
        label = short.label(self.wait, lang)
        return " ".join([drawn.say(lang, wait=label), WHERE.say(lang, points=stand[:1].upper() + stand[1:]), ON_FRONT.say(lang, names=listed(front, lang))])

    def data(self) -> pd.DataFrame:
        """One row an arm."""
        import pandas as pd

        cost, wait = f"cost_per_need_resolved_{self.units[COST].partition('/')[0]}", f"{self.wait}_{self.units[self.wait]}"
        rows = [
            {
                "arm": point.arm.name,
                cost: point.cost.mean,
                f"{cost}_low": point.cost.low,
                f"{cost}_high": point.cost.high,
                wait: point.wait.mean,
                f"{wait}_low": point.wait.low,
                f"{wait}_high": point.wait.high,
                "on_front": point.front,
                "dominated_by": " ".join(point.beaten),
                "dominated_for_certain_by": " ".join(point.surely),
                "replications": point.cost.replications,
            }
            for point in self.points
        ]
        return pd.DataFrame(rows)

    def shown(self, lang: Lang) -> Table:
        """The same as a person reads it."""
        cost, wait = self.writers(lang)
        called = titles(self.arms, lang, 60)
        rows = []
        for point in self.points:
            intervals = [between(one, write, lang) or NONE for one, write in ((point.cost, cost), (point.wait, wait))]
            reading = self._reading(point, called, lang)
            rows.append((called[point.arm.name], cost(point.cost.mean), intervals[0], wait(point.wait.mean), intervals[1], reading))
        return Table(tuple(column.say(lang) for column in COLUMNS), tuple(rows), (1, 2, 3, 4))

    def _reading(self, point: Point, called: dict[str, str], lang: Lang) -> str:
        if point.front:
            return READ_FRONT.say(lang)
        names = listed([called[name] for name in point.surely or point.beaten], lang)
        return (READ_SURE if point.surely else READ_SEEMS).say(lang, names=names)
