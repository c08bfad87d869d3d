"""Checks of what holds a migration back: privacy speaks of segments that there are, and of services that ask who the citizen is."""

from __future__ import annotations

from simcrc.scenario.scope import Scope


def check_issues(scope: Scope) -> None:
    """All checks of this module."""
    privacy = scope.scenario.privacy
    if privacy is None:
        return
    if not scope.written(("population",)):
        scope.say("no_citizens", ("privacy",), key=True)
        return
    for name, shares in (("simple", privacy.simple), ("strong", privacy.strong)):
        for segment in shares:
            scope.known("unknown_segment", segment, [*scope.segments, "default"], ("privacy", name, segment), key=True)
