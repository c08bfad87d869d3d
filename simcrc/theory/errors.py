"""``TheoryError``: parameters for which a formula has no answer, said in one line of French or English, and the checks that raise it.

Every model checks its fields with these when it is made, so that a wrong value never becomes a wrong figure.
"""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words, language

NUMBER = Words(fr="{name} : {value} ; un nombre est attendu", en="{name}: {value}; a number is expected")
FINITE = Words(fr="{name} : {value} ; un nombre fini est attendu", en="{name}: {value}; a finite number is expected")
POSITIVE = Words(fr="{name} : {value} ; un nombre positif est attendu", en="{name}: {value}; a positive number is expected")
NOT_NEGATIVE = Words(fr="{name} : {value} ; un nombre qui n'est pas négatif est attendu", en="{name}: {value}; a number that is not negative is expected")
SHARE = Words(fr="{name} : {value} ; une part entre 0 et 1 est attendue", en="{name}: {value}; a share between 0 and 1 is expected")
WHOLE = Words(fr="{name} : {value} ; un entier d'au moins {least} est attendu", en="{name}: {value}; a whole number of at least {least} is expected")
TOO_MANY = Words(fr="{name} : {value} ; au plus {most} sont calculés exactement", en="{name}: {value}; at most {most} can be computed exactly")
OVERLOAD = Words(
    fr="surcharge : {load} erlangs pour {agents} préposés, la file croît sans fin ; il en faut au moins {needed}",
    en="overload: {load} erlangs for {agents} agents, the queue grows without end; at least {needed} are needed",
)


class TheoryError(SimcrcError, ValueError):
    """A formula that does not apply.  `argument`: the parameter that is wrong, when there is one.  `fields` fill the words."""

    def __init__(self, words: Words, argument: str | None = None, **fields: object) -> None:
        self.words, self.argument, self.fields = words, argument, fields
        super().__init__(words, argument, fields)

    def say(self, lang: Lang) -> str:
        """The error in one line."""
        return self.words.say(lang, **{name: _written(value, lang) for name, value in self.fields.items()})

    def __str__(self) -> str:
        return self.say(language())

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.words, self.argument, self.fields)


def _again(words: Words, argument: str | None, fields: dict[str, object]) -> TheoryError:
    return TheoryError(words, argument, **fields)


def _written(value: object, lang: Lang) -> str:
    if isinstance(value, float):
        text = f"{value:.10g}"
        return text.replace(".", ",") if lang == "fr" else text
    return value if isinstance(value, str) else repr(value)


def real(name: str, value: object) -> float:
    """`value` as a float; it may be infinite, not nan."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TheoryError(NUMBER, name, name=name, value=repr(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise TheoryError(NUMBER, name, name=name, value=number)
    return number


def finite(name: str, value: object) -> float:
    """`value` as a finite float."""
    number = real(name, value)
    if math.isinf(number):
        raise TheoryError(FINITE, name, name=name, value=number)
    return number


def positive(name: str, value: object, endless: bool = False) -> float:
    """`value` as a float above zero; `endless`: infinity is allowed (a patience without end, say)."""
    number = real(name, value) if endless else finite(name, value)
    if number <= 0:
        raise TheoryError(POSITIVE, name, name=name, value=number)
    return number


def not_negative(name: str, value: object, endless: bool = False) -> float:
    """`value` as a float of at least zero; `endless`: infinity is allowed."""
    number = real(name, value) if endless else finite(name, value)
    if number < 0:
        raise TheoryError(NOT_NEGATIVE, name, name=name, value=number)
    return number


def share(name: str, value: object) -> float:
    """`value` as a float between 0 and 1."""
    number = real(name, value)
    if not 0 <= number <= 1:
        raise TheoryError(SHARE, name, name=name, value=number)
    return number


def whole(name: str, value: object, least: int = 1, most: int | None = None) -> int:
    """`value` as an int between `least` and `most`; 14.0 is 14 (but a model that keeps its fields wants an int: ``evaluate`` sees to it)."""
    number = real(name, value)
    if isinstance(value, Integral):
        count = int(value)
    elif math.isfinite(number) and number == int(number):
        count = int(number)
    else:
        raise TheoryError(WHOLE, name, name=name, value=number, least=least)
    if count < least:
        raise TheoryError(WHOLE, name, name=name, value=count, least=least)
    if most is not None and count > most:
        raise TheoryError(TOO_MANY, name, name=name, value=count, most=most)
    return count


def stable(load: float, agents: int) -> None:
    """Refuse a load (erlangs) that `agents` cannot carry when nobody gives up."""
    if not load < agents:
        needed = math.floor(load) + 1 if math.isfinite(load) else "∞"
        raise TheoryError(OVERLOAD, "agents", load=float(load), agents=agents, needed=needed)
