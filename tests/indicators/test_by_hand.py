"""Every indicator on a fortnight of eight needs (``week``), against figures computed by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from simcrc.indicators import names
from simcrc.indicators.tabulate import tabulate
from simcrc.indicators.transitions import transitions
from tests.indicators.week import week
from tests.observe.logs import document, variant

DAYS = 14
SCORE = {"A": 2 ** (-60 / 900) * 0.85, "B": 2 ** (-180 / 900) * 0.85**2, "D": 0.85, "E": 0.85}

WHOLE: dict[str, float | None] = {
    "offered": 15,
    "served": 4,  # two on the phone, one at the counter, one letter
    "contained": 4,
    "failed": 1,
    "opted_out": 3,
    "abandoned": 1,
    "blocked": 1,
    "in_progress": 1,
    "balked": 0,
    "closed": 0,
    "dismissed": 0,
    "returned": 0,
    "lost": 0,
    "withdrawn": 0,
    "avoidable_share": 2 / 15,  # B at the counter, D on the Web
    "asa": (60 + 180 + 0) / 3,
    "wait_mean": (60 + 180 + 120) / 3,
    "wait_all": (60 + 180 + 120) / 4,
    "wait_max": 180,
    "queued_ratio": 3 / 4,
    "abandonment_ratio": 1 / 4,
    "abandonment_ratio_daily": (1 / 3 + 0) / 2,  # Monday three calls, Tuesday one visit
    "abandonment_of_answered": 1 / 4,
    "blocking_ratio": 1 / 6,  # H of five calls and a visit; a "0" is the same call
    "service_level": 1 / 3,
    "service_level_daily": 1 / 3,
    "served_over_offered": 1 / 3,
    "served_over_answered": 1 / 2,
    "served_over_offered_minus_early_abandons": 1 / 2,
    "served_or_abandoned_over_offered": 2 / 3,
    "handle_time": (4 + 5 + 10 + 14) * 60 / 4,
    "queue_length": 360 / (DAYS * 86_400),
    "queue_hours": 360 / 3600,
    "queue_length_max": 2,
    "agents_busy": (4 + 5 + 10 + 1 + 14) / (DAYS * 1440),
    "stock": (49.2 + 111) / (DAYS * 24),  # D from Wed 08:00 to Fri 09:12, I from Wed 09:00 to the end
    "stock_end": 1,
    "item_days": (49.2 + 111) / 24,
    "oldest_item": 111 / 24,
    "items_up_to_5_days": 7 / DAYS,  # D at two midnights, I at five
    "items_5_to_10_days": 0,
    "items_10_to_20_days": 0,
    "items_20_to_45_days": 0,
    "items_over_45_days": 0,
    "turnaround_mean": 49.2 / 24,
    "within_standard": 1,
    "containment": 4 / 9,
    "completion": 4 / 5,
    "opt_out": 3 / 8,
    "needs_started": 8,
    "needs_resolved": 4,
    "needs_given_up": 3,
    "needs_open": 1,
    "resolved_ratio": 1 / 2,
    "daily_needs_variance": 2 * 18 / DAYS,  # Mondays with 7 and 1, nothing on the other days
    "daily_needs_dispersion": 2 * 18 / 8,
    "busyness_shape": (2 * 4**2 - 18) / (2 * 18 - 8),
    "contacts_per_need": 14 / 8,
    "fcr": 1 / 8,  # A; B and D needed more, E verified
    "time_to_resolution": (0.1 + 25.15 + 121.2 + 0.1) / 4,
    "used_one": 5 / 8,
    "used_two": 3 / 8,
    "used_three_plus": 0,
    "used_several": 3 / 8,
    "used_one_apart": 3 / 8,
    "used_two_apart": 4 / 8,
    "used_three_plus_apart": 1 / 8,
    "self_service_share": 9 / 15,
    "take_up": 6 / 8,
    "deflection": 1 / 8,
    "paid_hours": (4 * 8 + 2 * 8) * 10,
    "duty_hours": 16,
    "busy_hours": (4 + 5 + 10 + 1 + 14) / 60,
    "overtime_hours": 5 / 60,
    "occupancy": (34 - 5) / (16 * 60),
    "agents_on_duty": 16 / (DAYS * 24),
    "fte": (480 + 5 / 60) / 70,
    "contact_cost": 4 * 0.65 + 4 * 1.85 + 2 * 4.5 + 20 + 9,
    "cost_per_contact": 48 / 12,
    "fixed_cost": 1000 * 14 / 30 + 5000,
    "full_cost_per_contact": (48 + 1000 * 14 / 30 + 5000) / 12,
    "cost_per_need": (48 - 0.65) / 8,
    "cost_per_need_resolved": (48 - 0.65) / 4,
    "full_cost_per_need_resolved": (47.35 + 1000 * 14 / 30 + 5000) / 4,
    "agent_cost": (320 + 5 / 60) * 38 + 160 * 30,
    "agent_cost_per_need_resolved": ((320 + 5 / 60) * 38 + 160 * 30) / 4,
    "handling_cost": (19 * 38 + 14 * 30) / 60,
    "citizen_hours": (6 + 20 + 3 + 5 + 8 + 3 + 6) / 60,
    "citizen_time_per_need": 45 / 60 / 8,
    "citizen_cost": None,
    "satisfaction": sum(SCORE.values()) / 7,
    "effort": 9 / 4,
    "asa_gap": (180 + 0) / 2 - 60,
    "wait_mean_gap": 180 - 90,
    "abandonment_ratio_gap": 1 / 2,
    "service_level_gap": 1 / 2,
    "completion_gap": 1 - 2 / 3,  # old: chase and G, both contained; young: E twice contained, F failed
    "self_service_share_gap": abs(5 / 8 - 4 / 7),
    "contacts_per_need_gap": abs(8 / 5 - 6 / 3),
    "fcr_gap": 1 / 5,
    "resolved_ratio_gap": abs(2 / 5 - 2 / 3),
    "time_to_resolution_gap": (25.15 + 121.2) / 2 - 0.1,
    "deflection_gap": 1 / 5,
    "cost_per_need_gap": 36 / 3 - 11.35 / 5,  # old: B 26.35, D 9.65; young: A 6.35, C 1.85, E 2.50, F 0.65
    "cost_per_need_resolved_gap": 36 / 2 - 11.35 / 2,
    "never_electronic": 5 / 8,  # D, E and F were on the Web
    "never_electronic_gap": 2 / 3 - 3 / 5,
    "never_electronic_citizens": 0,  # all needs are those of one citizen
    "never_electronic_citizens_gap": None,
    "in_role": None,  # no roles, no policies here: test_roles, test_policy_costs
    "out_of_role": None,
    "policy_cost": None,
    "policy_cost_once": None,
    "policy_cost_running": None,
    "satisfaction_gap": (SCORE["B"] + SCORE["D"]) / 3 - (SCORE["A"] + SCORE["E"]) / 4,
}
ROUNDED = {"handling_cost": 5e-6, "satisfaction": 1e-9, "satisfaction_gap": 1e-9}  # five contacts to a millionth, scores to a billionth
QUANTILES = {"wait_p50": 120, "wait_p90": 180, "wait_p95": 180, "turnaround_p90": 2.05, "time_to_resolution_p50": 0.1, "time_to_resolution_p90": 121.2}
BY_CHANNEL_ONLY = {
    "first_channel_drift",
    "channel_share",
    "first_channel_share",
    "lines_busy",
    "lines_busy_max",
    "used",
    "used_in_one",
    "used_in_two",
    "used_in_three_plus",
    "used_later",
    "pair_count",
    "pair_resolution",
}

PARTS: list[tuple[dict[str, str], str, float]] = [
    ({"channel": "phone"}, "offered", 3),
    ({"channel": "counter"}, "offered", 1),
    ({"channel": "counter.quebec"}, "offered", 1),
    ({"channel": "web"}, "offered", 4),
    ({"channel": "phone"}, "asa", 120),
    ({"channel": "phone"}, "wait_p50", 120),
    ({"channel": "counter"}, "asa", 0),
    ({"channel": "phone"}, "abandonment_ratio", 1 / 3),
    ({"channel": "phone", "segment": "young"}, "abandonment_ratio", 1 / 2),
    ({"channel": "phone", "service": "pension"}, "abandoned", 1),
    ({"channel": "phone", "period": "Mon 09:00"}, "offered", 3),
    ({"channel": "phone", "period": "Mon 09:00"}, "queue_length", 360 / 3600),  # two Mondays
    ({"period": "2006-04-03"}, "offered", 11),
    ({"period": "2006-04-04"}, "offered", 2),
    ({"period": "2006-04"}, "offered", 15),
    ({"period": "Sun 23:00"}, "offered", 0),
    ({"channel": "ivr"}, "blocked", 1),
    ({"channel": "ivr"}, "opt_out", 3 / 4),
    ({"channel": "ivr"}, "containment", 1 / 5),
    ({"channel": "web"}, "containment", 3 / 4),
    ({"channel": "phone"}, "lines_busy", (6 + 10 + 3 + 2) / (DAYS * 1440)),
    ({"channel": "phone"}, "lines_busy_max", 3),
    ({"channel": "phone"}, "contact_cost", 9),
    ({"channel": "mail"}, "cost_per_contact", 9),
    ({"channel": "phone"}, "contacts_per_need", 3 / 8),
    ({"reason": "zero"}, "contacts_per_need", 3 / 8),
    ({"reason": "first"}, "contacts_per_need", 1),
    ({"reason": "chase"}, "contacts_per_need", 1 / 8),
    ({"reason": "verification", "segment": "young"}, "contacts_per_need", 1 / 5),
    ({"service": "pension"}, "contacts_per_need", 4 / 2),
    ({"channel": "mail"}, "time_to_resolution", 121.2),
    ({"segment": "young"}, "time_to_resolution", 0.1),
    ({"channel": "web"}, "channel_share", 4 / 15),
    ({"channel": "web", "segment": "old"}, "channel_share", 2 / 7),
    ({"channel": "web", "segment": "old", "period": "2006-04"}, "channel_share", 2 / 7),
    ({"channel": "ivr"}, "first_channel_share", 4 / 8),
    ({"channel": "phone"}, "used", 5 / 8),
    ({"channel": "phone"}, "used_in_one", 3 / 5),
    ({"channel": "phone"}, "used_in_two", 2 / 3),
    ({"channel": "web"}, "used_in_two", 2 / 3),
    ({"channel": "counter"}, "used_in_two", 1 / 3),
    ({"channel": "phone"}, "used_later", 1 / 5),
    ({"channel": "web"}, "used_later", 1 / 3),
    ({"channel": "ivr>phone"}, "pair_count", 3),
    ({"channel": "ivr>phone"}, "pair_resolution", 1 / 3),  # A settled, B not, C abandoned
    ({"channel": "ivr>phone", "segment": "old"}, "pair_resolution", 0),
    ({"channel": "ivr>phone", "service": "info"}, "pair_resolution", 1 / 2),
    ({"channel": "phone>counter"}, "pair_resolution", 1),
    ({"channel": "team:agents"}, "duty_hours", 16),
    ({"channel": "team:agents"}, "occupancy", 15 / 960),
    ({"channel": "team:agents", "period": "Mon 16:30"}, "overtime_hours", 5 / 60),
    ({"channel": "team:agents", "period": "Mon 09:00"}, "busy_hours", (4 + 5 + 1) / 60),
    ({"channel": "team:clerks"}, "paid_hours", 160),
    ({"channel": "team:clerks", "period": "Fri 16:00"}, "paid_hours", 2),
    ({"channel": "web"}, "fixed_cost", 1000 * 14 / 30 + 5000),
    ({"channel": "mail", "period": "2006-04-05"}, "items_up_to_5_days", 1),
]


def figure(table: pd.DataFrame, indicator: str, **at: str) -> Any:
    """The mean of one row; None when there is none or it has none."""
    rows = table[table["indicator"] == indicator]
    for column in ("channel", "service", "segment", "reason", "period"):
        rows = rows[rows[column] == at[column]] if column in at else rows[rows[column].isna()]
    assert len(rows) <= 1
    mean = rows["mean"].tolist()
    return None if not mean or mean[0] != mean[0] else mean[0]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    log = week()
    return tabulate(log.model, [log.sums()])


@pytest.mark.parametrize("indicator", WHOLE)
def test_whole_run(table: pd.DataFrame, indicator: str) -> None:
    expected = WHOLE[indicator]
    assert figure(table, indicator) == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=ROUNDED.get(indicator, 0)))


@pytest.mark.parametrize("indicator", QUANTILES)
def test_quantiles_are_within_half_a_percent(table: pd.DataFrame, indicator: str) -> None:
    assert figure(table, indicator) == pytest.approx(QUANTILES[indicator], rel=0.005)


@pytest.mark.parametrize(("at", "indicator", "expected"), PARTS)
def test_parts(table: pd.DataFrame, at: dict[str, str], indicator: str, expected: float) -> None:
    found = figure(table, indicator, **at)
    if expected == 0 and indicator == "offered":
        assert found is None  # nothing happened there: no row
    else:
        assert found == pytest.approx(expected, rel=0.005 if indicator.startswith("wait_p") else 1e-9)


def test_every_indicator_is_checked_here() -> None:
    assert set(names()) == set(WHOLE) | set(QUANTILES) | BY_CHANNEL_ONLY


@pytest.mark.parametrize(("rule", "cost"), [("both", 48.0), ("phone", 48 - 3 * 1.85), ("ivr", 48 - 9.0)])
def test_what_a_zero_call_costs(rule: str, cost: float) -> None:
    log = week(variant(costs={"zero_call": rule}))
    assert figure(tabulate(log.model, [log.sums()], ["contact_cost"]), "contact_cost") == pytest.approx(cost)


def test_the_value_of_citizens_time() -> None:
    log = week(variant(costs={"citizen_hour": 20}))
    assert figure(tabulate(log.model, [log.sums()], ["citizen_cost"]), "citizen_cost") == pytest.approx(20 * 51 / 60)


@pytest.mark.parametrize(
    ("definition", "level"),
    [
        ("served_over_offered", 1 / 3),
        ("served_over_answered", 1 / 2),
        ("served_over_offered_minus_early_abandons", 1 / 2),
        ("served_or_abandoned_over_offered", 2 / 3),
    ],
)
def test_the_channel_names_its_service_level(definition: str, level: float) -> None:
    channels = document()["channels"]
    channels["phone"]["service_level"] = {"within": "2 min", "definition": definition}
    log = week(variant(channels=channels))
    assert figure(tabulate(log.model, [log.sums()], ["service_level"]), "service_level", channel="phone") == pytest.approx(level)


def test_chases_and_verifications_are_no_pairs(table: pd.DataFrame) -> None:
    rows = table[(table["indicator"] == "pair_count") & table["service"].isna() & table["segment"].isna() & table["period"].isna()]
    assert set(rows["channel"]) == {"ivr>phone", "phone>counter"}  # D chases on the Web, E verifies in the IVR


def test_transitions_follow_causes() -> None:
    log = week()
    table = transitions(log.model, [log.sums()])
    counts = {(row["from"], row["group"], row["to"]): row["mean"] for row in table.to_dict("records")}
    assert counts == {
        ("start", "start", "ivr"): 4,
        ("start", "start", "web"): 2,
        ("start", "start", "mail"): 2,
        ("ivr", "opted_out", "phone"): 3,
        ("ivr", "not_reached", "end"): 1,
        ("ivr", "unresolved", "end"): 1,  # E's verification answered, but resolved nothing
        ("phone", "resolved", "end"): 1,
        ("phone", "unresolved", "counter"): 1,
        ("phone", "not_reached", "end"): 1,
        ("counter", "resolved", "end"): 1,
        ("mail", "resolved", "web"): 1,
        ("web", "unresolved", "end"): 2,
        ("web", "resolved", "ivr"): 1,
        ("mail", "open", "end"): 1,
    }
