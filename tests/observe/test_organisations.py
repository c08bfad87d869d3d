"""Runs of the engine in organisations that lack something: no queue, no written channel, no team, no population; and over a change of the clocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from simcrc.engine.run import simulate
from simcrc.indicators.little import littles_law
from simcrc.indicators.tabulate import tabulate
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.scenario.scenario import Scenario

PHONE = {"kind": "phone", "handle_time": {"exponential": {"mean": "4 min"}}, "patience": {"exponential": {"mean": "5 min"}}}
MAIL = {"kind": "mail", "steps": {"process": {"handle_time": "12 min"}}, "incomplete": 0.2}
WEB = {"kind": "web", "completion": 0.7}
TEAM = {"serves": ["phone"], "schedule": {"week": {"Mon-Sun": {"00:00": 1}}}}


def model(channels: dict[str, Any], first: dict[str, float], **more: Any) -> Model:
    document = {
        "simcrc": 1,
        "name": "test",
        "start": "2006-03-27",
        "horizon": "10 days",
        "warmup": "2 days",
        "timezone": "America/Toronto",
        "services": {"info": {"volume": {"per_day": 300}}},
        "channels": channels,
        "choice": {"first": {"table": {"default": {"default": first}}}},
    }
    return compile(Scenario.model_validate(document | more))


ORGANISATIONS = {
    "web only": lambda: model({"web": WEB}, {"web": 1.0}),
    "mail only": lambda: model({"mail": MAIL}, {"mail": 1.0}, teams={"clerks": {**TEAM, "serves": ["mail"]}}),
    "mail that nobody works on": lambda: model({"mail": MAIL}, {"mail": 1.0}),
    "phone only": lambda: model({"phone": PHONE}, {"phone": 1.0}, teams={"agents": TEAM}),
    "phone without agents": lambda: model({"phone": PHONE}, {"phone": 1.0}),
    "phone with few lines": lambda: model({"phone": {**PHONE, "lines": 2}}, {"phone": 1.0}, teams={"agents": TEAM}),
    "wrap-up": lambda: model({"phone": {**PHONE, "wrap_up": "1 min"}}, {"phone": 1.0}, teams={"agents": {**TEAM, "not_ready": "30 s"}}),
    "redials": lambda: model(
        {"phone": PHONE},
        {"phone": 1.0},
        teams={"agents": TEAM},
        choice={"first": {"table": {"default": {"default": {"phone": 1.0}}}}, "next": {"phone.abandoned": {"redial": 1.0}}},
    ),
}


def observed(of: Model) -> tuple[pd.DataFrame, dict[str, float], Any]:
    observer = Observer(of, least=500)
    simulate(of, 1, observer.feed)
    sums = observer.finish(of.end)
    table = tabulate(of, [sums])
    whole = table[table[["channel", "service", "segment", "reason", "period"]].isna().all(axis=1)]
    return table, dict(zip(whole["indicator"], whole["mean"], strict=True)), sums


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_the_run_is_observed_and_adds_up(name: str) -> None:
    of = ORGANISATIONS[name]()
    table, whole, sums = observed(of)
    assert whole["needs_started"] > 2500
    assert whole["offered"] >= whole["needs_started"] * 0.99
    ends = whole["needs_resolved"] + whole["needs_given_up"] + whole["needs_open"]
    assert ends == whole["needs_started"]
    shares = table[table["unit"] == "share"]["mean"].dropna()
    assert shares.between(0, 1).all()
    for check in littles_law(of, [sums]):
        assert check.length == pytest.approx(check.product, rel=0.01)


def test_the_stock_of_what_nobody_works_on_is_what_came() -> None:
    of = ORGANISATIONS["mail that nobody works on"]()
    table, whole, _ = observed(of)
    assert table.query("indicator == 'stock_end' and channel == 'mail'")["mean"].tolist() == [whole["stock_end"]]
    assert whole["stock_end"] > 2000
    assert whole["oldest_item"] == pytest.approx(9, abs=0.2)  # three days of post, and a few minutes until the first need
    aged = sum(whole[name] for name in ("items_up_to_5_days", "items_5_to_10_days", "items_10_to_20_days"))
    assert aged == pytest.approx(whole["stock"], rel=0.15)


def test_a_day_of_23_hours_has_no_half_hour_at_two() -> None:
    table, _, _ = observed(ORGANISATIONS["phone only"]())
    busy = table[(table["indicator"] == "agents_on_duty") & table["channel"].isna()].set_index("period")["mean"]
    assert busy["Sun 01:30"] == 1
    assert busy["Sun 03:00"] == 1
    assert "Sun 02:00" not in busy  # the only Sunday in the period is that of the change
    assert busy["2006-04-02"] == 1
    duty = table[(table["indicator"] == "duty_hours") & table["channel"].isna()].set_index("period")["mean"]
    assert duty["2006-04-02"] == 23
    assert duty["2006-04-03"] == 24


def test_agents_are_busy_for_the_wrap_up_too() -> None:
    of = ORGANISATIONS["wrap-up"]()
    _, whole, sums = observed(of)
    served = whole["served"]
    handled = sums.arrays["service_time|station,month"].sum() / 60e6
    assert handled > served * 1.5  # a minute and a half on top of the calls, to begin with
    assert whole["busy_hours"] * 60 == pytest.approx(handled)
