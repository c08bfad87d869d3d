"""The picture of the fidelisation effect: its steps are those of the contacts, they add up as computed and as printed, and it can be drawn."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest

import simcrc
from pictures import travelled
from simcrc.log import Reason
from simcrc.pictures import make
from simcrc.pictures.fidelisation_steps import effects
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.style import save
from simcrc.pictures.subject import Subject
from simcrc.words import LANGS


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("fidelisation", travelled.pair())
    assert isinstance(made, Picture)
    return made


def test_steps_are_those_of_the_needs(picture: Picture) -> None:
    """Counted from the tables of needs of both runs."""
    per_need = {}
    for side, results in (("base", travelled.base()), ("policy", travelled.under())):
        needs = results.needs[results.needs["measured"]]
        per_need[side] = {reason.name.lower(): needs[f"reason_{reason.name.lower()}"].sum() / len(needs) for reason in Reason}
    found = picture.data.dropna(subset=["reason"]).set_index(["side", "reason"])["contacts_per_need"]
    for reason in {reason for _, reason in found.index}:
        base, policy = per_need["base"][reason], per_need["policy"][reason]
        assert [found[side, reason] for side in ("base", "policy", "change")] == pytest.approx([base, policy, policy - base])
    for side in ("base", "policy", "change"):
        whole = picture.data[picture.data["reason"].isna() & (picture.data["side"] == side)]["contacts_per_need"]
        assert found[side].sum() == pytest.approx(whole.item())


def test_the_interval_is_that_of_the_paired_difference(picture: Picture) -> None:
    subject = travelled.pair()
    expected = subject.difference(subject.others[0], "contacts_per_need")
    whole = picture.data[picture.data["reason"].isna() & (picture.data["side"] == "change")]
    assert whole[["contacts_per_need", "low", "high"]].to_numpy()[0] == pytest.approx([expected.mean, expected.low, expected.high])
    assert expected.low is not None
    assert expected.high is not None
    assert ("do not change discernibly" in picture.finding.en) == (expected.low <= 0 <= expected.high)


def test_what_is_printed_adds_up(picture: Picture) -> None:
    table = picture.shown("en")
    numbers = np.array([[float(cell.replace("−", "-")) for cell in row[1:4]] for row in table.rows])
    assert numbers[:-1].sum(axis=0) == pytest.approx(numbers[-1], abs=1e-9)
    assert numbers[:, 0] + numbers[:, 2] == pytest.approx(numbers[:, 1], abs=1e-9)
    assert table.rows[-1][1] in picture.finding.en
    assert table.rows[-1][3] in picture.alternative.en


def test_figures_of_simcrc_fidelisation_come_first() -> None:
    found = simcrc.fidelisation(travelled.folder() / "base.yaml", travelled.folder() / "policy.yaml", replications=2)
    subject = replace(travelled.pair(), effects={"web": found.figures})
    effect = effects(subject)[0]
    assert effect.source == "pairs"
    assert effect.whole.change == found.delta
    for step in effect.steps:
        assert step.reason is not None
        assert step.change == found.estimate("contacts_per_need", reason=step.reason.name.lower())
    made = make("fidelisation", subject)
    assert isinstance(made, Picture)
    assert "paires" in made.note.fr  # type: ignore[union-attr]
    assert sum(effect.printed()[1]) == pytest.approx(round(effect.size, effect.places))


def test_the_largest_effect_is_drawn_and_all_are_in_the_table() -> None:
    subject = travelled.pair()
    same = replace(subject.base, name="same", title=subject.base.title)
    made = make("fidelisation", Subject((subject.base, same, *subject.others)))
    assert isinstance(made, Picture)
    assert "Promote the Web" in made.finding.en
    rows = made.shown("fr").rows
    assert {row[0] for row in rows} == {"Promouvoir le Web", "Petite organisation"}


def test_arms_that_are_not_paired_have_no_interval() -> None:
    made = make("fidelisation", replace(travelled.pair(), paired=False))
    assert isinstance(made, Picture)
    assert made.data[made.data["side"] == "change"]["low"].isna().all()
    assert "not paired" in made.note.en  # type: ignore[union-attr]
    made.figure("en").draw_without_rendering()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("narrow", [False, True])
def test_it_is_drawn(picture: Picture, lang: str, narrow: bool) -> None:
    out = io.BytesIO()
    save(picture.figure(lang, narrow), out, "svg", picture.title.say(lang))  # type: ignore[arg-type]
    drawn = out.getvalue().decode()
    assert picture.shown(lang).rows[-1][1] in drawn  # type: ignore[arg-type]


def test_a_run_alone_has_no_effect() -> None:
    made = make("fidelisation", travelled.run())
    assert isinstance(made, Absent)
    assert "simcrc fidelisation" in made.why.en
