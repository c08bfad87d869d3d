"""A scenario with nothing but what a test of the model says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from simcrc.scenario.scenario import Scenario


def small_scenario(**parts: Any) -> Scenario:
    """The smallest scenario, with `parts` in place of its own."""
    written: dict[str, Any] = {
        "simcrc": 1,
        "name": {"fr": "essai", "en": "test"},
        "start": date(2006, 4, 3),
        "horizon": "52 weeks",
        "services": {"information": {"volume": {"per_day": 100}}},
        "channels": {"phone": {"kind": "phone", "handle_time": {"exponential": {"mean": "4 min"}}}},
        "choice": {"first": {}},
    }
    return Scenario.model_validate(written | parts)


@pytest.fixture
def make() -> Callable[..., Scenario]:
    return small_scenario
