"""The account of a fidelisation effect in words: what ``simcrc fidelisation`` prints, and what stands in its folder as text.

``fidelisation_tables`` and ``fidelisation_served`` make the tables, ``fidelisation_words`` holds the words, ``plain`` writes tables as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.experiment.headlines import together
from simcrc.experiment.results import UNDER
from simcrc.report import fidelisation_roles
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
        *(render(table) for table in (*served.by_segment(account), *served.never(account), *fidelisation_roles.roles(account), *served.objectives(account))),
    ]
    return "\n\n".join(parts)


def head(account: Account) -> str:
    """Title, what is compared, and over what."""
    from simcrc.experiment.pairs import DAY

    found, lang = account.found, account.lang
    base, policy = found.pairs.base.model.scenario, found.pairs.policy.model.scenario
    held = [each.name.say(lang) for each in base.policies]
    own = [each.name.say(lang) for each in policy.policies if each not in base.policies]
    lines = [
        words.TITLE.say(lang, policy=together(own, lang) or policy.name.say(lang)),
        words.OVER.say(lang, base=UNDER.say(lang, name=base.name.say(lang), policies=together(held, lang)) if held else base.name.say(lang)),
        words.COHORT.say(
            lang,
            n=len(found.pairs.numbers),
            needs=account.number(account.one("needs", None).mean or 0.0, 0),
            days=account.number(found.pairs.follow_up / DAY, 0 if found.pairs.follow_up % DAY == 0 else 1),
        ),
    ]
    lines.append(words.EFFECT.say(lang, **_effect(account, "contacts_per_need")))
    if any(row.reason == "zero" for row in account.all("contacts_per_need")):
        lines.append(words.EFFECT_ZERO.say(lang, **_effect(account, "contacts_zero_as_one")))
    if len(found.pairs.numbers) == 1:
        lines.append(words.ONE_PAIR.say(lang))
    if found.note is not None:
        lines.append(found.note.say(lang))
    return "\n".join(lines)


def _effect(account: Account, name: str) -> dict[str, str]:
    """Which way the contacts go, as far as the interval says, and by how much."""
    estimate, lang = account.one(name), account.lang
    low, high = (estimate.mean if end is None else end for end in (estimate.low, estimate.high))
    assert low is not None
    assert high is not None
    if low == high == 0:
        way = words.MOVES_NOT
    else:
        way = words.MOVES_UP if low > 0 else words.MOVES_DOWN if high < 0 else words.MOVES_UNCLEAR
    return {"way": way.say(lang), "change": account.within(estimate, lambda value: account.signed(value, account.places))}
