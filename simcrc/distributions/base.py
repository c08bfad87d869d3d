"""What all distributions of durations have in common, and their registry (``law`` reads one from a scenario).

A family is one module of this package (or of an extension): a subclass of ``Distribution`` with the decorator ``family``.
It declares its parameters and gives its quantile function, mean and coefficient of variation; nothing else in simcrc
names a family.  Random numbers come from ``simcrc.draws``, which turns uniforms into durations by ``quantile``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import Field, ModelWrapValidatorHandler, SerializerFunctionWrapHandler, model_serializer, model_validator

from simcrc.distributions.faults import fault
from simcrc.scenario.base import Spec
from simcrc.scenario.units import NonNegative
from simcrc.words import Words

Floats = npt.NDArray[np.float64]
Cv = Annotated[NonNegative, Field(le=100.0)]
"""A coefficient of variation: standard deviation over mean."""


class Distribution(Spec):
    """A distribution of a duration, in microseconds.

    ``sole``: the parameter that may be written alone, ``{exponential: 5 min}`` for ``{exponential: {mean: 5 min}}``.
    """

    words: ClassVar[Words]
    name: ClassVar[str]
    sole: ClassVar[str | None] = None

    @abstractmethod
    def quantile(self, u: Floats) -> Floats:
        """The durations below which the shares `u` lie: microseconds (not rounded), shape of `u`; inf stands for "never".

        `u` in (0, 1), float64, one dimension.  Each element of the result depends on its own element of `u` only, to the last
        bit, so that draws in blocks and draws one by one agree.
        """

    @property
    @abstractmethod
    def mean(self) -> float:
        """The mean in microseconds; inf where a share of the mass is "never"."""

    @property
    @abstractmethod
    def cv(self) -> float:
        """The coefficient of variation: standard deviation over mean, 0 for a mean of zero, nan for an infinite mean."""

    @model_validator(mode="wrap")
    @classmethod
    def _alone(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if cls.sole is not None and not isinstance(value, Mapping | Distribution):
            value = {cls.sole: value}
        return handler(value)

    @model_serializer(mode="wrap")
    def _with_family(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        names = {name: field.alias or name for name, field in type(self).model_fields.items()}
        params = handler(self)
        return {self.name: {names.get(key, key): value for key, value in params.items() if value is not None}}


Family = TypeVar("Family", bound=type[Distribution])
_FAMILIES: dict[str, type[Distribution]] = {}


def family(name: str, words: Words) -> Callable[[Family], Family]:
    """Class decorator: register the family `name`, called `words` in French and English."""

    def register(cls: Family) -> Family:
        cls.words = words
        cls.name = name
        _FAMILIES[name] = cls
        return cls

    return register


def registered() -> dict[str, type[Distribution]]:
    """The registered families by name (use ``simcrc.distributions.families``, which also discovers the modules)."""
    return _FAMILIES


def one_way(cls: type[Distribution], given: Mapping[str, object], *ways: tuple[str, ...]) -> None:
    """Check that the parameters `given` (None: not written) are exactly those of one of the `ways` of writing `cls`.

    Raises the fault ``law_parameters`` otherwise.
    """
    found = {name for name, value in given.items() if value is not None}
    if found not in [set(way) for way in ways]:
        known = [" + ".join(way) for way in ways]
        raise fault("law_parameters", cls.name, expected=" | ".join(known), written=", ".join(sorted(found)) or "-")
