"""The account of a calibration in words: what was wrong with the records, every figure with its standard error, what the records cannot tell.

Tables are rows of texts that the command line lays out; ``numbers`` is the same for programs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simcrc.calibration.again import Again
from simcrc.calibration.calibrate import Calibrated
from simcrc.calibration.calls import OUTCOMES
from simcrc.calibration.demand import Estimate
from simcrc.calibration.estimates import ServiceEstimates
from simcrc.calibration.pictures import FAMILIES
from simcrc.report.numbers import NONE, decimal, places_for
from simcrc.words import Lang, Words

READ = Words(
    fr="{rows} lignes lues, {kept} appels gardés, du {first} au {last} (jours avec des appels : {days})",
    en="{rows} rows read, {kept} calls kept, {first} to {last} (days with calls: {days})",
)
TRAP_COLUMNS = (Words(fr="Pièges des relevés", en="Traps in the records"), Words(fr="lignes", en="rows"), Words(fr="les premières", en="the first"))
NO_TRAPS = Words(fr="Aucun piège rencontré.", en="No traps met.")
SERVICE_COLUMNS = (
    Words(fr="Service", en="Service"),
    Words(fr="appels par jour", en="calls a day"),
    Words(fr="agitation", en="busyness"),
    Words(fr="avec le préposé (s)", en="with the agent (s)"),
    Words(fr="cv", en="cv"),
    Words(fr="loi", en="law"),
    Words(fr="patience (s)", en="patience (s)"),
    Words(fr="loi", en="law"),
)
AGAIN_COLUMNS = (
    Words(fr="Rappels après", en="Calls again after"),
    Words(fr="appels", en="calls"),
    Words(fr="en 10 min", en="in 10 min"),
    Words(fr="en 1 h", en="in 1 h"),
    Words(fr="en 1 jour", en="in 1 day"),
    Words(fr="délai moyen (min)", en="mean delay (min)"),
)
OUTCOME_WORDS = {
    "served": Words(fr="un service", en="a service"),
    "abandoned": Words(fr="un abandon", en="an abandonment"),
    "blocked": Words(fr="lignes occupées", en="lines busy"),
}
ALL = Words(fr="tous", en="all")
RECORDED = Words(
    fr="Mesuré : abandons {abandonment} des appels servis ou abandonnés, en attente {queued}, attente moyenne {wait} s (P90 {p90} s).",
    en="Recorded: {abandonment} of the calls served or abandoned were abandoned, {queued} waited, mean wait {wait} s (P90 {p90} s).",
)
BLOCKED = Words(fr="Lignes occupées : {blocked} des appels.", en="Lines busy: {blocked} of the calls.")
SHARED = Words(fr="Corrélation de l'agitation entre services : {shared}.", en="Correlation of busyness across services: {shared}.")
AGENTS = Words(
    fr="Préposés : {hours} heures de présence par semaine d'après {sessions} sessions ({distinct} si l'on comptait les préposés distincts par demi-heure).",
    en="Agents: {hours} hours logged on a week from {sessions} sessions ({distinct} if distinct agents by half hour were counted).",
)
GENERATED = Words(
    fr="{known} des appels disent l'appelant : la pièce engendre les rappels, et ses volumes sont ceux des premiers appels.",
    en="{known} of the calls tell their caller: the piece generates calls again, and its volumes are those of first calls.",
)
NOT_GENERATED = Words(
    fr="{known} des appels disent l'appelant : la pièce n'engendre pas de rappels ; ils sont parmi les arrivées.",
    en="{known} of the calls tell their caller: the piece generates no calls again; they are among the arrivals.",
)
HURRY = Words(
    fr="Qui rappelle après un abandon quitte la file {ratio} fois aussi vite que la première fois.",
    en="Those who call again after an abandonment leave the queue {ratio} times as fast as the first time.",
)
ERRORS = Words(
    fr="± : erreur type (par jour pour les arrivées et les parts ; Greenwood pour la patience et les rappels ; information observée pour les lois).",
    en="±: standard error (over days for arrivals and shares; Greenwood for patience and calls again; observed information for laws).",
)
CANNOT = Words(fr="Ce que les relevés ne disent pas", en="What the records do not tell")


@dataclass(frozen=True)
class Table:
    """A table of texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def french(text: str) -> str:
    """French typography: no line break before : ; ? ! % nor inside « »."""
    return re.sub(r"(?<=«) | (?=[:;?!»%](?:\W|$))", "\u00a0", text)


def said(words: Words, lang: Lang, **fields: object) -> str:
    """`words` in `lang`, set as it is printed."""
    text = words.say(lang, **fields)
    return french(text) if lang == "fr" else text


