"""Replay: the records of a real centre in place of generated demand.

A ``Replay`` says where the records are and how to read them: which column holds the instant, the service, the segment, which rows to
leave out, and how the file writes what happened, so that the simulated centre can be set beside the recorded one.
``simcrc.replay.read`` reads the rows, ``simcrc.replay.compare`` compares.  Nothing here knows a particular centre: see
``scenarios/bank/replay.yaml`` for one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from simcrc.scenario.base import Spec
from simcrc.scenario.faults import fault
from simcrc.scenario.units import DataPath, Hours, Share, Span


def several(value: Any) -> Any:
    """One value stands for a list of one."""
    return (value,) if isinstance(value, str | int | float) else value


def _texts(value: Any) -> Any:
    """YAML reads 990101 as a number; records are compared as text."""
    value = several(value)
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else value


def text_keys(value: Any) -> Any:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value


Values = Annotated[tuple[str, ...], BeforeValidator(_texts)]
"""Texts as they stand in the file; one or a list."""

Names = Annotated[dict[str, str], BeforeValidator(text_keys)]
"""From a text in the file to a name of the scenario."""

Condition = dict[str, Values]
"""Column → values; a row meets it when every column holds one of its values.  ``missing`` stands for the texts of `Replay.missing`."""


def strptime_form(value: str) -> str:
    """Refuse what strptime does not know."""
    try:
        datetime.strptime("", value)
    except ValueError as error:
        if "does not match" not in str(error):  # an empty text matches no form; anything else is a fault of the form
            raise fault("strptime", value) from None
    return value


def conditions(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


class ReplayTime(Spec):
    """When a contact arrives.

    Either `date` (a column, read with `format`) and `clock` (columns of the time of day, ``h:mm:ss`` or ``h:mm``; the first that is
    not missing counts), or `instant` alone: a column read with `format` that holds both.  `not_before`: a column of a time of day
    that precedes `clock`; where it is more than half a day later, the call crossed midnight and `clock` belongs to the next day.
    """

    date: str | None = None
    clock: Annotated[tuple[str, ...], BeforeValidator(several)] = ()
    instant: str | None = None
    format: Annotated[str, AfterValidator(strptime_form)] = "%Y-%m-%d"
    not_before: str | None = None


class ReplayService(Spec):
    """Which service a record asks for: the text of `column` by `values`; rows with another text are left out and counted.

    `only`: without a column, all records ask for this service.
    """

    column: str | None = None
    values: Names = Field(default_factory=dict)
    only: str | None = None


class UnknownSegment(Spec):
    """Rows whose segment the file does not tell, though the column says something: those that meet a condition of `when`.

    They are given segments in the proportions of `shares`, evenly spread in time.
    """

    when: Annotated[tuple[Condition, ...], BeforeValidator(conditions)]
    shares: dict[str, Share]


class ReplaySegment(Spec):
    """Which segment a record belongs to: the text of `column` by `values`.  Of the entries of `unknown` the first that a row meets counts."""

    column: str
    values: Names
    unknown: tuple[UnknownSegment, ...] = ()


class Recorded(Spec):
    """What the file says happened.

    `served` and `abandoned`: conditions.  `queued`: a column that is not missing when the contact had to wait; not written: those whose wait is
    longer than 0.  `wait`: a column of the wait in the queue; `work`: a column of the time with the agent; both in `unit` (``clock``: written
    h:mm:ss or m:ss).
    """

    served: Condition
    abandoned: Condition
    queued: str | None = None
    wait: str
    work: str | None = None
    unit: Literal["seconds", "minutes", "clock"] = "seconds"


class Persistence(Spec):
    """Records of an earlier period, read as the others: repeating its figures is the plain forecast that a model has to beat."""

    file: Annotated[tuple[DataPath, ...], BeforeValidator(several)]
    start: date
    horizon: Span


class Replay(Spec):
    """Records in place of demand.

    `file`: a CSV or .csv.gz, or several; ``{data}/`` at the beginning stands for the folder given by ``--data``.  `missing`: texts that mean "not there".
    `drop`: conditions; a row that meets one is left out.  Every row left out or repaired is counted by cause.

    `brings`: what a replayed citizen brings from the record besides the instant of arrival, as far as the record tells: ``work``
    (the time with the agent, of those served) and ``patience`` (the wait, of those who abandoned; of the others only that it is
    longer than their wait).  What it does not tell is drawn.

    `roster`: the agents who were there, a file with columns date, time, agents (and team, if there are several), each number valid until the
    next time of that date; it goes before the schedules on the dates that it has.

    `compared`: the hours over which the simulated centre is set beside the recorded one; `persistence`: an earlier period to repeat.
    """

    file: Annotated[tuple[DataPath, ...], BeforeValidator(several)]
    time: ReplayTime
    service: ReplayService
    segment: ReplaySegment | None = None
    drop: Annotated[tuple[Condition, ...], BeforeValidator(conditions)] = ()
    missing: Values = ("",)
    separator: str = ","
    encoding: str = "utf-8"
    recorded: Recorded | None = None
    brings: tuple[Literal["work", "patience"], ...] = ()
    roster: DataPath | None = None
    compared: Hours = Hours.parse("24/7")
    persistence: Persistence | None = None
