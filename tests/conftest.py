"""What each group of tests took, at the end: a group is a folder of tests/, or a file that stands there alone.

Where CI is set hypothesis tries the same examples every time, so that a build is red for what has changed; elsewhere it looks for new ones.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

HERE = "tests"


def group_of(node: str) -> str:
    """The folder of tests/ in which a test stands, or its file."""
    parts = node.partition("::")[0].split("/")
    return "/".join(parts[:2]) if parts[0] == HERE else parts[0]


def groups(reports: Iterable[Any]) -> list[tuple[float, int, str]]:
    """Seconds, tests and name of each group, the longest first; setup and teardown count."""
    seconds: dict[str, float] = defaultdict(float)
    tests: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if hasattr(report, "duration"):
            seconds[group_of(report.nodeid)] += report.duration
            tests[group_of(report.nodeid)].add(report.nodeid)
    return sorted(((seconds[name], len(tests[name]), name) for name in seconds), reverse=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table, where there is more than one group.  Over several workers the seconds of all of them are added."""
    found = groups(report for reports in terminalreporter.stats.values() for report in reports)
    if len(found) > 1:
        terminalreporter.section("time by group, all workers together")
        for seconds, tests, name in found:
            terminalreporter.line(f"{seconds:8.1f} s  {tests:5d}  {name}")
