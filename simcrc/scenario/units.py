"""The units of the scenario language, in one place to import from.

Numbers and shares stand in ``quantities``, lengths of time in ``durations``, days in ``week``, opening hours in ``hours``,
words and names in ``texts``; what can be wrong with each in ``faults``.
"""

from __future__ import annotations

from simcrc.scenario.durations import Duration, Span, as_written, format_duration, parse_duration
from simcrc.scenario.hours import Hours
from simcrc.scenario.quantities import NonNegative, Number, Share, split_after
from simcrc.scenario.texts import DATA, RESERVED, DataPath, Name, Target, Text, TimeZone
from simcrc.scenario.week import ByWeekday, DayProfile, DaySchedule, Instant, TimeRange, Weekday, format_time, parse_time, parse_weekdays

__all__ = [
    "DATA",
    "RESERVED",
    "ByWeekday",
    "DataPath",
    "DayProfile",
    "DaySchedule",
    "Duration",
    "Hours",
    "Instant",
    "Name",
    "NonNegative",
    "Number",
    "Share",
    "Span",
    "Target",
    "Text",
    "TimeRange",
    "TimeZone",
    "Weekday",
    "as_written",
    "format_duration",
    "format_time",
    "parse_duration",
    "parse_time",
    "parse_weekdays",
    "split_after",
]
