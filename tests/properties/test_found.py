"""What the properties have found: the smallest example of each fault, so that it stays mended."""

from __future__ import annotations

from simcrc.log import Kind
from tests.engine.small import DAY, MINUTE, document, run


def test_wrap_ups_under_way_at_the_horizon_are_told() -> None:
    phone = {"kind": "phone", "handle_time": "4 min", "wrap_up": "10 min"}
    story = run(document({"phone": phone}), [2 * DAY - 30 * MINUTE, 2 * DAY - 7 * MINUTE])
    assert [row[::5] for row in story.of(Kind.AGENT_FREED)] == [[2 * DAY - 16 * MINUTE, 10 * MINUTE], [2 * DAY, 3 * MINUTE]]
    story = run(document({"phone": phone}), [2 * DAY - 4 * MINUTE])
    assert story.of(Kind.AGENT_FREED) == []
