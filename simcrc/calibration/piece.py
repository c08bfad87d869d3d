"""The piece of scenario: all estimates in the scenario language, complete enough to run, and to be extended.

Every number carries its standard error and is marked ``measured``; what the records cannot tell stands in comments.  ``tables`` writes the profiles and rosters
that the piece names, ``measured`` the single numbers, ``yaml_text`` the text.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from functools import reduce
from typing import Any

from simcrc.calibration.again import Again
from simcrc.calibration.calls import ABANDONED, BLOCKED, SERVED
from simcrc.calibration.estimates import Estimates, ServiceEstimates
from simcrc.calibration.mapping import Mapping
from simcrc.calibration.measured import calls_again, empirical, family, measured
from simcrc.calibration.unknown import unknown
from simcrc.calibration.yaml_text import Plain, Shared, laid_over, text
from simcrc.words import Words

HEAD = (
    "Écrit par simcrc calibrate : chiffres estimés de relevés d'appels, avec leurs erreurs types. Voir docs/calibrate.md.",
    "Written by simcrc calibrate: figures estimated from call records, with their standard errors. See docs/calibrate.md.",
)
CANNOT = ("Ce que les relevés ne disent pas / What the records do not tell:",)
COMMENTS: dict[tuple[str, ...], str] = {
    ("profiles",): "appels moyens par demi-heure / mean calls by half hour",
    ("channels", "", "patience"): "Kaplan-Meier (Greenwood)",
    ("channels", "", "redial_keeps"): "au rappel, l'abandon est {hurry} fois plus rapide / calling again, callers leave {hurry} times as fast",
    ("teams", "", "not_ready"): "de la fin d'un appel au suivant, personne n'attendant / from the end of a call to the next, nobody waiting",
    ("teams", "", "not_ready_waiting"): "le même, quelqu'un attendant / the same, somebody waiting",
    ("choice", "next"): "au plus {within} h après / at most {within} h later",
}
SOURCE = Words(fr="Relevés d'appels {files}, du {first} au {last}, {n} appels", en="Call records {files}, {first} to {last}, {n} calls")
SIZE = 100_000
HANDLE = {"value": Plain("5 min"), "status": "assumed", "range": [Plain("2 min"), Plain("10 min")]}


def piece(found: Estimates, mapping: Mapping, over: Sequence[Map[str, Any]], folder: str) -> str:
    """The text of the piece, whose tables are in `folder`; `over`: what the mapping lays over it, in order."""
    document = reduce(laid_over, over, _document(found, mapping, folder))
    return text(document, _comments(found, mapping, document))


def own_profile(found: Estimates, service: ServiceEstimates, mapping: Mapping) -> bool:
    """Whether a service has calls enough for a profile of its own."""
    return service.calls >= mapping.estimation.profile_from or len(found.services) == 1


def source(found: Estimates, mapping: Mapping) -> dict[str, str]:
    """Where the numbers come from, in both languages."""
    if mapping.source is not None:
        return {"fr": mapping.source.fr, "en": mapping.source.en}
    calls = found.calls
    names = [file.replace("\\", "/").rpartition("/")[2] for file in calls.files]
    files = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    fields = {"files": files, "first": calls.first, "last": calls.last, "n": len(calls)}
    return {"fr": SOURCE.say("fr", **fields), "en": SOURCE.say("en", **fields)}


def _document(found: Estimates, mapping: Mapping, folder: str) -> dict[str, Any]:
    calls, said = found.calls, Shared("records", source(found, mapping))
    name = {"fr": mapping.name.fr, "en": mapping.name.en} if mapping.name is not None else {"fr": f"Relevés, {calls.first}", "en": f"Records, {calls.first}"}
    out: dict[str, Any] = {"simcrc": 1, "name": name, "description": said, "start": Plain(str(calls.first)), "horizon": Plain(f"{calls.length} days")}
    out["timezone"] = mapping.timezone
    if found.segments:
        out["population"] = _population(found, said)
    profiles = ["all", *(service.name for service in found.services if own_profile(found, service, mapping) and len(found.services) > 1)]
    out["profiles"] = {"source": said, "status": "measured"} | {own: {"file": f"{folder}/profile_{own}.csv"} for own in profiles}
    out["services"] = {"source": said} | {service.name: _service(found, service, profiles) for service in found.services}
    out["channels"] = {mapping.channel: _channel(found, mapping, said)}
    out["teams"] = {mapping.team: _team(found, mapping, said, folder)}
    out["choice"] = {"first": {"table": {"default": {"default": {mapping.channel: Plain("100 %")}}}}} | _next(found, mapping, said)
    return out


def _population(found: Estimates, said: Map[str, str]) -> dict[str, Any]:
    shares = {name: {"share": {"value": Plain(f"{share:.4f}"), "status": "measured"}} for name, share in found.segments.items()}
    rest = 1.0 - sum(float(f"{share:.4f}") for share in list(found.segments.values())[1:])
    shares[next(iter(shares))]["share"]["value"] = Plain(f"{rest:.4f}")  # rounded shares add up
    size = {"value": SIZE, "status": "assumed", "range": [SIZE // 3, SIZE * 3], "note": "aucun relevé de la population / no record of the population"}
    return {"size": size, "segments": {"source": said} | shares}


def _service(found: Estimates, service: ServiceEstimates, profiles: list[str]) -> dict[str, Any]:
    volume: dict[str, Any] = {"per_day": measured(service.demand.per_day), "profile": service.name if service.name in profiles else "all"}
    if service.demand.busyness is not None:
        volume["busyness"] = measured(service.demand.busyness)
        if sum(one.demand.busyness is not None for one in found.services) > 1:
            volume["shared"] = measured(found.shared)
    out: dict[str, Any] = {"volume": volume}
    if found.segments:
        out["needs"] = {
            name: measured((share / found.segments[name], error / found.segments[name]))
            for name, (share, error) in service.segments.items()
            if found.segments[name]
        }
    return out


def _channel(found: Estimates, mapping: Mapping, said: Map[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": "phone", "hours": str(mapping.hours)}
    after = _generated(found)
    if SERVED in after:
        share, error = after[SERVED].share
        out["resolution"] = {"source": said} | measured((1 - share, error))
    if after:
        out["redial_keeps"] = "per_need" if found.repeats is not None and found.repeats.keep else "per_contact"
    works = {service.name: family(service.work) for service in found.services if service.work is not None}
    if len(works) < len(found.services):
        works["default"] = family(found.all.work) if found.all.work is not None else {"exponential": {"mean": HANDLE}}
    out["handle_time"] = {"source": said} | works
    laws: dict[str, Any] = {}
    for service in (*found.services, found.all):
        own = service.patience
        if own is not None and (service is not found.all or len(laws) < len(found.services)):
            laws[service.name] = empirical(own.points, own.tail) if mapping.estimation.patience == "curve" else family(own.family)
    if laws:
        out["patience"] = {"source": said} | laws
    return out


def _team(found: Estimates, mapping: Mapping, said: Map[str, str], folder: str) -> dict[str, Any]:
    file = Plain(f"{folder}/roster_week.csv")
    staff = found.roster
    if staff is None:
        return {"serves": [mapping.channel], "schedule": {"file": file, "status": "assumed"}}
    out: dict[str, Any] = {"serves": [mapping.channel], "schedule": {"file": file, "source": said, "status": "measured"}}
    for name, curve in (("not_ready", staff.not_ready), ("not_ready_waiting", staff.not_ready_waiting)):
        if curve is not None:
            out[name] = {"source": said} | empirical(curve)
    return out


def _generated(found: Estimates) -> dict[int, Again]:
    """What callers do after each outcome, where the piece is to have them call again."""
    if found.repeats is None or not found.repeats.generated:
        return {}
    return {outcome: after for outcome, after in found.repeats.after.items() if after.delay is not None}


def _next(found: Estimates, mapping: Mapping, said: Map[str, str]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for outcome, after in _generated(found).items():
        row = calls_again(after)
        if outcome == SERVED:  # who calls again is taken not to have been settled, so all of the unsettled do
            row = {"redial": {"share": Plain("100 %"), "after": row["redial"]["after"]}}
        rows[f"{mapping.channel}.{ {ABANDONED: 'abandoned', BLOCKED: 'blocked', SERVED: 'unresolved'}[outcome] }"] = row
    return {"next": {"source": said} | rows} if rows else {}


def _comments(found: Estimates, mapping: Mapping, document: Map[str, Any]) -> dict[tuple[str, ...], list[str]]:
    cannot = list(unknown(found, mapping))
    top = [*HEAD, "", *CANNOT, *(f"- {words.fr}" for words in cannot), *(f"- {words.en}" for words in cannot), ""]
    out: dict[tuple[str, ...], list[str]] = {(): top}
    within = 0.0 if mapping.callers is None else mapping.callers.within / 3.6e9
    hurry = "?" if found.repeats is None or found.repeats.hurry is None else "{:.2f} ± {:.2f}".format(*found.repeats.hurry)
    for path, words in COMMENTS.items():
        place = tuple({"channels": mapping.channel, "teams": mapping.team}[path[0]] if key == "" else key for key in path)
        at: Any = document
        for key in place:
            at = at.get(key) if isinstance(at, Map) else None
        if at is not None:
            out[place] = [words.format(within=f"{within:g}", hurry=hurry)]
    if found.roster is None:
        out["teams", mapping.team, "schedule"] = ["supposé / assumed"]
    return out
