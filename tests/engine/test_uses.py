"""First uses of a channel: how the chance of a contact after resolution fades with them, and whose uses count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simcrc.log import Outcome, Reason
from simcrc.model.compile import compile
from simcrc.scenario.scenario import Scenario
from tests.engine.small import DAY, HOUR, document, run

WEB: dict[str, Any] = {"kind": "web", "completion": 1.0, "duration": "1 min"}
PHONE: dict[str, Any] = {"kind": "phone", "handle_time": "1 min"}


def test_the_first_uses_of_a_channel_are_verified_more_often() -> None:
    """Probability p × (1 + (factor − 1)(1 − fades)ⁿ) after n uses: certain at first, then 1/2 + 1/2 × 1/2ⁿ; by the same draws as without."""
    verify = {"web": {"to": "phone", "probability": 0.5, "after": "1 s"}}
    population = {"size": 1, "segments": {"one": {"share": 1}}}
    arrivals = list(range(0, DAY, HOUR))

    def verified(replication: int, **first: float) -> list[bool]:
        own = {"web": verify["web"] | ({"first_use": first} if first else {})}
        doc = document({"web": WEB, "phone": PHONE}, first="web", population=population, choice={"verify": own})
        told = run(doc, arrivals, replication=replication)
        causes = {contact.cause for contact in told.contacts if contact.reason is Reason.VERIFICATION}
        return [contact.id in causes for contact in told.contacts if contact.reason is Reason.FIRST]

    plain, once, fading, fewer = [], [], [], []
    for replication in range(40):
        plain.append(verified(replication))
        once.append(verified(replication, factor=2.0))
        fading.append(verified(replication, factor=2.0, fades=0.5))
        fewer.append(verified(replication, factor=0.0, fades=0.5))
    assert all(own[0] and own[1:] == usual[1:] for own, usual in zip(once, plain, strict=True))
    assert all(all(more >= usual for more, usual in zip(own, usual, strict=True)) for own, usual in zip(fading, plain, strict=True))
    assert all(own[0] for own in fading)
    assert all(not own[0] and all(less <= usual for less, usual in zip(own, usuals, strict=True)) for own, usuals in zip(fewer, plain, strict=True))
    second, later = (np.mean([own[number] for own in fading]) for number in (1, 12))
    assert second == pytest.approx(0.75, abs=0.2)
    assert later == pytest.approx(0.5, abs=0.25)


def test_a_first_use_is_of_a_citizen_and_a_channel() -> None:
    """A contact that never came to pass is no use of the channel, and an anonymous stream remembers nothing."""
    population = {"size": 1, "segments": {"one": {"share": 1}}}
    choice = {"verify": {"web": {"to": "phone", "probability": 0.0001, "first_use": {"factor": 10_000}}}}
    closed = WEB | {"hours": "Mon 12:00-24:00", "when_closed": {"then": "contact"}}
    told = run(document({"web": closed, "phone": PHONE}, first="web", population=population, choice=choice), [HOUR, 13 * HOUR, 14 * HOUR])
    assert [(contact.station, contact.reason) for contact in told.contacts if contact.outcome is not Outcome.CLOSED] == [
        ("web", Reason.FIRST),
        ("phone", Reason.VERIFICATION),
        ("web", Reason.FIRST),
    ]
    nobody = run(document({"web": WEB, "phone": PHONE}, first="web", choice=choice), [HOUR, 2 * HOUR])
    assert [contact.station for contact in nobody.contacts] == ["web", "web"]


def test_silos_are_met_at_every_use_alike() -> None:
    """What the first use adds is added to the written probability, not to the answers that differ between silos."""
    choice = {"verify": {"web": {"to": "phone", "probability": 0.25, "when": "ambiguous", "first_use": {"factor": 3}}}}
    doc = document({"web": WEB, "phone": PHONE}, first="web", population={"size": 1, "segments": {"one": {"share": 1}}}, choice=choice)
    after = compile(Scenario.model_validate(doc | {"silos": {"inconsistent": 0.2, "to": {"phone": 1.0}}})).channels[0].verify
    assert after is not None
    assert after.first is not None
    assert after.chances[0] == pytest.approx((0.2, 1 - 0.75 * 0.8))
    assert after.chances[0][1] + after.first.excess[0][1] == pytest.approx(1 - 0.25 * 0.8)
    assert after.first.excess[0][0] == 0.0
