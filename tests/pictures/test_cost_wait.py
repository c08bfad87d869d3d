"""Cost against wait: its figures are those of the needs and contacts, the front is what nothing beats, and certainty is that of paired differences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pictures import compared
from simcrc.pictures import make
from simcrc.pictures.cost_wait_points import points
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.words import LANGS


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("cost_wait", compared.subject("promote", "more", "fewer"))
    assert isinstance(made, Picture)
    return made


def money(name: str) -> tuple[np.ndarray, np.ndarray]:
    """By replication what the needs of the period cost, and how many were resolved."""
    needs = compared.results(name).needs
    needs = needs[needs["measured"]]
    resolved = needs[needs["end"] == "resolved"].groupby("replication").size()
    return needs.groupby("replication")["cost"].sum().to_numpy(dtype=float), resolved.to_numpy(dtype=float)


def test_the_figures_are_those_of_needs_and_contacts(picture: Picture) -> None:
    rows = picture.data.set_index("arm")
    for name in ("base", "promote", "more", "fewer"):
        cost, resolved = money(name)
        assert rows.loc[name, "cost_per_need_resolved_CAD"] == pytest.approx(cost.sum() / resolved.sum(), rel=1e-6)
    contacts = compared.results("base").contacts
    queued = contacts[contacts["measured"] & contacts["queued"].notna() & contacts["outcome"].isin(["served", "abandoned"])]
    assert rows.loc["base", "wait_mean_s"] == pytest.approx(queued["waited"].dt.total_seconds().mean(), rel=1e-6)


def test_the_front_is_what_nothing_beats(picture: Picture) -> None:
    rows = picture.data.set_index("arm")
    at = rows[["cost_per_need_resolved_CAD", "wait_mean_s"]]
    for name in at.index:
        better = [other for other in at.index if (at.loc[other] <= at.loc[name]).all() and (at.loc[other] < at.loc[name]).any()]
        assert rows.loc[name, "on_front"] == (not better)
        assert rows.loc[name, "dominated_by"].split() == better
        assert set(rows.loc[name, "dominated_for_certain_by"].split()) <= set(better)


def test_differences_are_paired_and_simultaneous() -> None:
    _, pairs, wait = points(compared.subject("promote", "more", "fewer"))
    assert wait == "wait_mean"
    assert len(pairs) == 12
    expected = compared.bonferroni(*money("promote"), *money("base"), count=12)
    found = pairs["promote", "base"].cost
    assert (found.mean, found.low, found.high) == pytest.approx(expected, rel=1e-6)
    assert pairs["base", "promote"].cost.mean == pytest.approx(-expected[0], rel=1e-6)


def test_it_is_told_and_drawn(picture: Picture) -> None:
    compared.told(picture)
    for lang in LANGS:
        for narrow in (False, True):
            compared.sound(picture, narrow, lang)
    front = picture.data[picture.data["on_front"]]
    for column in ("cost_per_need_resolved_CAD", "wait_mean_s"):
        best = compared.TITLES[front.loc[front[column].idxmin(), "arm"]]
        assert f"«\u00a0{best.fr}\u00a0»" in picture.finding.fr
        assert f"“{best.en}”" in picture.finding.en
    assert len(picture.shown("fr").rows) == 4


def test_seven_arms_with_hostile_names() -> None:
    made = make("cost_wait", compared.many(7))
    assert isinstance(made, Picture)
    compared.told(made)
    for narrow in (False, True):
        drawn = compared.sound(made, narrow)
        assert "<script" not in drawn
    assert "arm-0" in made.finding.fr or "arm-1" in made.finding.fr or "base" in made.finding.fr


def test_equal_arms_are_said_to_be_equal() -> None:
    base = compared.subject("promote").base
    made = make("cost_wait", Subject((base, replace(base, name="same"))))
    assert isinstance(made, Picture)
    assert made.finding.en == "All arms have the same cost and the same wait."
    assert made.data["on_front"].all()
    compared.sound(made, narrow=True)


def test_nothing_is_judged_without_intervals_or_pairs() -> None:
    single = make("cost_wait", compared.subject("promote", replications=1))
    apart = make("cost_wait", replace(compared.subject("promote", "more"), paired=False))
    assert isinstance(single, Picture)
    assert isinstance(apart, Picture)
    assert "nothing is judged" in single.finding.en
    assert "not paired" in apart.finding.en
    assert not any(single.data["dominated_for_certain_by"])
    assert "certain" not in apart.finding.en
    assert "croix" not in single.alternative.fr
    compared.sound(single, narrow=False)


def test_alone_or_free_it_is_absent() -> None:
    one = make("cost_wait", compared.subject())
    assert isinstance(one, Absent)
    assert "simcrc compare" in one.why.fr
    arms = tuple(replace(arm, load_frame=lambda arm=arm: _free(arm.frame)) for arm in compared.subject("more").arms)
    free = make("cost_wait", Subject(arms))
    assert isinstance(free, Absent)
    assert "per_contact" in free.why.en


def _free(frame):  # type: ignore[no-untyped-def]
    """The table with costs of nothing."""
    cost = frame["indicator"] == "cost_per_need_resolved"
    return frame.assign(mean=frame["mean"].where(~cost, 0.0), low=frame["low"].where(~cost, 0.0), high=frame["high"].where(~cost, 0.0))
