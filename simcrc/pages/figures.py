"""The figures that a report puts on top: which indicators at which channels, with targets, of every arm, and their differences to the base.

``tiles`` and ``verdict`` say them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simcrc.experiment.headlines import SIGNS, UNIT_OF_TIME, Verdict, _verdict, targets_of
from simcrc.experiment.statistics import Estimate
from simcrc.indicators import indicators
from simcrc.report.numbers import NONE, SECONDS, points, writer
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

Better = Literal["low", "high"]
TOP: tuple[tuple[str, str, Better], ...] = (
    ("cost_per_need_resolved", "", "low"),
    ("service_level", "live", "high"),
    ("abandonment_ratio", "live", "low"),
    ("contacts_per_need", "", "low"),
    ("self_service_share", "", "high"),
    ("oldest_item", "written", "low"),
)
"""Indicator, which channel it is looked at, and which way is better."""
BETTER: dict[str, Better] = {name: better for name, _, better in TOP}
RANGE = Words(fr="{low} à {high}", en="{low} to {high}")


@dataclass(frozen=True)
class Aim:
    """A target: ≥ 0.8, in the unit of the indicator, and its words' sign."""

    op: str
    value: float


@dataclass(frozen=True)
class Top:
    """A figure on top of the report.  `place`: the channel, "" for the whole; `aim`: its target in the base."""

    indicator: str
    place: str
    unit: str
    better: Better
    aim: Aim | None

    @property
    def metric(self) -> str:
        """Its name, ``phone.asa``."""
        return f"{self.place}.{self.indicator}" if self.place else self.indicator

    def of(self, arm: Arm) -> Estimate:
        """The figure of an arm, with its 95 % interval."""
        return arm.estimate(self.indicator, self.place or None)

    def judged(self, estimate: Estimate) -> Verdict | None:
        """Whether its target is met; None without one."""
        return None if self.aim is None or estimate.mean is None else _verdict(self.aim.op, self.aim.value, estimate.low, estimate.high)


def tops(subject: Subject) -> list[Top]:
    """The figures on top, those that some arm has."""
    base, aims = subject.base, targets_of(subject.base.scenario)
    out = []
    for name, sort, better in TOP:
        place = "" if not sort else _place(base, name, sort, aims)
        if place is None:
            continue
        unit = indicators()[name].unit.replace("money", base.scenario.currency)
        top = Top(name, place, unit, better, _aim(aims, name, place, unit))
        if any(top.of(arm).mean is not None for arm in subject.arms):
            out.append(top)
    return out


def _place(arm: Arm, name: str, sort: str, aims: list[dict[str, Any]]) -> str | None:
    """The channel at which a figure is looked at: one with a target for it, else the phone or the mail, else that with the most contacts."""
    found = arm.of(name)
    whole = found[found[["service", "segment", "reason", "period"]].isna().all(axis=1) & found["channel"].notna() & found["mean"].notna()]
    known = [str(channel) for channel in whole["channel"] if channel in arm.scenario.channels]
    aimed = [str(aim["channel"]) for aim in aims if aim["indicator"] == name and aim["channel"] in known]
    kinds = ("phone",) if sort == "live" else ("mail",)
    usual = [channel for channel in known if arm.scenario.channels[channel].kind in kinds]
    busiest = sorted(known, key=lambda channel: -(arm.mean("offered", channel) or 0.0))
    return next(iter([*aimed, *usual, *busiest]), None)


def _aim(aims: list[dict[str, Any]], name: str, place: str, unit: str) -> Aim | None:
    for aim in aims:
        if aim["indicator"] == name and (aim["channel"] or "") == place:
            value = aim["value"] / UNIT_OF_TIME.get(unit, 1.0) if aim["unit"] == "time" else aim["value"]
            return Aim(aim["op"], float(value))
    return None


def said(estimate: Estimate, unit: str, lang: Lang) -> str:
    """A figure in words."""
    return writer(unit, estimate.mean or 0.0, lang)(estimate.mean)


def interval(estimate: Estimate, unit: str, lang: Lang) -> str:
    """Its interval; a dash where there is none."""
    if estimate.low is None or estimate.high is None:
        return NONE
    write = writer(unit, max(abs(estimate.low), abs(estimate.high)), lang)
    return RANGE.say(lang, low=write(estimate.low), high=write(estimate.high))


def aimed(aim: Aim, unit: str, lang: Lang) -> str:
    """A target in words."""
    return f"{SIGNS[aim.op]}\u00a0{writer(unit, aim.value, lang)(aim.value)}"


def change(value: float | None, unit: str, scale: float, lang: Lang) -> str:
    """A difference in words, with its sign; of shares in points."""
    if value is None:
        return NONE
    write = (lambda size: points(size, lang)) if unit == "share" else writer(unit, scale, lang)
    text = write(value)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def changed(estimate: Estimate, unit: str, scale: float, lang: Lang) -> str:
    """A difference with its interval: ``−0,42 $ (−0,51 $ à −0,33 $)``."""
    if unit in SECONDS and estimate.mean is not None:
        scale = max(abs(scale) / 10, abs(estimate.mean))
    whole = change(estimate.mean, unit, scale, lang)
    if estimate.low is None or estimate.high is None:
        return whole
    ends = RANGE.say(lang, low=change(estimate.low, unit, scale, lang), high=change(estimate.high, unit, scale, lang))
    return f"{whole} ({ends})"


def clear(estimate: Estimate) -> bool:
    """Whether a difference is beyond chance: its interval does not hold 0."""
    return estimate.low is not None and estimate.high is not None and (estimate.low > 0 or estimate.high < 0)


def good(estimate: Estimate, better: Better) -> bool:
    """Whether a clear difference is for the better."""
    return (estimate.mean or 0.0) < 0 if better == "low" else (estimate.mean or 0.0) > 0
