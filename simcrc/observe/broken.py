"""What can be wrong with a log: an engine broke a promise, and the run fails."""

from __future__ import annotations

from collections.abc import Callable

from simcrc.errors import SimulationError
from simcrc.words import Lang, Words

REASONS: dict[str, Words] = {
    "needs_twice": Words(fr="{count} besoins commencent deux fois", en="{count} needs start twice"),
    "closed_twice": Words(fr="{count} besoins se ferment deux fois", en="{count} needs close twice"),
    "resolved_twice": Words(fr="{count} besoins sont réglés deux fois", en="{count} needs are resolved twice"),
    "unknown_need": Words(
        fr="{count} lignes de besoins qui n'ont pas commencé ou sont fermés (p. ex. {example})",
        en="{count} rows of needs that have not started or are closed (e.g. {example})",
    ),
    "unknown_contact": Words(fr="{count} lignes de contacts qui n'ont pas commencé", en="{count} rows of contacts that have not started"),
    "after_close": Words(fr="{count} lignes de besoins déjà fermés", en="{count} rows of needs that are closed already"),
    "contact_twice": Words(fr="{count} contacts commencent deux fois ou sont mal numérotés", en="{count} contacts start twice or are badly numbered"),
    "ended_twice": Words(fr="{count} contacts se terminent deux fois", en="{count} contacts end twice"),
    "never_ended": Words(
        fr="{count} contacts de besoins fermés ne se terminent pas (p. ex. {example})", en="{count} contacts of closed needs do not end (e.g. {example})"
    ),
    "end_differs": Words(
        fr="{count} besoins dont la fin ne s'accorde pas avec leur règlement (p. ex. {example})",
        en="{count} needs whose end does not agree with their resolution (e.g. {example})",
    ),
    "order": Words(fr="les lignes ne sont pas dans l'ordre du temps", en="rows are not in the order of time"),
    "after_end": Words(fr="{count} lignes après l'horizon", en="{count} rows after the horizon"),
    "negative": Words(fr="{what} : {count} départs de plus que d'arrivées", en="{what}: {count} more departures than arrivals"),
    "needs": Words(
        fr="besoins : {started} apparus ≠ {resolved} réglés + {given_up} abandonnés + {open} ouverts",
        en="needs: {started} started ≠ {resolved} resolved + {given_up} given up + {open} open",
    ),
    "contacts": Words(
        fr="contacts : {offered} offerts ≠ {ended} terminés + {open} en cours", en="contacts: {offered} offered ≠ {ended} ended + {open} in progress"
    ),
}
_HEAD = Words(fr="La simulation a perdu le compte : {what}.", en="The simulation lost count: {what}.")


class BrokenLogError(SimulationError):
    """The log breaks conservation or its own grammar.  `reason`: which (a key of REASONS); `counts`: how many."""

    def __init__(self, reason: str, **counts: int | str) -> None:
        super().__init__(_HEAD.say("en", what=REASONS[reason].say("en", **counts)))
        self.reason, self.counts = reason, counts

    def __reduce__(self) -> tuple[Callable[..., BrokenLogError], tuple[str, dict[str, int | str]]]:
        return _again, (self.reason, self.counts)  # it travels between processes

    def say(self, lang: Lang) -> str:
        """The error in words."""
        return _HEAD.say(lang, what=REASONS[self.reason].say(lang, **self.counts))


def _again(reason: str, counts: dict[str, int | str]) -> BrokenLogError:
    return BrokenLogError(reason, **counts)
