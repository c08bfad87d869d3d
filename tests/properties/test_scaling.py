"""Without a calendar, what matters are proportions: rates and times scaled together by a power of two change nothing but units.

Times are whole microseconds, rounded when they are drawn, so the law is exact only if the unit of rounding is scaled too: every
distribution is wrapped in one that rounds to ticks (of 4 µs, so that factors for complex needs stay whole), and ticks are scaled with the
rest.  The parameters of the distributions are scaled by themselves, below the rounding.  The calendar is taken out of scenarios of the
whole language: always open, the same staff at all hours, arrivals given as instants.  Then that leaves the arrivals that are drawn: a day
scaled by two is a day all the same, with the needs of its first half spread over the whole.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from simcrc.distributions import Distribution, Law
from simcrc.distributions.base import Floats
from simcrc.draws import Philox
from simcrc.log import Kind
from simcrc.model.compile import compile
from simcrc.scenario.base import Spec
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.units import Span
from simcrc.words import Words
from tests.engine.small import HOUR, MINUTE, tell
from tests.properties.pen import MIDDLE, Pen
from tests.properties.profiles import examples
from tests.properties.scenarios import read, scenarios

TICK = 4
LENGTHS = frozenset({"mean", "median", "scale", "value", "low", "mode", "high"})  # parameters of distributions that are durations
DURATIONS = frozenset({"head_start", "within", "standard", "wait_half"})
LAW: TypeAdapter[Distribution] = TypeAdapter(Law)
WHOLE: dict[float, float] = {1.3: 1.5}  # factors for complex needs that would give parts of a microsecond


class Ticked(Distribution):
    """`of`, rounded to whole ticks of `tick` microseconds."""

    name: ClassVar[str] = "ticked"
    words: ClassVar[Words] = Words(fr="arrondie", en="ticked")

    of: Distribution
    tick: int

    def quantile(self, u: Floats) -> Floats:
        ticks: Floats = np.rint(self.of.quantile(u) / self.tick)
        return ticks * self.tick

    @property
    def mean(self) -> float:
        return self.of.mean

    @property
    def cv(self) -> float:
        return self.of.cv


def stretched(value: Any, by: int, key: str = "") -> Any:
    """The parameters of a distribution with its durations `by` times as long."""
    if isinstance(value, dict):
        return {inner: stretched(item, by, inner) for inner, item in value.items()}
    if key == "points":
        return [(time * by, share) for time, share in value]
    if isinstance(value, list | tuple):
        return [stretched(item, by) for item in value]
    return value * by if key in LENGTHS and isinstance(value, int) else value


def scaled(part: Any, by: int) -> Any:
    """A part of a scenario `by` times as slow, in ticks."""
    if isinstance(part, Distribution):
        return Ticked(of=LAW.validate_python(stretched(LAW.dump_python(part), by)), tick=TICK * by)
    if isinstance(part, Spec):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        return part.model_copy(update={name: longer(value, by) if name in DURATIONS else scaled(value, by) for name, value in fields.items()})
    if isinstance(part, dict):
        return {key: scaled(value, by) for key, value in part.items()}
    return tuple(scaled(value, by) for value in part) if isinstance(part, tuple) else part


def longer(value: Any, by: int) -> Any:
    """A duration, or durations by service, `by` times as long."""
    if isinstance(value, dict):
        return {key: longer(item, by) for key, item in value.items()}
    return None if value is None else value * by


def timeless(scenario: Scenario) -> Scenario:
    """`scenario` for a single day, without anything that the calendar or the clock on the wall has a say in."""
    channels: dict[str, Any] = {}
    for name, channel in scenario.channels.items():
        factor = channel.complex.handle_time
        complex = channel.complex.model_copy(update={"handle_time": WHOLE.get(factor, factor)})
        update: dict[str, Any] = {"hours": {}, "outages": (), "holidays": None, "complex": complex}
        if getattr(channel, "announce", None):
            update["announce"] = "last_wait"  # the other rule rounds a quotient
        channels[name] = channel.model_copy(update=update)
    teams = {}
    for number, (name, team) in enumerate(scenario.teams.items()):
        schedule = team.schedule.model_copy(update={"week": {tuple(range(7)): (float(number + 1),) * 48}})
        teams[name] = team.model_copy(update={"schedule": schedule, "shrinkage": 0.0, "breaks": (), "absence": 0.0})
    services = {name: service.model_copy(update={"volume": None}) for name, service in scenario.services.items()}
    period = {"warmup": Span(0, "days"), "horizon": Span(1, "days"), "timezone": "UTC", "holidays": (), "surges": ()}
    return scenario.model_copy(update=period | {"channels": channels, "teams": teams, "services": services})


def log(scenario: Scenario, arrivals: dict[int, np.ndarray]) -> np.ndarray:
    """The rows of a run with needs at the instants `arrivals` of each service."""
    return tell(compile(scenario, {service: (times, None) for service, times in arrivals.items()})).rows


@examples(60)
@given(scenarios(), st.integers(1, 4), st.integers(0, 2**32 - 1), st.sampled_from([1, MINUTE, 5 * MINUTE]))
def test_scaling_all_times_changes_nothing_but_units(scenario: Scenario, power: int, seed: int, grid: int) -> None:
    by = 2**power
    generator = np.random.default_rng(seed)
    sizes = generator.integers(0, 40, len(scenario.services))
    arrivals = {service: np.sort(generator.integers(0, HOUR // grid, n) * grid) for service, n in enumerate(sizes.tolist())}
    base = timeless(scenario)
    rows = log(scaled(base, 1), arrivals)
    slow = log(scaled(base, by).model_copy(update={"horizon": Span(by, "days")}), {service: times * by for service, times in arrivals.items()})
    rows[:, 0] *= by
    kind = rows[:, 1]
    announced = (kind == Kind.QUEUED) & (rows[:, 5] >= 0)
    rows[announced | (kind == Kind.AGENT_FREED), 5] *= by
    rows[kind == Kind.AGENT_LEFT, 3] *= by
    assert np.array_equal(rows, slow)


@st.composite
def laws(draw: Any) -> Distribution:
    """A distribution of any family."""
    law: Distribution = LAW.validate_python(Pen(draw).law(MIDDLE))
    return law


@examples(120)
@given(laws(), st.integers(1, 6), st.lists(st.floats(2.0**-52, 1 - 2.0**-52), min_size=1, max_size=30))
def test_distributions_scale_to_the_last_bit(law: Distribution, power: int, points: list[float]) -> None:
    u = np.array(points)
    by = 2**power
    slow = LAW.validate_python(stretched(LAW.dump_python(law), by))
    assert np.array_equal(slow.quantile(u), law.quantile(u) * by)
    assert slow.mean == law.mean * by
    assert np.array_equal([slow.cv], [law.cv], equal_nan=True)


@examples(30)
@given(st.lists(st.integers(0, 20), min_size=24, max_size=24).filter(any), st.integers(1, 2000), st.integers(0, 99), st.booleans())
def test_arrivals_of_half_a_day_spread_over_a_day(weights: list[int], per_day: int, seed: int, busy: bool) -> None:
    def needs(week: list[float]) -> tuple[np.ndarray, np.ndarray]:
        profile = {"week": {"Mon-Sun": {f"{half // 2:02d}:{half % 2 * 30:02d}": weight for half, weight in enumerate(week)}}}
        volume = {"per_day": per_day, "profile": profile} | ({"busyness": 3} if busy else {})
        document = {
            "simcrc": 1,
            "name": "arrivals",
            "start": "2007-01-08",
            "horizon": "1 day",
            "services": {"info": {"volume": volume}},
            "channels": {"mail": {"kind": "mail", "steps": {"open": {"handle_time": "1 min"}}}},
            "choice": {"first": {"table": {"default": {"default": {"mail": 1}}}}},
        }
        arrivals = compile(read(document)).demand.day(Philox(seed, 0), 0)
        return (np.zeros(0), np.zeros(0)) if arrivals is None else (arrivals.time, arrivals.need)

    fast, ids = needs([*map(float, weights), *[0.0] * 24])
    slow, same = needs([weight / 2 for weight in weights for _ in range(2)])
    assert len(fast) == len(slow)
    one, two = fast[np.argsort(ids)], slow[np.argsort(same)]
    assert (np.abs(two - 2 * one) <= 2).all()  # instants are rounded down to a microsecond
