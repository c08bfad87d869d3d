"""Instants in files: the offset of the day, and the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from simcrc.export.instants import iso, serials

ZONES = ("America/Toronto", "UTC", "Asia/Kathmandu", "America/St_Johns")
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@given(st.lists(MOMENTS | st.none(), max_size=5), st.sampled_from(ZONES))
def test_the_same_moments_come_back(moments: list[datetime | None], zone: str) -> None:
    column = pa.array(moments, pa.timestamp("us", tz=zone))
    assert [None if text is None else datetime.fromisoformat(text) for text in iso(column)] == moments


@given(st.lists(MOMENTS | st.none(), max_size=5), st.sampled_from(ZONES))
def test_spreadsheets_show_the_clock_on_the_wall(moments: list[datetime | None], zone: str) -> None:
    column = pa.array(moments, pa.timestamp("us", tz=zone))
    for moment, serial in zip(moments, serials(column), strict=True):
        if moment is None:
            assert serial is None
            continue
        wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert abs(from_excel(serial) - wall) < timedelta(milliseconds=2)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2024, 3, 10, 6, 59, 59, tzinfo=UTC), "2024-03-10T01:59:59.000000-05:00"),
        (datetime(2024, 3, 10, 7, tzinfo=UTC), "2024-03-10T03:00:00.000000-04:00"),
        (datetime(2024, 11, 3, 5, 30, tzinfo=UTC), "2024-11-03T01:30:00.000000-04:00"),
        (datetime(2024, 11, 3, 6, 30, tzinfo=UTC), "2024-11-03T01:30:00.000000-05:00"),
    ],
)
def test_nights_when_the_clocks_change(moment: datetime, written: str) -> None:
    assert iso(pa.array([moment], pa.timestamp("us", tz="America/Toronto"))) == [written]


def test_without_a_zone_there_is_no_offset() -> None:
    assert iso(pa.array([datetime(2024, 1, 8, 9)], pa.timestamp("us"))) == ["2024-01-08T09:00:00.000000"]
