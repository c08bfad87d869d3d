"""The figures of ``scenarios/bank/`` are those that ``simcrc calibrate`` makes of the records of Anonymous Bank with ``scenarios/bank/mapping.yaml``.

The records do not ship; without them these tests are skipped.  ``tests/scenarios/test_bank.py`` runs the scenarios.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simcrc.calibration.calibrate import Calibrated, calibrate
from simcrc.calibration.calls import ABANDONED, BLOCKED
from simcrc.calibration.tables import tables
from simcrc.scenario.positions import read_file, read_text

BANK = Path(__file__).parents[2] / "scenarios" / "bank"

FOLDER = Path(os.environ.get("SIMCRC_RECORDS") or Path(__file__).parents[3] / "shared" / "data" / "anonymous_bank")


def records(month: str) -> Path:
    path = FOLDER / f"{month}.csv.gz"
    if not path.is_file():
        pytest.skip(f"the records of Anonymous Bank are not in {FOLDER}: give their folder in SIMCRC_RECORDS (see docs/bank.md)")
    return path


@pytest.fixture(scope="module")
def january() -> Calibrated:
    return calibrate(records("1999-01"), BANK / "mapping.yaml")


@pytest.fixture(scope="module")
def february() -> Calibrated:
    return calibrate(records("1999-02"), BANK / "mapping.yaml")


def figures(document: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Every measured number with its standard error, by its place; points of a law by their time."""
    if isinstance(document, dict):
        if document.get("status") == "measured" and "value" in document:
            yield path, (str(document["value"]), str(document.get("standard_error")))
        for key, inner in document.items():
            yield from figures(inner, (*path, str(key)))
    elif isinstance(document, list):
        for place, inner in enumerate(document):
            law = isinstance(inner, list) and len(inner) == 2
            yield from figures(inner[1] if law else inner, (*path, str(inner[0]) if law else str(place)))


def plain(text: str) -> float:
    """A number without its unit."""
    return float(text.split()[0])


def test_every_figure_of_january_comes_out_of_the_command(january: Calibrated) -> None:
    shipped, _ = read_file(BANK / "january.yaml", "january.yaml")
    written, _ = read_text(january.text("tables"), "piece")
    assert shipped is not None
    assert written is not None
    found = dict(figures(written.document))
    assert len(found) > 150
    there = dict(figures(shipped.document))
    assert there.keys() == found.keys()
    for place, pair in there.items():
        for one, two in zip(pair, found[place], strict=True):  # another processor may round the last of four digits otherwise
            assert one == two or plain(one) == pytest.approx(plain(two), rel=2e-3), place
    for section in ("start", "horizon", "timezone", "profiles", "name", "description", "targets"):
        assert shipped.document[section] == written.document[section], section
    assert shipped.document["teams"]["agents"]["schedule"] == written.document["teams"]["agents"]["schedule"]


def test_every_table_comes_out_of_the_command(january: Calibrated, february: Calibrated) -> None:
    first, second = (tables(found.estimates, found.mapping) for found in (january, february))
    made = first | {"roster_1999-01.csv": first["roster_by_date.csv"], "roster_1999-02.csv": second["roster_by_date.csv"]}
    for path in sorted((BANK / "tables").iterdir()):
        assert path.read_text(encoding="utf-8") == made[path.name], path.name


@pytest.mark.parametrize(("month", "scenario"), [("january", "replay"), ("february", "february")])
def test_what_the_replays_expect_is_what_was_recorded(request: pytest.FixtureRequest, month: str, scenario: str) -> None:
    """Sunday to Thursday, 7 to 24 h."""
    calls = request.getfixturevalue(month).estimates.calls
    part = calls.part
    hours = (calls.half_hour >= 14) & np.isin(calls.weekdays[calls.day], (6, 0, 1, 2, 3)) & (part.outcome != BLOCKED)
    queued = hours & part.queued & np.isfinite(part.wait)
    tree, _ = read_file(BANK / f"{scenario}.yaml", scenario)
    assert tree is not None
    expected = {figure["indicator"]: figure["equals"] for figure in tree.document["expect"]["figures"]}
    assert (part.outcome[hours] == ABANDONED).mean() == pytest.approx(expected["phone.abandonment_of_answered"], abs=5e-4)
    assert part.queued[hours].mean() == pytest.approx(expected["phone.queued_ratio"], abs=5e-4)
    assert part.wait[queued].mean() == pytest.approx(float(expected["phone.wait_mean"].removesuffix(" s")), abs=0.05)


@pytest.mark.parametrize("service", ["PS", "NE", "PE", "TT"])
def test_shares_of_callers_whose_priority_is_not_told(january: Calibrated, service: str) -> None:
    tree, _ = read_file(BANK / "replay.yaml", "replay")
    assert tree is not None
    (row,) = [row for row in tree.document["replay"]["segment"]["unknown"] if row["when"]["type"] == service]
    (own,) = [one for one in january.estimates.services if one.name == service]
    for name, share in row["shares"].items():
        assert float(share.removesuffix(" %")) == pytest.approx(100 * own.segments[name][0], abs=0.05)


TRAPS = {  # docs/bank.md
    "drop": (240, 278),
    "self_service": (1196, 1941),
    "no_service": (2, 0),
    "negative": (32, 23),
    "no_segment": (13_475, 13_067),
    "no_agent": (490, 491),
    "no_start": (42, 50),
    "zero": (277, 85),
    "short": (1234, 1734),
    "worked_on": (82, 97),
}


def test_the_traps_of_the_documentation(january: Calibrated, february: Calibrated) -> None:
    for place, (found, rows, kept) in enumerate(((january, 31_599, 30_161), (february, 33_344, 31_125))):
        assert (found.traps.rows, found.traps.kept) == (rows, kept)
        counts = {code: sum(trap.count for trap in found.traps if trap.code == code) for code in TRAPS}
        assert counts == {code: both[place] for code, both in TRAPS.items()}
        assert sum(trap.count for trap in found.traps if trap.left_out) + found.traps.kept == rows
