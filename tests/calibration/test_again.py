"""Calls again: by hand, and what the piece makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.by_hand import MAPPING, calibrated, calls_of, row
from simcrc.calibration.again import repeats
from simcrc.calibration.calls import ABANDONED, BLOCKED, SERVED
from simcrc.calibration.mapping import Callers

MICRO = 1_000_000


def call(number: int, at: str, caller: str, outcome: str = "ok", kind: str = "S") -> str:
    """A call at `at` that did not queue and lasts no time."""
    return row(number, rang=at, joined="-", picked=at if outcome == "ok" else "-", done="-", wait="0", talk="0", caller=caller, outcome=outcome, kind=kind)


ROWS = [
    call(1, "9:00:00", "a", "hung"),  # calls again after 10 minutes
    call(2, "9:10:00", "a"),
    call(3, "9:00:00", "b", "hung"),  # about something else after 20
    call(4, "9:20:00", "b", kind="H"),
    call(5, "9:00:00", "c", "hung"),  # never
    call(6, "9:00:00", "d", "busy"),  # busy, busy, served
    call(7, "9:01:00", "d", "busy"),
    call(8, "9:02:00", "d"),
    call(9, "9:00:00", "0", "hung"),  # nobody known, twice
    call(10, "9:05:00", "0"),
    call(11, "20:00:00", "a"),  # after the time that counts
]


def test_who_calls_again(tmp_path: Path) -> None:
    found = repeats(calls_of(tmp_path, ROWS), Callers(column="caller", within=3600 * MICRO), 24)
    assert found.known == pytest.approx(9 / 11)
    assert not found.generated
    after = found.after[ABANDONED]
    assert (after.calls, after.again) == (3, 2)
    assert after.share[0] == pytest.approx(2 / 3)
    assert after.share[1] == pytest.approx((2 / 27) ** 0.5)  # Greenwood's without censoring is that of a proportion
    assert after.mean[0] == pytest.approx(900)
    assert after.by[0][0] == pytest.approx(1 / 3)
    assert after.delay is None  # fewer than five
    assert (found.after[BLOCKED].calls, found.after[BLOCKED].again) == (2, 2)
    assert found.after[SERVED].again == 0
    assert found.repeats.sum() == 4


def test_about_the_same_service_only(tmp_path: Path) -> None:
    found = repeats(calls_of(tmp_path, ROWS), Callers(column="caller", within=3600 * MICRO, same_service=True), 24)
    assert found.after[ABANDONED].again == 1


@pytest.mark.parametrize("fraction", range(0, 1000, 37))
def test_exactly_at_the_limit_counts(tmp_path: Path, fraction: int) -> None:
    """An hour to the millisecond is within the hour, whatever binary fractions make of it."""
    rows = [call(1, f"9:00:00.{fraction:03d}", "a"), call(2, f"10:00:00.{(fraction + 300) % 1000:03d}", "a")]
    rows[0] = rows[0].replace(",0,0,ann", ",0,0.3,ann")
    rows[1] = rows[1].replace("10:00:00", f"10:00:0{(fraction + 300) // 1000}")
    found = repeats(calls_of(tmp_path, rows), Callers(column="caller", within=3600 * MICRO), 24)
    assert found.after[SERVED].again == 1


def test_the_end_of_the_records_censors(tmp_path: Path) -> None:
    """Who abandoned an hour before the end may still call again later: he counts as long as he was seen."""
    rows = [call(1, "23:00:00", "a", "hung"), call(2, "10:00:00", "b", "hung"), call(3, "13:00:00", "b")]
    found = repeats(calls_of(tmp_path, rows), Callers(column="caller", within=12 * 3600 * MICRO), 24)
    after = found.after[ABANDONED]
    assert after.again == 1
    assert after.share[0] == pytest.approx(1.0)  # at three hours nobody else is at risk
    assert after.by[1][0] == 0.0


def many(again: int, of: int) -> list[str]:
    rows = []
    for k in range(of):
        minute = k % 60
        rows.append(call(2 * k, f"{8 + k // 60}:{minute:02d}:00", f"q{k}", "hung"))
        if k < again:
            rows.append(call(2 * k + 1, f"{9 + k // 60}:{minute:02d}:{k % 50:02d}", f"q{k}"))
    return rows


def test_the_piece_generates_them_where_callers_are_known(tmp_path: Path) -> None:
    found = calibrated(tmp_path, many(60, 150))
    text = found.text()
    assert "phone.abandoned" in text
    assert "redial: {share: {value: 0.4," in text or "share: {value: 0.4, standard_error: 0.04, status: measured}" in text
    assert "redial_keeps: per_contact" in text
    assert found.estimates.all.demand.calls == 150  # first calls
    assert found.numbers()["again"]["generated"] is True


@pytest.mark.parametrize("again", [6, 7, 149])
def test_shares_written_with_four_digits_add_up(tmp_path: Path, again: int) -> None:
    """0.04667 call again, and 0.95333 give up: the piece loads."""
    rows = many(again, 150)
    calibrated(tmp_path, rows).write(tmp_path / "piece.yaml")


def test_the_piece_does_not_where_the_mapping_says_so(tmp_path: Path) -> None:
    found = calibrated(tmp_path, many(60, 150), MAPPING.replace('missing: ["0"]}', 'missing: ["0"], generated: false}'))
    assert "redial" not in found.text().replace("redial_keeps", "")
    assert found.estimates.all.demand.calls == 210


def test_calls_after_a_service_are_needs_not_settled(tmp_path: Path) -> None:
    rows = [line.replace(",hung,", ",ok,").replace(",-,-,-,S", ",-,10:00:00,-,S") for line in many(30, 100)]
    found = calibrated(tmp_path, rows)
    text = found.text()
    assert "resolution:" in text
    assert "phone.unresolved" in text
    found.write(tmp_path / "piece.yaml")
