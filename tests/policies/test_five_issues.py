"""The five issues that hold a migration back (Lemire, CEGO 2009, 6), each turned up in a small scenario: which way the figures go.

Both arms of a comparison have the same needs and the same random numbers, so that directions need no wide margins.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from simcrc.engine.run import simulate
from simcrc.indicators.totals import Totals
from simcrc.log import CONTACTS_PER_NEED, Kind, Reason
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.observe.contacts import Table
from simcrc.scenario import Scenario

PROMOTE = {"promote": {"channel": "web", "odds": 3}}


def document(**more: Any) -> dict[str, Any]:
    """A month of a small organisation: a Web site that fails now and then, a phone, a letter; nothing holds anybody back."""
    return {
        "simcrc": 1,
        "name": "small",
        "start": "2024-01-01",
        "horizon": "4 weeks",
        "seed": 3,
        "population": {
            "size": 20_000,
            "segments": {"young": {"share": 0.6, "skill": 0.9}, "old": {"share": 0.4, "access": 0.6, "skill": 0.6}},
        },
        "services": {"address": {"volume": {"per_day": 200}, "ambiguity": 0.3, "authentication": "strong"}},
        "channels": {
            "web": {"kind": "web", "completion": 0.8, "resolution": 0.9},
            "phone": {"kind": "phone", "handle_time": "4 min", "resolution": 0.8},
            "mail": {"kind": "mail", "transport": "2 days", "steps": {"process": {"handle_time": "5 min"}}},
        },
        "teams": {"agents": {"serves": ["phone", "mail.process"], "schedule": {"week": {"Mon-Sun": {"00:00": 9}}}}},
        "choice": {
            "first": {"table": {"address": {"young": {"web": 0.3, "phone": 0.5, "mail": 0.2}, "old": {"web": 0.1, "phone": 0.6, "mail": 0.3}}}},
            "next": {
                "web.failed": {"phone": "70 % after 1 h", "give_up": 0.3},
                "web.unresolved": {"phone": "100 % after 1 h"},
                "phone.unresolved": {"phone": "50 % after 1 day", "web": "40 % after 1 h", "give_up": 0.1},
            },
        },
    } | more


def with_(doc: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """`doc` with `value` at `path`."""
    out = copy.deepcopy(doc)
    here = out
    *parents, last = path.split("/")
    for key in parents:
        here = here.setdefault(key, {})
    here[last] = value
    return out


def under(doc: dict[str, Any], *measures: dict[str, Any]) -> dict[str, Any]:
    """`doc` with a policy from the first day on."""
    return doc | {"policies": [{"name": "policy", "measures": [{"at": "2024-01-01"} | measure for measure in measures]}]}


@dataclass
class Found:
    """One run: its model, its needs and contacts."""

    model: Model
    needs: Table
    contacts: Table
    totals: Totals

    def first(self, channel: str) -> int:
        """Needs that took `channel` first."""
        return int((self.needs["first_channel"] == self.channel(channel)).sum())

    def made(self, channel: str | None = None, reason: Reason | None = None) -> int:
        """Contacts on `channel` for `reason`."""
        kept = np.ones(len(self.contacts["channel"]), dtype=bool)
        if channel is not None:
            kept &= self.contacts["channel"] == self.channel(channel)
        if reason is not None:
            kept &= self.contacts["reason"] == reason
        return int(kept.sum())

    def channel(self, name: str) -> int:
        return [channel.name for channel in self.model.channels].index(name)

    @property
    def per_need(self) -> float:
        return float(self.needs["contacts"].sum()) / len(self.needs["need"])


def run(doc: dict[str, Any]) -> Found:
    model = compile(Scenario.model_validate(doc))
    needs: list[Table] = []
    contacts: list[Table] = []
    observer = Observer(model, on_needs=needs.append, on_contacts=contacts.append)
    simulate(model, 0, observer.feed)
    sums = observer.finish(model.end)
    tables = [{name: np.concatenate([part[name] for part in parts]) for name in parts[0]} for parts in (needs, contacts)]
    order = np.argsort(tables[0]["need"])
    return Found(model, {name: column[order] for name, column in tables[0].items()}, tables[1], Totals(model, [sums]))


@pytest.fixture(scope="module")
def base() -> Found:
    return run(document())


@pytest.fixture(scope="module")
def promoted() -> Found:
    return run(under(document(), PROMOTE))


# ── Privacy and security ────────────────────────────────────────────────────────────────────────────────────────────


def refusing(share: float) -> dict[str, Any]:
    return document(privacy={"strong": {"default": share}})


def test_who_fears_for_his_data_is_not_moved_by_promotion(base: Found, promoted: Found) -> None:
    some, many = (run(under(refusing(share), PROMOTE)) for share in (0.2, 0.4))
    assert base.first("web") < many.first("web") < some.first("web") < promoted.first("web")


def test_written_shares_hold_whoever_refuses(base: Found) -> None:
    wary = run(refusing(0.4))
    n = len(wary.needs["need"])
    assert abs(wary.first("web") - base.first("web")) / n < 4 * (0.25 / n) ** 0.5
    assert np.array_equal(wary.needs["need"], base.needs["need"])


def test_who_refuses_never_goes_on_line_for_it() -> None:
    model = compile(Scenario.model_validate(under(refusing(0.4), PROMOTE)))
    refused: set[int] = set()
    rows: list[np.ndarray] = []
    simulate(model, 0, rows.append)
    log = np.concatenate(rows)
    started = log[log[:, 1] == Kind.NEED_STARTED]
    wary = started[started[:, 5] & 8 > 0]
    refused = set(wary[:, 2].tolist())
    assert (wary[:, 5] & 4 > 0).all()  # on line
    share = len(wary) / int((started[:, 5] & 4 > 0).sum())
    assert share == pytest.approx(0.4, abs=0.03)
    contacts = log[log[:, 1] == Kind.CONTACT_STARTED]
    on_web = contacts[contacts[:, 3] == 0][:, 2] // CONTACTS_PER_NEED
    assert not refused & set(on_web.tolist())
    citizens = {int(row[4]) for row in wary}
    assert not citizens & {int(row[4]) for row in started if not row[5] & 8}  # for life


def test_authentication_makes_the_difference() -> None:
    doc = refusing(0.4)
    free = under(with_(doc, "services/address/authentication", "none"), PROMOTE)
    assert run(free).first("web") == run(under(document(), PROMOTE)).first("web")
    simple = with_(doc, "services/address/authentication", "simple")
    assert run(under(simple, PROMOTE)).first("web") == run(free).first("web")  # only strong authentication is refused
    both = with_(simple, "privacy/simple/default", 0.2)
    assert run(under(both, PROMOTE)).first("web") < run(free).first("web")


# ── The fidelisation effect ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "row", "reason"),
    [
        ("choice/induced/web", {"to": "phone", "probability": 0.2}, Reason.INDUCED),
        ("choice/verify/web", {"to": "phone", "probability": 0.4, "when": "ambiguous"}, Reason.VERIFICATION),
        ("choice/chase/mail", {"to": "phone", "after": {"exponential": {"mean": "4 days"}}}, Reason.CHASE),
    ],
    ids=["induced", "verify", "chase"],
)
def test_contacts_that_channels_bring_about_make_needs_take_more(base: Found, path: str, row: dict[str, Any], reason: Reason) -> None:
    found = run(with_(document(), path, row))
    assert found.made(reason=reason) > 50 > base.made(reason=reason) == 0
    assert found.made(reason=Reason.FIRST) == base.made(reason=Reason.FIRST)
    assert found.per_need > base.per_need


# ── The digital divide ──────────────────────────────────────────────────────────────────────────────────────────────


def test_promotion_moves_fewer_where_fewer_are_on_line(base: Found, promoted: Found) -> None:
    divided = under(with_(document(), "population/segments/old/access", 0.15), PROMOTE)
    moved, fewer = (found.first("web") - base.first("web") for found in (promoted, run(divided)))
    assert 0 < fewer < moved


def test_less_ability_fails_more_often_and_calls_more(base: Found) -> None:
    unskilled = run(with_(document(), "population/segments/young/skill", 0.5))
    assert unskilled.first("web") == base.first("web")
    assert unskilled.made("phone") > base.made("phone")
    assert int((unskilled.needs["resolved_at"] >= 0).sum()) < int((base.needs["resolved_at"] >= 0).sum())


# ── Technology in silos ─────────────────────────────────────────────────────────────────────────────────────────────

SILOS = {"inconsistent": 0.15, "to": "phone", "rekeyed": 0.8, "rekeying": "3 min"}


def test_silos_bring_verifications_and_longer_work(base: Found) -> None:
    silos = run(document(silos=SILOS))
    assert silos.made(reason=Reason.VERIFICATION) > 100 > base.made(reason=Reason.VERIFICATION) == 0
    handled = [float(found.contacts["handled"][found.contacts["reason"] == Reason.FAILURE].mean()) for found in (base, silos)]
    assert handled[1] > handled[0] + 60e6


def test_integrated_files_take_silos_away(base: Found) -> None:
    half = run(under(document(silos=SILOS), {"integrate": {"inconsistent": 0.5, "rekeyed": 0.5}}))
    none = run(under(document(silos=SILOS), {"integrate": {}}))
    whole = run(document(silos=SILOS))
    assert none.made(reason=Reason.VERIFICATION) == 0 < half.made(reason=Reason.VERIFICATION) < whole.made(reason=Reason.VERIFICATION)
    assert none.per_need == base.per_need


# ── Reluctance of clients, staff and partners ───────────────────────────────────────────────────────────────────────


def test_clients_of_habit_are_moved_less(base: Found) -> None:
    gains = []
    for weight in (0.0, 1.0, 3.0):
        doc = with_(document(), "choice/first/utility", {"habit": {"simple": weight, "weighed": weight}})
        gains.append(run(under(doc, PROMOTE)).first("web") - run(doc).first("web"))
    assert gains[0] > gains[1] > gains[2] > 0


GUIDE = {"guide": {"after": "phone", "to": "web", "odds": 4}}


def test_staff_who_do_not_guide_send_fewer_to_the_web(base: Found) -> None:
    found = [run(under(document(reluctance={"staff": share}), GUIDE)).made("web", Reason.FAILURE) for share in (0.0, 0.5, 1.0)]
    assert found[0] > found[1] > found[2] == base.made("web", Reason.FAILURE)


def test_staff_who_guide_no_habit(base: Found) -> None:
    doc = with_(document(), "choice/first/utility", {"habit": {"simple": 2.0, "weighed": 2.0}})
    guide = {"guide": {"after": "phone", "to": "web", "habit": 0.5}}
    doc = with_(doc, "population/size", 3_000)  # citizens come back
    found = [run(under(with_(doc, "reluctance/staff", share), guide)).first("web") for share in (0.0, 0.5, 1.0)]
    assert found[0] > found[1] > found[2] == run(doc).first("web")


def test_staff_who_discourage_send_fewer_still(base: Found) -> None:
    found = [run(document(reluctance={"discourages": odds})).made("web", Reason.FAILURE) for odds in (1.0, 0.5, 0.1)]
    assert base.made("web", Reason.FAILURE) == found[0] > found[1] > found[2] > 0


def test_partners_who_do_not_help_leave_visits_unfinished(base: Found) -> None:
    helpers = {"helpers": {"segments": ["old"], "helped": 0.9}}
    done = []
    for share in (0.0, 0.5, 1.0):
        found = run(under(document(reluctance={"partners": share}), helpers))
        done.append(int(found.contacts["resolved"][found.contacts["channel"] == 0].sum()))
    assert done[0] > done[1] > done[2] == int(base.contacts["resolved"][base.contacts["channel"] == 0].sum())
