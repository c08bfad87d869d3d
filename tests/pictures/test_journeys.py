"""The picture of journeys: its flows are those of the contacts themselves, they add up as counted and as printed, and it can be drawn."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from pictures import travelled
from simcrc.pictures import make
from simcrc.pictures.journeys_counts import ENDS, KINDS, flows, largest, rounded
from simcrc.pictures.journeys_drawing import apart
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.style import save
from simcrc.pictures.subject import of_results
from simcrc.words import LANGS

NOT_REACHED = {"balked", "abandoned", "blocked", "closed", "dismissed", "lost", "withdrawn"}


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("journeys", travelled.run())
    assert isinstance(made, Picture)
    return made


@pytest.fixture(scope="module")
def contacts() -> pd.DataFrame:
    """The contacts of needs that started in the period, each with the outcome and the channel of its cause."""
    found, needs = travelled.base().contacts, travelled.base().needs
    measured = needs.loc[needs["measured"], ["replication", "need"]]
    found = found.merge(measured, on=["replication", "need"])
    cause = found[["replication", "contact", "channel", "outcome", "resolved"]]
    return found.merge(cause, how="left", left_on=["replication", "caused_by"], right_on=["replication", "contact"], suffixes=("", "_before"))


def kind(row: pd.Series) -> str:
    """Why a contact was made, from the row of its cause."""
    if pd.isna(row["caused_by"]):
        return "first"
    if row["resolved_before"] or row["outcome_before"] == "in_progress":
        return "after"
    return "zero" if row["outcome_before"] == "opted_out" else "not_reached" if row["outcome_before"] in NOT_REACHED else "failure"


def test_flows_are_those_of_the_contacts(picture: Picture, contacts: pd.DataFrame) -> None:
    needs = int(travelled.base().needs["measured"].sum())
    made = contacts.assign(kind=contacts.apply(kind, axis=1), source=contacts["channel_before"].astype(object).fillna("start"))
    expected = (made.groupby(["source", "kind", "channel"], observed=True).size() / needs).to_dict()
    into = picture.data[picture.data["step"] == "into"].set_index(["source", "kind", "channel"])["contacts_per_need"].to_dict()
    assert into == pytest.approx(expected)
    assert {"first", "failure", "not_reached", "zero", "after"} == set(made["kind"])


def test_what_follows_is_told_of_each_contact_once(picture: Picture, contacts: pd.DataFrame) -> None:
    needs = int(travelled.base().needs["measured"].sum())
    causes = set(map(tuple, contacts[["replication", "caused_by"]].dropna().to_numpy().tolist()))
    led = np.array([(r, c) in causes for r, c in zip(contacts["replication"], contacts["contact"], strict=True)])
    end = np.where(led, "followed", np.where(contacts["resolved"], "settled", np.where(contacts["outcome"] == "in_progress", "open", "unsettled")))
    expected = (contacts.assign(end=end).groupby(["channel", "end"], observed=True).size() / needs).to_dict()
    after = picture.data[picture.data["step"] == "after"].set_index(["channel", "follows"])["contacts_per_need"].to_dict()
    assert after == pytest.approx(expected)
    assert sum(after.values()) == pytest.approx(travelled.base().value("contacts_per_need"))


def test_what_is_printed_adds_up() -> None:
    for arm in travelled.pair().arms:
        found = flows(arm.totals, largest([arm.totals]))
        assert found is not None
        flat = rounded(found)
        for channel in found.channels:
            into = sum(round(10 * size) for (_, _, c), size in flat.into.items() if c == channel)
            assert into == sum(round(10 * size) for (c, _), size in flat.after.items() if c == channel)
        assert sum(round(10 * size) for size in flat.into.values()) == round(10 * flat.whole)
        assert flat.whole == pytest.approx(100 * found.contacts.sum() / found.needs.sum(), abs=0.05)
        assert {name[1] for name in flat.into} <= set(KINDS)
        assert {name[1] for name in flat.after} <= set(ENDS)


def test_small_channels_are_added_together_and_nothing_is_lost() -> None:
    totals = travelled.run().base.totals
    every, few = flows(totals, largest([totals])), flows(totals, ("phone", "others"))
    assert every is not None
    assert few is not None
    assert few.left_out == len(every.channels) - 1
    assert few.contacts.tolist() == every.contacts.tolist()
    assert few.after.sum() == every.after.sum()
    assert few.failure.tolist() == every.failure.tolist()


def test_the_finding_tells_failure_demand_and_its_interval(picture: Picture, contacts: pd.DataFrame) -> None:
    needs = int(travelled.base().needs["measured"].sum())
    failure = 100 * float((contacts.apply(kind, axis=1) == "failure").sum()) / needs
    assert f"{failure:.1f} (" in picture.finding.en
    assert f"{failure:.1f} (".replace(".", ",") in picture.finding.fr
    assert f"{100 * len(contacts) / needs:.1f}" in picture.alternative.en
    shares = [100 * (travelled.base().value(f"needs_{end}") or 0.0) * 2 / needs for end in ("resolved", "given_up", "open")]
    for share in shares:
        assert any(f"{share + step:.1f}" in picture.alternative.en for step in (-0.1, 0.0, 0.1))


def test_two_arms_are_compared_in_pairs() -> None:
    made = make("journeys", travelled.pair())
    assert isinstance(made, Picture)
    assert set(made.data["arm"]) == {"base", "web"}
    under, base = (flows(arm.totals, largest([arm.totals])) for arm in reversed(travelled.pair().arms))
    assert under is not None
    assert base is not None
    change = 100 * (under.failure.sum() / under.needs.sum() - base.failure.sum() / base.needs.sum())
    assert f"{change:+.1f}" in made.finding.en
    assert len(made.shown("fr").columns) == 5


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("narrow", [False, True])
def test_it_is_drawn_with_the_names_of_the_scenario_as_text(picture: Picture, lang: str, narrow: bool) -> None:
    out = io.BytesIO()
    save(picture.figure(lang, narrow), out, "svg", picture.title.say(lang))  # type: ignore[arg-type]
    drawn = out.getvalue().decode()
    assert "<script>" not in drawn
    assert "&lt;script" in drawn
    assert ("Premier" if lang == "fr" else "First") in drawn


def test_one_replication_has_no_intervals_and_is_drawn() -> None:
    made = make("journeys", of_results(travelled.alone()))
    assert isinstance(made, Picture)
    assert made.data["low"].isna().all()
    assert "(nan" not in made.finding.en
    made.figure("fr").draw_without_rendering()


def test_no_needs_no_picture() -> None:
    import simcrc

    empty = simcrc.load(travelled.folder() / "base.yaml", set_=["horizon=1 day", "services.info.volume.per_day=0", "services.claim.volume.per_day=0"])
    made = make("journeys", of_results(empty.run(1)))
    assert isinstance(made, Absent)
    assert "period" in made.why.en


def test_labels_keep_apart() -> None:
    assert apart([0.1, 0.11, 0.9], [0.1, 0.1, 0.1]) == pytest.approx([0.1, 0.2, 0.9])
    assert apart([0.95, 0.99], [0.1, 0.1]) == pytest.approx([0.85, 0.95])
