"""Free choice in a report: the rules, on how many dates of the timeline they were checked, what breaks them, and by channel and segment what is offered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simcrc.pages.blocks import Block, Section, bullets, details, isolated, rows, text
from simcrc.policies.free_choice import breaches, broken
from simcrc.policies.target import served
from simcrc.policies.timeline import base_of, timeline
from simcrc.report.numbers import decimal
from simcrc.scenario.base import for_service
from simcrc.scenario.privacy import able
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.arm import Arm
    from simcrc.pictures.subject import Subject
    from simcrc.scenario import Scenario

TITLE = Words(fr="Libre choix", en="Free choice")
LEAD = Words(
    fr="Nul n'est forcé de changer de canal : une politique ouvre et recommande, elle ne ferme pas la porte. Règles vérifiées :",
    en="Nobody is made to change channels: a policy opens and recommends, it closes no door. Rules that were checked:",
)
RULES = (
    Words(
        fr="chaque service reste offert par un canal universel, le téléphone ou le courrier ;",
        en="every service stays offered by a universal channel, phone or mail;",
    ),
    Words(
        fr="dans la réponse vocale, le « 0 » reste disponible et mène à un préposé qui connaît le service ;",
        en='in the voice unit "0" stays available and leads to an agent who knows the service;',
    ),
    Words(fr="un visiteur qui vient au comptoir n'est pas renvoyé chez lui ;", en="a visitor who comes to the counter is not sent home;"),
    Words(
        fr="chaque segment garde un canal à sa portée pour chaque service dont il a besoin.",
        en="every segment keeps a channel within its reach for every service that it needs.",
    ),
)
KEPT = Words(
    fr="{name} : règles respectées à chacune des {dates} dates où ce qui est offert change, du {start} à la fin.",
    en="{name}: rules kept on each of the {dates} dates on which what is offered changes, from {start} to the end.",
)
KEPT_ONCE = Words(
    fr="{name} : règles respectées ; rien de ce qui est offert ne change pendant la période.",
    en="{name}: rules kept; nothing of what is offered changes during the period.",
)
BASE_BREAKS = Words(
    fr="{name} : l'organisation elle-même, avant toute politique, ne respecte pas {count} {count:règle|règles} : {what}.",
    en="{name}: the organisation itself, before any policy, does not keep {count} {count:rule|rules}: {what}.",
)
BREAKS = Words(
    fr="{name}, à partir du {day} : {what} (le scénario le permet : free_choice: warn).",
    en="{name}, from {day} on: {what} (the scenario allows it: free_choice: warn).",
)
CHANNELS = Words(fr="Services offerts par canal", en="Services offered by channel")
SEGMENTS = Words(fr="Services à la portée de chaque segment", en="Services within reach of each segment")
COLUMNS = (Words(fr="Scénario", en="Scenario"), Words(fr="Canal", en="Channel"), Words(fr="Universel", en="Universal"))
OF_SEGMENTS = (
    Words(fr="Scénario", en="Scenario"),
    Words(fr="Segment", en="Segment"),
    Words(fr="Services demandés", en="Services needed"),
    Words(fr="Avec un canal pour tous", en="With a channel open to all"),
    Words(fr="En ligne seulement", en="On line only"),
)
START, END = Words(fr="Au début", en="At the start"), Words(fr="À la fin", en="At the end")
OF = Words(fr="{n} sur {all}", en="{n} of {all}")
YES, NO = Words(fr="oui", en="yes"), Words(fr="non", en="no")
SHOW = Words(fr="Par canal et par segment", en="By channel and by segment")
MOST = 5


class Timelines:
    """What is offered over time in each arm; looked at once, for both languages."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._of = cache(lambda arm: timeline(arm.scenario))
        self._broken = cache(lambda arm: broken(arm.scenario))

    def section(self, lang: Lang) -> Section:
        """The part of the report."""
        lines = [line for arm in self.subject.arms for line in self._lines(arm, lang)]
        tables = details(SHOW.say(lang), self._channels(lang), *self._segments(lang))
        return Section("choice", TITLE.say(lang), (text(LEAD.say(lang)), bullets([rule.say(lang) for rule in RULES]), bullets(lines), tables))

    def _lines(self, arm: Arm, lang: Lang) -> list[str]:
        name = isolated(arm.title.say(lang))
        out = []
        own = sorted(each.words().say(lang) for each in breaches(base_of(arm.scenario)))
        if own:
            out.append(BASE_BREAKS.say(lang, name=name, count=len(own), what=" ; ".join(own[:MOST]) + ("…" if len(own) > MOST else "")))
        wrong = self._broken(arm)
        out += [BREAKS.say(lang, name=name, day=day.isoformat(), what=breach.words().say(lang)) for day, breach in wrong[:MOST]]
        if not wrong and not own:
            dates = 1 + len(self._of(arm))
            words = KEPT if dates > 1 else KEPT_ONCE
            out.append(words.say(lang, name=name, dates=decimal(dates, lang, 0), start=arm.scenario.start.isoformat()))
        return out

    def _ends(self, arm: Arm) -> tuple[Scenario, Scenario]:
        """What holds at the start and at the end."""
        base, found = base_of(arm.scenario), self._of(arm)
        first = [now for day, now in found if day <= arm.scenario.start]
        return (first[-1] if first else base), (found[-1][1] if found else base)

    def _channels(self, lang: Lang) -> Block:
        cells = []
        for arm in self.subject.arms:
            ends = self._ends(arm)
            for name, spec in arm.scenario.channels.items():
                counts = [_offered(end, name) for end in ends]
                whole = len(arm.scenario.services)
                said = [OF.say(lang, n=decimal(count, lang, 0), all=decimal(whole, lang, 0)) for count in counts]
                cells.append((arm.title.say(lang), arm.called(name, lang), (YES if spec.universal else NO).say(lang), *said))
        return rows(CHANNELS.say(lang), [*(each.say(lang) for each in COLUMNS), START.say(lang), END.say(lang)], cells, (3, 4))

    def _segments(self, lang: Lang) -> list[Block]:
        cells = []
        for arm in self.subject.arms:
            _, end = self._ends(arm)
            for segment, (needed, open_to_all, online) in _reach(end).items():
                numbers = [decimal(each, lang, 0) for each in (needed, open_to_all, online)]
                cells.append((arm.title.say(lang), arm.called(f"segment:{segment}", lang), *numbers))
        return [rows(SEGMENTS.say(lang), [each.say(lang) for each in OF_SEGMENTS], cells, (2, 3, 4))] if cells else []


def _offered(scenario: Scenario, channel: str) -> int:
    return sum(bool(served(scenario, channel, service)) for service in scenario.services) if channel in scenario.channels else 0


def _reach(scenario: Scenario) -> dict[str, tuple[int, int, int]]:
    """By segment the services that it needs, those of them with a channel open to all, and those that can only be had on line by everybody of it."""
    out = {}
    for segment, spec in (scenario.population.segments if scenario.population else {}).items():
        needed = [name for name, asked in scenario.services.items() if spec.needs * for_service(asked.needs, segment, 1.0) > 0]
        to_all = [name for name in needed if any(served(scenario, channel, name) and not each.needs_access for channel, each in scenario.channels.items())]
        online = [name for name in needed if name not in to_all and able(scenario, name, segment) >= 1.0]
        out[segment] = (len(needed), len(to_all), len(online))
    return out
