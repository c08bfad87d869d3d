"""What must hold of any run: parts add up to the whole, shares stand between 0 and 1, breakdowns agree with a plain count of the table of contacts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simcrc.indicators import indicators
from simcrc.indicators.little import littles_law
from simcrc.indicators.tabulate import COLUMNS, tabulate
from simcrc.log import Outcome, Reason
from tests.observe.logs import MINUTE, random_log

SEEDS = (1, 2, 3)
AXES = ["channel", "service", "segment", "reason", "period"]


@pytest.fixture(scope="module")
def runs() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The table of results of three random logs, and their contacts and needs, measured ones."""
    logs = [random_log(seed, 800) for seed in SEEDS]
    contacts: list[pd.DataFrame] = []
    needs: list[pd.DataFrame] = []
    sums = []
    for seed, log in zip(SEEDS, logs, strict=True):
        tables = [(contacts, "on_contacts"), (needs, "on_needs")]
        sinks = {name: lambda rows, into=into, seed=seed: into.append(pd.DataFrame(rows).assign(replication=seed)) for into, name in tables}
        sums.append(log.sums(**sinks))
    table = tabulate(logs[0].model, sums)
    model = logs[0].model
    frames = [pd.concat(parts).query("measured").reset_index(drop=True) for parts in (contacts, needs)]
    for frame in frames:
        frame["service"] = np.array(model.services)[frame["service"]]
        frame["segment"] = np.array(model.segments)[frame["segment"]]
        started = frame["started"].to_numpy()
        frame["day"] = np.array([str(date) for date in model.calendar.dates])[model.calendar.day(started)]
        half = model.calendar.half_hour(started)
        names = np.array(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])[model.calendar.weekday(started)]
        frame["slot"] = [f"{name} {h // 2:02d}:{30 * (h % 2):02d}" for name, h in zip(names, half, strict=True)]
    frames[0]["channel"] = np.array([channel.name for channel in model.channels])[frames[0]["channel"]]
    frames[0]["reason"] = np.array([reason.name.lower() for reason in Reason])[frames[0]["reason"]]
    return table, frames[0], frames[1]


def part(table: pd.DataFrame, indicator: str, *columns: str) -> pd.DataFrame:
    """The rows of one indicator by exactly these columns, sites left out."""
    rows = table[table["indicator"] == indicator]
    for column in AXES:
        rows = rows[rows[column].notna() if column in columns else rows[column].isna()]
    return rows[~rows["channel"].astype(str).str.contains(".", regex=False)]


def days(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["period"].str.match(r"\d{4}-\d\d-\d\d$")]


def slots(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["period"].str.match(r"[A-Z]")]


@pytest.mark.parametrize("by", [["channel"], ["service"], ["segment"], ["reason"], ["channel", "service"], ["channel", "segment"], ["channel", "reason"]])
@pytest.mark.parametrize("outcome", [Outcome.SERVED, Outcome.ABANDONED, Outcome.FAILED])
def test_counts_by_parts(runs: tuple[pd.DataFrame, ...], by: list[str], outcome: Outcome) -> None:
    table, contacts, _ = runs
    expected = contacts[contacts["outcome"] == outcome].groupby(by).size() / len(SEEDS)
    found = part(table, outcome.name.lower(), *by).set_index(by)["mean"]
    assert found[found > 0].to_dict() == pytest.approx(expected.to_dict())


@pytest.mark.parametrize(("period", "of"), [("day", days), ("slot", slots)])
def test_waits_by_period(runs: tuple[pd.DataFrame, ...], period: str, of: object) -> None:
    table, contacts, _ = runs
    served = contacts[(contacts["outcome"] == Outcome.SERVED) & contacts["channel"].isin(["phone", "counter"])]
    expected = served.groupby(["channel", period])["waited"].mean() / 1e6
    found = of(part(table, "asa", "channel", "period")).set_index(["channel", "period"])["mean"]  # type: ignore[operator]
    assert found.to_dict() == pytest.approx(expected.to_dict())


def test_quantiles_of_the_table_of_contacts(runs: tuple[pd.DataFrame, ...]) -> None:
    """Waits here are whole minutes with many ties; the quantile is the least wait that enough do not exceed."""
    table, contacts, _ = runs
    waited = contacts[(contacts["queued"] >= 0) & (contacts["outcome"] != Outcome.BALKED) & (contacts["channel"] == "phone")]
    waited = waited[(waited["outcome"] != Outcome.IN_PROGRESS) | (waited["service_start"] >= 0)]
    assert len(waited) > 100
    for name, q in (("wait_p50", 0.5), ("wait_p90", 0.9)):
        each = [np.quantile(group, q, method="inverted_cdf") for _, group in waited.groupby("replication")["waited"]]
        (found,) = part(table, name, "channel").query("channel == 'phone'")["mean"]
        assert found == pytest.approx(np.mean(each) / 1e6, rel=0.005)
        assert found > MINUTE / 1e6


