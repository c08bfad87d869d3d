"""The errors that simcrc raises on purpose; each can ``say`` itself to a person in French or English.

Anything else that comes out of simcrc is a defect.  What is wrong with a scenario is a list of
``simcrc.scenario.problems.Problem``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.scenario.problems import Problem


class SimcrcError(Exception):
    """Base of all errors of simcrc."""

    def say(self, lang: Lang) -> str:
        """The error in words, without a traceback."""
        return str(self)


class SpokenError(SimcrcError):
    """An error that is nothing but its words, filled with `fields`."""

    def __init__(self, words: Words, **fields: object) -> None:
        super().__init__(words, fields)
        self._words, self._fields = words, fields

    def say(self, lang: Lang) -> str:
        """In words."""
        return self._words.say(lang, **self._fields)

    def __str__(self) -> str:
        return self.say(language())


class ScenarioError(SimcrcError):
    """A scenario that cannot be used.  `problems`: all that is wrong with it, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def say(self, lang: Lang) -> str:
        """One line a problem: ``file:line:column: path: what was found, what was expected, did you mean …``."""
        return "\n".join(problem.say(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.say(language())


class SimulationError(SimcrcError):
    """A run that failed: the scenario is valid, and the simulation broke a promise (conservation, say) or a worker died."""
