"""How much narrower the interval of a change in contacts per need is with pairs than with independent runs of the same length.

    python benchmarks/pairing.py [--pairs 12] [--weeks 12] [--measures promote open train]

A small organisation with a phone, a voice unit, a Web site, a counter and mail; each measure touches at most 5 % of its needs, which is checked.  Pairs share
their random numbers; the independent runs of the base and of the policy have seeds of their own.  Both estimate the same change, with as many replications of
the same length; the factor is that of their half-widths (jackknife, Student's t).  The half-width of a dozen replications is itself uncertain by some
twenty percent.  Exit code 1 when a measure touches more than 5 % of the needs or pairs are less than three times narrower.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simcrc.experiment.arms import arms
from simcrc.experiment.contrasts import of_sums
from simcrc.experiment.pair import one_arm
from simcrc.experiment.pairs import Pairs, Reals, pairs
from simcrc.experiment.statistics import Estimate
from simcrc.indicators.journeys import CONTACTS_MADE
from simcrc.scenario import Scenario

REQUIRED = 3.0
TOUCHED = 0.05

BASE = """\
simcrc: 1
name: pairing
start: 2024-01-08
horizon: {weeks} weeks
warmup: 1 week
seed: 17
timezone: America/Toronto
services:
  info: {{volume: {{per_day: 300, busyness: 30, shared: 40 %}}, ambiguity: 25 %}}
  change: {{volume: {{per_day: 80, busyness: 30, shared: 40 %}}}}
  review: {{volume: {{per_day: 20}}, complexity: 80 %, ambiguity: 50 %}}
population:
  size: 200000
  segments:
    young: {{share: 55 %, access: 95 %, skill: 90 %}}
    elders: {{share: 45 %, access: 39 %, skill: 55 %, needs: 1.2}}
channels:
  web: {{kind: web, offers: [info], completion: 60 %}}
  ivr: {{kind: ivr, opt_out: 75 %}}
  phone:
    kind: phone
    via: ivr
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {{lognormal: {{mean: 6 min, cv: 1.1}}}}
    patience: {{lognormal: {{mean: 6 min, cv: 1.2}}}}
    lines: 60
    resolution: 80 %
  counter: {{kind: counter, hours: "Mon-Fri 09:00-16:00", handle_time: 9 min, resolution: 95 %}}
  mail: {{kind: mail, transport: 2 days, steps: {{process: {{handle_time: 6 min}}}}, incomplete: 10 %}}
teams:
  agents: {{serves: [phone, mail.process], schedule: {{week: {{Mon-Fri: {{"08:30": {staff}, "16:30": 0}}}}}}}}
  desk: {{serves: [counter], schedule: {{week: {{Mon-Fri: {{"09:00": 3, "16:00": 0}}}}}}}}
choice:
  first:
    table:
      info: {{default: {{web: 18 %, phone: 72 %, counter: 10 %}}}}
      change: {{default: {{phone: 60 %, counter: 15 %, mail: 25 %}}}}
      review: {{default: {{phone: 30 %, counter: 20 %, mail: 50 %}}}}
  next:
    web.failed: {{phone: 60 % after 20 min, give_up: 40 %}}
    phone.abandoned: {{redial: 70 % after 20 min, give_up: 30 %}}
    phone.blocked: {{redial: 100 % after 10 min}}
    phone.unresolved: {{phone: 60 % after 1 day, mail: 20 %, give_up: 20 %}}
    counter.unresolved: {{phone: 100 % after 1 day}}
  chase: {{mail: {{to: phone, after: {{exponential: {{mean: 12 days}}}}}}}}
  verify: {{web: {{to: phone, probability: 25 %, when: ambiguous, after: 3 h}}}}
"""
MEASURES = {
    "promote": "promote: {channel: web, odds: 1.3, services: [info]}",
    "open": "open: {channel: web, services: [change], share: 12 %}",
    "train": "train: {channels: [phone], services: [review], resolution: 60 %}",
}


@dataclass(frozen=True)
class Measured:
    """One measure: the change with pairs and with independent runs, each with its half-width; the share of needs touched: those whose first contact lands
    elsewhere or whose contacts are not as many."""

    change: float
    paired: float
    other_change: float
    independent: float
    touched: float

    @property
    def factor(self) -> float:
        """How many times narrower."""
        return self.independent / self.paired


def measured(measure: str, count: int, weeks: int, staff: int = 14, jobs: int = 1) -> Measured:
    """Run `count` pairs and as many independent runs of either arm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "base.yaml").write_text(BASE.format(weeks=weeks, staff=staff), encoding="utf-8")
        policy = f"policy: {measure}\nbase: base.yaml\nmeasures:\n  - {{at: 2024-01-08, {MEASURES[measure]}}}\n"
        (folder / "policy.yaml").write_text(policy, encoding="utf-8")
        made = arms(folder / "base.yaml", folder / "policy.yaml")
        found = pairs(made.base, made.policy, count, jobs=jobs)
        change = of_sums(np.divide, found.count("change"), found.needs()).at()
        contacts, needs = alone(made.policy.seeded(18).scenario, found, count)
        other = of_sums(lambda a, b, c, d: a / b - c / d, contacts, needs, found.base.over_cohort(CONTACTS_MADE, ()), found.needs()).at()
        touched = of_sums(np.divide, found.count("moved") + unmoved(found), found.needs()).at()
        return Measured(*half(change), *half(other), touched.mean or 0.0)


def alone(scenario: Scenario, like: Pairs, count: int) -> tuple[Reals, Reals]:
    """Contacts and needs of the cohort in independent runs of `scenario`."""
    sides = [one_arm(scenario, None, like.landings, like.follow_up, number)[1] for number in range(1, count + 1)]
    return np.array([float(side.contacts.sum(dtype=np.int64)) for side in sides]), np.array([float(len(side.need)) for side in sides])


def unmoved(of: Pairs) -> Reals:
    """Needs that land where they did and whose contacts are not as many."""
    return of.count("more") + of.count("fewer") - of.count("more_moved") - of.count("fewer_moved")


def half(estimate: Estimate) -> tuple[float, float]:
    """An estimate and its half-width."""
    assert estimate.mean is not None
    assert estimate.high is not None
    return estimate.mean, estimate.high - estimate.mean


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--staff", type=int, default=14, help="agents on the phone and the mail: fewer make queues that carry a change to others")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--measures", nargs="+", choices=MEASURES, default=list(MEASURES))
    asked = parser.parse_args()
    failed = False
    print(f"{asked.pairs} pairs of {asked.weeks} weeks, {asked.staff} agents; half-widths at 95 %")
    print(f"{'measure':10} {'touched':>8} {'change':>10} {'± pairs':>10} {'change':>10} {'± indep.':>10} {'factor':>7}")
    for name in asked.measures:
        m = measured(name, asked.pairs, asked.weeks, asked.staff, asked.jobs)
        print(f"{name:10} {m.touched:8.2%} {m.change:+10.5f} {m.paired:10.5f} {m.other_change:+10.5f} {m.independent:10.5f} {m.factor:7.1f}", flush=True)
        failed |= m.touched > TOUCHED or m.factor < REQUIRED
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
