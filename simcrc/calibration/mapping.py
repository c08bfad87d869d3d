"""The mapping: which column of an organisation's records is what.

A small language of its own, written in YAML and as strict as a scenario (``mapping_file`` reads it and says what is wrong with it, with file, line and
column).  Columns are named as in the header of the files; nothing here knows a particular centre: ``scenarios/bank/mapping.yaml`` describes one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt

from simcrc.scenario.base import Spec
from simcrc.scenario.replay import Condition, Values, conditions, several, strptime_form, text_keys
from simcrc.scenario.units import Duration, Hours, Name, Share, Text, TimeZone, Weekday

DAY = 86_400_000_000
Columns = Annotated[tuple[str, ...], BeforeValidator(several)]
"""A column, or a list of columns."""

Forms = Annotated[tuple[Annotated[str, AfterValidator(strptime_form)], ...], BeforeValidator(several)]
"""A form of date (strptime), or a list of them: the first that reads a text counts."""

Conditions = Annotated[tuple[Condition, ...], BeforeValidator(conditions)]
"""A condition {column: values}, or a list of which one has to be met; ``missing`` stands for the texts of `missing`."""

NamesByText = Annotated[dict[str, Name], BeforeValidator(text_keys)]
"""From a text in the file to a name of the piece."""


class Files(Spec):
    """What the files are like.  `format`: by the suffix unless written.  `separator`: the one that the header has most of.  `decimal`: the sign of numbers
    with decimals; without it both are read, which is safe as long as numbers have no signs between thousands."""

    format: Literal["csv", "txt", "parquet"] | None = None
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: str = "utf-8"
    decimal: Literal[".", ","] | None = None


class Period(Spec):
    """The days that count: `first` to `last` (those of the records unless written), without the days of `without` (known to be incomplete or unlike others)."""

    first: date | None = None
    last: date | None = None
    without: tuple[date, ...] = ()


class Times(Spec):
    """The instants of a call, in the order in which they pass; each a column, or a list of which the first that is there counts.

    With `date` (a column, read with `format`) the columns hold times of day (``h:mm:ss``, or `clock`, a form of strptime); one that lies more than half a
    day before the one before it is on the next day.  Without `date` they hold date and time, read with `format` (ISO 8601 unless written), in local time or
    with the offset that ``%z`` tells.

    `entered`: the first ring; only used to tell that the call crossed midnight.  `arrived`: seeks an agent; this is when the call counts.  `queued`: joins the
    queue (missing: did not wait).  `left`: leaves the queue.  `answered` and `ended`: of the service.
    """

    date: str | None = None
    format: Forms = ()
    clock: Forms = ()
    entered: Columns = ()
    arrived: Columns
    queued: Columns = ()
    left: Columns = ()
    answered: Columns = ()
    ended: Columns = ()

    order: ClassVar[tuple[str, ...]] = ("entered", "arrived", "queued", "left", "answered", "ended")


class Durations(Spec):
    """Lengths of time, where columns hold them; they go before differences of instants.

    `waited`: in the queue.  `handled`: with the agent, work after the call included.  `voice_unit`: before the queue (reported only).  `unit`: of all of them;
    ``clock`` is h:mm:ss or m:ss.
    """

    unit: Literal["seconds", "milliseconds", "minutes", "clock"] = "seconds"
    waited: str | None = None
    handled: str | None = None
    voice_unit: str | None = None


class Outcomes(Spec):
    """How the file writes what became of a call; a row is the first of these that it meets, in this order, and one that meets none is left out.

    `self_service`: ended in the voice unit (counted, no call for an agent).  `blocked`: reached no line.  `served`, `abandoned`: in the queue.
    Without `served`: served is who has an answer (`times.answered`, else a time with an agent); without `abandoned`: all others.
    """

    self_service: Conditions = ()
    blocked: Conditions = ()
    served: Conditions = ()
    abandoned: Conditions = ()


class Services(Spec):
    """What calls are about: the text of `column` by `values` (rows with another text are left out and counted), or `only` one service."""

    column: str | None = None
    values: NamesByText = Field(default_factory=dict)
    only: Name | None = None


class Segments(Spec):
    """Whose calls they are: the text of `column` by `values`.  `told`: whether the column can be trusted for every call, or for those only that queued."""

    column: str
    values: NamesByText
    told: Literal["always", "queued"] = "always"


class Callers(Spec):
    """Who calls: `column`, in which the texts of `missing` (besides the general ones) are nobody in particular.

    `within`: a call of the same caller counts as a call again when it comes within this time; with `same_service` only one about the same service.
    `generated`: whether the piece has citizens call again; then volumes are those of first calls.  Unless written, they do when at least `least` of all
    calls tell their caller.
    """

    column: str
    missing: Values = ()
    within: Duration = DAY
    same_service: bool = False
    generated: bool | None = None
    least: Share = 0.95


class Agents(Spec):
    """Who served: `column`, in which the texts of `missing` (besides the general ones) are nobody known.

    An agent is taken to be there from the first call of a session to the end of its last; a gap without a call longer than `logged_off` ends a session.
    `not_ready`: whether the piece has a law of the time from a call until the agent takes the next.
    """

    column: str
    missing: Values = ()
    logged_off: Duration = 900_000_000
    not_ready: bool = True


class Estimation(Spec):
    """How to estimate.

    `busyness_days`: weekdays that busyness is estimated from (all that have calls).  `shortest`: services under this length are no services: they count for
    mean and cv, not for the choice of the family.  `longest`: waits and services above it are faults of the file.  `profile_from`: calls from which on a
    service gets a profile of its own.  `points`: of an empirical law, at most.  `patience`: what the piece writes, the Kaplan–Meier curve or the family
    that fits best.
    """

    busyness_days: Weekday | None = None
    shortest: Duration = 0
    longest: Duration = DAY // 2
    profile_from: PositiveInt = 1000
    points: Annotated[int, Field(ge=4, le=200)] = 24
    patience: Literal["curve", "family"] = "curve"


class Mapping(Spec):
    """A whole mapping.  `scenario`: a part of a scenario that is laid over the piece as written, for what the records do not tell (names, currency, targets).
    `missing`: texts that mean "not there".  `drop`: rows to leave out, each entry counted apart."""

    calibrate: Literal[1]
    name: Text | None = None
    source: Text | None = None
    timezone: TimeZone
    channel: Name = "phone"
    team: Name = "agents"
    hours: Hours = Hours.parse("24/7")
    files: Files = Files()
    missing: Values = ("",)
    drop: Conditions = ()
    period: Period = Period()
    call: Columns = ()
    times: Times
    durations: Durations = Durations()
    outcomes: Outcomes = Outcomes()
    services: Services
    segments: Segments | None = None
    callers: Callers | None = None
    agents: Agents | None = None
    estimation: Estimation = Estimation()
    scenario: dict[str, Any] = Field(default_factory=dict)

    def columns(self) -> tuple[str, ...]:
        """The columns that the mapping names, once each."""
        names: list[str | None] = [*self.call, self.times.date, *(column for moment in Times.order for column in getattr(self.times, moment))]
        names += [self.durations.waited, self.durations.handled, self.durations.voice_unit, self.services.column]
        names += [part.column for part in (self.segments, self.callers, self.agents) if part is not None]
        outcomes = self.outcomes
        for condition in (*self.drop, *outcomes.self_service, *outcomes.blocked, *outcomes.served, *outcomes.abandoned):
            names += condition
        return tuple(dict.fromkeys(name for name in names if name is not None))


__all__ = ["Mapping", "Times"]
