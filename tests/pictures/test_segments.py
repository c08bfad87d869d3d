"""How segments are served: figures of the needs, the gap of each replication, and a difference that allows for the choice among pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pictures import compared
from simcrc.pictures import make, segments_figures
from simcrc.pictures.arm import Arm
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.words import LANGS


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("segments", compared.subject("promote"))
    assert isinstance(made, Picture)
    return made


def counted(name: str) -> pd.DataFrame:
    """By replication and segment the needs of the period, their contacts and their cost."""
    needs = compared.results(name).needs
    needs = needs[needs["measured"]].assign(segment=lambda rows: rows["segment"].astype(str))
    return needs.groupby(["replication", "segment"]).agg(needs=("need", "size"), contacts=("contacts", "sum"), cost=("cost", "sum")).astype(float)


def test_the_figures_are_those_of_the_needs(picture: Picture) -> None:
    for arm in ("base", "promote"):
        sums = counted(arm).groupby("segment").sum()
        rows = picture.data[(picture.data["arm"] == arm) & (picture.data["of"] == "segment")].set_index(["indicator", "segment"])["mean"]
        for segment in ("near", "far", "rare"):
            assert rows["contacts_per_need", segment] == pytest.approx(sums.loc[segment, "contacts"] / sums.loc[segment, "needs"])
            assert rows["cost_per_need", segment] == pytest.approx(sums.loc[segment, "cost"] / sums.loc[segment, "needs"])


def test_the_gap_is_that_of_each_replication(picture: Picture) -> None:
    each = counted("base")
    ratio = (each["cost"] / each["needs"]).unstack()
    gap = (ratio.max(axis=1) - ratio.min(axis=1)).mean()
    rows = picture.data[(picture.data["arm"] == "base") & (picture.data["of"] == "gap")].set_index("indicator")
    assert rows.loc["cost_per_need", "mean"] == pytest.approx(gap)
    assert rows.loc["cost_per_need", "low"] < gap < rows.loc["cost_per_need", "high"]


def test_the_ends_allow_for_all_pairs() -> None:
    subject = compared.subject("promote")
    found = {one.name: one for one in segments_figures.measures(subject, ["near", "far", "rare"])}
    ends = found["cost_per_need"].ends["base"]
    assert (ends.best, ends.worst) == ("near", "far")
    each = counted("base")
    parts = [each[column].unstack()[segment].to_numpy() for segment in ("far", "near") for column in ("cost", "needs")]
    expected = compared.bonferroni(*parts, count=3)
    assert (ends.apart.mean, ends.apart.low, ends.apart.high) == pytest.approx(expected, rel=1e-6)
    assert ends.clear


def test_gaps_are_compared_in_pairs() -> None:
    subject = compared.subject("promote")
    found = segments_figures.measures(subject, ["near", "far", "rare"])
    change = segments_figures.gap_changes(subject, found)["promote", "cost_per_need"]
    gaps = []
    for name in ("promote", "base"):
        ratio = (counted(name)["cost"] / counted(name)["needs"]).unstack()
        gaps.append((ratio.max(axis=1) - ratio.min(axis=1)).to_numpy())
    assert change.mean == pytest.approx(np.mean(gaps[0] - gaps[1]))


def test_it_is_told_and_drawn(picture: Picture) -> None:
    compared.told(picture)
    for lang in LANGS:
        for narrow in (False, True):
            compared.sound(picture, narrow, lang)
    assert "Lointains" in picture.finding.fr
    assert set(picture.indicators) >= {"wait_mean", "wait_mean_gap", "completion", "contacts_per_need", "cost_per_need_gap"}
    assert any("Écart".casefold() in row[1].casefold() for row in picture.shown("fr").rows)


def test_one_arm_and_seven() -> None:
    for subject in (compared.subject(), compared.many(7)):
        made = make("segments", subject)
        assert isinstance(made, Picture)
        compared.told(made)
        for narrow in (False, True):
            assert "<script" not in compared.sound(made, narrow)
    assert made.data["arm"].nunique() == 7


def test_nothing_is_judged_without_intervals_or_pairs() -> None:
    single = make("segments", compared.subject("promote", replications=1))
    apart = make("segments", replace(compared.subject("promote"), paired=False))
    assert isinstance(single, Picture)
    assert isinstance(apart, Picture)
    assert "nothing is judged" in single.finding.en
    assert "not paired" in apart.finding.en
    compared.sound(single, narrow=True)


def test_chance_is_not_called_a_gap() -> None:
    """Segments that are one another's copies but for the draw of their citizens: no claim that the intervals do not make."""
    made = make("segments", compared.subject("promote"))
    assert isinstance(made, Picture)
    found = {one.name: one for one in segments_figures.measures(compared.subject("promote"), ["near", "far", "rare"])}
    unclear = [name for name, one in found.items() if not one.ends["base"].clear]
    from simcrc.pictures.segments import NAMES

    head = made.finding.en.partition(":")[0]
    assert not any(head.endswith(NAMES[name].en) for name in unclear)


def test_thirty_segments_show_the_largest() -> None:
    base = compared.subject().base
    arms = (_many(base, 30),)
    known = segments_figures.segments_of(Subject(arms))
    assert len(known) == 30
    assert known[0] == "near"
    assert len(segments_figures.segments_of(compared.subject())) == 3


def _many(arm: Arm, count: int) -> Arm:
    """An arm whose table has segments that are ever smaller."""
    rows = arm.frame[(arm.frame["indicator"] == "needs_started") & (arm.frame["segment"] == "near") & arm.frame["period"].isna() & arm.frame["service"].isna()]
    copies = [rows.assign(segment="near" if k == 0 else f"copy-{k}", mean=rows["mean"] * (1 - k / 100)) for k in range(count)]
    population = arm.scenario.population
    assert population is not None
    segments = {"near" if k == 0 else f"copy-{k}": population.segments["near"] for k in reversed(range(count))}
    scenario = arm.scenario.model_copy(update={"population": population.model_copy(update={"segments": segments})})
    return replace(arm, scenario=scenario, load_frame=lambda: pd.concat(copies))


def test_without_segments_it_is_absent() -> None:
    base = compared.subject().base
    nobody = replace(base, load_frame=lambda: base.frame[base.frame["segment"].isna()])
    made = make("segments", Subject((nobody,)))
    assert isinstance(made, Absent)
    assert "segments" in made.why.fr
