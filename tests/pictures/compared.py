"""A small organisation with three segments and three variants of it, run once: what tests of compared arms look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from matplotlib.axis import Axis
from matplotlib.text import Text
from scipy.stats import t

import simcrc
from simcrc.experiment.results import Results
from simcrc.pictures.picture import Picture
from simcrc.pictures.style import save
from simcrc.pictures.subject import Subject, of_results
from simcrc.words import LANGS, Lang, Words

HOSTILE = '<script>$x$</script> "مرحبا" 🙂 un nom bien trop long pour tenir sur une seule ligne'
BASE = """\
simcrc: 1
name: {fr: Petite organisation, en: Small organisation}
start: 2024-01-08
horizon: 8 weeks
seed: 11
timezone: America/Toronto
services:
  info: {volume: {per_day: 36}}
population:
  size: 5000
  segments:
    near: {name: {fr: Proches, en: Near}, share: 50 %, access: 90 %, skill: 90 %}
    far: {name: {fr: Lointains, en: Far}, share: 30 %, access: 40 %, skill: 50 %}
    rare: {share: 20 %, access: 60 %, skill: 70 %}
channels:
  web: {kind: web, completion: 70 %, cost: {per_contact: 0.5}}
  phone:
    kind: phone
    hours: "Mon-Fri 08:30-16:30"
    handle_time: {exponential: {mean: 8 min}}
    patience: {exponential: {mean: 4 min}}
    resolution: 85 %
    cost: {per_contact: 4.5}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Fri: {"08:30": 2, "16:30": 0}}}}
choice:
  first: {table: {info: {near: {phone: 40 %, web: 60 %}, far: {phone: 80 %, web: 20 %}, rare: {phone: 60 %, web: 40 %}}}}
  next:
    web.failed: {phone: 70 % after 10 min, give_up: 30 %}
    phone.abandoned: {redial: 60 % after 20 min, give_up: 40 %}
    phone.unresolved: {phone: 70 % after 1 day, give_up: 30 %}
"""
POLICY = """\
policy: {fr: Promouvoir le site, en: Promote the site}
base: base.yaml
measures:
  - {name: {fr: Dépliants, en: Leaflets}, at: 2024-01-22, promote: {channel: web, odds: 2}}
  - {at: 2024-02-12, promote: {channel: web, odds: 1.5}}
"""
MORE = 'teams.agents.schedule.week={Mon-Fri: {"08:30": 3, "16:30": 0}}'
TITLES = {
    "base": Words(fr="Petite organisation", en="Small organisation"),
    "promote": Words(fr="Promouvoir le site", en="Promote the site"),
    "more": Words(fr="Un préposé de plus", en="One agent more"),
    "fewer": Words(fr="Un préposé de moins", en="One agent fewer"),
}


@cache
def folder() -> Path:
    """Where the files are."""
    made = Path(mkdtemp(prefix="compared-"))
    (made / "base.yaml").write_text(BASE, encoding="utf-8")
    (made / "promote.yaml").write_text(POLICY, encoding="utf-8")
    return made


@cache
def results(name: str, replications: int = 4) -> Results:
    """The results of a variant; those of the base have their contacts."""
    set_: Sequence[str] = {"more": [MORE], "fewer": [MORE.replace(": 3", ": 1")]}.get(name, [])
    policies = [folder() / "promote.yaml"] if name == "promote" else []
    return simcrc.load(folder() / "base.yaml", set_=set_, policies=policies).run(replications, events=name in ("base", "promote"))


@cache
def subject(*names: str, replications: int = 4) -> Subject:
    """The base and the variants called `names`, paired."""
    arms = [replace(of_results(results(name, replications)).base, name=name, title=TITLES[name]) for name in ("base", *names)]
    return Subject(tuple(arms))


def many(count: int) -> Subject:
    """As many arms: the variants again and again, under names of their own that are hard to write."""
    found = subject("promote", "more", "fewer").arms
    more = [replace(found[1 + k % 3], name=f"arm-{k}", title=Words(fr=HOSTILE, en=HOSTILE)) for k in range(count - 1)]
    return Subject((found[0], *more))


def bonferroni(over: np.ndarray, under: np.ndarray, base_over: np.ndarray, base_under: np.ndarray, count: int) -> tuple[float, float, float]:
    """The difference of two ratios of sums with one of `count` simultaneous intervals: the jackknife, written down a second time."""
    n = len(over)
    left_out = [(over.sum() - over[k]) / (under.sum() - under[k]) - (base_over.sum() - base_over[k]) / (base_under.sum() - base_under[k]) for k in range(n)]
    mean = over.sum() / under.sum() - base_over.sum() / base_under.sum()
    half = t.ppf(1 - 0.05 / count / 2, n - 1) * np.sqrt((n - 1) / n * sum((each - np.mean(left_out)) ** 2 for each in left_out))
    return mean, mean - half, mean + half


def sound(picture: Picture, narrow: bool, lang: Lang = "fr") -> str:
    """The drawing as SVG, once its letters are at least 8 points, all within the figure, and the names along an axis apart."""
    figure = picture.figure(lang, narrow)
    figure.draw_without_rendering()
    edge = figure.bbox
    named = [_shown(axis) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    ticks = {label for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels(which="both")}
    drawn = {label for labels in named for label in labels}
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible() or (text in ticks and text not in drawn):
            continue
        assert text.get_fontsize() >= 8, text.get_text()
        box = text.get_window_extent()
        assert box.x0 >= edge.x0 - 1, text.get_text()
        assert box.x1 <= edge.x1 + 1, text.get_text()
        assert box.y0 >= edge.y0 - 1, text.get_text()
        assert box.y1 <= edge.y1 + 1, text.get_text()
    for labels in named:
        for one, other in combinations(labels, 2):
            assert not one.get_window_extent().overlaps(other.get_window_extent()), (one.get_text(), other.get_text())
    out = BytesIO()
    save(figure, out, "svg")
    return out.getvalue().decode()


def _shown(axis: Axis) -> list[Text]:
    """The names along an axis that are drawn: those of ticks outside its range are not."""
    low, high = sorted(axis.get_view_interval())
    margin = 1e-9 * max(abs(low), abs(high))
    ticks = [tick for tick in axis.get_major_ticks() if low - margin <= tick.get_loc() <= high + margin]
    return [tick.label1 for tick in ticks if axis.axes.get_visible() and tick.label1.get_visible() and tick.label1.get_text()]


def told(picture: Picture) -> None:
    """Finding, alternative, note and table in both languages: sentences without holes, and as many cells as headings."""
    for lang in LANGS:
        for text in (picture.finding, picture.alternative, *([picture.note] if picture.note else [])):
            said = text.say(lang)
            assert said.endswith(".")
            assert "{" not in said
            assert "None" not in said
            assert "nan" not in said.split()
        table = picture.shown(lang)
        assert 0 < len(table.rows) <= 60
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert picture.finding.fr != picture.finding.en
