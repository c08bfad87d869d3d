"""The picture of the backlog: its ages are those of the items themselves, the standard is that of the scenario, and it can be drawn."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

import simcrc
from pictures import travelled
from simcrc.pictures import make
from simcrc.pictures.backlog import standard
from simcrc.pictures.backlog_panels import panels
from simcrc.pictures.picture import Absent, Picture
from simcrc.pictures.style import save
from simcrc.pictures.subject import of_results
from simcrc.words import LANGS


@pytest.fixture(scope="module")
def picture() -> Picture:
    made = make("backlog", travelled.run())
    assert isinstance(made, Picture)
    return made


@pytest.fixture(scope="module")
def items() -> pd.DataFrame:
    found = travelled.base().contacts
    return found[found["channel"] == "mail"]


def test_ages_are_those_of_the_items(items: pd.DataFrame) -> None:
    mail = panels(travelled.run().base)[0]
    assert mail.channel == "mail"
    assert mail.by_day.shape == (5, 91)
    for day in (0, 30, 90):
        midnight = pd.Timestamp(mail.days[day], tz="America/Toronto") + pd.DateOffset(days=1)
        left = items["answered"].fillna(items["ended"])
        waiting = items[(items["received"] <= midnight) & ~(left < midnight)]
        age = (midnight - waiting["received"]) / pd.Timedelta("1D")
        counts = np.histogram(age, [0, 5, 10, 20, 45, np.inf])[0] / 2
        assert mail.by_day[:, day].tolist() == pytest.approx(counts.tolist())
    assert mail.bands.tolist() == pytest.approx(mail.by_day.mean(axis=1).tolist())


def test_the_finding_tells_the_share_within_the_standard(picture: Picture, items: pd.DataFrame) -> None:
    finished = items[items["measured"] & items["answered"].notna() & items["received"].notna()]
    share = float((finished["answered"] - finished["received"] <= pd.Timedelta("10D")).mean())
    assert f"{100 * share:.1f}%" in picture.finding.en
    assert f"{100 * share:.1f}\u00a0%".replace(".", ",") in picture.finding.fr
    assert "10 jours" in picture.finding.fr
    mail = panels(travelled.run().base)[0]
    assert f"{mail.by_day[2:].sum(axis=0).mean():.0f} for more than 10 days" in picture.finding.en


def test_standards_and_what_is_beyond_them() -> None:
    mail, email = panels(travelled.run().base)
    assert mail.standards == (10.0,)
    assert mail.late == 2
    assert standard(mail, "en") == "10 days"
    assert email.standards == ()
    assert email.late is None
    assert standard(email, "fr") is None


def test_the_table_has_the_whole_and_the_months(picture: Picture) -> None:
    table = picture.shown("en")
    assert table.columns[:2] == ("Channel", "Period")
    assert [row[1] for row in table.rows] == ["whole period"] * 2 + ["2024-01", "2024-02", "2024-03", "2024-04"] * 2
    assert len(table.rows) <= 60


def test_several_arms_are_panels_of_one_channel() -> None:
    made = make("backlog", travelled.pair())
    assert isinstance(made, Picture)
    assert set(made.data["arm"]) == {"base", "web"}
    assert "Promote the Web" in made.finding.en
    assert [axes.get_title(loc="left").partition("\n")[0] for axes in made.figure("en").axes[::2]] == ["base", "Promote the Web"]
    limits = [axes.get_ylim() for axes in made.figure("en").axes[::2]]
    assert limits[0] == limits[1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("narrow", [False, True])
def test_it_is_drawn(picture: Picture, lang: str, narrow: bool) -> None:
    out = io.BytesIO()
    save(picture.figure(lang, narrow), out, "svg", picture.title.say(lang))  # type: ignore[arg-type]
    assert ("délai publié" if lang == "fr" else "published standard") in out.getvalue().decode()


def test_one_replication_and_a_short_period() -> None:
    made = make("backlog", of_results(travelled.alone()))
    assert isinstance(made, Picture)
    assert "jour" in made.alternative.fr
    assert "nan" not in made.finding.fr
    made.figure("fr", narrow=True).draw_without_rendering()


def test_no_written_channel_no_picture() -> None:
    made = make("backlog", of_results(simcrc.load("scenarios/smallest.yaml", set_=["horizon=1 day"]).run(1)))
    assert isinstance(made, Absent)
    assert "courrier" in made.why.fr
