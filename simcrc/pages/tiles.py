"""The tiles on top: six figures against their target and against the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.pages.figures import Top, aimed, changed, clear, good, interval, said, tops
from simcrc.report import verdicts
from simcrc.report.short import label, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

TARGET = Words(fr="Cible {aim} : {verdict}", en="Target {aim}: {verdict}")
NOT_JUDGED = Words(fr="non jugée", en="not judged")
INTERVAL = Words(fr="95 % : {range}", en="95%: {range}")
NO_TARGET = Words(fr="Pas de cible", en="No target")
DIFFERENCE = Words(fr="écart {change}", en="difference {change}")
BETTER = Words(fr="mieux", en="better")
WORSE = Words(fr="moins bien", en="worse")
SAME = Words(fr="pas établi", en="not beyond chance")


@dataclass(frozen=True)
class Line:
    """The figure of one arm.  `state`: met, missed, unsure (against its target), or ""; `change`: to the base, with `way` better, worse, same or ""."""

    arm: str
    value: str
    interval: str
    target: str
    state: str
    change: str
    way: str
    judged: str


@dataclass(frozen=True)
class Tile:
    """One figure: what it is called and where, a line an arm, the base first."""

    title: str
    where: str
    lines: tuple[Line, ...]


def tiles(subject: Subject, lang: Lang) -> list[Tile]:
    """The tiles, those that some arm has a figure for."""
    out = []
    for top in tops(subject):
        lines = tuple(_line(subject, top, arm, lang) for arm in subject.arms)
        name = label(top.indicator, lang)
        out.append(Tile(name[0].upper() + name[1:], place(top.place or None, subject.base.words, lang), lines))
    return out


def _line(subject: Subject, top: Top, arm: Arm, lang: Lang) -> Line:
    estimate = top.of(arm)
    state = top.judged(estimate)
    spread = interval(estimate, top.unit, lang)
    target = NO_TARGET.say(lang) if arm is subject.base else ""
    if top.aim is not None:
        word = verdicts.VERDICTS[state].say(lang) if state and estimate.low is not None else NOT_JUDGED.say(lang)
        target = TARGET.say(lang, aim=aimed(top.aim, top.unit, lang), verdict=word)
    change = way = judged = ""
    if arm is not subject.base and subject.paired:
        moved = subject.difference(arm, top.metric)
        if moved.mean is not None:
            change = DIFFERENCE.say(lang, change=changed(moved, top.unit, top.of(subject.base).mean or 1.0, lang))
            way = "" if moved.low is None else "same" if not clear(moved) else "better" if good(moved, top.better) else "worse"
            judged = {"": "", "same": SAME.say(lang), "better": BETTER.say(lang), "worse": WORSE.say(lang)}[way]
    return Line(
        arm=arm.title.say(lang),
        value=said(estimate, top.unit, lang),
        interval=INTERVAL.say(lang, range=spread) if estimate.low is not None else "",
        target=target,
        state=state or "" if estimate.low is not None else "",
        change=change,
        way=way,
        judged=judged,
    )
