"""A small organisation whose names are as awkward as names get: what the tests of exports run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import simcrc
from simcrc import Results
from simcrc.export.table import Table

SCRIPT = '<script>alert("x")</script> & l\'été 😀 שלום مرحبا'
FORMULA = "=HYPERLINK(\"http://x\";A1)+cmd|' /C calc'!A0"
TEXT = f"""\
simcrc: 1
name: {{fr: {json.dumps(SCRIPT, ensure_ascii=False)}, en: {json.dumps(FORMULA, ensure_ascii=False)}}}
start: 2024-03-04
horizon: 9 days
warmup: 3 days
replications: 2
seed: 7
timezone: America/Toronto
services:
  info: {{volume: {{per_day: 60, busyness: 20}}, ambiguity: 30 %}}
  demande: {{volume: {{per_day: 30}}, complexity: 20 %}}
population:
  size: 900
  segments:
    près: {{name: {{fr: "-1+2", en: "@SUM(1)"}}, share: 60 %, access: 90 %, skill: 90 %}}
    קרוב: {{share: 40 %, access: 30 %, skill: 60 %}}
channels:
  web: {{kind: web, offers: [info], completion: 60 %, cost: {{per_contact: 0.65}}}}
  ivr: {{kind: ivr, opt_out: 70 %, cost: {{per_contact: 1.85}}}}
  phone:
    kind: phone
    via: ivr
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {{lognormal: {{mean: 5 min, cv: 1}}}}
    patience: {{exponential: {{mean: 5 min}}}}
    lines: 12
    resolution: 80 %
    cost: {{per_contact: 4.50}}
  counter: {{kind: counter, hours: "Mon-Fri 09:00-16:00", sites: {{québec: {{share: 2}}, gaspé: {{share: 1}}}}, handle_time: 8 min, cost: {{per_contact: 9}}}}
  mail: {{kind: mail, transport: 2 days, steps: {{open: {{handle_time: 3 min}}}}, incomplete: 20 %, cost: {{per_contact: 6}}}}
teams:
  préposés: {{serves: [phone, mail.open], cost_per_hour: 30, schedule: {{week: {{Mon-Fri: {{"08:30": 2, "16:30": 0}}}}}}}}
  accueil: {{serves: [counter.québec, counter.gaspé], schedule: {{week: {{Mon-Fri: {{"09:00": 1, "16:00": 0}}}}}}}}
choice:
  first:
    table:
      info: {{default: {{web: 15 %, phone: 75 %, counter: 10 %}}}}
      demande: {{default: {{phone: 40 %, mail: 60 %}}}}
  next:
    web.failed: {{phone: 50 % after 20 min, give_up: 50 %}}
    phone.abandoned: {{redial: 70 % after 20 min, give_up: 30 %}}
    phone.unresolved: {{phone: 60 % after 1 day, mail: 40 %}}
  chase: {{mail: {{to: phone, after: 5 days}}}}
  verify: {{web: {{to: phone, probability: 20 %, when: ambiguous, after: 2 h}}}}
"""
"""Its period holds the night in March when the clocks go forward."""


def run(folder: Path, name: str = "out", events: bool = True) -> Results:
    """A run in ``folder/name``."""
    path = folder / "scenario.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return simcrc.load(path).run(output=folder / name, events=events)


def table(name: str = "table", **columns: object) -> Table:
    """A table in memory."""
    import pyarrow as pa

    return Table(name, made=pa.table(columns))


def seconds(durations: Any) -> list[float]:
    """Seconds of a column of durations, to the microsecond."""
    import pandas as pd

    return [float(each) / 1e6 for each in durations // pd.Timedelta(microseconds=1)]
