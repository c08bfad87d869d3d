"""A small call centre and rivals for it: what the tests of comparisons and sweeps run.  Half a second or less a replication."""

from __future__ import annotations

from pathlib import Path

BASE = """\
simcrc: 1
name: {fr: Petit centre, en: Small centre}
start: 2024-01-08
horizon: 2 days
warmup: 1 day
seed: 5
replications: 3
services:
  info: {volume: {per_hour: 20}}
channels:
  web: {kind: web, completion: 60 %, cost: {per_contact: 0.65}}
  phone:
    kind: phone
    handle_time: {exponential: {mean: 6 min}}
    patience: {exponential: {mean: 5 min}}
    service_level: {within: 60 s}
    cost: {per_contact: 4.50}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Sun: {"00:00": 2, "08:00": 3}}, on_holidays: open}}
choice:
  first: {table: {default: {default: {phone: 80 %, web: 20 %}}}}
  next:
    web.failed: {phone: 50 % after 20 min, give_up: 50 %}
    phone.abandoned: {redial: 50 % after 10 min, give_up: 50 %}
"""
PROMOTE = """\
policy: {fr: Promouvoir le Web, en: Promote the Web}
base: base.yaml
measures:
  - {at: 2024-01-08, promote: {channel: web, odds: 4}}
objectives:
  - {share: web, goes: up, by_at_least: 10 %, months: 1}
"""
NOTHING = """\
policy: {fr: Rien, en: Nothing}
base: base.yaml
measures:
  - {at: 2024-01-08, promote: {channel: web, odds: 1}}
"""
MORE = """\
extends: base.yaml
name: {fr: Plus de monde, en: More people}
teams: {agents: {schedule: {week: {Mon-Sun: {"00:00": 3, "08:00": 5}}}}}
"""
BUSIER = """\
extends: base.yaml
name: {fr: Plus d'appels, en: More calls}
services: {info: {volume: {per_hour: 25}}}
"""
LATER = """\
extends: base.yaml
name: {fr: Plus tard, en: Later}
start: 2024-01-15
"""


def write(folder: Path, **files: str) -> Path:
    """Write the base and its rivals, and `files`, each ``name.yaml``; the folder."""
    texts = {"base": BASE, "promote": PROMOTE, "nothing": NOTHING, "more": MORE, "busier": BUSIER, "later": LATER} | files
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
