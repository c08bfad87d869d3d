"""Values of a scenario as tables say them: the unit of their place, the separators of the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.report.naming import called, figure
from simcrc.report.values import Values
from simcrc.scenario import Loaded, load
from simcrc.scenario.arguments import Which
from simcrc.words import Lang

BASE = Path(__file__).parents[1] / "scenario" / "base.yaml"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(BASE)


@pytest.mark.parametrize(
    ("place", "value", "french", "english"),
    [
        ("channels.web.cost.per_contact", 0.3, "0,30 $", "$0.30"),
        ("channels.web.cost.per_month", 40000, "40 000 $", "$40,000"),
        ("channels.web.completion.information", 0.7, "70 %", "70%"),
        ("channels.web.completion.information", "7.5 %", "7,5 %", "7.5%"),
        ("services.information.volume.per_year", "900_000", "900 000", "900,000"),
        ("services.pension.standard", "45 days", "45 jours", "45 days"),
        ("services.pension.standard", "1 day", "1 jour", "1 day"),
        ("channels.phone.handle_time.default.gamma.mean", "4.5 min", "4,5 min", "4.5 min"),
        ("channels.phone.handle_time.default.gamma.cv", 0.9, "0,9", "0.9"),
        ("choice.next", "60 % after 1.5 h", "60 % après 1,5 h", "60% after 1.5 h"),
        ("channels.web.hours", "24/7", "24/7", "24/7"),
    ],
)
def test_values(loaded: Loaded, place: str, value: object, french: str, english: str) -> None:
    said = [Values(loaded, lang).say(value, tuple(place.split("."))).replace("\u00a0", " ") for lang in ("fr", "en")]
    assert said == [french, english]


@pytest.mark.parametrize(("lang", "bounds", "relative"), [("fr", "[2,50 $ ; 9,00 $]", "±12,5 %"), ("en", "[$2.50; $9.00]", "±12.5%")])
def test_ranges(loaded: Loaded, lang: Lang, bounds: str, relative: str) -> None:
    values, place = Values(loaded, lang), ("channels", "web", "cost", "per_contact")
    assert values.range((2.5, 9.0), place).replace("\u00a0", " ") == bounds
    assert values.range("± 12.5 %", place).replace("\u00a0", " ") == relative


def test_figures_in_words(loaded: Loaded) -> None:
    assert called("phone.asa", loaded.scenario, "fr").startswith("délai moyen de réponse (")
    assert called("fcr", loaded.scenario, "fr") == "règlement au premier contact"
    which = Which("web.contacts_per_need", segment="offline", service="pension", reason="chase", change="relative")
    said = figure(which, loaded.scenario, "en")
    assert said.startswith("contacts per need (")
    assert said.endswith("), service pension, segment offline, reason chase, change relative to the base")
