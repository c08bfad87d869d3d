"""Conditions on what a comparison finds, ``--fail-on "phone.service_level<80%"``: written, checked before anything is simulated, judged afterwards.

``INDICATOR OP VALUE``, where OP is <, <=, > or >=.  It is about every alternative, and holds when it holds for any of them; ``NAME:INDICATOR OP VALUE`` is
about the variant of that name alone, ``base:`` about the base.  What is judged is the estimate, the figure that is printed, not its interval: with one seed a
condition always ends the same way.  Whether the interval agrees is said beside it.  A figure that does not exist (nobody called) counts as holding: a gate
that cannot be checked is not passed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simcrc.experiment.asked import AskedError, value_in
from simcrc.experiment.metrics import Metric, metrics
from simcrc.experiment.statistics import Estimate
from simcrc.scenario.faults import nearest
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.model import Model

Operator = Literal["<", "<=", ">", ">="]
_COMPARES = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_SAME = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">="}
_FORM = re.compile(r"\s*(?P<name>[^<>=≤≥]+?)\s*(?P<op><=|>=|=<|=>|<|>|≤|≥)\s*(?P<value>[^<>=≤≥]+?)\s*")
FORM = Words(
    fr="« {text} » : une condition de la forme INDICATEUR<VALEUR est attendue (<, <=, >, >=), par exemple phone.service_level<80%",
    en='"{text}": a condition of the form INDICATOR<VALUE is expected (<, <=, >, >=), such as phone.service_level<80%',
)
NOBODY = Words(fr="« {text} » : rien ne s'appelle « {name} » dans la comparaison{near}", en='"{text}": nothing in the comparison is called "{name}"{near}')
NEAR = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
THERE = Words(fr=" ; il y a {names}", en="; there are {names}")


@dataclass(frozen=True)
class Condition:
    """A condition as it was written (`text`), about the variant `arm` (None: each alternative)."""

    text: str
    arm: str | None
    metric: Metric
    op: Operator
    value: float

    def holds(self, estimate: Estimate) -> bool:
        """Whether it holds for a figure; of one that does not exist, yes."""
        return estimate.mean is None or bool(_COMPARES[self.op](estimate.mean, self.value))

    def clear(self, estimate: Estimate) -> bool:
        """Whether the whole interval says the same as the estimate."""
        if estimate.mean is None or estimate.low is None or estimate.high is None:
            return False
        return {bool(_COMPARES[self.op](end, self.value)) for end in (estimate.low, estimate.high)} == {self.holds(estimate)}


@dataclass(frozen=True)
class Outcome:
    """What became of a condition for the variant `arm`."""

    condition: Condition
    arm: str
    estimate: Estimate

    @property
    def holds(self) -> bool:
        """Whether the condition holds."""
        return self.condition.holds(self.estimate)

    @property
    def clear(self) -> bool:
        """Whether the whole interval says so."""
        return self.condition.clear(self.estimate)


def conditions(texts: Sequence[str], names: Sequence[str], models: Sequence[Model]) -> list[Condition]:
    """The conditions that `texts` write about the variants `names`, the base first.  Raises AskedError with all that is wrong, or UnknownFigureError."""
    from simcrc.errors import SimcrcError

    found: list[Condition] = []
    errors: list[SimcrcError] = []
    for text in texts:
        try:
            found.append(_condition(text, names, models))
        except SimcrcError as error:
            errors.append(error)
    if errors:
        raise AskedError.joined(errors)
    return found


def _condition(text: str, names: Sequence[str], models: Sequence[Model]) -> Condition:
    form = _FORM.fullmatch(text)
    if form is None:
        raise AskedError.of(FORM, text=text)
    arm, colon, name = form["name"].partition(":")
    if not colon or arm.strip() == "team":
        arm, name = "", form["name"]
    arm, name = arm.strip(), name.strip()
    if arm and arm not in names:
        guess = nearest(arm, names)
        near = Words(*(NEAR.say(lang, guess=guess) if guess else THERE.say(lang, names=", ".join(names)) for lang in ("fr", "en")))
        raise AskedError.of(NOBODY, text=text, name=arm, near=near)
    metric = metrics([name], [models[names.index(arm)]] if arm else models[1:])[0]
    op: Operator = _SAME.get(form["op"], form["op"])  # type: ignore[assignment]
    return Condition(text.strip(), arm or None, metric, op, value_in(form["value"], metric.unit, name))
