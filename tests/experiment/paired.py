"""A small organisation and policies for it: what the tests of pairs and of the fidelisation effect run."""

from __future__ import annotations

from pathlib import Path

BASE = """\
simcrc: 1
name: {fr: Petite organisation, en: Small organisation}
start: 2024-01-08
horizon: 4 weeks
warmup: 1 week
replications: 2
seed: 7
timezone: America/Toronto
services:
  info: {name: {fr: Renseignements, en: Information}, volume: {per_day: 90, busyness: 20}, ambiguity: 30 %}
  claim: {volume: {per_day: 50}, complexity: 20 %}
population:
  size: 4000
  segments:
    near: {name: {fr: Proches, en: Near}, share: 60 %, access: 90 %, skill: 90 %}
    far: {share: 40 %, access: 30 %, skill: 60 %}
channels:
  web: {kind: web, offers: [info], completion: 60 %, cost: {per_contact: 0.65}}
  ivr: {kind: ivr, opt_out: 70 %, cost: {per_contact: 1.85}}
  phone:
    kind: phone
    via: ivr
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {lognormal: {mean: 5 min, cv: 1}}
    patience: {exponential: {mean: 5 min}}
    lines: 12
    resolution: 80 %
    cost: {per_contact: 4.50}
  mail: {kind: mail, transport: 2 days, steps: {open: {handle_time: 3 min}}, cost: {per_contact: 6}}
teams:
  agents: {serves: [phone, mail.open], cost_per_hour: 30, schedule: {week: {Mon-Fri: {"08:30": 2, "16:30": 0}}}}
choice:
  first:
    table:
      info: {default: {web: 15 %, phone: 85 %}}
      claim: {default: {phone: 40 %, mail: 60 %}}
  next:
    web.failed: {phone: 50 % after 20 min, give_up: 50 %}
    phone.abandoned: {redial: 70 % after 20 min, give_up: 30 %}
    phone.unresolved: {phone: 60 % after 1 day, mail: 40 %}
  chase: {mail: {to: phone, after: 5 days}}
  verify: {web: {to: phone, probability: 20 %, when: ambiguous, after: 2 h}}
"""

PROMOTE = """\
policy: {fr: Promouvoir le Web, en: Promote the Web}
base: base.yaml
measures:
  - {at: 2024-01-15, promote: {channel: web, odds: 4}, cost: {once: 1000, per_month: 310}}
objectives:
  - {name: {fr: Plus de Web, en: More Web}, share: web, services: [info], goes: up, by_at_least: 10 %, months: 1}
  - {volume: mail, goes: down, by_at_least: 10 %, months: 1}
  - {indicator: contacts_per_need, goes: not_up, months: 1}
  - {indicator: phone.asa, goes: down, months: 1}
"""

NOTHING = """\
policy: {fr: Rien, en: Nothing}
base: base.yaml
measures:
  - {at: 2024-01-15, promote: {channel: web, odds: 1}}
  - {at: 2024-01-22, ramp: {linear: 1 week}, train: {channels: [phone], resolution: 0}}
"""

OPEN = """\
policy: {fr: Ouvrir le Web, en: Open the Web}
base: base.yaml
measures:
  - {at: 2024-01-15, open: {channel: web, services: [claim], share: 20 %}}
"""


def write(folder: Path, **files: str) -> Path:
    """Write the base and the `files`, each ``name.yaml``; the folder."""
    for name, text in ({"base": BASE} | files).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
