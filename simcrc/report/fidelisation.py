"""The account of a fidelisation effect in words: what ``simcrc fidelisation`` prints, and what stands in its folder as text.

``fidelisation_tables`` and ``fidelisation_served`` make the tables, ``fidelisation_words`` holds the words, ``plain`` writes tables as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.report import fidelisation_served as served
from simcrc.report import fidelisation_tables as effect
from simcrc.report import fidelisation_words as words
from simcrc.report.fidelisation_account import Account
from simcrc.report.plain import render

if TYPE_CHECKING:
    from simcrc.experiment.fidelisation import Fidelisation
    from simcrc.words import Lang


def text(found: Fidelisation, lang: Lang) -> str:
    """The whole account."""
    account = Account(found, lang)
    parts = [
        head(account),
        *(render(table) for table in (effect.by_reason(account), *effect.by_part(account), effect.who(account))),
        render(effect.moves(account)) if account.all("moves") else words.NO_MOVES.say(lang),
        render(effect.saving(account)),
        *(render(table) for table in (*served.by_segment(account), *served.never(account), *served.objectives(account))),
    ]
    return "\n\n".join(parts)


def head(account: Account) -> str:
    """Title, what is compared, and over what."""
    from simcrc.experiment.pairs import DAY

    found, lang = account.found, account.lang
    base, policy = found.pairs.base.model.scenario, found.pairs.policy.model.scenario
    own = [each.name.say(lang) for each in policy.policies if each not in base.policies]
    lines = [
        words.TITLE.say(lang, policy=" + ".join(own) or policy.name.say(lang)),
        words.OVER.say(lang, base=base.name.say(lang)),
        words.COHORT.say(
            lang,
            n=len(found.pairs.numbers),
            needs=account.number(account.one("needs", None).mean or 0.0, 0),
            days=f"{found.pairs.follow_up / DAY:g}",
        ),
    ]
    if len(found.pairs.numbers) == 1:
        lines.append(words.ONE_PAIR.say(lang))
    if found.note is not None:
        lines.append(found.note.say(lang))
    return "\n".join(lines)
