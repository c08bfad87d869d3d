"""Small scenarios of one station: a mail room, a counter and a telephone, whose staff the tests cut."""

from __future__ import annotations

from pathlib import Path

_HEAD = """
simcrc: 1
name: {fr: Un poste, en: One station}
start: 2024-01-08
horizon: 12 weeks
timezone: UTC
"""
MAIL = (
    _HEAD
    + """
services: {file: {volume: {per_day: 40, profile: {week: {Mon-Fri: {"08:00": 1, "17:00": 0}}}}}}
channels:
  mail: {kind: mail, transport: 1 day, steps: {process: {handle_time: {lognormal: {mean: 30 min, cv: 0.8}}}}, resolution: 95 %}
teams: {analysts: {serves: [mail], schedule: {week: {Mon-Fri: {"08:00": 4, "16:00": 0}}}}}
choice: {first: {table: {file: {default: {mail: 100 %}}}}}
"""
)
COUNTER = (
    _HEAD
    + """
services: {visit: {volume: {per_day: 143, profile: {week: {Mon: {"09:00": 6, "12:00": 3, "16:00": 0}, Tue-Fri: {"09:00": 2, "16:00": 0}}}}}}
channels:
  counter: {kind: counter, hours: "Mon-Fri 09:00-16:00", handle_time: {exponential: 10 min}, at_closing: serve, resolution: 100 %}
teams: {tellers: {serves: [counter], schedule: {week: {Mon-Fri: {"09:00": 7, "16:00": 0}}}}}
choice: {first: {table: {visit: {default: {counter: 100 %}}}}}
"""
)


def written(folder: Path, text: str) -> Path:
    """A file with the scenario `text` in `folder`."""
    path = folder / "station.yaml"
    path.write_text(text, encoding="utf-8")
    return path
