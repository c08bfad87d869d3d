"""What all measures have in common, and the registry of their kinds.

A measure kind is one module of this package (or of an extension): a subclass of ``Measure`` with the decorator
``measure_kind``.  It declares its fields and says in ``apply`` what a scenario becomes under it, at a dose between 0 and 1;
it never touches the engine.  ``Entry`` is a measure as it stands in a file: when it starts, how it comes into force, what
it costs, and one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator, Field, create_model, model_validator

from simcrc.policies.ramp import Ramp, one_ramp
from simcrc.scenario.base import Spec
from simcrc.scenario.faults import fault
from simcrc.scenario.units import NonNegative, Span, Text
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario.scenario import Scenario

Orientation = Annotated[int, Field(ge=1, le=7)]
"""One of the seven orientations of the Régie's strategy (2006): 1 know the clientele, 2 enrich the Internet and IVR offer,
3 promote the most effective channels, 4 stop promoting the least effective, 5 influence the next step, 6 involve staff and
partners, 7 encourage helpers."""

Attribute = tuple[str, ...]
"""The path of a value of the scenario that a measure sets."""


Trouble = tuple[tuple[str | int, ...], str, dict[str, Any]]
"""What is wrong with a measure: the place within it, the code of the words (``simcrc.scenario.sentences``), their fields."""


class Measure(Spec):
    """One thing that a policy does."""

    words: ClassVar[Words]

    def apply(self, scenario: Scenario, dose: float) -> Scenario:
        """`scenario` under the measure at `dose`, in (0, 1].  The scenario given stays as it is."""
        raise NotImplementedError

    def sets(self, scenario: Scenario) -> Iterable[Attribute]:
        """The values that it sets, so that two measures cannot both: nothing for what multiplies or adds up."""
        return ()

    def multiplies(self, scenario: Scenario) -> Iterable[Attribute]:
        """The values that it multiplies and that another measure may set: what is set while it holds would lose the factor."""
        return ()

    def problems(self, scenario: Scenario) -> Iterable[Trouble]:
        """What does not fit with `scenario`, as it is when the measure begins; asked once its names are known to exist."""
        return ()


class PolicyCost(Spec):
    """What a measure costs: `once` on its first day, `per_month` while it lasts."""

    once: NonNegative = 0.0
    per_month: NonNegative = 0.0


class Entry(Spec):
    """A measure of a policy: it starts `at`, comes into force by `ramp`, `lasts` (for ever if not written), costs `cost`, and belongs to an `orientation`."""

    name: Text | None = None
    at: date
    ramp: Annotated[Ramp, BeforeValidator(one_ramp)] = Ramp()
    lasts: Span | None = None
    cost: PolicyCost = PolicyCost()
    orientation: Orientation | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Entry:
        found = [name for name in kinds() if getattr(self, name, None) is not None]
        if type(self) is not Entry and len(found) != 1:
            raise fault("one_measure", ", ".join(found) or None, known=sorted(kinds()))
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.__getstate__(),)  # its class is made when it is asked for, so that it cannot be found by name

    @property
    def verb(self) -> str:
        """The name of its kind."""
        return next(name for name in kinds() if getattr(self, name, None) is not None)

    @property
    def does(self) -> Measure:
        """What it does."""
        found: Measure = getattr(self, self.verb)
        return found

    @property
    def end(self) -> date | None:
        """The first day on which it no longer holds."""
        return None if self.lasts is None else self.lasts.after(self.at)

    def dose(self, day: date) -> float:
        """Its dose on `day`; 0 before it starts and after it ended."""
        return 0.0 if self.end is not None and day >= self.end else self.ramp.dose(self.at, day)

    def days(self) -> list[date]:
        """The days on which its dose changes."""
        end = self.end
        return [*(day for day in self.ramp.steps(self.at) if end is None or day < end), *([] if end is None else [end])]


_KINDS: dict[str, type[Measure]] = {}
Kind = TypeVar("Kind", bound=type[Measure])


def measure_kind(name: str, words: Words) -> Callable[[Kind], Kind]:
    """Class decorator: register the measure kind `name`, called `words` in French and English."""

    def register(cls: Kind) -> Kind:
        cls.words = words
        _KINDS[name] = cls
        return cls

    return register


def kinds() -> dict[str, type[Measure]]:
    """The registered kinds by name (``simcrc.policies.kinds`` also discovers the modules)."""
    from simcrc.policies import discover

    discover()
    return _KINDS


def entry_type() -> type[Entry]:
    """``Entry`` with a field for each registered kind."""
    return _entry_type(tuple(sorted(kinds().items())))


def _restored(state: dict[Any, Any]) -> Entry:
    """A measure from its pickled state."""
    out = entry_type().__new__(entry_type())
    out.__setstate__(state)
    return out


@cache
def _entry_type(known: tuple[tuple[str, type[Measure]], ...]) -> type[Entry]:
    fields: dict[str, Any] = {name: (kind | None, None) for name, kind in known}
    return create_model("MeasureEntry", __base__=Entry, __doc__=Entry.__doc__, **fields)


def _dispatch(value: Any) -> Any:
    return value if isinstance(value, Entry) else entry_type().model_validate(value)


AnyEntry = Annotated[Entry, BeforeValidator(_dispatch)]
"""The type of a measure in a policy."""
