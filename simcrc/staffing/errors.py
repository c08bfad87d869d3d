"""What can be wrong with the question of a staffing: all troubles at once, a line each, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words, language

Trouble = tuple[Words, Mapping[str, str | Words]] | SimcrcError
"""Words and their fields, which may be words themselves; or an error that says itself."""


class StaffingError(SimcrcError):
    """A staffing that cannot be looked for: unknown teams, schedules that a policy changes, no hours."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(tuple(troubles))
        self.troubles = tuple(troubles)

    def say(self, lang: Lang) -> str:
        """One line a trouble."""
        return "\n".join(each.say(lang) if isinstance(each, SimcrcError) else said(*each, lang) for each in self.troubles)

    def __str__(self) -> str:
        return self.say(language())


class TargetError(StaffingError):
    """Targets that cannot be used."""


def said(words: Words, fields: Mapping[str, str | Words], lang: Lang) -> str:
    """`words` with their fields, in `lang`."""
    return words.say(lang, **{name: each.say(lang) if isinstance(each, Words) else each for name, each in fields.items()})
