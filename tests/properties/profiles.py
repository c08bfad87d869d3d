"""How many examples each property is tried on.

By default few, the same at every run, so that all of tests/properties takes about a minute and a half.  For a hunt, many and
always new ones:

    SIMCRC_PROPERTIES=long pytest -n 0 tests/properties       # forty times as many
    SIMCRC_PROPERTIES=500 pytest -n 0 tests/properties        # so many times as many
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("SIMCRC_PROPERTIES", "")
TIMES = 40 if ASKED == "long" else int(ASKED or 1)
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def examples(n: int) -> settings:
    """The settings of a property that is tried on `n` examples by default."""
    return settings(max_examples=n * TIMES, derandomize=TIMES == 1, deadline=None, suppress_health_check=SLOW, print_blob=True)
