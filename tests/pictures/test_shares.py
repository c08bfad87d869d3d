"""Channel shares by month: they are those of the contacts, changes are paired, measures stand where they start, and weekends are no months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pictures import compared
from simcrc.pictures import make, shares_figures
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.subject import Subject
from simcrc.words import LANGS, Words


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("shares", compared.subject("promote", "more"))
    assert isinstance(made, Picture)
    return made


def counted(name: str) -> pd.DataFrame:
    """Contacts of the period by replication, channel and month."""
    contacts = compared.results(name).contacts
    contacts = contacts[contacts["measured"]]
    month = contacts["started"].dt.tz_convert("America/Toronto").dt.strftime("%Y-%m")
    return contacts.groupby(["replication", "channel", month.rename("month")], observed=True).size().rename("n").reset_index()


def test_the_shares_are_those_of_the_contacts(picture: Picture) -> None:
    for name in ("base", "promote"):
        found = counted(name).groupby(["channel", "month"], observed=True)["n"].sum()
        rows = picture.data[picture.data["arm"] == name]
        assert set(rows["month"]) == {"2024-01", "2024-02"}
        for row in rows.itertuples():
            whole = found[found.index.get_level_values("month") == row.month].sum()
            assert row.share_of_contacts == pytest.approx(found[row.channel, row.month] / whole, rel=1e-9)


def test_a_month_of_a_weekend_is_left_out_and_said(picture: Picture) -> None:
    assert "mars 2024" in picture.note.say("fr")  # type: ignore[union-attr]
    assert "March 2024" in picture.note.say("en")  # type: ignore[union-attr]


def test_changes_are_paired_over_the_whole_period() -> None:
    subject = compared.subject("promote", "more")
    months, _ = shares_figures.months_of(subject.base)
    found = {(each.arm, each.channel): each for each in shares_figures.changes(subject, ["web", "phone"], months)}
    assert len(found) == 4
    sums = {}
    for name in ("base", "promote"):
        by = counted(name).groupby(["replication", "channel"], observed=True)["n"].sum().unstack()
        sums[name] = by["web"].to_numpy(float), by.sum(axis=1).to_numpy(float)
    expected = compared.bonferroni(*sums["promote"], *sums["base"], count=4)
    one = found["promote", "web"].estimate
    assert (one.mean, one.low, one.high) == pytest.approx(expected, rel=1e-9)
    assert found["promote", "web"].clear
    assert found["promote", "web"].now - found["promote", "web"].was == pytest.approx(expected[0])


def test_measures_stand_where_they_start() -> None:
    subject = compared.subject("promote", "more")
    found = shares_figures.marks(subject, ("2024-01", "2024-02"))
    assert [(mark.day, mark.name.en, mark.arms) for mark in found] == [
        (date(2024, 1, 22), "Leaflets", ("promote",)),
        (date(2024, 2, 12), "Promote the site", ("promote",)),
    ]
    assert [mark.at for mark in found] == pytest.approx([21 / 31, 1 + 11 / 29])
    assert shares_figures.position(date(2024, 3, 1), ("2024-01", "2024-02")) is None
    assert [mark.day for mark in shares_figures.policies(subject, ("2024-01",))] == [date(2024, 1, 22)]


def test_it_is_told_and_drawn(picture: Picture) -> None:
    compared.told(picture)
    for lang in LANGS:
        for narrow in (False, True):
            assert "Leaflets" in compared.sound(picture, narrow, lang) or lang == "fr"
    assert "Promote the site" in picture.finding.en
    assert "Dépliants" in picture.note.fr  # type: ignore[union-attr]


def test_seven_arms_and_forty_measures() -> None:
    subject = compared.many(7)
    policy = next(arm for arm in subject.arms if arm.scenario.policies).scenario.policies[0]
    name = Words(fr=compared.HOSTILE, en=compared.HOSTILE)
    entries = tuple(policy.measures[0].model_copy(update={"at": date(2024, 1, 9 + k // 2)}) for k in range(40))
    policies = [policy.model_copy(update={"name": name, "measures": entries[k : k + 4]}) for k in range(0, 40, 4)]
    arms = [arm if k == 0 else replace(arm, scenario=arm.scenario.model_copy(update={"policies": policies})) for k, arm in enumerate(subject.arms)]
    made = make("shares", Subject(tuple(arms)))
    assert isinstance(made, Picture)
    compared.told(made)
    for narrow in (False, True):
        assert "<script" not in compared.sound(made, narrow)
    assert len(made.data) == 7 * 2 * 2


def test_alone_the_end_is_beside_the_beginning() -> None:
    made = make("shares", compared.subject())
    assert isinstance(made, Picture)
    compared.told(made)
    compared.sound(made, narrow=False)
    assert "dashed" not in made.alternative.en
    assert made.finding.en.startswith("Between January 2024 and February 2024")
    assert list(made.shown("en").columns[1:3]) == ["First month", "Last month"]


def test_what_is_the_same_is_said_to_be_the_same() -> None:
    base = compared.subject("promote").base
    made = make("shares", Subject((base, replace(base, name="same"))))
    assert isinstance(made, Picture)
    assert made.finding.en == "Over the whole period, each share is exactly that of the base."


def test_nothing_is_judged_without_intervals_or_pairs() -> None:
    single, apart = compared.subject("promote", replications=1), replace(compared.subject("promote"), paired=False)
    for subject, why in ((single, "nothing is judged"), (apart, "not paired")):
        made = make("shares", subject)
        assert isinstance(made, Picture)
        assert why in made.finding.en
        compared.sound(made, narrow=True)


def test_one_channel_alone_is_no_picture() -> None:
    base = compared.subject().base
    phone = replace(base, load_frame=lambda: base.frame[base.frame["channel"].isna() | (base.frame["channel"] == "phone")])
    made = make("shares", Subject((phone,)))
    assert isinstance(made, Absent)
    assert "100" in made.why.fr
