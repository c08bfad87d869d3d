"""Names of figures that do not exist, and what was likely meant: ``phone.nope`` → ``phone.fcr``.

A figure is named ``indicator``, ``channel.indicator``, ``channel.site.indicator`` or ``team:name.indicator``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from simcrc.errors import SimcrcError
from simcrc.scenario.faults import nearest
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.indicators.axes import Axes

NO_INDICATOR = Words(fr="aucun indicateur « {part} »", en='no indicator "{part}"')
NO_PLACE = Words(fr="aucun canal ni équipe « {part} »", en='no channel or team "{part}"')
NOT_HERE = Words(fr="cet indicateur n'existe pas à ce niveau de détail", en="the indicator does not exist at this level of detail")
NO_PART = {
    "service": Words(fr="aucun service « {part} »", en='no service "{part}"'),
    "segment": Words(fr="aucun segment « {part} »", en='no segment "{part}"'),
    "reason": Words(fr="aucun motif « {part} »", en='no reason "{part}"'),
    "channel": Words(fr="aucun canal « {part} »", en='no channel "{part}"'),
    "period": Words(fr="aucune période « {part} »", en='no period "{part}"'),
    "source": Words(fr="aucun point de départ « {part} »", en='no source "{part}"'),
    "target": Words(fr="aucun point d'arrivée « {part} »", en='no target "{part}"'),
}
NO_AXIS = Words(fr="aucun axe « {part} »", en='no axis "{part}"')
MOST = 12  # names that are listed
NEAR = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
THERE = Words(fr=" ; il y a {names}", en="; there are {names}")
LINE = Words(fr="{name} : {why}{near}", en="{name}: {why}{near}")


class UnknownFigureError(SimcrcError, KeyError):
    """There is no figure of that name.  `guess`: the name that was likely meant, or None; then `there`: the indicators of that place, or the places."""

    def __init__(self, name: str, why: Words, part: str, guess: str | None, there: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.name, self.guess, self.there, self._why, self._part = name, guess, there, why, part

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        near = NEAR.say(lang, guess=self.guess) if self.guess else THERE.say(lang, names=", ".join(self.there)) if self.there else ""
        return LINE.say(lang, name=self.name, why=self._why.say(lang, part=self._part), near=near)

    def __str__(self) -> str:
        return self.say(language())

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self._why, self._part, self.guess, self.there)


def unknown(name: str, known: Mapping[str, Collection[str]], said: str | None = None) -> UnknownFigureError:
    """The error about the figure `name`; `known`: the indicators of each place, those of all together under "".

    `said`: how the figure was written, where that is more than its name.
    """
    place, _, indicator = name.rpartition(".")
    written = said or name
    if place not in known:
        places = tuple(each for each in known if each and (">" in each) <= (">" in place))  # pairs of channels only to whom asks for one
        near = nearest(place, places)
        return UnknownFigureError(written, NO_PLACE, place, f"{near}.{indicator}" if near else None, places)
    homes = {each: home for home, names in list(known.items())[::-1] for each in names}
    if indicator in homes:
        other = _joined(homes[indicator], indicator) if indicator not in known[place] else None
        return UnknownFigureError(written, NOT_HERE, indicator, other)
    near = nearest(indicator, known[place])
    if near:
        return UnknownFigureError(written, NO_INDICATOR, indicator, _joined(place, near))
    near = nearest(indicator, homes)
    if near:
        return UnknownFigureError(written, NO_INDICATOR, indicator, _joined(homes[near], near))
    return UnknownFigureError(written, NO_INDICATOR, indicator, None, tuple(sorted(known[place])))


def unknown_part(name: str, asked: Mapping[str, object], known: Mapping[str, Collection[str]]) -> UnknownFigureError | None:
    """The error about the first of the parts `asked` of the figure `name` (``service="info"``) that is not among those that are `known` of its axis; None when
    all are."""
    for axis, part in asked.items():
        if axis not in known:
            return UnknownFigureError(name, NO_AXIS, axis, nearest(axis, known), tuple(known))
        if part is not None and part not in known[axis]:
            names = tuple(known[axis])
            return UnknownFigureError(name, NO_PART[axis], str(part), nearest(part, names), names if len(names) <= MOST else ())
    return None


def by_place(axes: Axes) -> dict[str, set[str]]:
    """The indicators that each channel has, and those of the whole organisation under ""; as ``unknown`` takes them."""
    from simcrc.indicators import indicators
    from simcrc.indicators.cells import Where, breakdown

    places = ("", *axes.labels["channel"])
    return {place: {name for name, known in indicators().items() if breakdown(known, Where(channel=place or None)) is not None} for place in places}


def _joined(place: str, indicator: str) -> str:
    return f"{place}.{indicator}" if place else indicator
