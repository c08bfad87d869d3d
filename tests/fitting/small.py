"""A scenario whose figures are known functions of its numbers, and takes next to no time."""

from __future__ import annotations

from pathlib import Path

TEXT = """\
# A comment at the head, kept.
simcrc: 1
name: {fr: Minuscule, en: Tiny}
start: 2024-01-08
horizon: 3 days
seed: 5

services:
  calls: {volume: {per_hour: 60}}          # beside it too
channels:
  web: {kind: web, completion: {value: 50 %, status: assumed, range: [1 %, 99 %]}, duration: 1 min}
  phone: {kind: phone, handle_time: 1 min, resolution: 100 %}
  mail: {kind: email, steps: {answer: {handle_time: 1 min}}}
teams: {agents: {serves: [phone, mail.answer], schedule: {week: {Mon-Sun: {"00:00": 20}}, on_holidays: open}}}
choice:
  first: {table: {default: {default: {web: 100 %}}}}
  next:
    web.failed: {phone: "20 % after 1 min", mail: 20 %, give_up: 60 %}   # 20 + 20 + 60

expect:
  figures:
    - {indicator: web.completion, equals: 70 %, margin: 2 points, fitted: true}
    - {indicator: phone.used, equals: 12 %, margin: 2 points, fitted: true}
    - {indicator: mail.used, equals: 6 %, margin: 20 points}
fit:
  replications: 2
  parameters:
    - {path: channels.web.completion, within: [5 %, 95 %]}
    - {path: choice.next.web.failed.phone, within: [5 %, 75 %], draws_from: choice.next.web.failed.give_up}
"""
"""Of the visits 70 % should be completed, and 12 % of the needs use the phone: 40 % of those that failed.  What they take give_up loses: 40 %."""


def write(folder: Path, text: str = TEXT, name: str = "tiny.yaml") -> Path:
    """The scenario file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
