"""What holds of every kind of measure, those to come included: words, documentation, the base as it is, nothing done by a null measure, nothing before it
starts nor after it ended, free choice kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from policies.examples import ACTIVE, NULL, WITHOUT_EFFECT
from policies.town import DAY, log, town
from simcrc.policies import entry_type, kinds
from simcrc.policies.free_choice import breaches, broken
from simcrc.policies.timeline import base_of, before, timeline, written_on
from simcrc.scenario import json_schema
from simcrc.scenario.scenario import Scenario

DOCS = Path(__file__).parents[2] / "docs" / "scenario-language.md"
OWN = [name for name, kind in sorted(kinds().items()) if kind.__module__.startswith("simcrc.")]  # not those of extensions that other tests load


def test_each_kind_has_its_examples() -> None:
    assert sorted(ACTIVE) == OWN
    assert set(OWN) - set(NULL) == {"open", "close"}


@pytest.mark.parametrize("name", OWN)
def test_words_in_both_languages(name: str) -> None:
    words = kinds()[name].words
    assert len(words.fr) > 3
    assert len(words.en) > 3
    assert words.fr != words.en


@pytest.mark.parametrize("name", OWN)
def test_documented_with_every_field(name: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    _, start, after = text.partition(f"\n**{name}** – ")
    assert start, f"no paragraph **{name}** in docs/scenario-language.md"
    paragraph = after.partition("\n\n**")[0]
    assert all(f"`{field}`" in paragraph for field in kinds()[name].model_fields), name
    assert kinds()[name].__doc__


@pytest.mark.parametrize("name", OWN)
def test_in_the_schema(name: str) -> None:
    assert name in json_schema()["$defs"]["Entry"]["properties"]
    assert name in entry_type().model_fields


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("dose", [1e-9, 0.3, 1.0])
def test_the_base_stays_as_it_is_and_the_outcome_is_a_valid_scenario(name: str, dose: float) -> None:
    base, untouched = town(), town()
    measure = town({name: ACTIVE[name]}).policies[0].measures[0].does
    out = measure.apply(base, dose)
    assert base == untouched
    assert isinstance(out, Scenario)
    assert (out == base) == (name in WITHOUT_EFFECT or (name == "hours" and dose < 0.5))
    assert list(out.channels) == list(base.channels)
    assert not list(measure.problems(base))
    assert not breaches(out) - breaches(base)


@pytest.mark.parametrize("name", sorted(NULL))
def test_a_null_measure_gives_the_scenario_that_it_was_given(name: str) -> None:
    scenario = town({name: NULL[name]})
    assert timeline(scenario) == []
    assert not list(scenario.policies[0].measures[0].does.problems(base_of(scenario)))


def test_null_measures_give_the_same_bytes() -> None:
    short = {"horizon": "5 days"}
    base = log(town(**short))
    assert np.array_equal(base, log(town(*({name: measure} for name, measure in NULL.items()), **short)))


@pytest.mark.parametrize("name", sorted(set(ACTIVE) - set(WITHOUT_EFFECT)))
def test_nothing_before_it_starts_and_the_base_after_it_ended(name: str) -> None:
    start, end = date(2007, 1, 10), date(2007, 1, 12)
    scenario = town({name: ACTIVE[name], "at": str(start), "lasts": "2 days"}, horizon="6 days", services={"info": {"volume": {"per_day": 300}}})
    eras = timeline(scenario)
    assert [day for day, _ in eras] == [start, end]
    assert eras[0][1] == scenario.policies[0].measures[0].does.apply(base_of(scenario), 1.0)
    assert eras[1][1] == base_of(scenario)
    assert written_on(scenario, date(2007, 1, 9)) == base_of(scenario)
    one, other = log(base_of(scenario)), log(scenario)
    same = 2 * DAY
    assert np.array_equal(one[one[:, 0] < same], other[other[:, 0] < same])
    assert not np.array_equal(one[one[:, 0] < 4 * DAY], other[other[:, 0] < 4 * DAY])


@pytest.mark.parametrize("name", OWN)
def test_a_measure_after_the_horizon_gives_the_same_bytes(name: str) -> None:
    scenario = town({name: ACTIVE[name], "at": "2008-01-01"}, horizon="1 day")
    assert timeline(scenario) == []


@pytest.mark.parametrize("name", OWN)
def test_free_choice_is_kept_on_the_way(name: str) -> None:
    assert broken(town({name: ACTIVE[name], "ramp": {"linear": "3 weeks"}})) == []


def test_all_at_once_and_in_any_order_of_writing() -> None:
    """Measures of one day come in the order in which they are written; those of different kinds here do not mind which."""
    measures = [{name: ACTIVE[name]} for name in ACTIVE if name not in ("guide", "stop_promoting", "promote", "close")]
    one, other = town(*measures), town(*reversed(measures))
    day = date(2007, 1, 8)
    assert written_on(one, day) == written_on(other, day)
    assert broken(one) == []


def test_before_is_what_a_measure_finds() -> None:
    scenario = town({"promote": {"channel": "fax", "odds": 2}, "at": "2007-01-15"}, {"open": ACTIVE["open"]})
    found = before(scenario, scenario.policies[0].measures[0])
    assert found == town({"open": ACTIVE["open"]}).policies[0].measures[0].does.apply(base_of(scenario), 1.0)
    assert not list(scenario.policies[0].measures[0].does.problems(found))
    assert [code for _, code, _ in scenario.policies[0].measures[0].does.problems(base_of(scenario))] == ["promotes_nothing"]
