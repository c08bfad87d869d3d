"""The pictures of a notebook: ``results.plot.journeys()`` gives a matplotlib figure, one method a picture.

``Results``, ``Comparison`` and ``Fidelisation`` have a ``plot``; ``simcrc plot`` does the same at the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simcrc.errors import SpokenError
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simcrc.pictures.picture import Picture
    from simcrc.pictures.subject import Subject

NONE = Words(fr="pas d'image « {name} » : {why}", en='no picture "{name}": {why}')


class NoPictureError(SpokenError):
    """The results have no such picture; the words say what would give one."""


class Plots:
    """The pictures of some results, each drawn when it is asked for, in the language of the environment unless `lang` says otherwise.

    `narrow`: for a telephone.  NoPictureError where the results have no such picture.
    """

    def __init__(self, subject: Callable[[], Subject]) -> None:
        self._read = subject
        self._subject: Subject | None = None

    @property
    def subject(self) -> Subject:
        """What the pictures are about."""
        if self._subject is None:
            self._subject = self._read()
        return self._subject

    def picture(self, name: str) -> Picture:
        """The picture called `name`, with its finding, its text alternative and its data.  KeyError for a name that is none."""
        from simcrc.pictures import make
        from simcrc.pictures.picture import Absent

        made = make(name, self.subject)
        if isinstance(made, Absent):
            raise NoPictureError(NONE, name=name, why=made.why)
        return made

    def heatmap(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """Service level by half hour of the week, with staff against need."""
        return self._drawn("heatmap", lang, narrow)

    def day(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """A day: arrivals, agents needed and scheduled, service level, with bands."""
        return self._drawn("day", lang, narrow)

    def agents(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """Service level and occupancy against the number of agents, with Erlang A beside."""
        return self._drawn("agents", lang, narrow)

    def cost_wait(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """Cost against wait of the scenarios that are compared."""
        return self._drawn("cost_wait", lang, narrow)

    def shares(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """The share of each channel by month, with the measures of the policies."""
        return self._drawn("shares", lang, narrow)

    def journeys(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """From the first channel to the next, to resolved or given up; failure demand in its own colour."""
        return self._drawn("journeys", lang, narrow)

    def backlog(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """What waits in backlogs by age, against the published standard."""
        return self._drawn("backlog", lang, narrow)

    def fidelisation(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """Contacts per need by reason, base beside policy: the fidelisation effect in steps that add up."""
        return self._drawn("fidelisation", lang, narrow)

    def segments(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """How each segment is served, and how far apart they are."""
        return self._drawn("segments", lang, narrow)

    def differences(self, lang: Lang | None = None, narrow: bool = False) -> Figure:
        """Paired differences to the base with their intervals."""
        return self._drawn("differences", lang, narrow)

    def _drawn(self, name: str, lang: Lang | None, narrow: bool) -> Figure:
        return self.picture(name).figure(lang or language(), narrow)
