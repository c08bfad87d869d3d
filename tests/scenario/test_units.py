"""Units of the scenario language: what is read, what is refused, and that writing and reading again changes nothing."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from simcrc.scenario import units
from simcrc.scenario.durations import DAY, HOUR, LONGEST, MINUTE, SECOND
from simcrc.scenario.units import ByWeekday, DataPath, Hours, Span, Target, format_duration, format_time, parse_duration, parse_time, parse_weekdays


def read(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    (error,) = caught.value.errors()
    return error["type"], error.get("ctx", {})


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("4.5 min", 270 * SECOND),
        ("4,5 min", 270 * SECOND),
        ("20 s", 20 * SECOND),
        ("20s", 20 * SECOND),
        ("2 h", 2 * HOUR),
        ("2 h 30 min", 150 * MINUTE),
        ("10 days", 10 * DAY),
        ("10 jours", 10 * DAY),
        ("13 weeks", 91 * DAY),
        ("13 semaines", 91 * DAY),
        ("250 ms", 250_000),
        ("1 µs", 1),
        ("0.1 s", 100_000),
        ("1_000 s", 1000 * SECOND),
        ("0 min", 0),
        ("0", 0),
        (0, 0),
    ],
)
def test_durations(text: str | int, microseconds: int) -> None:
    assert parse_duration(text) == microseconds


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "duration_unit"),
        (4.5, "duration_unit"),
        ("5", "duration_unit"),
        ("4,5", "duration_unit"),
        ("-3 min", "duration_negative"),
        ("3 months", "duration_calendar"),
        ("1 an", "duration_calendar"),
        ("200 000 days", "duration_long"),
        ("soon", "duration"),
        ("", "duration"),
        ("5 min 3", "duration"),
        ("1e999999999 s", "duration"),
        (True, "duration"),
        (None, "duration"),
        ([1], "duration"),
    ],
)
def test_durations_refused(value: Any, code: str) -> None:
    assert refused(units.Duration, units.as_written(value))[0] == code


def test_a_duration_in_python_is_microseconds_but_a_written_number_is_none() -> None:
    class Model(BaseModel):
        time: units.Duration

    assert Model(time=5).time == 5
    with pytest.raises(ValidationError):
        Model.model_validate(units.as_written({"time": 5}))


@given(st.integers(0, LONGEST))
def test_duration_round_trip(microseconds: int) -> None:
    assert parse_duration(format_duration(microseconds)) == microseconds


@given(st.decimals(0, 800_000, places=3), st.sampled_from(["ms", "s", "min", "h"]), st.sampled_from([".", ","]), st.sampled_from(["", " ", "\u00a0"]))
def test_duration_of_any_decimal(number: Any, unit: str, point: str, space: str) -> None:
    size = {"ms": 1000, "s": SECOND, "min": MINUTE, "h": HOUR}[unit]
    assert parse_duration(f"{number}".replace(".", point) + space + unit) == round(number * size)


@pytest.mark.parametrize(
    ("value", "share"), [(0.35, 0.35), ("35 %", 0.35), ("35%", 0.35), ("3,5 %", 0.035), ("0,35", 0.35), (0, 0.0), (1, 1.0), ("100 %", 1.0), ("0.3 %", 0.003)]
)
def test_shares(value: Any, share: float) -> None:
    assert read(units.Share, value) == share


@pytest.mark.parametrize("value", [35, 1.2, -0.1, "120 %", "-5 %", math.nan, math.inf, True, None, "half", "1/2", [0.5]])
def test_shares_refused(value: Any) -> None:
    assert refused(units.Share, value)[0] == "share"


def test_a_share_above_one_suggests_percent() -> None:
    assert refused(units.Share, 35)[1]["suggestion"] == "35 %"


@given(st.integers(0, 100_000))
def test_percent_is_exact(thousandths: int) -> None:
    assert read(units.Share, f"{thousandths / 1000:.3f} %") == float(f"{thousandths / 100_000:.5f}")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-1, "negative"),
        (math.nan, "finite"),
        (math.inf, "finite"),
        ("12", "number_quoted"),
        ("x", "number"),
        (True, "number"),
        (10**400, "finite"),
        (1e13, "large"),
    ],
)
def test_numbers_refused(value: Any, code: str) -> None:
    assert refused(units.NonNegative, value)[0] == code


def test_numbers_are_floats() -> None:
    assert isinstance(read(units.NonNegative, 3_200_000), float)


@pytest.mark.parametrize(
    ("text", "span"),
    [("52 weeks", Span(52, "weeks")), ("3 mois", Span(3, "months")), ("1 year", Span(1, "years")), ("10 jours", Span(10, "days")), (0, Span(0, "days"))],
)
def test_spans(text: Any, span: Span) -> None:
    assert read(Span, text) == span
    assert read(Span, str(span)) == span


@pytest.mark.parametrize(
    ("value", "code"),
    [("52", "span"), (52, "span"), ("1.5 weeks", "span"), ("-1 week", "span"), ("5 hours", "span"), (True, "span"), ("9999999 years", "duration_long")],
)
def test_spans_refused(value: Any, code: str) -> None:
    assert refused(Span, value)[0] == code


def test_spans_follow_the_calendar() -> None:
    assert Span(1, "months").after(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Span(1, "years").before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert Span(52, "weeks").after(date(2006, 4, 3)) == date(2007, 4, 2)
    assert Span(14, "months").before(date(2006, 1, 15)) == date(2004, 11, 15)


@given(st.integers(0, 2000), st.sampled_from(["days", "weeks", "months", "years"]), st.dates(date(1950, 1, 1), date(2050, 12, 31)))
def test_after_and_before_are_nearly_inverse(n: int, unit: Any, day: date) -> None:
    span = Span(n % 100 if unit == "years" else n, unit)
    assert 0 <= (day - span.before(span.after(day))).days <= (0 if unit in ("days", "weeks") else 3)


@pytest.mark.parametrize(("text", "minutes"), [("08:30", 510), ("8:30", 510), ("8 h 30", 510), ("8h", 480), ("24:00", 1440), ("00:00", 0)])
def test_times(text: str, minutes: int) -> None:
    assert parse_time(text) == minutes


@pytest.mark.parametrize("value", ["25:00", "24:01", "08:60", "8", "", 510, 8.5, None])
def test_times_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="time"):
        parse_time(value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon", (0,)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Sat-Sun", (5, 6)),
        ("Mon,Wed", (0, 2)),
        ("lun-ven", (0, 1, 2, 3, 4)),
        ("dim", (6,)),
        ("Sat-Mon", (0, 5, 6)),
        ("monday", (0,)),
        ("mardi, jeudi", (1, 3)),
    ],
)
def test_weekdays(text: str, days: tuple[int, ...]) -> None:
    assert parse_weekdays(text) == days
    assert read(units.Weekday, text) == days


@pytest.mark.parametrize(("value", "code"), [("Mon-Fry", "weekday"), ("", "weekday"), (1, "weekday"), ("Mon-Wed,Tue", "weekday_overlap")])
def test_weekdays_refused(value: Any, code: str) -> None:
    assert refused(units.Weekday, value)[0] == code


def test_weekdays_of_a_mapping_do_not_overlap() -> None:
    assert read(ByWeekday[units.NonNegative], {"Mon-Fri": 1, "sam": 2}) == {(0, 1, 2, 3, 4): 1.0, (5,): 2.0}
    code, ctx = refused(ByWeekday[units.NonNegative], {"Mon-Fri": 1, "mer": 2})
    assert (code, ctx["day"], ctx["other"], ctx["inside"]) == ("weekday_overlap", "Wed", "Mon-Fri", "mer")
    assert refused(ByWeekday[units.NonNegative], {"Mon": 1, "lun": 2})[0] == "weekday_overlap"


def test_profiles_hold_until_the_next_time() -> None:
    day = read(units.DayProfile, {"12:00": 6, "08:30": 10, "16:30": 0})
    assert len(day) == 48
    assert day[:17] == (0.0,) * 17
    assert day[17:24] == (10.0,) * 7
    assert day[24:33] == (6.0,) * 9
    assert day[33:] == (0.0,) * 15
    assert read(units.DayProfile, "constant") == (1.0,) * 48
    assert read(units.DaySchedule, 4) == (4.0,) * 48
    assert read(units.DaySchedule, day) == day


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"08:15": 1}, "time_grid"),
        ({"24:00": 1}, "time_grid"),
        ({"8:30": 1, "08:30": 2}, "time_twice"),
        ({}, "day_profile"),
        ({"08:30": -1}, "negative"),
        ("flat", "day_profile"),
    ],
)
def test_profiles_refused(value: Any, code: str) -> None:
    assert refused(units.DayProfile, value)[0] == code


@given(st.dictionaries(st.integers(0, 47), st.integers(0, 500), min_size=1))
def test_schedule_round_trip(changes: dict[int, int]) -> None:
    day = read(units.DaySchedule, {format_time(30 * slot): agents for slot, agents in changes.items()})
    assert read(units.DaySchedule, {format_time(30 * slot): agents for slot, agents in enumerate(day)}) == day
    assert all(day[slot] == agents for slot, agents in changes.items())


def test_hours() -> None:
    office = read(Hours, "Mon-Fri 08:30-16:30")
    assert office.week == (((510, 990),),) * 5 + ((), ())
    assert not office.always
    assert read(Hours, "24/7").always
    assert read(Hours, "00:00-24:00").always
    assert read(Hours, "07:30-23:00").week == (((450, 1380),),) * 7
    assert read(Hours, "closed").week == ((),) * 7
    assert read(Hours, ["Mon 08:00-12:00, 13:00-16:00", "Sat 20:00-24:00"]).week == (((480, 720), (780, 960)), (), (), (), (), ((1200, 1440),), ())
    assert read(Hours, "Sun 20:00-02:00").week == (((0, 120),), (), (), (), (), (), ((1200, 1440),))
    assert read(Hours, ["Mon 08:00-12:00", "Mon 12:00-14:00"]).week[0] == ((480, 840),)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (["Mon 08:00-12:00", "Mon-Fri 11:00-13:00"], "hours_overlap"),
        (["Sat 20:00-02:00", "Sun 01:00-03:00"], "hours_overlap"),
        ("Mon", "hours"),
        ("8-16", "hours"),
        ("Mon-Fri 08:30-08:30", "hours"),
        ("Mon-Fri 08:30-16:75", "hours"),
        ([], "hours"),
        (24, "hours"),
        (["closed", "Mon 08:00-09:00"], "hours"),
    ],
)
def test_hours_refused(value: Any, code: str) -> None:
    assert refused(Hours, value)[0] == code


@given(st.lists(st.lists(st.integers(0, 1440), max_size=6, unique=True).map(sorted), min_size=7, max_size=7))
def test_hours_round_trip(days: list[list[int]]) -> None:
    week = tuple(tuple(zip(bounds[::2], bounds[1::2], strict=False)) for bounds in days)
    assert Hours.parse(str(Hours(week))).week == week


def test_time_range() -> None:
    assert read(units.TimeRange, "12:00-13:00") == (720, 780)
    assert refused(units.TimeRange, "13:00-12:00")[0] == "time_range_order"
    assert refused(units.TimeRange, "noon")[0] == "time_range"


def test_instants() -> None:
    assert read(units.Instant, "2006-06-12") == datetime(2006, 6, 12)
    assert read(units.Instant, "2006-06-12 9:05") == datetime(2006, 6, 12, 9, 5)
    assert read(units.Instant, date(2006, 6, 12)) == datetime(2006, 6, 12)
    for value in ("2006-02-30", "12 June", "2006-06-12T10:00Z", 2006, None):
        assert refused(units.Instant, value)[0] == "instant"


def test_texts_and_names() -> None:
    assert read(units.Text, {"fr": "bonjour", "en": "hello"}).say("en") == "hello"
    assert read(units.Text, {"fr": "bonjour"}).say("en") == "bonjour"
    assert read(units.Text, "hello").say("fr") == "hello"
    for value in ("", {}, {"de": "x"}, 5, None, {"fr": ""}):
        assert refused(units.Text, value)[0] == "text"
    assert read(units.Name, "dépôt_2-b") == "dépôt_2-b"
    for value in ("a.b", "a b", "", 5):
        assert refused(units.Name, value)[0] == "name"
    for value in units.RESERVED:
        assert refused(units.Name, value)[0] == "name_reserved"


def test_time_zones() -> None:
    assert read(units.TimeZone, "America/Toronto") == "America/Toronto"
    assert refused(units.TimeZone, "america/toronto")[1]["suggestion"] == "America/Toronto"
    assert refused(units.TimeZone, "Toronto")[1]["suggestion"] == "America/Toronto"
    for value in ("../etc/passwd", "/etc/passwd", "", "America", 5, "Nowhere/Land"):
        assert refused(units.TimeZone, value)[0] == "timezone"


def test_targets() -> None:
    level = read(Target, "phone.service_level >= 80 %")
    assert (level.channel, level.indicator, level.op, level.value, level.unit) == ("phone", "service_level", ">=", 0.8, "share")
    assert read(Target, "contacts_per_need <= 1.5").channel is None
    asa = read(Target, "phone.asa ≤ 2 min")
    assert (asa.op, asa.value, asa.unit) == ("<=", 120e6, "time")
    assert asa.met(120e6)
    assert not asa.met(121e6)
    for value in ("phone.asa", "phone.asa = 2", ">= 2", "phone.asa <= soon", 5):
        assert refused(Target, value)[0] == "target"


def test_paths() -> None:
    assert read(DataPath, "tables/agents.csv") == "tables/agents.csv"
    assert read(DataPath, "../shared/agents.csv") == "../shared/agents.csv"
    assert read(DataPath, "{data}/calls.csv.gz") == "{data}/calls.csv.gz"
    for value in ("/etc/passwd", "C:/x.csv", "~/x.csv", "a\\b.csv"):
        assert refused(DataPath, value)[0] == "path_absolute"
    for value in ("../../x.csv", "a/../../../x.csv", "{data}/../x.csv", "."):
        assert refused(DataPath, value)[0] == "path_leaves"
    for value in ("", 5, None, "a\0b"):
        assert refused(DataPath, value)[0] == "path"


@pytest.mark.parametrize(
    ("value", "option"),
    [
        ("60 % after 20 min", {"share": "60 %", "after": "20 min"}),
        ("60 % après 20 min", {"share": "60 %", "after": "20 min"}),
        ("60 %", {"share": "60 %"}),
        (0.6, {"share": 0.6}),
        ({"share": 0.6, "after": {"exponential": "1 h"}}, {"share": 0.6, "after": {"exponential": "1 h"}}),
    ],
)
def test_share_after(value: Any, option: dict[str, Any]) -> None:
    assert units.split_after(value) == option


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.lists(st.integers(), max_size=3),
        st.dictionaries(st.text(max_size=6), st.text(max_size=6)),
    )
)
def test_whatever_is_written_gives_a_value_or_a_fault(value: Any) -> None:
    kinds: tuple[Any, ...] = (units.Duration, units.Share, units.NonNegative, Span, units.Text, units.Name, units.TimeRange, units.Weekday)
    for kind in (*kinds, units.DayProfile, units.DaySchedule, Hours, units.Instant, units.TimeZone, Target, DataPath):
        faults: list[Any] = []
        try:
            read(kind, units.as_written(value))
        except ValidationError as error:
            faults = error.errors()
        assert all(item["ctx"]["message"] for item in faults)
