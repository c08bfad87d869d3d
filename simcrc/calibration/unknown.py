"""What the records cannot tell, said beside what they can: every statement holds for these records, not for records in general."""

from __future__ import annotations

from collections.abc import Iterator

from simcrc.calibration.calls import BLOCKED
from simcrc.calibration.estimates import Estimates
from simcrc.calibration.mapping import Mapping
from simcrc.words import Words

SEASON_DAYS = 365

WHY = Words(
    fr="Pourquoi l'on appelle, et combien d'appels font une démarche : les relevés comptent des appels, pas des besoins.",
    en="Why people call, and how many calls make one need: records count calls, not needs.",
)
RESOLVED = Words(fr="Si l'appel a réglé le besoin (resolution).", en="Whether the call settled the need (resolution).")
RESOLVED_GUESSED = Words(
    fr="Si l'appel a réglé le besoin : tout nouvel appel après un service est tenu pour un besoin non réglé, même quand il porte sur autre chose.",
    en="Whether the call settled the need: every call again after a service is taken for a need not settled, even when it is about something else.",
)
AGENTS = Words(
    fr=(
        "Qui était présent sans appel, en pause, en formation ou non prêt : les effectifs vont du premier appel d'une session à la fin du dernier. "
        "Le temps entre deux appels ne se partage en attente d'un appel et temps non prêt que là où quelqu'un attendait."
    ),
    en=(
        "Who was there without a call, on a break, in training or not ready: the roster goes from the first call of a session to the end of its last. "
        "The time between two calls divides into idle and not ready only where somebody was waiting."
    ),
)
NO_AGENTS = Words(
    fr="Les préposés : aucune colonne ne les nomme. Si la table n'écrit pas d'horaire, celui de la pièce est supposé (charge offerte et sa racine).",
    en="The agents: no column names them. If the mapping writes no schedule, that of the piece is assumed (offered load and its square root).",
)
PAID = Words(fr="Les heures payées, l'absence, le temps hors ligne (shrinkage).", en="Paid hours, absence, time off the phone (shrinkage).")
SKILLS = Words(fr="Qui pouvait servir quoi : une seule équipe a toutes les compétences.", en="Who could serve what: one team has all skills.")
BLOCKED_UNSEEN = Words(
    fr="La demande des appels qui ont trouvé toutes les lignes occupées : ils ne laissent pas de ligne dans ces relevés.",
    en="The demand of calls that found all lines busy: they leave no row in these records.",
)
BLOCKED_SEEN = Words(
    fr="Le nombre de lignes, et combien de ceux qui ont trouvé les lignes occupées ont renoncé sans reparaître : la pièce compte chaque essai comme un appel.",
    en="The number of lines, and how many who found the lines busy gave up for good: the piece counts each attempt as a call.",
)
CALLERS = Words(
    fr=(
        "Qui rappelle : aucune colonne ne nomme l'appelant. Les rappels sont parmi les arrivées comptées ; la pièce n'en engendre pas, "
        "ils compteraient deux fois."
    ),
    en="Who calls again: no column names the caller. Calls again are among the arrivals counted; the piece generates none, or they would count twice.",
)
FEW_CALLERS = Words(
    fr=(
        "Qui rappelle parmi les appelants inconnus ({share} des appels disent l'appelant, et peut-être pas n'importe lesquels). Les rappels sont parmi les "
        "arrivées comptées ; la pièce n'en engendre pas, ils compteraient deux fois."
    ),
    en=(
        "Who calls again among unknown callers ({share} of the calls tell their caller, and perhaps not just any). Calls again are among the arrivals counted; "
        "the piece generates none, or they would count twice."
    ),
)
CHANCE = Words(
    fr="Si un nouvel appel porte sur le même besoin : ceux qui auraient appelé de toute façon dans ce délai comptent comme rappels.",
    en="Whether a call again is about the same need: those who would have called anyway within that time count as calls again.",
)
CHANNELS = Words(fr="Ce que les mêmes citoyens font sur les autres modes.", en="What the same citizens do on the other channels.")
UNIT = Words(
    fr="Ce que font ceux qui raccrochent ou se servent dans la RVI : ils sont comptés et laissés de côté.",
    en="What those do who hang up or serve themselves in the voice unit: they are counted and left out.",
)
SEASON = Words(
    fr="La saison : {days} jours de relevés, moins d'une année ; le volume est celui de ces jours.",
    en="The season: {days} days of records, less than a year; the volume is that of these days.",
)
ONE_DAY = Words(
    fr="L'erreur type de ce qui ne repose que sur un jour d'un jour de semaine : elle n'est pas écrite.",
    en="The standard error of what stands on one day of a weekday: it is not written.",
)
BUSYNESS = Words(
    fr="L'agitation des jours pour {services} : trop peu de jours, ou pas plus d'écarts que le hasard.",
    en="The busyness of days for {services}: too few days, or no more variation than chance.",
)
NEVER_LEFT = Words(
    fr="La patience de {services} : trop peu d'abandons ; celle de tous en tient lieu, s'il y en a une.",
    en="The patience of {services}: too few abandoned; that of all stands in, if there is one.",
)
MISSING_DAYS = Words(
    fr="Pourquoi il n'y a aucun appel le {days} : ces jours sont tenus pour manquants, non pour calmes.",
    en="Why there is no call on {days}: these days are taken as missing, not as quiet.",
)
TAIL = Words(
    fr="La patience au-delà de la plus longue attente observée : le prolongement est une hypothèse de forme.",
    en="Patience beyond the longest wait seen: what extends it is an assumption of form.",
)


def unknown(found: Estimates, mapping: Mapping) -> Iterator[Words]:
    """The statements, the most important first."""
    calls, repeats = found.calls, found.repeats
    yield from (AGENTS, PAID) if found.roster is not None else (NO_AGENTS,)
    yield WHY
    generated = repeats is not None and repeats.generated
    yield RESOLVED_GUESSED if generated else RESOLVED
    if repeats is None:
        yield CALLERS
    elif generated:
        yield CHANCE
    else:
        yield _filled(FEW_CALLERS, fr=f"{100 * repeats.known:.0f} %", en=f"{100 * repeats.known:.0f}%", name="share")
    yield BLOCKED_SEEN if bool((calls.part.outcome == BLOCKED).any()) else BLOCKED_UNSEEN
    if calls.self_service:
        yield UNIT
    if found.roster is not None:
        yield SKILLS
    yield CHANNELS
    if calls.length < SEASON_DAYS:
        yield _filled(SEASON, fr=str(calls.length), en=str(calls.length), name="days")
    calm = [service.name for service in found.services if service.demand.busyness is None]
    if calm:
        yield _filled(BUSYNESS, fr=", ".join(calm), en=", ".join(calm), name="services")
    patient = [service.name for service in found.services if service.patience is None]
    if patient:
        yield _filled(NEVER_LEFT, fr=", ".join(patient), en=", ".join(patient), name="services")
    if any(service.patience is not None for service in found.services):
        yield TAIL
    if calls.missing_days:
        days = ", ".join(map(str, calls.missing_days[:12])) + (" …" if len(calls.missing_days) > 12 else "")
        yield _filled(MISSING_DAYS, fr=days, en=days, name="days")
    weekdays = calls.weekdays[calls.recorded].tolist()
    if any(weekdays.count(day) == 1 for day in set(weekdays)):
        yield ONE_DAY


def _filled(words: Words, fr: str, en: str, name: str) -> Words:
    return Words(fr=words.fr.format(**{name: fr}), en=words.en.format(**{name: en}))
