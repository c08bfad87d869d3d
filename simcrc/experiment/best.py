"""Which of the contenders is best by one metric, and how sure: KN (``simcrc.experiment.selection``) on the runs of variants.

``METRIC:min`` or ``METRIC:max`` says what is best, δ the smallest difference that matters, in the unit of the metric.  The procedure takes the figure of each
replication, of a ratio too (the mean of the replications' ratios, not the ratio of sums that tables print), and asks for more replications as it needs
them, of those contenders alone that are still in the running, up to a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcrc.experiment.asked import AskedError, unit_in_words, value_in
from simcrc.experiment.metrics import Metric, metrics, parts
from simcrc.experiment.selection import CAP, FIRST, LEVEL, Selected, select
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.experiment.metrics import Reals
    from simcrc.experiment.variants import Variants
    from simcrc.model.model import Model

Sense = Literal["min", "max"]
USUAL = {"share": 0.01, "s": 5.0, "h": 1.0, "days": 0.5, "score": 0.01}
"""δ unless it is written: one point, five seconds, an hour, half a day.  Of other units it must be written."""
FORM = Words(
    fr="« {text} » : INDICATEUR:min ou INDICATEUR:max est attendu, par exemple phone.asa:min",
    en='"{text}": INDICATOR:min or INDICATOR:max is expected, such as phone.asa:min',
)
DELTA = Words(
    fr="--best {text} : dites avec --delta la plus petite différence qui compte (en {unit})",
    en="--best {text}: say with --delta the smallest difference that matters (in {unit})",
)
ABOVE_ZERO = Words(fr="--delta {text} : une différence supérieure à 0 est attendue", en="--delta {text}: a difference above 0 is expected")
WITHOUT = Words(fr="--delta sans --best : il n'y a rien à choisir", en="--delta without --best: there is nothing to select")
NO_FIGURE = Words(
    fr="--best : {metric} n'existe pas dans toutes les réplications de {names} ; choisissez un autre indicateur",
    en="--best: {metric} does not exist in every replication of {names}; choose another indicator",
)


@dataclass(frozen=True)
class Aim:
    """What is best: the smallest or the largest `metric`; `delta` in its unit."""

    metric: Metric
    sense: Sense
    delta: float


@dataclass(frozen=True)
class Best:
    """What was selected among `names`, the base included."""

    aim: Aim
    names: tuple[str, ...]
    selected: Selected
    first: int
    cap: int
    level: float = LEVEL

    @property
    def name(self) -> str:
        """The one that was selected, or that leads where the cap came first."""
        return self.names[self.selected.best]

    @property
    def means(self) -> tuple[float, ...]:
        """The mean of each over its replications."""
        return tuple(self._sign * value for value in self.selected.means)

    @property
    def _sign(self) -> float:
        return -1.0 if self.aim.sense == "min" else 1.0


def aim(text: str | None, delta: str | float | None, models: Sequence[Model]) -> Aim | None:
    """What `text` and `delta` ask for.  Raises AskedError, UnknownFigureError."""
    if text is None:
        if delta is not None:
            raise AskedError.of(WITHOUT)
        return None
    name, _, sense = (part.strip() for part in text.rpartition(":"))
    if sense not in ("min", "max") or not name:
        raise AskedError.of(FORM, text=text)
    metric = metrics([name], models)[0]
    if delta is None:
        size = USUAL.get(metric.unit)
        if size is None:
            raise AskedError.of(DELTA, text=text, unit=unit_in_words(metric.unit))
    else:
        size = value_in(delta, metric.unit, name, difference=True) if isinstance(delta, str) else float(delta)
        if not size > 0:
            raise AskedError.of(ABOVE_ZERO, text=delta)
    return Aim(metric, "min" if sense == "min" else "max", size)


def best(variants: Variants, names: Sequence[str], what: Aim, run: Callable[[Sequence[str], range], None], first: int = FIRST, cap: int = CAP) -> Best:
    """Select among `names`; `run` simulates some of them in some replications; `first`: of all, at least 2.  Raises AskedError where a figure is missing."""
    sign = -1.0 if what.sense == "min" else 1.0

    def sample(systems: Sequence[int], replications: range) -> Reals:
        chosen = [names[system] for system in systems]
        run(chosen, replications)
        columns = [parts(variants, name, [what.metric], replications)[what.metric.name].values for name in chosen]
        missing = [name for name, values in zip(chosen, columns, strict=True) if not np.isfinite(values).all()]
        if missing:
            raise AskedError.of(NO_FIGURE, metric=what.metric.name, names=", ".join(missing))
        return sign * np.stack(columns, axis=1)

    return Best(what, tuple(names), select(sample, len(names), what.delta, first, max(first, cap)), first, max(first, cap))
