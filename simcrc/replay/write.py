"""Estimates written down as a scenario that runs anywhere: YAML with the standard error of every figure, and tables in CSV.

Only estimated figures are written, never a record.  ``simcrc.replay.estimates`` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simcrc.replay.anonymous_bank import Calls
from simcrc.replay.estimates import Estimate, Estimates, ServiceEstimates, roster_by_date
from simcrc.replay.kaplan_meier import Curve
from simcrc.replay.sessions import whole_agents
from simcrc.scenario.week import DAYS, format_time

Reals = npt.NDArray[np.float64]
TABLES = "tables"

NAMES = {
    "PS": ("Service courant", "Regular service"),
    "NE": ("Opérations boursières", "Stock exchange"),
    "NW": ("Clients éventuels", "Prospects"),
    "IN": ("Soutien Internet", "Internet support"),
    "PE": ("Service en anglais", "Service in English"),
    "TT": ("Rappels demandés", "Call-backs asked for"),
}
NO_TAIL = 1800.0  # seconds: where nobody beyond the last point was seen to abandon


def write(estimates: Estimates, folder: Path) -> list[Path]:
    """Write ``january.yaml`` and its tables into `folder`; returns the files."""
    tables = folder / TABLES
    tables.mkdir(parents=True, exist_ok=True)
    out = [_csv(tables / "profile_all.csv", "weight", *estimates.profile)]
    out += [_csv(tables / f"profile_{s.name}.csv", "weight", *s.profile) for s in estimates.services if s.profile is not None]
    out.append(_csv(tables / "roster_week.csv", "agents", *estimates.roster))
    scenario = folder / "january.yaml"
    scenario.write_text("\n".join(_scenario(estimates)) + "\n", encoding="utf-8")
    return [*out, scenario]


def write_roster(calls: Calls, folder: Path) -> Path:
    """Write the agents logged on by date and half hour, ``tables/roster_YYYY-MM.csv``."""
    (folder / TABLES).mkdir(parents=True, exist_ok=True)
    path = folder / TABLES / f"roster_{calls.first:%Y-%m}.csv"
    lines = ["date,time,agents"]
    for k, row in enumerate(whole_agents(roster_by_date(calls))):
        day = calls.first + timedelta(days=k)
        lines += [f"{day},{time},{agents:.0f}" for time, agents, _ in _changes(row, row)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _changes(values: Reals, errors: Reals) -> Iterator[tuple[str, float, float]]:
    """(time, value, error) at midnight and wherever the value changes."""
    last = -1.0
    for k, (value, error) in enumerate(zip(np.round(values, 2), errors, strict=True)):
        if value != last:
            yield format_time(30 * k), float(value), float(error)
            last = float(value)


def _csv(path: Path, column: str, mean: Reals, error: Reals) -> Path:
    lines = [f"weekday,time,{column},standard_error,status"]
    for weekday, name in enumerate(DAYS):
        lines += [f"{name},{time},{value:.2f},{spread:.2f},measured" for time, value, spread in _changes(mean[weekday], error[weekday])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _measured(estimate: Estimate, unit: str = "") -> str:
    """``{value: …, standard_error: …, status: measured}``, in `unit`; no standard error where there is none."""
    value, error = estimate
    spread = f", standard_error: {_number(error)}{unit}" if np.isfinite(error) and error > 0 else ""
    return f"{{value: {_number(value)}{unit}{spread}, status: measured}}"


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"


def _points(curve: Curve) -> list[str]:
    """The points of an empirical law, one a line."""
    points = zip(curve.time, curve.share, curve.standard_error, strict=True)
    return [f"[{time:g} s, {_measured((min(float(share), 1.0), float(error)))}]" for time, share, error in points]


def _empirical(curve: Curve, indent: str, tail: Estimate | None = None) -> Iterator[str]:
    yield f"{indent}empirical:"
    yield f"{indent}  points:"
    yield from (f"{indent}    - {point}" for point in _points(curve))
    if tail is not None and curve.share[-1] < 1:
        said = _measured(tail, " s") if np.isfinite(tail[0]) else f"{{value: {NO_TAIL:g} s, status: assumed, range: [{NO_TAIL / 3:g} s, {NO_TAIL * 3:g} s]}}"
        yield f"{indent}  tail: {{exponential: {{mean: {said}}}}}"


def _service(service: ServiceEstimates, share: float, correlation: Estimate) -> Iterator[str]:
    french, english = NAMES[service.name]
    profile = service.name if service.profile is not None else "all"
    yield f"  {service.name}:"
    yield f"    name: {{fr: {french}, en: {english}}}"
    yield "    volume:"
    yield f"      per_day: {_measured(service.per_day)}"
    yield f"      profile: {profile}"
    if service.busyness is not None:
        yield f"      busyness: {_measured(service.busyness)}"
        yield f"      shared: {_measured(correlation)}"
    own, error = service.priority
    yield f"    needs: {{priority: {_measured((own / share, error / share))}, regular: {_measured(((1 - own) / (1 - share), error / (1 - share)))}}}"


def _scenario(estimates: Estimates) -> Iterator[str]:
    calls = estimates.calls
    share = float(np.average([s.priority[0] for s in estimates.services], weights=[s.calls for s in estimates.services]))
    yield from HEAD.format(start=calls.first, days=calls.length, share=f"{share:.4f}", rest=f"{1 - share:.4f}").splitlines()
    yield from ("", "profiles:", "  source: *records", "  status: measured")
    names = ["all", *(s.name for s in estimates.services if s.profile is not None)]
    yield from (f"  {name}: {{file: {TABLES}/profile_{name}.csv}}" for name in names)
    yield from ("", "services:", "  source: *records")
    for service in estimates.services:
        yield from _service(service, share, estimates.shared)
    yield from ("", "channels:", "  phone:", "    kind: phone", "    hours: 24/7                  # comme dans les fichiers / as in the records")
    yield from ("    service_level: {within: 60 s, status: assumed}", "    handle_time:", "      source: *records")
    for service in estimates.services:
        work = service.work
        law = f"{{{work.family}: {{mean: {_measured((work.mean, work.mean_error), ' s')}, cv: {_measured((work.cv, work.cv_error))}}}}}"
        yield f"      {service.name}: {law}    # n = {work.n}, < 10 s : {work.short}"
    yield from ("    # Kaplan-Meier (Greenwood)", "    patience:", "      source: *records")
    for service in estimates.services:
        yield f"      {service.name}:"
        yield from _empirical(service.patience, "        ", service.tail)
    yield from (*TEAM.splitlines(), "    not_ready:", "      source: *records")
    yield from _empirical(estimates.not_ready, "      ")
    yield from ("    not_ready_waiting:", "      source: *records")
    yield from _empirical(estimates.not_ready_waiting, "      ")
    yield from TAIL.splitlines()


HEAD = """\
# yaml-language-server: $schema=../simcrc.schema.json
#
# Écrit par / Written by: python -m simcrc.replay.estimate
# La Banque anonyme en janvier 1999 : demande engendrée, chiffres estimés des fichiers d'appels. Voir docs/bank.md.
# Anonymous Bank in January 1999: generated demand, figures estimated from the call records. See docs/bank.md.
#
# Les appels arrivent à leur sortie de la RVI : les fichiers ne disent rien des appels qui s'y terminent. Les rappels après un
# abandon sont compris dans les arrivées estimées ; aucun n'est engendré, sans quoi ils compteraient deux fois.
# Calls arrive when they leave the voice unit: the records say nothing of those that end there. Calls again after an
# abandonment are among the arrivals that were counted; none is generated, or they would count twice.

