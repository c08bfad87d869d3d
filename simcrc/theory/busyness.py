"""Busy and calm days: the variance of daily counts when a Gamma factor of mean 1 multiplies the rate of the whole day.

Given the day the count is Poisson; over the days it is a mixed Poisson, negative binomial (Greenwood and Yule 1920; in call centres
Jongbloed and Koole 2001, Avramidis, Deslauriers and L'Ecuyer 2004).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simcrc.theory.errors import TheoryError, positive, real
from simcrc.theory.registry import model
from simcrc.words import Words

CALM = Words(
    fr="variance {variance} : au plus la moyenne {mean}, aucun facteur d'affluence n'en rend compte",
    en="variance {variance}: not above the mean {mean}, which no busyness factor explains",
)


@model("busyness")
@dataclass(frozen=True)
class Busyness:
    """`mean`: expected count of a day; `shape` of the Gamma factor, infinite when all days are alike."""

    mean: float
    shape: float = math.inf

    def __post_init__(self) -> None:
        positive("mean", self.mean)
        positive("shape", self.shape, endless=True)

    @property
    def daily_variance(self) -> float:
        """Variance of the count of a day: m + m²/k."""
        return self.mean * self.index_of_dispersion

    @property
    def daily_cv(self) -> float:
        """Coefficient of variation of the count of a day: √(1/m + 1/k)."""
        return math.sqrt(1.0 / self.mean + 1.0 / self.shape)

    @property
    def index_of_dispersion(self) -> float:
        """Variance over mean: 1 + m/k; 1 for a Poisson process."""
        return 1.0 + self.mean / self.shape

    @property
    def factor_cv(self) -> float:
        """Coefficient of variation of the factor itself, 1/√k."""
        return 1.0 / math.sqrt(self.shape)

    def shape_of(self, variance: float) -> float:
        """The shape that gives counts of mean `mean` this variance, by moments: m² / (variance − m).  Raises TheoryError if variance ≤ mean."""
        if real("variance", variance) <= self.mean:
            raise TheoryError(CALM, "variance", variance=float(variance), mean=float(self.mean))
        return self.mean**2 / (variance - self.mean)

    def p_at_most(self, count: float) -> float:
        """Probability of a day of at most `count` contacts."""
        from scipy.stats import nbinom, poisson

        n = math.floor(real("count", count))
        if n < 0:
            return 0.0
        if math.isinf(self.shape):
            return float(poisson.cdf(n, self.mean))
        return float(nbinom.cdf(n, self.shape, self.shape / (self.shape + self.mean)))