@pytest.mark.parametrize("by", [[], ["service"], ["segment"], ["service", "segment"]])
def test_needs_by_parts(runs: tuple[pd.DataFrame, ...], by: list[str]) -> None:
    table, _, needs = runs
    groups = needs.groupby(by) if by else needs.groupby(lambda _: 0)
    expected = {
        "contacts_per_need": groups["contacts"].mean(),
        "needs_started": groups.size() / len(SEEDS),
        "citizen_time_per_need": groups["citizen_time"].mean() / 3.6e9,
    }
    for indicator, values in expected.items():
        found = part(table, indicator, *by)
        found = found.set_index(by)["mean"] if by else found["mean"]
        assert sorted(found) == pytest.approx(sorted(values))


@pytest.mark.parametrize("by", ["channel", "reason"])
def test_contacts_per_need_add_up(runs: tuple[pd.DataFrame, ...], by: str) -> None:
    table = runs[0]
    (whole,) = part(table, "contacts_per_need")["mean"]
    assert part(table, "contacts_per_need", by)["mean"].sum() == pytest.approx(whole)


def test_outcomes_add_up_to_what_was_offered(runs: tuple[pd.DataFrame, ...]) -> None:
    table = runs[0]
    for by in ([], ["channel"], ["channel", "period"]):
        outcomes = pd.concat([part(table, outcome.name.lower(), *by) for outcome in Outcome])
        offered = part(table, "offered", *by)
        if by == ["channel", "period"]:
            outcomes, offered = slots(outcomes), slots(offered)
        assert outcomes["mean"].sum() == pytest.approx(offered["mean"].sum())


def test_ends_add_up_to_the_needs_started(runs: tuple[pd.DataFrame, ...]) -> None:
    table = runs[0]
    ends = sum(float(part(table, f"needs_{end}")["mean"].iloc[0]) for end in ("resolved", "given_up", "open"))
    assert ends == pytest.approx(float(part(table, "needs_started")["mean"].iloc[0]))


def test_shares_stand_between_0_and_1(runs: tuple[pd.DataFrame, ...]) -> None:
    table = runs[0]
    shares = table[table["unit"].isin(["share", "score"]) & (table["indicator"] != "occupancy")]  # random staff may be busier than it is there
    assert shares["mean"].dropna().between(0, 1).all()


def test_intervals_hold_the_figure(runs: tuple[pd.DataFrame, ...]) -> None:
    table = runs[0].dropna(subset=["low"])
    assert (table["low"] <= table["mean"] + 1e-9 * table["mean"].abs()).all()
    assert (table["mean"] <= table["high"] + 1e-9 * table["mean"].abs()).all()


def test_every_row_has_its_own_place(runs: tuple[pd.DataFrame, ...]) -> None:
    table = runs[0]
    assert tuple(table.columns) == COLUMNS
    assert not table.duplicated(["indicator", *AXES]).any()
    of_months = {"first_channel_drift"}  # the fortnight has one month
    of_roles, of_policies = {"in_role", "out_of_role"}, {"policy_cost", "policy_cost_once", "policy_cost_running"}  # none are written here
    assert table["indicator"].drop_duplicates().tolist() == sorted(set(indicators()) - of_months - of_roles - of_policies)


def test_littles_law() -> None:
    """Queue length followed in time equals rate times wait taken contact by contact, when no wait crosses a bound of the period."""
    log = random_log(5, 800)
    checks = littles_law(log.model, [log.sums()])
    assert [check.station for check in checks] == ["phone", "counter.quebec", "counter.montreal"]
    for check in checks:
        assert check.length == pytest.approx(check.product, rel=0.02)
        assert check.length > 0


def test_blocking_is_over_all_calls_to_the_number(runs: tuple[pd.DataFrame, ...]) -> None:
    """The voice unit and the phone are one number; a "0" and the phone contact that follows are one call."""
    table, contacts, _ = runs
    calls = contacts[contacts["channel"].isin(["phone", "ivr"]) & (contacts["outcome"] != Outcome.OPTED_OUT)]
    blocked = calls["outcome"] == Outcome.BLOCKED
    (found,) = part(table, "blocking_ratio", "channel").query("channel == 'phone'")["mean"]
    assert found == pytest.approx(blocked.mean())
    by_service = part(table, "blocking_ratio", "channel", "service").query("channel == 'phone'").set_index("service")["mean"]
    assert by_service.to_dict() == pytest.approx(blocked.groupby(calls["service"]).mean().to_dict())
