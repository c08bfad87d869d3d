"""A small call centre whose records are written by the test, and a file in the layout of Anonymous Bank made up from random numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from simcrc.model.calendar import Calendar
from simcrc.replay.read import Records, read
from simcrc.scenario import Loaded, load

SCENARIO = """\
simcrc: 1
name: {fr: Rejoué, en: Replayed}
start: 2024-03-04
horizon: 3 days
timezone: America/Toronto
seed: 7
population:
  size: 1000
  segments:
    plain: {share: 50 %}
    early: {share: 50 %, head_start: 90 s}
services:
  sales: {}
  help: {}
channels:
  phone:
    kind: phone
    handle_time: {exponential: 5 min}
    patience: {exponential: 2 min}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Sun: 3}}}
choice: {first: {table: {default: {default: {phone: 100 %}}}}}
replay:
  file: "{data}/calls.csv"
  time: {date: day, format: "%d/%m/%Y", clock: [left, entered], not_before: entered}
  service: {column: kind, values: {S: sales, H: help}}
  segment:
    column: class
    values: {"1": plain, "2": early}
    unknown: [{when: {joined: missing}, shares: {plain: 75 %, early: 25 %}}]
  missing: ["", "-"]
  drop: [{outcome: ghost}, {outcome: hung, joined: missing}]
  recorded: {served: {outcome: done}, abandoned: {outcome: hung}, queued: joined, wait: wait, work: talk}
  brings: [work, patience]
  compared: "Mon-Sun 08:00-20:00"
"""
HEADER = "day,entered,left,kind,class,outcome,joined,wait,talk"


def centre(folder: Path, rows: list[str], scenario: str = SCENARIO) -> tuple[Loaded, Path]:
    """The scenario, loaded, with `rows` as its records."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "calls.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(scenario, encoding="utf-8")
    return load(path, data=data), data


def records(folder: Path, rows: list[str], scenario: str = SCENARIO) -> tuple[Loaded, Records, Calendar]:
    """What is read of `rows`."""
    loaded, data = centre(folder, rows, scenario)
    calendar = Calendar.of(loaded.scenario)
    assert loaded.scenario.replay is not None
    return loaded, read(loaded.scenario.replay, loaded.scenario, folder, data, calendar), calendar


def bank_file(path: Path, days: int = 14, seed: int = 1) -> Path:
    """A file in the layout of Anonymous Bank: three agents, calls from 8 to 16 h, made up."""
    random = np.random.default_rng(seed)
    lines = ["vru_line,call_id,customer_id,priority,type,date,vru_entry,vru_exit,vru_time,q_start,q_exit,q_time,outcome,ser_start,ser_exit,ser_time,server"]
    for day in range(1, days + 1):
        for at in np.sort(random.integers(8 * 3600, 16 * 3600, random.poisson(300))):
            kind = random.choice(["PS", "NE", "NW", "IN", "PE", "TT"], p=[0.6, 0.1, 0.1, 0.08, 0.06, 0.06])
            wait = int(random.exponential(60)) + 1 if random.random() < 0.6 else 0
            served = wait == 0 or random.random() < 0.8
            talk = int(random.lognormal(5, 0.8)) if served else 0
            entered, begin, end = (clock(int(at) + plus) for plus in (-8, wait, wait + talk))
            queue = (clock(int(at)), clock(int(at) + wait)) if wait else ("0:00:00", "0:00:00")
            service = (begin, end) if served else ("0:00:00", "0:00:00")
            agent = f"agent0{random.integers(1, 4)}" if served else ""
            priority = random.choice([1, 2]) if wait else 0
            lines.append(
                f"AA0101,{len(lines)},0,{priority},{kind},9903{day:02d},{entered},{clock(int(at))},8,{queue[0]},{queue[1]},{wait},"
                f"{'AGENT' if served else 'HANG'},{service[0]},{service[1]},{talk},{agent}"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def clock(seconds: int) -> str:
    """h:mm:ss."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
