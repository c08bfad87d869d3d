"""Small centres that take next to no time: one whose answer Erlang knows, a morning whose load changes, teams that share their work."""

from __future__ import annotations

from pathlib import Path

from simcrc.experiment.study import Study, open_study

STEADY = """\
simcrc: 1
name: {{fr: Régulier, en: Steady}}
start: 2024-01-08
horizon: 3 days
warmup: 1 day
seed: 3
replications: 2
services:
  info: {{volume: {{per_hour: {rate}}}}}
channels:
  phone:
    kind: phone
    handle_time: {{exponential: {{mean: 6 min}}}}
    {patience}
    service_level: {{within: 60 s}}
teams:
  agents: {{serves: [phone], schedule: {{week: {{Mon-Sun: {{"00:00": 3}}}}, on_holidays: open}}, cost_per_hour: 30}}
choice:
  first: {{table: {{default: {{default: {{phone: 100 %}}}}}}}}
"""
"""Day and night alike."""

MORNING = """\
simcrc: 1
name: {fr: Matinée, en: Morning}
start: 2024-01-08
horizon: 1 week
warmup: 1 day
seed: 3
replications: 2
services:
  info: {volume: {per_day: 160, profile: {week: {Mon-Fri: {"09:00": 4, "10:00": 10, "11:00": 12, "12:00": 6, "13:00": 0}}}}}
channels:
  phone:
    kind: phone
    hours: "Mon-Fri 09:00-13:00"
    handle_time: {exponential: {mean: 5 min}}
    patience: {exponential: {mean: 6 min}}
    service_level: {within: 60 s, target: 75 %}
teams:
  agents: {name: {fr: Préposés, en: Agents}, serves: [phone], schedule: {week: {Mon-Fri: {"09:00": 8, "13:00": 0}}}, cost_per_hour: 30, shrinkage: 20 %}
choice:
  first: {table: {default: {default: {phone: 100 %}}}}
  next: {phone.abandoned: {redial: 50 % after 10 min, give_up: 50 %}}
"""
"""Load that rises and falls, abandonment, calls again, shrinkage."""

SHARED = """\
simcrc: 1
name: Shared
start: 2024-01-08
horizon: 1 week
warmup: 1 day
seed: 3
replications: 2
services:
  info: {volume: {per_day: 200, profile: {week: {Mon-Fri: {"09:00": 4, "10:00": 10, "11:00": 12, "12:00": 6, "13:00": 0}}}}, standard: 1 day}
  file: {volume: {per_day: 60, profile: {week: {Mon-Fri: {"09:00": 4, "10:00": 10, "11:00": 12, "12:00": 6, "13:00": 0}}}}, standard: 1 day}
channels:
  phone:
    kind: phone
    hours: "Mon-Fri 09:00-13:00"
    handle_time: {exponential: {mean: 5 min}}
    patience: {exponential: {mean: 6 min}}
    service_level: {within: 60 s}
  email: {kind: email, offers: [info], steps: {answer: {handle_time: 6 min}}}
  mail: {kind: mail, offers: [file], steps: {process: {handle_time: 15 min}}}
teams:
  agents:
    serves: [phone, email.answer]
    skills: {info: 100 %, file: 0 %}
    schedule: {week: {Mon-Fri: {"09:00": 8, "13:00": 0}}}
    shrinkage: 20 %
  special: {serves: [phone], schedule: {week: {Mon-Fri: {"09:00": 4, "13:00": 0}}}}
  clerks: {serves: [mail.process], schedule: {week: {Mon-Fri: {"08:00": 4, "10:00": 2, "12:00": 0}}}}
choice:
  first: {table: {info: {default: {phone: 80 %, email: 20 %}}, file: {default: {phone: 50 %, mail: 50 %}}}}
  next: {phone.abandoned: {give_up: 100 %}}
"""
"""Two teams on the phone, one of which answers e-mail as well; a third does the mail."""


def study(folder: Path, text: str, *changes: str, name: str = "small.yaml") -> Study:
    """The scenario `text`, written to `folder` and loaded."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return open_study(path, list(changes))


def steady(folder: Path, rate: float, patience: str | None) -> Study:
    """A queue without end: `rate` an hour, patience as written."""
    return study(folder, STEADY.format(rate=rate, patience=f"patience: {patience}" if patience else ""))
