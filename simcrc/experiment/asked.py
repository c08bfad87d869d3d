"""Values that a person writes beside an indicator, read in its unit: ``80%`` of a share, ``60s`` or ``2 min`` of a time, ``4.50$`` of money, ``1 point``.

``simcrc.experiment.conditions`` reads conditions with it, ``best`` the smallest difference that matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from simcrc.errors import SimcrcError
from simcrc.indicators.cells import SECONDS
from simcrc.scenario.durations import parse_duration
from simcrc.scenario.quantities import NUMBER, exact
from simcrc.words import Lang, Words, language

_NUMBER = re.compile(rf"\s*(?P<before>\$|[A-Z]{{3}})?\s*(?P<number>{NUMBER})\s*(?P<after>%|\$|[A-Z]{{3}}|points?|pts?)?\s*", re.IGNORECASE)

SHARE = Words(fr="une part, par exemple 80%", en="a share, such as 80%")
POINTS = Words(fr="une différence de parts, par exemple « 1 point » ou 1%", en='a difference of shares, such as "1 point" or 1%')
TIME = Words(fr="une durée avec son unité, par exemple 60s", en="a duration with its unit, such as 60s")
MONEY = Words(fr="un montant en {currency}, par exemple 4.50", en="an amount in {currency}, such as 4.50")
PLAIN = Words(fr="un nombre", en="a number")
UNITS = {
    "contacts/need": Words(fr="contacts par besoin", en="contacts per need"),
    "money": Words(fr="{currency}", en="{currency}"),
    "money/need": Words(fr="{currency} par besoin", en="{currency} per need"),
    "money/contact": Words(fr="{currency} par contact", en="{currency} per contact"),
    "h/need": Words(fr="heures par besoin", en="hours per need"),
    "s": Words(fr="secondes", en="seconds"),
    "h": Words(fr="heures", en="hours"),
    "days": Words(fr="jours", en="days"),
    "items": Words(fr="envois", en="items"),
    "agents": Words(fr="préposés", en="agents"),
    "lines": Words(fr="lignes", en="lines"),
    "FTE": Words(fr="ETC", en="FTE"),
    "share": Words(fr="part de 0 à 1", en="share from 0 to 1"),
    "score": Words(fr="note de 0 à 1", en="score from 0 to 1"),
    "count": Words(fr="nombre", en="number"),
    "contacts": Words(fr="contacts", en="contacts"),
}
"""Units of indicators in words; ``money`` is the currency of the scenario."""
REFUSED = Words(fr="« {text} » : attendu pour {name} : {expected}", en='"{text}": expected for {name}: {expected}')


class AskedError(SimcrcError):
    """What was asked cannot be understood.  `lines`: what is wrong, each with its fields."""

    def __init__(self, *lines: tuple[Words, dict[str, object]]) -> None:
        super().__init__(lines)
        self.lines = lines

    @classmethod
    def of(cls, words: Words, **fields: object) -> AskedError:
        """One line."""
        return cls((words, fields))

    @classmethod
    def joined(cls, errors: Sequence[SimcrcError]) -> SimcrcError:
        """Several errors as one, said line by line."""
        if len(errors) == 1:
            return errors[0]
        said = [Words(error.say("fr"), error.say("en")) for error in errors]
        return cls(*((words, dict[str, object]()) for words in said))

    def say(self, lang: Lang) -> str:
        """One line for each."""
        said: dict[str, None] = {}
        for words, fields in self.lines:
            text = words.say(lang, **{key: value.say(lang) if isinstance(value, Words) else value for key, value in fields.items()})
            said[text] = None
        return "\n".join(said)

    def __str__(self) -> str:
        return self.say(language())


def value_in(text: str, unit: str, name: str, difference: bool = False) -> float:
    """The value that `text` writes, in the `unit` of the indicator called `name`; of a `difference` of shares ``1 point`` is 0.01.  Raises AskedError."""
    if unit in SECONDS or unit == "h/need":
        return _time(text, unit, name)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise _refused(text, unit, name, difference)
    try:
        number = float(exact(found["number"].strip()))
    except (ValueError, OverflowError):
        raise _refused(text, unit, name, difference) from None
    before, after = (found["before"] or "").upper(), (found["after"] or "").lower()
    points = after.startswith(("point", "pt"))
    money = before or (after.upper() if after == "$" or (len(after) == 3 and not points) else "")
    currency = unit.partition("/")[0] if _is_money(unit) else ""
    if (money and money not in ("$", currency)) or (money and not currency) or (points and not (difference and unit == "share")):
        raise _refused(text, unit, name, difference)
    if unit == "share":
        share = number / 100 if after == "%" or points else number
        if not -1 <= share <= 1:
            raise _refused(text, unit, name, difference)
        return share
    if after == "%":
        raise _refused(text, unit, name, difference)
    return number


def unit_in_words(unit: str) -> Words:
    """A unit of a ``Metric``, whose money is a currency, as a person calls it."""
    currency = unit.partition("/")[0] if _is_money(unit) else ""
    words = UNITS[unit.replace(currency, "money", 1) if currency else unit]
    return Words(words.say("fr", currency=currency), words.say("en", currency=currency))


def _time(text: str, unit: str, name: str) -> float:
    negative = text.strip().startswith("-")
    try:
        microseconds = parse_duration(text.strip().removeprefix("-"))
    except ValueError:
        raise _refused(text, unit, name, False) from None
    return (-1 if negative else 1) * microseconds / 1e6 / SECONDS.get(unit, SECONDS["h"])


def _is_money(unit: str) -> bool:
    currency = unit.partition("/")[0]
    return len(currency) == 3 and currency.isupper() and currency != "FTE"


def _refused(text: str, unit: str, name: str, difference: bool) -> AskedError:
    expected = POINTS if difference and unit == "share" else SHARE if unit == "share" else TIME if unit in SECONDS or unit == "h/need" else PLAIN
    if _is_money(unit):
        currency = unit.partition("/")[0]
        expected = Words(*(MONEY.say(lang, currency=currency) for lang in ("fr", "en")))
    return AskedError.of(REFUSED, text=text.strip(), expected=expected, name=name)
