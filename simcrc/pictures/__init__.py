"""Pictures of results: what people would rather look at, each with a finding, a text in its place and its data.

``picture`` (in ``picture``) is what one is, ``subject`` what it is about, ``style`` how it looks; every other name of ``PICTURES`` is a module that holds one.
``simcrc.pages`` puts them into a report; ``simcrc plot`` and ``results.plot`` give them one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcrc.pictures.picture import Absent, Picture
    from simcrc.pictures.subject import Subject

PICTURES = ("heatmap", "day", "agents", "cost_wait", "shares", "journeys", "backlog", "fidelisation", "segments", "differences")
"""In the order of a report: half hour by weekday; a day; service level against agents; cost against wait; channel shares by month; journeys; backlog by age;
contacts by reason; segments; differences to the base."""


def make(name: str, subject: Subject) -> Picture | Absent:
    """The picture called `name`.  KeyError for a name that is not in ``PICTURES``."""
    from importlib import import_module

    if name not in PICTURES:
        raise KeyError(name)
    made: Picture | Absent = import_module(f"simcrc.pictures.{name}").picture(subject)
    return made
