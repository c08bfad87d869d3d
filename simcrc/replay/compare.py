"""Simulated beside recorded: abandonment, share that queued, mean and P90 wait of those who queued; overall, by service, by hour; and plain persistence.

Everything works on frames with one row a contact and the columns time (instant, microseconds), service (index), queued, abandoned (bool), waited (seconds):
``Records.frame`` is one, ``contacts_of`` makes one from the contacts of a run.  Abandonment is over served + abandoned.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.log import Outcome
from simcrc.scenario.week import format_time
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.calendar import Calendar
    from simcrc.scenario.units import Hours

MEASURES = ("offered", "abandonment", "queued", "wait_mean", "wait_p90")
MICROSECONDS = 1_000_000

SHORT_DAYS: dict[Lang, tuple[str, ...]] = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WORDS = {
    "title": Words(fr="Simulé et relevé, {hours}", en="Simulated beside recorded, {hours}"),
    "all": Words(fr="ensemble", en="all"),
    "offered": Words(fr="appels", en="calls"),
    "abandonment": Words(fr="abandon", en="abandonment"),
    "queued": Words(fr="ont attendu", en="queued"),
    "wait_mean": Words(fr="attente moyenne (s)", en="mean wait (s)"),
    "wait_p90": Words(fr="attente P90 (s)", en="P90 wait (s)"),
    "recorded": Words(fr="relevé", en="recorded"),
    "simulated": Words(fr="simulé", en="simulated"),
    "hour": Words(fr="{hour} h", en="{hour}:00"),
    "persistence": Words(
        fr="Abandon par heure, {hours} heures de la période : erreur absolue moyenne {model} pour le modèle, {plain} en répétant la période précédente",
        en="Hourly abandonment, {hours} hours of the period: mean absolute error {model} for the model, {plain} for repeating the period before",
    ),
    "note": Words(
        fr="attente : de ceux qui ont attendu ; abandon : sur servis + abandons", en="wait: of those who queued; abandonment: over served + abandoned"
    ),
}


def contacts_of(contacts: pd.DataFrame) -> pd.DataFrame:
    """The frame of a run's contacts (columns of ``simcrc.observe.contacts``: started, service, queued, ended, waited, outcome): those served or abandoned.

    A column replication is kept when it is there.
    """
    import pandas as pd

    ended = contacts[contacts["outcome"].isin([int(Outcome.SERVED), int(Outcome.ABANDONED)])]
    return pd.DataFrame(
        {
            "time": ended["started"].to_numpy(),
            "service": ended["service"].to_numpy(),
            "queued": ended["queued"].to_numpy() >= 0,
            "abandoned": ended["outcome"].to_numpy() == int(Outcome.ABANDONED),
            "waited": ended["waited"].to_numpy() / MICROSECONDS,
            "replication": ended["replication"].to_numpy() if "replication" in ended else 1,
        }
    )


def within(frame: pd.DataFrame, calendar: Calendar, hours: Hours) -> pd.DataFrame:
    """The rows of `frame` that arrive in `hours`, with columns day (index), weekday and hour of the wall clock."""
    time = frame["time"].to_numpy(dtype=np.int64)
    local = calendar.local(time)
    day, weekday, minute = calendar.day(time), calendar.weekday(time), local % 86_400_000_000 // 60_000_000
    kept = np.zeros(len(frame), dtype=np.bool_)
    for number, ranges in enumerate(hours.week):
        for start, end in ranges:
            kept |= (weekday == number) & (minute >= start) & (minute < end)
    return frame.assign(day=day, weekday=weekday, hour=minute // 60)[kept]


def figures(frame: pd.DataFrame) -> dict[str, float]:
    """The five measures of the contacts in `frame`; nan where there is nothing to divide by.  `offered`: rows."""
    queued = frame["waited"].to_numpy()[frame["queued"].to_numpy(dtype=np.bool_)]
    n = len(frame)
    return {
        "offered": float(n),
        "abandonment": float(frame["abandoned"].mean()) if n else np.nan,
        "queued": float(frame["queued"].mean()) if n else np.nan,
        "wait_mean": float(queued.mean()) if len(queued) else np.nan,
        "wait_p90": float(np.quantile(queued, 0.9)) if len(queued) else np.nan,
    }


def comparison(simulated: pd.DataFrame, recorded: pd.DataFrame, calendar: Calendar, hours: Hours, services: tuple[str, ...]) -> pd.DataFrame:
    """One row overall, a service and an hour, in columns scope (all, service, hour), key, and each measure twice, ``…_recorded`` and ``…_simulated``.

    `simulated` may hold several replications (column replication): measures are pooled over them, offered is per replication.
    """
    import pandas as pd

    runs = max(1, simulated["replication"].nunique()) if "replication" in simulated else 1
    sim, rec = within(simulated, calendar, hours), within(recorded, calendar, hours)
    rows = [_row("all", "", sim, rec, runs)]
    rows += [_row("service", name, sim[sim["service"] == k], rec[rec["service"] == k], runs) for k, name in enumerate(services)]
    rows += [_row("hour", str(h), sim[sim["hour"] == h], rec[rec["hour"] == h], runs) for h in range(24)]
    table = pd.DataFrame(rows)
    return table[(table["offered_recorded"] > 0) | (table["offered_simulated"] > 0)].reset_index(drop=True)


def _row(scope: str, key: str, sim: pd.DataFrame, rec: pd.DataFrame, runs: int) -> dict[str, object]:
    out: dict[str, object] = {"scope": scope, "key": key}
    ours, theirs = figures(sim), figures(rec)
    ours["offered"] /= runs
    for measure in MEASURES:
        out[f"{measure}_recorded"], out[f"{measure}_simulated"] = theirs[measure], ours[measure]
    return out


def persistence(
    simulated: pd.DataFrame, recorded: pd.DataFrame, calendar: Calendar, before: pd.DataFrame, calendar_before: Calendar, hours: Hours
) -> dict[str, float]:
    """How well hourly abandonment is told by the model, and by the same weekday and hour of the period before.

    Errors are absolute differences from the recorded abandonment of each hour of the period (date and hour), weighted by its calls: `model`, `persistence`,
    and `hours`, the number of hours compared: those with recorded calls in all three.
    """
    rec = _hourly(within(recorded, calendar, hours), ["day", "weekday", "hour"])
    sim = _hourly(within(simulated, calendar, hours), ["day", "weekday", "hour"])
    old = _hourly(within(before, calendar_before, hours), ["weekday", "hour"])
    joined = rec.join(sim[["abandonment"]].add_suffix("_sim"), how="inner")
    joined = joined.join(old[["abandonment"]].add_suffix("_old"), on=["weekday", "hour"], how="inner")
    weight = joined["calls"].to_numpy(dtype=np.float64)
    truth = joined["abandonment"].to_numpy(dtype=np.float64)
    return {
        "model": _error(joined["abandonment_sim"].to_numpy(dtype=np.float64), truth, weight),
        "persistence": _error(joined["abandonment_old"].to_numpy(dtype=np.float64), truth, weight),
        "hours": float(len(joined)),
    }


def _hourly(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = frame.groupby(keys)["abandoned"]
    return groups.size().to_frame("calls").assign(abandonment=groups.mean())


def _error(values: npt.NDArray[np.float64], truth: npt.NDArray[np.float64], weight: npt.NDArray[np.float64]) -> float:
    return float(np.average(np.abs(values - truth), weights=weight)) if len(weight) else float("nan")


def said(hours: Hours, lang: Lang) -> str:
    """`hours` in few words: days in a row with the same hours are said together."""
    names, week = SHORT_DAYS[lang], hours.week
    if hours.always:
        return "24/7"
    first = next((day for day in range(7) if week[day] != week[day - 1]), 0)
    parts: list[str] = []
    days = [(first + k) % 7 for k in range(7)]
    while days:
        group = list(takewhile(lambda day, own=week[days[0]]: week[day] == own, days))  # type: ignore[misc]
        days = days[len(group) :]
        if week[group[0]]:
            ranges = ", ".join(f"{format_time(start)}–{format_time(end)}" for start, end in week[group[0]])
            parts.append(f"{names[group[0]]}{f'–{names[group[-1]]}' if len(group) > 1 else ''} {ranges}")
    return "; ".join(parts)


def printable(table: pd.DataFrame, hours: Hours, lang: Lang, names: dict[str, str] | None = None) -> str:
    """`table` (of ``comparison``) as text in columns; `names`: how services are called."""
    columns = [("abandonment", "{:.3f}"), ("queued", "{:.3f}"), ("wait_mean", "{:.0f}"), ("wait_p90", "{:.0f}")]
    head = ["", WORDS["offered"].say(lang)]
    for measure, _ in columns:
        head += [f"{WORDS[measure].say(lang)}, {WORDS['recorded'].say(lang)}", WORDS["simulated"].say(lang)]
    rows = [head]
    for row in table.to_dict("records"):
        line = [_label(row["scope"], str(row["key"]), lang, names or {}), f"{row['offered_recorded']:.0f}"]
        for measure, form in columns:
            line += [_cell(row[f"{measure}_{side}"], form, lang) for side in ("recorded", "simulated")]
        rows.append(line)
    widths = [max(len(row[k]) for row in rows) for k in range(len(head))]
    lines = ["  ".join(cell.ljust(width) if k == 0 else cell.rjust(width) for k, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]
    return "\n".join([WORDS["title"].say(lang, hours=said(hours, lang)), *lines, WORDS["note"].say(lang)])


def printable_persistence(errors: dict[str, float], lang: Lang) -> str:
    """The errors of ``persistence`` in a sentence."""
    return WORDS["persistence"].say(
        lang, hours=f"{errors['hours']:.0f}", model=_cell(errors["model"], "{:.3f}", lang), plain=_cell(errors["persistence"], "{:.3f}", lang)
    )


def _label(scope: str, key: str, lang: Lang, names: dict[str, str]) -> str:
    if scope == "all":
        return WORDS["all"].say(lang)
    return WORDS["hour"].say(lang, hour=key) if scope == "hour" else names.get(key, key)


def _cell(value: float, form: str, lang: Lang) -> str:
    if not np.isfinite(value):
        return "–"
    text = form.format(value)
    return text.replace(".", ",") if lang == "fr" else text
