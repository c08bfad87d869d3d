"""What the organisation renders, and how the needs for it arise: year, season, weekday, time of day, busyness of the day,
surges."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, PositiveFloat, PositiveInt

from simcrc.scenario.base import Spec
from simcrc.scenario.phases import Phase
from simcrc.scenario.privacy import Authentication
from simcrc.scenario.units import ByWeekday, DataPath, DayProfile, Duration, Instant, NonNegative, Share, Text


class Profile(Spec):
    """The shape of a week over 24 hours: weights by weekday group and time of day, each valid until the next time written; only
    their proportions count."""

    name: Text | None = None
    week: ByWeekday[DayProfile] = Field(default_factory=dict)
    file: DataPath | None = None  # columns weekday, time, weight


class Volume(Spec):
    """How many needs arise, and when.  One of per_year, per_day, per_hour, per_minute.

    per_year is the mean of a year of 365.25 days without holidays and surges: season and weekday factors only move needs about,
    the half-hour weights place them within the day. busyness: shape of the daily Gamma factor of mean 1 (large: calm);
    `shared`: correlation of that factor across services (Gaussian copula)."""

    per_year: NonNegative | None = None
    per_day: NonNegative | None = None
    per_hour: NonNegative | None = None
    per_minute: NonNegative | None = None
    profile: str | Profile | None = None
    season: dict[Literal["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], NonNegative] = Field(default_factory=dict)
    weekdays: ByWeekday[NonNegative] = Field(default_factory=dict)
    on_holidays: NonNegative = 1.0
    busyness: PositiveFloat | None = None
    shared: Share = 0.0


class Service(Spec):
    """One service.  `complexity`: share of its needs that are complex; `ambiguity`: share whose information is ambiguous, hence
    verified; `standard`: published delay.

    `needs`: who asks for it, a factor by segment (or ``default``) on the segment's own needs per citizen.  `asks`: which phase of an electronic service its
    needs ask for, shares that add up to 1; nothing written: any settles them.  `authentication`: how
    it makes sure who the citizen is, which some refuse to do on line (``privacy``).
    """

    name: Text | None = None
    volume: Volume | None = None
    complexity: Share = 0.0
    ambiguity: Share = 0.0
    standard: Duration | None = None
    priority: PositiveInt | None = None
    needs: dict[str, NonNegative] = Field(default_factory=dict)
    asks: dict[Phase, Share] = Field(default_factory=dict)
    authentication: Authentication = "none"


class Surge(Spec):
    """More needs for a while: a mass mailing, the media, an outage, the days after a holiday.

    `factor` multiplies the rate from `at` for `lasts`; with `half_life` what it adds fades.  `after_holidays: true` repeats it
    on the first weekday after each holiday, in place of `at`."""

    name: Text | None = None
    at: Instant | None = None
    after_holidays: bool = False
    lasts: Duration
    factor: NonNegative
    half_life: Duration | None = None
    services: tuple[str, ...] | None = None
