"""A small organisation whose citizens go from channel to channel and whose mail piles up: what tests of journeys, backlog and fidelisation run once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import simcrc
from simcrc.experiment.results import Results
from simcrc.pictures.subject import Subject, of_results
from simcrc.words import Words

HOSTILE = '<script>$x$</script> "مرحبا" 🙂 & un nom bien trop long pour tenir'
BASE = """\
simcrc: 1
name: {fr: Petite organisation, en: Small organisation}
start: 2024-01-08
horizon: 13 weeks
warmup: 1 week
seed: 7
timezone: America/Toronto
services:
  info: {volume: {per_day: 20}, ambiguity: 30 %}
  claim: {volume: {per_day: 16}, complexity: 20 %}
population:
  size: 4000
  segments:
    near: {share: 60 %, access: 90 %, skill: 90 %}
    far: {share: 40 %, access: 30 %, skill: 60 %}
channels:
  web: {kind: web, offers: [info], completion: 60 %}
  ivr: {kind: ivr, opt_out: 70 %}
  phone:
    kind: phone
    via: ivr
    name: NAME
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {exponential: {mean: 5 min}}
    patience: {exponential: {mean: 3 min}}
    resolution: 80 %
  mail: {kind: mail, standard: 10 days, steps: {open: {handle_time: 24 min}}}
  email: {kind: email, offers: [info], steps: {answer: {handle_time: 4 min}}}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Fri: {"08:30": 1, "16:30": 0}}}}
  clerks: {serves: [mail.open], schedule: {week: {Mon-Fri: {"08:30": 1, "11:30": 0}}}}
  writers: {serves: [email.answer], schedule: {week: {Mon-Fri: {"08:30": 1, "16:30": 0}}}}
choice:
  first: {table: {info: {default: {web: 15 %, phone: 75 %, email: 10 %}}, claim: {default: {phone: 40 %, mail: 60 %}}}}
  next:
    web.failed: {phone: 50 % after 20 min, give_up: 50 %}
    phone.abandoned: {redial: 70 % after 20 min, give_up: 30 %}
    phone.unresolved: {phone: 60 % after 1 day, mail: 40 %}
  chase: {mail: {to: phone, after: 5 days}}
  verify: {web: {to: phone, probability: 20 %, when: ambiguous, after: 2 h}}
"""
POLICY = """\
policy: {fr: Promouvoir le Web, en: Promote the Web}
base: base.yaml
measures:
  - {at: 2024-01-15, promote: {channel: web, odds: 6}}
"""


@cache
def folder() -> Path:
    """A folder with both files; it lasts as long as the tests."""
    made = Path(mkdtemp(prefix="travelled"))
    name = HOSTILE.replace("'", "''")
    (made / "base.yaml").write_text(BASE.replace("NAME", f"{{fr: '{name}', en: '{name}'}}"), encoding="utf-8")
    (made / "policy.yaml").write_text(POLICY, encoding="utf-8")
    return made


@cache
def base() -> Results:
    """Two replications of the base, with their contacts."""
    return simcrc.load(folder() / "base.yaml").run(2, events=True)


@cache
def under() -> Results:
    """Two of the policy."""
    return simcrc.load(folder() / "policy.yaml").run(2)


@cache
def alone() -> Results:
    """A single replication of a short period."""
    return simcrc.load(folder() / "base.yaml", set_=["horizon=2 weeks", "warmup=0 days"]).run(1)


@cache
def run() -> Subject:
    """The base."""
    return of_results(base())


@cache
def pair() -> Subject:
    """The base and the policy, paired."""
    arm = of_results(under()).base
    return Subject((run().base, replace(arm, name="web", title=Words(fr="Promouvoir le Web", en="Promote the Web"))))
