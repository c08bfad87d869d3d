"""What a staffing leaves in its folder.

staffing.yaml        a policy file that puts the schedules found in place: simcrc run FILE --policy DIR/staffing.yaml
schedule.csv         the same as a table that ``schedule: {file: …}`` reads: team, weekday, time, agents, where the number changes
half_hours.csv       every half hour: agents as written and as found, load, figure of each target
half_hours.parquet   the same
curve.csv            staff against targets, what one agent more or less does, what it was before
curve.parquet        the same
staffing.json        all figures, as ``--json`` prints them
question.json        what was asked; a folder with the same question is gone on with
manifest.json        the same, the version and the digests of the files above: what ``simcrc export`` reads
runs/                sums of each simulation (``simcrc.experiment.variants``)
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.experiment import store
from simcrc.experiment.files import sha256, write_json, write_text
from simcrc.experiment.statistics import Estimate
from simcrc.scenario.week import DAYS, HALF_HOURS, format_time
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.staffing.around import Point
    from simcrc.staffing.staffed import Staffed

FORMAT = "staff 1"
POLICY, SCHEDULE, HALF, CURVE, ANSWER, QUESTION = "staffing.yaml", "schedule.csv", "half_hours", "curve", "staffing.json", "question.json"
TITLE = Words(fr="Effectif trouvé par simcrc staff", en="Staff found by simcrc staff")
HEAD = "# Effectif trouvé par « simcrc staff » / Staff found by simcrc staff: {aims}.\n# simcrc run {scenario} --policy {name}\n"


def keep(found: Staffed, base: Path, on_holidays: dict[str, str]) -> None:
    """Write the files; `base`: the scenario; `on_holidays`: what the schedule of each team says of holidays."""
    folder = found.path
    write_text(folder / POLICY, policy(found, base, on_holidays))
    write_text(folder / SCHEDULE, schedule(found))
    frames = {HALF: half_hours(found), CURVE: curve(found)}
    for name, frame in frames.items():
        from simcrc.experiment.tables import write_frame

        write_frame(folder / f"{name}.parquet", frame)
        write_text(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
    write_json(folder / ANSWER, {lang: as_json(found, lang) for lang in ("fr", "en")}["en"])


def manifest(folder: Path, question: dict[str, Any], found: Staffed | None = None) -> None:
    """Say what the folder is; without `found` that its search is not done.  The same bytes for any number of processes."""
    from simcrc.experiment.fingerprint import fingerprint
    from simcrc.experiment.keeping import written

    files = written(folder) if found else []
    write_json(
        folder / store.MANIFEST,
        {
            "format": FORMAT,
            **question,
            **({"name": found.name, "aims": [aim.text for aim in found.aims], "currency": found.currency, "words": found.words} if found else {}),
            "complete": found is not None,
            "files": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
            "fingerprint": fingerprint(),
        },
    )


def same_question(question: dict[str, Any]) -> Any:
    """Whether a folder holds work on the same question; for ``simcrc.experiment.store.claimed``."""

    def ours(folder: Path) -> bool:
        try:
            return bool(json.loads((folder / QUESTION).read_text(encoding="utf-8")) == question)
        except (OSError, ValueError):
            return False

    return ours


def policy(found: Staffed, base: Path, on_holidays: dict[str, str]) -> str:
    """A policy file with the schedules."""
    from simcrc.scenario.loading import dump

    aims = ", ".join(aim.text for aim in found.aims)
    measures = [
        {"at": date.fromisoformat(found.start_date), "staffing": {"team": crew.name, "schedule": found.plan.written(crew.name, on_holidays[crew.name])}}
        for crew in found.crews
    ]
    document = {"policy": {"fr": TITLE.fr, "en": TITLE.en}, "base": base.name, "measures": measures}
    return HEAD.format(aims=aims, scenario=base.name, name=POLICY) + dump(document)


def schedule(found: Staffed) -> str:
    """The schedules as a table, a row where the number changes."""
    lines = ["team,weekday,time,agents"]
    for crew in found.crews:
        row = found.plan.row(crew.name)
        for day in range(7):
            current = 0
            for half_hour in range(HALF_HOURS):
                agents = int(row[day * HALF_HOURS + half_hour])
                if agents != current:
                    lines.append(f"{crew.name},{DAYS[day]},{format_time(30 * half_hour)},{agents}")
                    current = agents
    return "\n".join(lines) + "\n"


def half_hours(found: Staffed) -> pd.DataFrame:
    """One row a team and half hour in which it has staff, is written to have some, or may be needed."""
    import pandas as pd

    rows = []
    for k, crew in enumerate(found.crews):
        for slot in np.flatnonzero((found.plan.agents[k] > 0) | (found.written[k] > 0) | crew.open):
            row: dict[str, Any] = {
                "team": crew.name,
                "weekday": DAYS[slot // HALF_HOURS],
                "time": format_time(30 * int(slot % HALF_HOURS)),
                "written": float(found.written[k][slot]),
                "agents": int(found.plan.agents[k][slot]),
                "start": int(found.theory.agents[k][slot]),
                "on_duty": float(found.plan.agents[k][slot] * crew.presence[slot]),
                "load": float(found.loads[k][slot]),
            }
            for aim, estimates in zip(found.aims, found.slots, strict=True):
                if estimates is not None:
                    one = estimates.at(int(slot))
                    row |= {aim.name: _real(one.mean), f"{aim.name} low": _real(one.low), f"{aim.name} high": _real(one.high)}
            rows.append(row)
    return pd.DataFrame(rows)


def curve(found: Staffed) -> pd.DataFrame:
    """One row a plan and figure."""
    import pandas as pd

    points: list[tuple[str, str | None, int | None, Point]] = [("written", None, None, found.before), ("erlang_a", None, None, found.start)]
    points += [("found", None, None, found.found), ("fresh", None, None, found.fresh)]
    points += [("curve", None, None, point) for point in found.curve]
    points += [("one_agent", effect.team, effect.agents, effect.point) for effect in found.effects]
    rows = []
    for kind, team, agents, point in points:
        about = {"kind": kind, "label": point.label, "team": team, "agents": agents, "hours": point.hours, "week_hours": point.week, "cost": _real(point.cost)}
        for k, aim in enumerate(found.aims):
            rows.append(
                {**about, "figure": aim.name, "unit": aim.unit, **_cells(point.figures[k]), "change": _real(point.changes[k].mean if point.changes else None)}
            )
        for name, busy in point.occupancy.items():
            rows.append({**about, "figure": f"team:{name}.occupancy", "unit": "share", **_cells(busy), "change": float("nan")})
    frame = pd.DataFrame(rows)
    frame["agents"] = frame["agents"].astype("float64")
    frame["team"] = frame["team"].astype(object)
    return frame


def as_json(found: Staffed, lang: Lang) -> dict[str, Any]:
    """All figures."""
    out: dict[str, Any] = {
        "name": found.name[lang],
        "digest": found.digest,
        "seed": found.seed,
        "replications": found.replications,
        "by": found.by,
        "block": found.block,
        "simulations": found.simulations,
        "targets": [
            {"target": aim.text, "figure": aim.name, "op": aim.op, "value": aim.value, "unit": aim.unit, "verdict": verdict}
            for aim, verdict in zip(found.aims, found.verdicts, strict=True)
        ],
    }
    names = ("before", "start", "found", "fresh")
    out |= {name: _point(found, getattr(found, name)) for name in names}
    out["curve"] = [_point(found, point) for point in found.curve]
    out["one_agent"] = [
        {"team": each.team, "agents": each.agents, "hours": each.hours, "cost": each.cost, **_point(found, each.point)} for each in found.effects
    ]
    out["beside"] = [
        {"place": each.place, "indicator": each.indicator, "unit": each.unit, "before": _json(each.before), "after": _json(each.after), "growing": each.growing}
        for each in found.beside
    ]
    proof = found.proof
    out["proof"] = {"alone": proof.alone, "probed": proof.probed, "complete": proof.complete, "proven": proof.proven}
    out["schedules"] = {crew.name: found.plan.written(crew.name)["week"] for crew in found.crews}
    return out


def _point(found: Staffed, point: Point) -> dict[str, Any]:
    return {
        "label": point.label,
        "agent_hours": point.hours,
        "agent_hours_a_week": point.week,
        "cost": point.cost,
        "figures": {aim.name: _json(one) for aim, one in zip(found.aims, point.figures, strict=True)},
        **({} if point.changes is None else {"changes": {aim.name: _json(one) for aim, one in zip(found.aims, point.changes, strict=True)}}),
        "occupancy": {name: _json(one) for name, one in point.occupancy.items()},
        "cells_missed": point.missed,
    }


def _json(one: Estimate) -> dict[str, float | None]:
    return {"mean": one.mean, "low": one.low, "high": one.high}


def _cells(one: Estimate) -> dict[str, float]:
    return {"mean": _real(one.mean), "low": _real(one.low), "high": _real(one.high)}


def _real(value: float | None) -> float:
    return float("nan") if value is None else float(value)
