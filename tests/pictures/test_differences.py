"""Differences to the base: those of the needs, paired, at the level of simcrc compare; relative ones say the same about zero."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pictures import compared
from simcrc.experiment.metrics import usual
from simcrc.pictures import make
from simcrc.pictures.differences_rows import differences
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.words import LANGS


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("differences", compared.subject("promote", "more"))
    assert isinstance(made, Picture)
    return made


def sums(name: str) -> dict[str, np.ndarray]:
    """By replication the needs of the period, their contacts, their cost, and how many were resolved."""
    needs = compared.results(name).needs
    needs = needs[needs["measured"]]
    by = needs.assign(resolved=needs["end"] == "resolved").groupby("replication")
    found = {"needs": by.size(), "contacts": by["contacts"].sum(), "cost": by["cost"].sum(), "resolved": by["resolved"].sum()}
    return {name: values.to_numpy(dtype=float) for name, values in found.items()}


def test_the_differences_are_those_of_the_needs(picture: Picture) -> None:
    subject = compared.subject("promote", "more")
    count = len(usual([arm.model for arm in subject.arms])) * 2
    assert picture.data["level"].unique() == pytest.approx([1 - 0.05 / count])
    rows = picture.data.set_index(["arm", "metric"])
    base = sums("base")
    for arm in ("promote", "more"):
        own = sums(arm)
        for metric, over, under in (("contacts_per_need", "contacts", "needs"), ("cost_per_need_resolved", "cost", "resolved")):
            expected = compared.bonferroni(own[over], own[under], base[over], base[under], count)
            row = rows.loc[arm, metric]
            assert (row["difference"], row["low"], row["high"]) == pytest.approx(expected, rel=1e-6)
            assert row["base"] == pytest.approx(base[over].sum() / base[under].sum(), rel=1e-6)
            assert row["relative"] == pytest.approx(expected[0] / row["base"], rel=1e-6)


def test_relative_and_absolute_agree_about_zero(picture: Picture) -> None:
    rows = picture.data.dropna(subset=["relative"])
    assert (np.sign(rows["low"]) == np.sign(rows["relative_low"])).all()
    assert (np.sign(rows["high"]) == np.sign(rows["relative_high"])).all()
    clear = (rows["low"] > 0) | (rows["high"] < 0)
    assert (clear == ~rows["reading"].isin(["unclear", "same"])).all()


def test_readings_know_what_is_better(picture: Picture) -> None:
    rows = picture.data.set_index(["arm", "metric"])
    assert rows.loc["more", "phone.abandonment_ratio"]["reading"] == "better"
    assert rows.loc["more", "phone.abandonment_ratio"]["difference"] < 0
    assert rows.loc["promote", "self_service_share"]["reading"] == "more"


def test_the_finding_counts_what_is_discernible(picture: Picture) -> None:
    found = differences(compared.subject("promote", "more"))
    for arm, title in (("promote", "Promote the site"), ("more", "One agent more")):
        clear = sum(row.clear for row in found.of(arm))
        said = f"“{title}”: {clear} of {len(found.of(arm))} indicators" if clear else f"“{title}”: none of"
        assert said in picture.finding.en


def test_it_is_told_and_drawn(picture: Picture) -> None:
    compared.told(picture)
    for lang in LANGS:
        for narrow in (False, True):
            compared.sound(picture, narrow, lang)
    assert "Bonferroni" in picture.note.fr  # type: ignore[union-attr]
    assert any("$" in cell for row in picture.shown("fr").rows for cell in row)


def test_one_alternative_and_six() -> None:
    for subject in (compared.subject("more"), compared.many(7)):
        made = make("differences", subject)
        assert isinstance(made, Picture)
        compared.told(made)
        for narrow in (False, True):
            assert "<script" not in compared.sound(made, narrow)
    assert made.data["arm"].nunique() == 6


def test_the_same_arm_changes_nothing() -> None:
    base = compared.subject("promote").base
    made = make("differences", Subject((base, replace(base, name="same"))))
    assert isinstance(made, Picture)
    assert "changes" in made.finding.en
    assert "none of the" in made.finding.en
    assert set(made.data["reading"]) == {"same"}
    compared.sound(made, narrow=False)


def test_a_single_replication_judges_nothing() -> None:
    made = make("differences", compared.subject("promote", replications=1))
    assert isinstance(made, Picture)
    assert made.finding.en.startswith("A single replication")
    assert set(made.data["reading"]) <= {"unclear", "same"}
    compared.sound(made, narrow=True)


def test_what_cannot_be_a_part_of_the_base_stands_in_the_table() -> None:
    """A base whose wait is 0, or whose interval holds 0: no relative difference, but a row."""
    from simcrc.experiment.statistics import Estimate
    from simcrc.pictures.differences_rows import _relative

    change = Estimate(3.0, 1.0, 5.0, 4)
    assert _relative(change, Estimate(0.0, 0.0, 0.0, 4)) is None
    assert _relative(change, Estimate(1.0, 0.0, 4.0, 4)) is None
    found = _relative(change, Estimate(-2.0, -3.0, -1.0, 4))
    assert found is not None
    assert (found.mean, found.low, found.high) == (1.5, 0.5, 2.5)


def test_without_a_pair_it_is_absent() -> None:
    alone = make("differences", compared.subject())
    apart = make("differences", replace(compared.subject("promote"), paired=False))
    assert isinstance(alone, Absent)
    assert isinstance(apart, Absent)
    assert "simcrc compare" in alone.why.fr
    assert "simcrc compare" in apart.why.en
