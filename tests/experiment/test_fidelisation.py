"""The fidelisation effect: its counts and money against the same computed from the rows of two ordinary runs, and the properties that it must have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import simcrc
from simcrc.errors import SimcrcError
from simcrc.experiment.arms import NotPairedError, SwappedError, arms
from simcrc.experiment.cohort import COLUMNS_KEPT
from simcrc.experiment.fidelisation import Fidelisation, fidelisation
from simcrc.experiment.landing import Landings
from simcrc.experiment.objectives import verdict
from simcrc.experiment.pair import PairsError, beside, one_arm
from simcrc.experiment.pair_rows import pair_rows
from simcrc.experiment.pairs import DAY, FollowUpError
from simcrc.experiment.statistics import Estimate
from simcrc.policies.costs import months_between
from simcrc.policies.policy import Objective
from simcrc.report.fidelisation_account import Account
from simcrc.report.fidelisation_tables import by_part, by_reason
from simcrc.scenario import load
from tests.cli.calls import files
from tests.experiment.paired import BASE, NOTHING, OPEN, PROMOTE, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("paired"), promote=PROMOTE, nothing=NOTHING, open=OPEN)


@pytest.fixture(scope="module")
def found(folder: Path) -> Fidelisation:
    return fidelisation(folder / "base.yaml", folder / "promote.yaml", output=folder / "one")


@pytest.fixture(scope="module")
def rows(folder: Path, found: Fidelisation) -> pd.DataFrame:
    """The needs of the cohort of two ordinary runs with the same seed, matched by id, with what their contacts say."""
    tables = {}
    for name in ("base", "promote"):
        results = simcrc.load(folder / f"{name}.yaml").run(events=True)
        contacts = results.contacts.sort_values(["replication", "contact"])
        firsts = contacts.groupby(["replication", "need"], sort=False)
        one = results.needs.set_index(["replication", "need"])
        one["landing"] = firsts["channel"].first().astype(str)
        second = contacts[contacts["number"] == 1].set_index(["replication", "need"])
        one.loc[second.index[second["reason"] == "zero"], "landing"] = "zero.phone"
        one["web"] = firsts["channel"].agg(lambda channels: (channels == "web").any())
        hashes = pd.util.hash_pandas_object(contacts[["contact", "started", "ended", "outcome", "reason", "station"]].astype(str), index=False)
        one["journey"] = hashes.groupby([contacts["replication"], contacts["need"]]).sum()
        tables[name] = one
    both = tables["base"].add_suffix("_base").join(tables["promote"].add_suffix("_policy"), how="outer")
    end = pd.Timestamp("2024-02-05", tz="America/Toronto") - pd.Timedelta(microseconds=found.pairs.follow_up)
    return both[both["measured_base"] & (both["started_base"] < end)]


def test_counts_are_those_of_the_rows(found: Fidelisation, rows: pd.DataFrame) -> None:
    """Needs, contacts by reason, gains and losses, identical journeys."""
    counts = found.pairs
    assert counts.needs().sum() == len(rows)
    change = rows["contacts_policy"] - rows["contacts_base"]
    assert counts.count("change").sum() == change.sum() != 0
    assert counts.count("more").sum() == (change > 0).sum() > 0
    assert counts.count("fewer").sum() == (change < 0).sum() > 0
    assert counts.count("identical").sum() == (rows["journey_base"].fillna(0) == rows["journey_policy"].fillna(0)).sum()
    assert counts.count("moved").sum() == (rows["landing_base"] != rows["landing_policy"]).sum() > 0
    for reason in ("first", "zero", "failure", "chase", "verification"):
        expected = (rows[f"reason_{reason}_policy"] - rows[f"reason_{reason}_base"]).sum() / len(rows)
        assert found.estimate("contacts_per_need", reason=reason).mean == pytest.approx(expected, abs=1e-12)
    by = rows.groupby("segment_base", observed=True)[["contacts_base", "contacts_policy"]].mean()
    for segment in ("near", "far"):
        assert found.estimate("contacts_per_need", "policy", segment=segment).mean == pytest.approx(by.loc[segment, "contacts_policy"])


def test_moves_and_money_are_those_of_the_rows(found: Fidelisation, rows: pd.DataFrame) -> None:
    """Expected: moves times the difference of unit costs, a "0" call costing both; obtained: costs of the needs."""
    price = {"web": 0.65, "ivr": 1.85, "zero.phone": 6.35, "phone": 4.50, "mail": 6.0}
    expected = (rows["landing_base"].map(price) - rows["landing_policy"].map(price)).groupby("replication").sum()
    obtained = (rows["cost_base"] - rows["cost_policy"]).groupby("replication").sum()
    assert found.estimate("saving_expected").mean == pytest.approx(expected.mean())
    assert found.estimate("saving_obtained").mean == pytest.approx(obtained.mean())
    assert found.estimate("saving_eaten").mean == pytest.approx(1 - obtained.mean() / expected.mean())
    moved = rows[(rows["landing_base"] == "zero.phone") & (rows["landing_policy"] == "web")]
    assert found.estimate("moves", None, source="zero.phone", target="web").mean == pytest.approx(len(moved) / 2)


def test_who_never_migrates_is_counted_from_the_rows(found: Fidelisation, rows: pd.DataFrame) -> None:
    """Needs, and citizens, without an electronic channel in either arm."""
    never = ~(rows["web_base"].fillna(False).astype(bool) | rows["web_policy"].fillna(False).astype(bool))
    assert found.estimate("never_electronic", None).mean == pytest.approx(never.mean())
    citizens = never.groupby([rows.index.get_level_values("replication"), rows["citizen_base"]]).all()
    assert found.estimate("never_electronic_citizens", None).mean == pytest.approx(citizens.mean())


def test_the_parts_add_up_exactly(found: Fidelisation) -> None:
    """In every cell: the reasons add up to the contacts, in whole numbers; services and segments add up to all."""
    table = pair_rows(found.pairs)
    reasons = [name.removeprefix("base_") for name in table.columns if name.startswith("base_") and name not in ("base_contacts", "base_resolved", "base_cost")]
    assert len(reasons) == 10
    for arm in ("base", "policy"):
        assert (table[[f"{arm}_{reason}" for reason in reasons]].sum(axis=1) == table[f"{arm}_contacts"]).all()
    assert table["policy_contacts"].sum() - table["base_contacts"].sum() == found.pairs.count("change").sum()
    for axis in ("service", "segment"):
        parts = [
            row.mean for row in found.rows if row.figure == "contribution" and [row.service, row.segment, row.period].count(None) == 2 and getattr(row, axis)
        ]
        assert sum(part for part in parts if part) == pytest.approx(found.delta.mean, abs=1e-12)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_printed_parts_add_up(found: Fidelisation, lang: Any) -> None:
    """Down the columns and across the rows, to the last printed digit."""
    account = Account(found, lang)

    def units(text: str) -> int:
        return round(float(text.replace("−", "-").replace("\u00a0", "").replace(",", ".")) * 10**account.places)

    reasons = [[units(cell) for cell in row[1:4]] for row in by_reason(account).rows]
    parts, whole = reasons[:-2], reasons[-2]
    assert [sum(column) for column in zip(*parts, strict=True)] == whole
    assert all(base + change == policy for base, policy, change in reasons)
    for table in by_part(account):
        assert sum(units(row[-1]) for row in table.rows[:-1]) == units(table.rows[-1][-1]) == whole[2]


def test_a_null_measure_leaves_pairs_identical(folder: Path, found: Fidelisation) -> None:
    """To the last contact; and the placebo of an ordinary comparison says so."""
    null = fidelisation(folder / "base.yaml", folder / "nothing.yaml", replications=2)
    assert null.pairs.count("identical").sum() == null.pairs.needs().sum() > 1000
    assert null.delta.mean == 0
    assert null.delta.low == 0
    assert null.delta.high == 0
    assert null.estimate("narrower", None).mean is None
    for made in (null, found):
        assert made.estimate("needs_identical", "placebo").mean == 1
        assert made.estimate("needs_more", "placebo").mean == made.estimate("needs_fewer", "placebo").mean == 0
    assert null.estimate("saving_expected").mean == 0
    with pytest.raises(SimcrcError):
        null.estimate("saving_eaten")
    assert "laisse chaque parcours identique" in null.text("fr")


def test_opening_a_channel_moves_nobody_between_others(folder: Path) -> None:
    """Who moves, moves to the channel that opened; who does not move meets the same luck."""
    made = fidelisation(folder / "base.yaml", folder / "open.yaml", replications=2)
    moves = [row for row in made.rows if row.figure == "moves" and row.service is None]
    assert moves
    assert {row.target for row in moves} == {"web"}
    assert {row.source for row in moves} <= {"phone", "ivr", "zero.phone", "mail"}
    claims = made.pairs.moves().sum(axis=(0, 2))[1]
    names = made.pairs.landings.names
    before = claims.sum(axis=1)
    for name in ("mail", "zero.phone"):  # both lose, in proportion
        k = names.index(name)
        assert 0 < claims[k, names.index("web")] < before[k] / 2


def test_the_same_bytes_whatever_the_workers_and_the_order(folder: Path, found: Fidelisation) -> None:
    """Every file but the manifest; the manifest but its run block."""
    fidelisation(folder / "base.yaml", folder / "promote.yaml", output=folder / "two", jobs=2, order=[2, 1])
    assert files(folder / "one") == files(folder / "two")
    manifests = [json.loads((folder / name / "manifest.json").read_text()) for name in ("one", "two")]
    for manifest in manifests:
        del manifest["run"]
    assert manifests[0] == manifests[1]
    assert manifests[0]["complete"]
    assert manifests[0]["done"] == [1, 2]
    table = pd.read_parquet(folder / "one" / "pairs.parquet")
    assert (table["base_contacts"].sum(), table["policy_contacts"].sum()) == (
        pair_rows(found.pairs)["base_contacts"].sum(),
        pair_rows(found.pairs)["policy_contacts"].sum(),
    )


def test_needs_that_differ_are_not_paired(folder: Path) -> None:
    """What differs is named; what no check of files could see is found when the needs are matched."""
    other = BASE.replace("per_day: 50", "per_day: 60").replace("size: 4000", "size: 5000")
    write(folder, other=other)
    with pytest.raises(NotPairedError) as caught:
        fidelisation(folder / "base.yaml", folder / "other.yaml")
    assert caught.value.what == ("services.claim.volume", "population.size")
    assert "services.claim.volume" in caught.value.say("fr")
    scenario = load(folder / "base.yaml").scenario
    landings = Landings.of(scenario, scenario)
    sides = [one_arm(scenario, None, landings, 7 * DAY, replication)[1] for replication in (1, 2)]
    with pytest.raises(PairsError):
        beside(sides[0], sides[1], landings, 1)


def test_a_scenario_may_stand_in_for_a_policy(folder: Path) -> None:
    """With a channel that the base has not; costs that are not in the base are those of the policy."""
    text = BASE.replace(
        "  mail: {kind: mail,", "  counter: {kind: counter, offers: [claim], handle_time: 8 min, hours: 24/7, cost: {per_contact: 20}}\n  mail: {kind: mail,"
    )
    text = text.replace("serves: [phone, mail.open]", "serves: [phone, counter, mail.open]").replace(
        "{phone: 40 %, mail: 60 %}", "{phone: 40 %, counter: 30 %, mail: 30 %}"
    )
    write(folder, whole=text)
    made = fidelisation(folder / "base.yaml", folder / "whole.yaml", replications=2)
    row = made.estimate("moves", None, source="mail", target="counter").mean
    assert row is not None
    assert row > 10
    assert made.note is None
    service = made.estimate("saving_expected", service="info").mean
    assert service == 0
    expected = made.estimate("saving_expected").mean
    assert expected is not None
    assert expected < 0


def test_the_policy_where_the_base_should_be(folder: Path) -> None:
    with pytest.raises(SwappedError) as caught:
        arms(folder / "promote.yaml", folder / "base.yaml")
    assert "promote.yaml est une politique posée sur" in caught.value.say("fr")
    assert "the base comes first" in str(caught.value)


def test_a_policy_written_for_another_base_is_laid_over_and_that_is_said(folder: Path) -> None:
    """Its own base does not count."""
    write(folder, elsewhere=BASE.replace("seed: 7", "seed: 8"), foreign=PROMOTE.replace("base: base.yaml", "base: elsewhere.yaml"))
    made = arms(folder / "base.yaml", folder / "foreign.yaml")
    assert made.note is not None
    assert "elsewhere.yaml" in made.note.fr
    assert "posée ici sur" in made.note.fr
    assert made.policy.scenario.seed == 7
    assert len(made.policy.scenario.policies) == 1
    assert arms(folder / "base.yaml", folder / "promote.yaml").note is None


def test_the_follow_up_bounds_the_cohort(folder: Path, found: Fidelisation) -> None:
    """A quarter of a short period when none is asked for; none that leaves nothing."""
    assert found.pairs.follow_up == 7 * DAY
    longer = fidelisation(folder / "base.yaml", folder / "nothing.yaml", replications=1, follow_up=20 * DAY)
    assert longer.pairs.needs().sum() < 0.5 * found.pairs.needs()[0]
    with pytest.raises(FollowUpError) as caught:
        fidelisation(folder / "base.yaml", folder / "nothing.yaml", replications=1, follow_up=28 * DAY)
    assert "28 jours" in caught.value.say("fr")


def test_one_pair_has_no_interval_and_judges_nothing(folder: Path) -> None:
    """And says so."""
    one = fidelisation(folder / "base.yaml", folder / "promote.yaml", replications=1)
    assert one.delta.mean is not None
    assert one.delta.low is None
    assert {each.verdict for each in one.objectives} == {"unsure"}
    assert "Une seule paire" in one.text("fr")


def test_objectives(found: Fidelisation, rows: pd.DataFrame) -> None:
    """Those of the policy, over its last months."""
    share, mail, contacts, asa = found.objectives
    assert (share.unit, mail.unit, contacts.unit, asa.unit) == ("share", "count", "contacts/need", "s")
    assert share.verdict == "met"
    assert share.change.mean is not None
    assert share.change.mean > 0.5
    assert mail.verdict in ("missed", "unsure")
    assert contacts.days == 28
    assert contacts.base.mean == pytest.approx(found.pairs.base.study.run().value("contacts_per_need"))


@pytest.mark.parametrize(
    ("goes", "least", "low", "high", "expected"),
    [
        ("up", 0.1, 0.10, 0.3, "met"),
        ("up", 0.1, 0.05, 0.3, "unsure"),
        ("up", 0.1, -0.1, 0.09, "missed"),
        ("up", 0.0, 0.0, 0.0, "missed"),
        ("up", 0.0, 0.01, 0.02, "met"),
        ("down", 0.2, -0.3, -0.2, "met"),
        ("down", 0.2, -0.3, -0.1, "unsure"),
        ("down", 0.2, -0.1, 0.1, "missed"),
        ("down", 0.0, 0.0, 0.1, "missed"),
        ("not_up", 0.0, -0.1, 0.0, "met"),
        ("not_up", 0.0, 0.01, 0.1, "missed"),
        ("not_up", 0.05, -0.1, 0.04, "met"),
        ("not_up", 0.0, None, None, "unsure"),
    ],
)
def test_verdicts(goes: Any, least: float, low: float | None, high: float | None, expected: str) -> None:
    """The whole interval decides."""
    objective = Objective(share=("web",), goes=goes, by_at_least=least)
    assert verdict(objective, Estimate(None if low is None or high is None else (low + high) / 2, low, high, 3)) == expected


def test_policies_cost_what_is_written(found: Fidelisation) -> None:
    """Once, and by the days of the months while they last."""
    from datetime import date

    assert found.estimate("policy_cost_once").mean == 1000
    assert found.estimate("policy_cost_running").mean == pytest.approx(310 * (17 / 31 + 4 / 29))
    assert months_between(date(2024, 1, 15), date(2024, 4, 1)) == pytest.approx(17 / 31 + 2)
    assert months_between(date(2024, 2, 1), date(2024, 1, 1)) == 0


def test_cash_needs_staffing(folder: Path, found: Fidelisation) -> None:
    """Said where staffing stays; where it changes, what the hours paid change by."""
    assert "demande un changement de l'effectif" in found.text("fr")
    write(folder, fewer="policy: Fewer\nbase: base.yaml\nmeasures:\n  - {at: 2024-01-08, staffing: {team: agents, factor: 0.5}}\n")
    made = fidelisation(folder / "base.yaml", folder / "fewer.yaml", replications=1)
    paid = made.estimate("agent_cost").mean
    assert paid is not None
    assert paid < -0.4 * 2 * 8 * 20 * 30  # half of two agents, eight hours on twenty days at 30 $
    assert "La politique change l'effectif" in made.text("fr")


def test_agents_time_in_place_of_unit_costs(folder: Path) -> None:
    """Expected and obtained by the same method, the one that the scenario names."""
    made = fidelisation(folder / "base.yaml", folder / "promote.yaml", replications=2, set_=["costs.method=agent_hours"])
    labour = [pd.Series(arm.study.run(events=True).contacts.groupby("replication")["labour"].sum()) for arm in (made.pairs.base, made.pairs.policy)]
    obtained = made.estimate("saving_obtained").mean
    assert obtained is not None
    assert obtained > 0
    assert abs(obtained) < 2 * abs((labour[0] - labour[1]).mean())
    assert made.estimate("saving_expected").mean != made.estimate("saving_obtained").mean
    assert "temps des préposés" in made.text("fr")


def test_a_need_takes_few_bytes() -> None:
    """What is kept of each need of a replication, until its arms are matched."""
    assert sum(np.dtype(kind).itemsize for kind in COLUMNS_KEPT.values()) <= 30


def test_as_json(found: Fidelisation) -> None:
    """No nan, every figure, both languages' words where there are words."""
    text = json.dumps(found.as_json("fr"), ensure_ascii=False, allow_nan=False)
    shown = json.loads(text)
    assert shown["policies"] == [{"fr": "Promouvoir le Web", "en": "Promote the Web"}]
    assert {"contacts_per_need", "saving_eaten", "wait_mean", "wait_mean_gap", "never_electronic"} <= {row["figure"] for row in shown["figures"]}
    assert shown["objectives"][0]["name"] == "Plus de Web"
    assert found.as_json("en")["objectives"][0]["name"] == "More Web"


def test_segments_are_those_of_ordinary_indicators(folder: Path) -> None:
    """With no follow-up the cohort is the measured period: the figures by segment are the indicators of the arms."""
    made = fidelisation(folder / "base.yaml", folder / "promote.yaml", follow_up=0)
    for name, arm in (("base", made.pairs.base), ("policy", made.pairs.policy)):
        results = arm.study.run()
        for figure in ("satisfaction", "resolved_ratio", "contacts_per_need"):
            for segment in ("near", "far"):
                mine, theirs = made.estimate(figure, name, segment=segment), results.estimate(figure, segment=segment)  # type: ignore[arg-type]
                assert (mine.mean, mine.low, mine.high) == pytest.approx((theirs.mean, theirs.low, theirs.high))
            gap, theirs = made.estimate(f"{figure}_gap", name), results.estimate(f"{figure}_gap")  # type: ignore[arg-type]
            assert gap.mean == pytest.approx(theirs.mean)
