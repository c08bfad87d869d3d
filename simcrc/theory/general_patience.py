"""M/M/c+G: patience of any law, unlimited waiting places (Baccelli and Hébuterne 1981; Zeltyn and Mandelbaum 2005).  For the figures, see ``waiting``."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simcrc.theory.erlang_b import MOST_SERVERS
from simcrc.theory.errors import TheoryError, not_negative, positive, whole
from simcrc.theory.patience import Exponential, Gamma, Lognormal, Mixture, Patience, Uniform, Weibull
from simcrc.theory.registry import model
from simcrc.theory.survival import Survival
from simcrc.theory.unlimited import Unlimited
from simcrc.theory.waiting import Queue, Waiting
from simcrc.words import Words

LAWS = ("exponential", "deterministic", "uniform", "erlang", "gamma", "weibull", "lognormal", "hyperexponential")

UNKNOWN = Words(fr="patience_law : « {value} » ; une de {known} est attendue", en='patience_law: "{value}"; one of {known} is expected')
ONE_OF = Words(fr="patience_law {law} : donner {known}", en="patience_law {law}: give {known}")
NOTHING_ELSE = Words(fr="patience_law {law} ne prend pas {name}", en="patience_law {law} does not take {name}")
BETWEEN = Words(fr="{name} : {value} ; entre {low} et {high} pour la loi {law}", en="{name}: {value}; between {low} and {high} for the law {law}")
BOTH = Words(fr="survival remplace patience_law et ses paramètres", en="survival stands instead of patience_law and its parameters")
NOT_A_SURVIVAL = Words(
    fr="survival : une fonction décroissante entre 1 et 0 est attendue, qui prend et rend des tableaux",
    en="survival: a falling function between 1 and 0 is expected, that takes and gives arrays",
)

TAKES = {
    "exponential": (),
    "deterministic": (),
    "uniform": ("patience_cv",),
    "erlang": ("patience_shape",),
    "gamma": ("patience_shape", "patience_cv"),
    "weibull": ("patience_shape", "patience_cv"),
    "lognormal": ("patience_shape", "patience_cv"),
    "hyperexponential": ("patience_cv",),
}


@model("general_patience")
@dataclass(frozen=True)
class GeneralPatience(Waiting):
    """M/M/c+G.  `arrival_rate` per unit of time, mean `handle_time`, `agents`, and patience by its law or by its survival function.

    `patience_law`: one of ``LAWS``, of mean `patience_mean`, with `patience_shape` (phases of erlang; shape of gamma and weibull; standard deviation
    of the logarithm for lognormal) or `patience_cv` (coefficient of variation: uniform, gamma, weibull, lognormal, hyperexponential with two
    phases of balanced means).  `survival`: a function P(patience > v) on arrays of times; it may keep some who never give up, or start below 1 for those
    who leave rather than queue at all; `patience_mean` may then give its order of size.

    Raises TheoryError when those who never give up are more than the agents can carry.
    """

    arrival_rate: float
    handle_time: float
    agents: int
    patience_law: str = "exponential"
    patience_mean: float | None = None
    patience_shape: float | None = None
    patience_cv: float | None = None
    survival: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        positive("arrival_rate", self.arrival_rate)
        positive("handle_time", self.handle_time)
        whole("agents", self.agents, most=MOST_SERVERS)
        self._patience  # noqa: B018 - checked now, not at the first figure

    @cached_property
    def _patience(self) -> Patience:
        if self.survival is not None:
            if self.patience_law != "exponential" or self.patience_shape is not None or self.patience_cv is not None:
                raise TheoryError(BOTH, "survival")
            scale = self.handle_time if self.patience_mean is None else positive("patience_mean", self.patience_mean)
            return _checked(Survival(self.survival, scale))
        return law(self.patience_law, self.patience_mean, self.patience_shape, self.patience_cv)

    @cached_property
    def _queue(self) -> Queue:
        return Unlimited(self.arrival_rate, self.handle_time, self.agents, self._patience)


def law(name: str, mean: float | None, shape: float | None = None, cv: float | None = None) -> Patience:
    """The law `name` of ``LAWS`` by its mean and its shape or coefficient of variation."""
    if name not in LAWS:
        raise TheoryError(UNKNOWN, "patience_law", value=str(name), known=", ".join(LAWS))
    if mean is None:
        raise TheoryError(ONE_OF, "patience_mean", law=name, known="patience_mean")
    mean = positive("patience_mean", mean, endless=name == "exponential")
    given = {key: value for key, value in {"patience_shape": shape, "patience_cv": cv}.items() if value is not None}
    for key in given:
        if key not in TAKES[name]:
            raise TheoryError(NOTHING_ELSE, key, law=name, name=key)
    if TAKES[name] and len(given) != 1:
        raise TheoryError(ONE_OF, TAKES[name][0], law=name, known=" / ".join(TAKES[name]))
    return _BY_NAME[name](mean, shape, cv)


def _within(argument: str, value: float, name: str, low: float, high: float) -> float:
    value = not_negative(argument, value)
    if not low <= value <= high:
        raise TheoryError(BETWEEN, argument, name=argument, value=value, low=low, high=high, law=name)
    return value


def _uniform(mean: float, shape: float | None, cv: float | None) -> Patience:
    half = mean * math.sqrt(3.0) * _within("patience_cv", cv or 0.0, "uniform", 0.0, 0.5773502691896258)
    return Uniform(max(0.0, mean - half), mean + half)


def _erlang(mean: float, shape: float | None, cv: float | None) -> Patience:
    return Gamma(mean, whole("patience_shape", shape, most=1_000_000))


def _gamma(mean: float, shape: float | None, cv: float | None) -> Patience:
    if shape is None:
        shape = _within("patience_cv", cv or 0.0, "gamma", 1e-3, 30.0) ** -2
    return Gamma(mean, _within("patience_shape", shape, "gamma", 1e-3, 1e6 * (1 + 1e-9)))


def _weibull(mean: float, shape: float | None, cv: float | None) -> Patience:
    if shape is None:
        shape = _weibull_shape(_within("patience_cv", cv or 0.0, "weibull", 1e-3, 400.0))
    return Weibull(mean, _within("patience_shape", shape, "weibull", 0.1, 1e4))


def _weibull_shape(cv: float) -> float:
    """The shape that gives `cv`, by bisection: the cv falls as the shape grows."""
    low, high = math.log(0.1), math.log(1e4)
    for _ in range(100):
        middle = (low + high) / 2.0
        inverse = math.exp(-middle)
        more = math.lgamma(1.0 + 2.0 * inverse) - 2.0 * math.lgamma(1.0 + inverse) > math.log1p(cv * cv)
        low, high = (middle, high) if more else (low, middle)
    return math.exp((low + high) / 2.0)


def _lognormal(mean: float, shape: float | None, cv: float | None) -> Patience:
    if shape is None:
        shape = math.sqrt(math.log1p(_within("patience_cv", cv or 0.0, "lognormal", 1e-3, 1e6) ** 2))
    return Lognormal(mean, _within("patience_shape", shape, "lognormal", 1e-3, 10.0))


def _hyperexponential(mean: float, shape: float | None, cv: float | None) -> Patience:
    squared = _within("patience_cv", cv or 0.0, "hyperexponential", 1.0, 1e3) ** 2
    first = 0.5 * (1.0 + math.sqrt((squared - 1.0) / (squared + 1.0)))
    second = 1.0 / (squared + 1.0) / (2.0 * first)  # 1 − first, without loss of digits
    return Mixture((first, second), (mean / (2.0 * first), mean / (2.0 * second)))


_BY_NAME: dict[str, Callable[[float, float | None, float | None], Patience]] = {
    "exponential": lambda mean, shape, cv: Exponential(mean),
    "deterministic": lambda mean, shape, cv: Uniform(mean, mean),
    "uniform": _uniform,
    "erlang": _erlang,
    "gamma": _gamma,
    "weibull": _weibull,
    "lognormal": _lognormal,
    "hyperexponential": _hyperexponential,
}


def _checked(law: Survival) -> Patience:
    """`law` if it looks like a survival function on a first sample of times."""
    import numpy as np

    times = np.array([[0.0, *law.edges]])
    try:
        values = law.survival(times)
    except (TypeError, ValueError, AttributeError):
        raise TheoryError(NOT_A_SURVIVAL, "survival") from None
    if values.shape != times.shape or not np.all((values >= 0.0) & (values <= 1.0)) or np.any(np.diff(values) > 1e-12):
        raise TheoryError(NOT_A_SURVIVAL, "survival")
    return law