def tables(found: Calibrated, lang: Lang) -> Iterator[Table]:
    """Traps, services, calls again."""
    traps = tuple((said_trap, decimal(trap.count, lang, 0), _examples(trap.examples)) for trap in found.traps if (said_trap := _set(trap.say(lang), lang)))
    if traps:
        yield _table(TRAP_COLUMNS, traps, lang)
    estimates = found.estimates
    services = [_service(service, service.name, lang) for service in estimates.services]
    if len(services) > 1:
        services.append(_service(estimates.all, ALL.say(lang), lang))
    yield _table(SERVICE_COLUMNS, services, lang)
    if estimates.repeats is not None and estimates.repeats.after:
        yield _table(AGAIN_COLUMNS, [_again(after, lang) for after in estimates.repeats.after.values()], lang)


def head(found: Calibrated, lang: Lang) -> str:
    """What was read."""
    calls = found.estimates.calls
    rows, kept = (decimal(number, lang, 0) for number in (found.traps.rows, found.traps.kept))
    return said(READ, lang, rows=rows, kept=kept, first=calls.first, last=calls.last, days=int(calls.recorded.sum()))


def notes(found: Calibrated, lang: Lang) -> Iterator[str]:
    """What is said below the tables."""
    estimates = found.estimates
    recorded = estimates.recorded
    p90 = decimal(recorded.wait_p90, lang, 0) if math.isfinite(recorded.wait_p90) else NONE
    wait = plus_minus(recorded.wait_mean, lang)
    yield said(RECORDED, lang, abandonment=percent(recorded.abandonment, lang), queued=percent(recorded.queued, lang), wait=wait, p90=p90)
    if recorded.blocked[0] > 0:
        yield said(BLOCKED, lang, blocked=percent(recorded.blocked, lang))
    if sum(service.demand.busyness is not None for service in estimates.services) > 1:
        yield said(SHARED, lang, shared=plus_minus(estimates.shared, lang))
    staff = estimates.roster
    if staff is not None:
        hours, distinct = (decimal(float(table.sum()) / 2, lang, 0) for table in (staff.week[0], staff.distinct[0]))
        yield said(AGENTS, lang, hours=hours, distinct=distinct, sessions=decimal(staff.sessions, lang, 0))
    if estimates.repeats is not None:
        words = GENERATED if estimates.repeats.generated else NOT_GENERATED
        yield said(words, lang, known=percent((estimates.repeats.known, math.nan), lang))
        if estimates.repeats.hurry is not None:
            yield said(HURRY, lang, ratio=plus_minus(estimates.repeats.hurry, lang))
    yield said(ERRORS, lang)


def plus_minus(estimate: Estimate, lang: Lang, digits: int = 2) -> str:
    """``192,0 ± 1,5``: as many decimals as show two digits of the standard error."""
    value, error = estimate
    if not math.isfinite(value):
        return NONE
    if not (math.isfinite(error) and error > 1e-9 * abs(value)):
        return decimal(value, lang, min(4, places_for(value, 3)))
    places = min(4, places_for(error, digits))
    return f"{decimal(value, lang, places)}\u00a0±\u00a0{decimal(error, lang, places)}"


def percent(estimate: Estimate, lang: Lang) -> str:
    """A share with its standard error, in per cent."""
    value, error = estimate
    return plus_minus((100 * value, 100 * error), lang) + ("\u00a0%" if lang == "fr" else "%")


def _set(text: str, lang: Lang) -> str:
    return french(text) if lang == "fr" else text


def _table(columns: Sequence[Words], rows: Sequence[tuple[str, ...]], lang: Lang) -> Table:
    return Table(tuple(said(column, lang) for column in columns), tuple(rows))


def _examples(examples: Sequence[tuple[str, int]]) -> str:
    """``calls.csv:12, 40``: the lines, the file where it changes."""
    out, last = list[str](), ""
    for file, line in examples:
        name = file.replace("\\", "/").rpartition("/")[2]
        out.append(str(line) if name == last else f"{name}:{line}")
        last = name
    return ", ".join(out)


def _service(service: ServiceEstimates, name: str, lang: Lang) -> tuple[str, ...]:
    work, patience, demand = service.work, service.patience, service.demand
    return (
        name,
        plus_minus(demand.per_day, lang),
        NONE if demand.busyness is None else plus_minus(demand.busyness, lang),
        NONE if work is None else plus_minus((work.mean, work.mean_error), lang),
        NONE if work is None else plus_minus((work.cv, work.cv_error), lang),
        NONE if work is None else FAMILIES[work.family].say(lang),
        NONE if patience is None else plus_minus((patience.family.mean, patience.family.mean_error), lang),
        NONE if patience is None else FAMILIES[patience.family.family].say(lang),
    )


def _again(after: Again, lang: Lang) -> tuple[str, ...]:
    shares = [percent(share, lang) for share in after.by]
    delay = plus_minus((after.mean[0] / 60, after.mean[1] / 60), lang)
    return (OUTCOME_WORDS[OUTCOMES[after.outcome]].say(lang), decimal(after.calls, lang, 0), *shares, delay)


__all__ = ["Table", "head", "notes", "said", "tables"]
