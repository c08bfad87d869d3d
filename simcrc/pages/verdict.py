"""The verdict: one sentence with its certainty, from figures alone.

Of a run: how many targets are met.  Of a base and others: what the policy changes of the cost of a resolved need and of the figures on top; of several, which
lower the cost.  Intervals of several policies hold together (Bonferroni); what an interval does not show is not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcrc.experiment.headlines import headlines, targets_of
from simcrc.experiment.statistics import LEVEL, Estimate
from simcrc.pages.blocks import isolated
from simcrc.pages.figures import Top, changed, clear, good, interval, said, tops
from simcrc.report.numbers import decimal
from simcrc.report.short import label, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject

MET = Words(
    fr="{met} {met:cible est atteinte|cibles sont atteintes} sur {all}{missed}{unsure} (intervalles à 95 %, {n} réplications).",
    en="{met} of {all} {all:target|targets} {met:is|are} met{missed}{unsure} (95% intervals, {n} replications).",
)
MISSED = Words(fr=", {count} {count:ne l'est pas|ne le sont pas} ({names})", en=", {count} {count:is|are} not ({names})")
UNSURE = Words(
    fr=", et {count} {count:n'est pas encore claire|ne sont pas encore claires} ({names})", en=", and {count} {count:is|are} not yet clear ({names})"
)
ONCE = Words(
    fr="Une seule réplication : un besoin demande {contacts} contacts{cost}, sans intervalle, donc rien de ceci n'est sûr et aucune cible n'est jugée.",
    en="A single replication: a need takes {contacts} contacts{cost}, without an interval, so that nothing of this is certain and no target is judged.",
)
AT_COST = Words(fr=" et coûte {cost} une fois réglé", en=" and costs {cost} once resolved")
NO_TARGET = Words(
    fr="Un besoin demande {contacts} contacts ({contacts_range}){cost}, à 95 % sur {n} réplications ; aucune cible n'est écrite dans le scénario.",
    en="A need takes {contacts} contacts ({contacts_range}){cost}, at 95% over {n} replications; the scenario writes no target.",
)
COSTS = Words(fr=" et coûte {cost} une fois réglé ({range})", en=" and costs {cost} once resolved ({range})")
ONE = Words(fr="« {name} » {cost}{others} (à {level}, {n} réplications appariées).", en="“{name}” {cost}{others} (at {level}, {n} paired replications).")
CHANGES = Words(fr="change de {change} le coût d'un besoin réglé", en="changes the cost of a need resolved by {change}")
NOT_CLEAR = Words(
    fr="ne change pas le coût d'un besoin réglé de façon établie, {change}", en="does not change the cost of a need resolved beyond chance, {change}"
)
BETTER = Words(fr=" ; s'améliorent : {names}", en="; better: {names}")
WORSE = Words(fr=" ; se détériorent : {names}", en="; worse: {names}")
STILL = Words(fr=" ; rien d'autre en tête de page ne change de façon établie", en="; nothing else on top of this page changes beyond chance")
MANY = Words(
    fr="{count} des {all} politiques {count:baisse|baissent} le coût d'un besoin réglé{most}{up} (intervalles valables ensemble à {level}, "
    "{n} réplications appariées).",
    en="{count} of {all} policies {count:lowers|lower} the cost of a need resolved{most}{up} (intervals that hold together at {level}, "
    "{n} paired replications).",
)
NONE = Words(
    fr="Aucune des {all} politiques ne baisse de façon établie le coût d'un besoin réglé{up} (intervalles valables ensemble à {level}, "
    "{n} réplications appariées).",
    en="None of {all} policies lowers the cost of a need resolved beyond chance{up} (intervals that hold together at {level}, {n} paired replications).",
)
MOST = Words(fr=", « {name} » le plus : {change}", en=", “{name}” the most: {change}")
UP = Words(fr=", {count} {count:le relève|le relèvent}", en=", {count} {count:raises|raise} it")
UNPAIRED = Words(
    fr="Les simulations ne sont pas appariées (période, germe ou réplications diffèrent) : leurs écarts ne se jugent pas ici, et rien n'est établi.",
    en="The runs are not paired (period, seed or replications differ): their differences cannot be judged here, and nothing is certain.",
)
SINGLE = Words(
    fr="Une seule réplication : les écarts à la base sont montrés sans intervalle, et aucun n'est sûr.",
    en="A single replication: differences to the base are shown without intervals, and none is certain.",
)


@dataclass(frozen=True)
class Judged:
    """A target and what became of it."""

    indicator: str
    channel: str | None
    verdict: str


def verdict(subject: Subject, lang: Lang) -> str:
    """The sentence."""
    if not subject.others:
        return _of_run(subject.base, lang)
    if not subject.paired:
        return UNPAIRED.say(lang)
    if len(subject.base.numbers) < 2:
        return SINGLE.say(lang)
    return _of_one(subject, lang) if len(subject.others) == 1 else _of_many(subject, lang)


def _of_run(arm: Arm, lang: Lang) -> str:
    contacts, cost = arm.estimate("contacts_per_need"), arm.estimate("cost_per_need_resolved")
    money, count = f"{arm.scenario.currency}/need", len(arm.numbers)
    if count < 2:
        at = AT_COST.say(lang, cost=said(cost, money, lang)) if cost.mean else ""
        return ONCE.say(lang, contacts=said(contacts, "contacts/need", lang), cost=at)
    judged = judged_targets(arm)
    n = decimal(count, lang, 0)
    if not judged:
        at = COSTS.say(lang, cost=said(cost, money, lang), range=interval(cost, money, lang)) if cost.mean else ""
        fields = {"contacts": said(contacts, "contacts/need", lang), "contacts_range": interval(contacts, "contacts/need", lang)}
        return NO_TARGET.say(lang, **fields, cost=at, n=n)
    parts = {}
    for state, words in (("missed", MISSED), ("unsure", UNSURE)):
        names = [_named(each.indicator, each.channel, arm, lang) for each in judged if each.verdict == state]
        parts[state] = words.say(lang, count=len(names), names=", ".join(names)) if names else ""
    return MET.say(lang, met=sum(each.verdict == "met" for each in judged), all=len(judged), n=n, **parts)


def judged_targets(arm: Arm) -> list[Judged]:
    """What became of the targets of an arm."""
    found = []
    for target in targets_of(arm.scenario):
        frame = arm.of(target["indicator"])
        found += [each for each in headlines(frame, list(arm.scenario.channels), [target]) if each.verdict is not None]
    return [Judged(each.indicator, each.channel, str(each.verdict)) for each in found]


def _named(indicator: str, channel: str | None, arm: Arm, lang: Lang) -> str:
    where = place(channel, arm.words, lang)
    name = label(indicator, lang)
    name = name[0].lower() + name[1:]
    return f"{name}, {isolated(where)}" if where else name


def _level(level: float, lang: Lang) -> str:
    return decimal(100 * level, lang, 0) + ("\u00a0%" if lang == "fr" else "%")


def _cost(subject: Subject, arm: Arm, level: float) -> Estimate:
    return subject.difference(arm, "cost_per_need_resolved", level)


def _of_one(subject: Subject, lang: Lang) -> str:
    """A base and one policy: the cost, then what else changes on top of the page."""
    arm, base = subject.others[0], subject.base
    shown = tops(subject)
    cost = _cost(subject, arm, LEVEL)
    money, scale = f"{base.scenario.currency}/need", base.mean("cost_per_need_resolved") or 1.0
    words = CHANGES if clear(cost) else NOT_CLEAR
    moved = [(top, subject.difference(arm, top.metric)) for top in shown if top.indicator != "cost_per_need_resolved"]
    sides = {True: BETTER, False: WORSE}
    others = ""
    for side, say in sides.items():
        names = [_change(top, each, base, lang) for top, each in moved if clear(each) and good(each, top.better) is side]
        others += say.say(lang, names=", ".join(names)) if names else ""
    fields = {"level": _level(LEVEL, lang), "n": decimal(len(base.numbers), lang, 0)}
    return ONE.say(
        lang, name=isolated(arm.title.say(lang)), cost=words.say(lang, change=changed(cost, money, scale, lang)), others=others or STILL.say(lang), **fields
    )


def _change(top: Top, estimate: Estimate, base: Arm, lang: Lang) -> str:
    only = Estimate(estimate.mean, None, None, estimate.replications)
    return f"{_named(top.indicator, top.place or None, base, lang)} {changed(only, top.unit, top.of(base).mean or 1.0, lang)}"


def _of_many(subject: Subject, lang: Lang) -> str:
    """Several policies: which lower the cost of a resolved need."""
    base = subject.base
    level = 1 - (1 - LEVEL) / len(subject.others)
    found = [(arm, _cost(subject, arm, level)) for arm in subject.others]
    down = sorted(((arm, each) for arm, each in found if clear(each) and (each.mean or 0.0) < 0), key=lambda pair: pair[1].mean or 0.0)
    up = sum(clear(each) and (each.mean or 0.0) > 0 for _, each in found)
    most = ""
    if down:
        change = changed(down[0][1], f"{base.scenario.currency}/need", base.mean("cost_per_need_resolved") or 1.0, lang)
        most = MOST.say(lang, name=isolated(down[0][0].title.say(lang)), change=change)
    fields = {"all": len(found), "level": _level(LEVEL, lang), "n": decimal(len(base.numbers), lang, 0)}
    raised = UP.say(lang, count=up) if up else ""
    return MANY.say(lang, count=len(down), most=most, up=raised, **fields) if down else NONE.say(lang, up=raised, **fields)
