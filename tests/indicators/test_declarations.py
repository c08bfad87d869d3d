"""Declarations: words in both languages, names, discovery, and an indicator that one new file adds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simcrc.experiment import extensions
from simcrc.indicators import indicator as registry
from simcrc.indicators import indicators, measures, names, register
from simcrc.indicators.tabulate import COLUMN_OF, records, tabulate
from tests.indicators.week import week
from tests.observe.logs import Log

EXTENSION = '''
"""Contacts in French, as an indicator of its own."""

from simcrc.indicators import Indicator, register
from simcrc.indicators.common import CONTACTS
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio
from simcrc.words import Words

register(
    Indicator(
        name="morning_share",
        label=Words(fr="part du matin", en="share in the morning"),
        definition=Words(fr="Contacts arrivés avant midi ÷ contacts offerts.", en="Contacts that arrive before noon ÷ contacts offered."),
        unit="share",
        formula=Ratio(Measure("mornings", "contacts", lambda f: f.axis("slot") % 48 < 24), CONTACTS),
        by=((), ("channel",)),
    )
)
'''


@pytest.fixture
def untouched() -> Iterator[None]:
    """What a test registers is taken away again."""
    indicators()
    before = dict(registry.registered())
    yield
    registry.registered().clear()
    registry.registered().update(before)
    for name in [name for name in sys.modules if name.startswith("simcrc_extension_")]:
        del sys.modules[name]


@pytest.mark.parametrize("name", names())
def test_words(name: str) -> None:
    one = indicators()[name]
    for words in (one.label, one.definition):
        assert words.fr.strip() == words.fr != ""
        assert words.en.strip() == words.en != ""
    assert one.definition.fr.endswith(".")
    assert one.definition.en.endswith(".")
    assert one.label.fr != one.label.en
    assert one.name == name
    assert len(set(one.by)) == len(one.by)
    assert all(axis in COLUMN_OF for by in one.by for axis in by)
    assert "  " not in one.definition.fr + one.definition.en


def test_names_are_unique() -> None:
    indicators()
    with pytest.raises(ValueError, match="asa"):
        register(indicators()["asa"])


def test_measures_are_unique() -> None:
    found = [measure.name for measure in measures()]
    assert found == sorted(set(found))


def test_one_new_file_adds_an_indicator(untouched: None, tmp_path: Path) -> None:
    (tmp_path / "mornings.py").write_text(EXTENSION, encoding="utf-8")
    extensions.load([tmp_path / "mornings.py"])
    assert "morning_share" in names()
    log = week()
    table = tabulate(log.model, [log.sums()], ["morning_share"])
    shares = dict(zip(table["channel"].tolist(), table["mean"].tolist(), strict=True))
    # Before noon: A, B, C twice each and B again on Tuesday, D's and I's letters, E's verification, G and H: 12 of 15.
    assert shares[None] == pytest.approx(12 / 15)
    assert shares["phone"] == 1
    assert shares["web"] == pytest.approx(1 / 4)


def test_sums_of_before_an_indicator_was_there_give_no_figure(untouched: None, tmp_path: Path) -> None:
    log = week()
    sums = log.sums()
    (tmp_path / "mornings.py").write_text(EXTENSION, encoding="utf-8")
    extensions.load([tmp_path / "mornings.py"])
    assert len(tabulate(log.model, [sums], ["morning_share"])) == 0


@pytest.mark.parametrize("replications", [1, 3])
def test_an_empty_run_has_figures_or_none(replications: int) -> None:
    log = Log()
    table = tabulate(log.model, [log.sums()] * replications)
    rows = {row["indicator"]: row for row in records(table) if all(row[column] is None for column in ("channel", "service", "segment", "reason", "period"))}
    assert rows["offered"]["mean"] == 0
    assert rows["needs_started"]["mean"] == 0
    assert rows["asa"]["mean"] is None
    assert rows["fcr"]["mean"] is None
    assert rows["wait_p90"]["mean"] is None
    assert rows["occupancy"]["mean"] is None
    assert rows["paid_hours"]["mean"] == 480
    for row in records(table):
        for column in ("mean", "low", "high"):
            assert row[column] is None or row[column] == row[column]
    assert all(value is None or isinstance(value, str) for column in ("channel", "period") for value in table[column])
