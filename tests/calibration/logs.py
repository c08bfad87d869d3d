"""A call log written by simcrc itself: a scenario whose parameters are known, simulated, and its contacts as an organisation would record them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from simcrc.engine.run import simulate
from simcrc.log import Outcome
from simcrc.model.compile import compile
from simcrc.observe import Observer
from simcrc.scenario import Loaded, load

SCENARIO = """\
simcrc: 1
name: {fr: Connu, en: Known}
start: 2024-02-26
horizon: 6 weeks
timezone: America/Toronto
seed: 11
services:
  info: {volume: {per_day: 360, busyness: 25, profile: {week: {Mon-Fri: {"08:00": 10, "12:00": 6, "13:00": 12, "18:00": 0}, Sat: {"09:00": 4, "12:00": 0}}}}}
  help: {volume: {per_day: 120, profile: {week: {Mon-Fri: {"08:00": 5, "13:00": 8, "18:00": 0}}}}}
channels:
  phone:
    kind: phone
    handle_time: {info: {lognormal: {mean: 4 min, cv: 1.1}}, help: {gamma: {mean: 6 min, cv: 0.6}}}
    patience: {exponential: 3 min}
    redial_keeps: per_contact
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Fri: {"08:00": 4, "12:00": 3, "13:00": 5, "19:00": 0}, Sat: {"08:30": 2, "13:00": 0}}}}
choice:
  first: {table: {default: {default: {phone: 100 %}}}}
  next: {phone.abandoned: {redial: {share: 55 %, after: {exponential: 10 min}}, give_up: 45 %}}
"""
MAPPING = """\
calibrate: 1
timezone: America/Toronto
call: id
times: {arrived: arrived, queued: queued, answered: answered, ended: ended, format: "%Y-%m-%d %H:%M:%S.%f%z"}
outcomes: {served: {outcome: served}, abandoned: {outcome: abandoned}}
services: {column: about, values: {I: info, H: help}}
callers: {column: caller, within: 6 h}
agents: {column: agent}
"""
SHORT = {"info": "I", "help": "H"}


def known(folder: Path, text: str = SCENARIO) -> Loaded:
    path = folder / "known.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


@cache
def contacts(text: str = SCENARIO) -> pd.DataFrame:
    """The phone calls of one run, in order of arrival: instants in the zone of the scenario, texts as a telephone system writes them."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        loaded = known(Path(folder), text)
    model = compile(loaded.scenario)
    parts: list[pd.DataFrame] = []
    observer = Observer(model, on_contacts=lambda rows: parts.append(pd.DataFrame(rows)))
    simulate(model, 0, observer.feed)
    observer.finish(model.end)
    rows = pd.concat(parts, ignore_index=True).sort_values(["started", "contact"]).reset_index(drop=True)
    rows = rows[rows["outcome"].isin([Outcome.SERVED, Outcome.ABANDONED])].reset_index(drop=True)
    zone = str(loaded.scenario.timezone)

    def instants(column: str) -> pd.Series:
        stamps = pd.Timestamp(model.calendar.origin) + pd.to_timedelta(rows[column].where(rows[column] >= 0), unit="us")
        return stamps.dt.tz_convert(zone)

    served = (rows["outcome"] == Outcome.SERVED).to_numpy()
    waited = (rows["waited"] > 0).to_numpy()
    out = pd.DataFrame({"id": [f"C{k:07d}" for k in range(len(rows))], "arrived": instants("started")})
    out["queued"] = instants("queued").where(waited)
    out["answered"] = instants("service_start").where(served)
    out["ended"] = instants("ended")
    out["outcome"] = np.where(served, "served", "abandoned")
    out["about"] = [SHORT.get(model.services[k], "") for k in rows["service"]]
    out["caller"] = [f"N{need}" for need in rows["need"]]
    out["agent"] = agents(rows["service_start"].to_numpy(), rows["service_end"].to_numpy(), served)
    return out


def agents(begin: np.ndarray, end: np.ndarray, served: np.ndarray) -> list[str]:
    """Who served each call: the first of the agents who are free, so that as many are seen as were on duty."""
    out = [""] * len(begin)
    free: list[int] = []
    for k in np.argsort(np.where(served, begin, np.iinfo(np.int64).max), kind="stable"):
        if not served[k]:
            break
        idle = [a for a, until in enumerate(free) if until <= begin[k]]
        agent = idle[0] if idle else len(free)
        free[agent:] = [int(end[k]), *free[agent + 1 :]]
        out[k] = f"agent{agent:02d}"
    return out


def write_log(path: Path, rows: pd.DataFrame, form: str = "%Y-%m-%d %H:%M:%S.%f%z", **how: str) -> Path:
    """`rows` as CSV (Parquet by the suffix)."""
    if path.suffix == ".parquet":
        rows.to_parquet(path, index=False)
    else:
        rows.to_csv(path, index=False, date_format=form, **how)  # type: ignore[call-overload]
    return path
