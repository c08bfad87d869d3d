"""The scenarios that ship: each loads, says where its numbers come from and speaks both languages; each runs.

What a replay needs (files whose paths begin with ``{data}/``) does not ship; those scenarios are tested with the replay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import simcrc
from simcrc.scenario import Loaded, load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scenarios"
FILES = [path for path in sorted(FOLDER.rglob("*.yaml")) if "{data}/" not in path.read_text(encoding="utf-8") and path.name != "mapping.yaml"]
REGIE = FOLDER / "regie" / "depart.yaml"

SECTIONS = ("population", "profiles", "services", "surges", "channels", "teams", "choice", "costs", "satisfaction")
STRUCTURE = {"priority", "max_contacts", "hours", "days", "at", "offers", "file", "name", "description", "note", "source", "range", "standard_error"}
"""Keys that say how things are arranged, or speak of a value; what they hold needs no source."""
TEXTS = {"name", "description"}


def shipped() -> list[Any]:
    return [pytest.param(path, id=path.relative_to(FOLDER).as_posix()) for path in FILES]


@cache
def loaded(path: Path) -> Loaded:
    return load(path)


def is_number(value: Any) -> bool:
    """A number, or a text that begins with one: a share, a duration."""
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (isinstance(value, str) and re.match(r"\s*[-+.,]?\d", value) is not None)


def numbers(value: Any, path: tuple[str, ...] = (), said: dict[str, Any] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each number of a document with what is said of it: source, status, range and note of the innermost mapping that says so.

    The durations of the points of a curve, and the share of the only option, say how things are arranged.
    """
    said = said or {}
    if isinstance(value, dict):
        own = {key: value[key] for key in ("source", "status", "range", "note") if key in value}
        if own.get("status") == "assumed":
            said = {}
        said = {**said, **own}
        inside = {key: inner for key, inner in value.items() if key not in STRUCTURE and key not in own}
        if list(inside.values()) != ["100 %"]:
            for key, inner in inside.items():
                yield from numbers(inner, path if key == "value" else (*path, str(key)), said)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if not (index == 0 and path[-2:-1] == ("points",)):
                yield from numbers(inner, (*path, str(index)), said)
    elif is_number(value):
        yield ".".join(path), said


def texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Each text for people of a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in TEXTS:
                yield ".".join((*path, key)), inner
            else:
                yield from texts(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, str(index)))


def test_something_ships() -> None:
    assert {"smallest.yaml", "depart.yaml"} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", shipped())
def test_the_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    up = "../" * (len(path.relative_to(FOLDER).parts) - 1)
    assert first == f"# yaml-language-server: $schema={up}simcrc.schema.json"


@pytest.mark.parametrize("path", shipped())
def test_every_number_says_where_it_comes_from(path: Path) -> None:
    document = loaded(path).document
    found = [(where, said) for section in SECTIONS if section in document for where, said in numbers(document[section], (section,))]
    assert found
    silent = [where for where, said in found if said.get("status") is None]
    assert silent == []
    unsourced = [where for where, said in found if said["status"] in ("borrowed", "measured") and not said.get("source")]
    assert unsourced == []


def test_every_assumption_about_the_regie_has_a_range() -> None:
    document = loaded(REGIE).document
    found = [(where, said) for section in SECTIONS if section in document for where, said in numbers(document[section], (section,))]
    bare = [where for where, said in found if said["status"] == "assumed" and not said.get("range") and not said.get("note")]
    assert bare == []


@pytest.mark.parametrize("path", shipped())
def test_texts_are_in_both_languages(path: Path) -> None:
    found = list(texts(loaded(path).document))
    assert found
    wrong = [where for where, text in found if not (isinstance(text, dict) and set(text) == {"fr", "en"} and all(text.values()))]
    assert wrong == []


def test_everything_about_the_regie_has_a_name() -> None:
    scenario = loaded(REGIE).scenario
    assert scenario.population is not None
    named = {**scenario.services, **scenario.channels, **scenario.teams, **scenario.population.segments}
    assert [name for name, thing in named.items() if thing.name is None] == []


def test_the_regie_is_at_full_scale() -> None:
    scenario = loaded(REGIE).scenario
    assert scenario.population is not None
    assert scenario.population.size >= 3_000_000
    assert len(scenario.population.segments) >= 4
    assert len(scenario.services) >= 4
    assert {channel.kind for channel in scenario.channels.values()} == {"web", "ivr", "phone", "counter", "mail", "email", "fax"}
    per_year = [service.volume.per_year for service in scenario.services.values() if service.volume is not None]
    assert sum(volume or 0.0 for volume in per_year) == pytest.approx(1_200_000, rel=0.02)


def test_a_quarter_of_the_adults_is_not_on_line() -> None:
    """24 % of adults are not connected (CEFRIO 2008a, p. 42)."""
    population = loaded(REGIE).scenario.population
    assert population is not None
    assert sum(segment.share * segment.access for segment in population.segments.values()) == pytest.approx(0.76, abs=0.005)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in (FOLDER / "smallest.yaml", REGIE)])
def test_runs(path: Path) -> None:
    """A week of it: needs end, nothing is dropped (the run fails when something is), and the phone is answered."""
    results = simcrc.load(path, ["horizon=1 week", "warmup=0"]).run(replications=1)
    assert results.value("needs_started") > 0
    assert results.value("phone.served") > 0