simcrc: 1
name: {{fr: "Banque anonyme, janvier 1999", en: "Anonymous Bank, January 1999"}}
description: &records
  fr: >-
    Relevé des appels de la Banque anonyme, janvier 1999, recueilli par I. Guedj et A. Mandelbaum (Technion) ; Brown et al., JASA 100 (469), 2005
  en: >-
    Call records of Anonymous Bank, January 1999, collected by I. Guedj and A. Mandelbaum (Technion); Brown et al., JASA 100 (469), 2005
start: {start}
horizon: {days} days
timezone: Asia/Jerusalem
currency: ILS
seed: 1999
replications: 2

population:
  size: {{value: 100_000, status: assumed, range: [30_000, 300_000], note: "sans effet : personne ne rappelle / without effect: nobody calls again"}}
  segments:
    regular: {{name: {{fr: Clients ordinaires, en: Regular callers}}, share: {{value: {rest}, source: *records, status: measured}}}}
    priority:
      name: {{fr: Clients prioritaires, en: Priority callers}}
      share: {{value: {share}, source: *records, status: measured}}
      head_start: {{value: 90 s, source: "Brown et al. 2005", status: borrowed}}"""

TEAM = """
teams:
  agents:
    serves: [phone]
    schedule: {file: tables/roster_week.csv, source: *records, status: measured}"""

TAIL = """
choice:
  first: {table: {default: {default: {phone: 100 %}}}}

targets: ["phone.abandonment_ratio <= 12 %"]"""
