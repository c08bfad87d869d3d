"""The table of a fidelisation effect about the roles of the channels: which share of each channel's contacts is in its role, with and without the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.report import fidelisation_words as words
from simcrc.report.by_segment import DEFINITIONS, ROLE, ROLE_COLUMNS, ROLES
from simcrc.report.plain import Table
from simcrc.scenario.role_words import described
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.report.fidelisation_account import Account

ALL = Words(fr="ensemble", en="all")
WHOLE = Words(
    fr="Sur toute la période mesurée ; la base et la politique sont jugées par les mêmes rôles.",
    en="Over the whole measured period, both arms judged by the same roles.",
)


def roles(account: Account) -> list[Table]:
    """The table; nothing where no roles are written."""
    scenario, lang = account.found.pairs.policy.model.scenario, account.lang
    if scenario.roles is None:
        return []
    columns = (ROLE_COLUMNS[0], words.BASE, words.POLICY, words.CHANGE, words.INTERVAL)
    table = Table(ROLES.say(lang), [word.say(lang) for word in columns])
    change = account.change(account.share, "share")
    channels = [name for name in scenario.channels if name in scenario.roles.channels]
    for label, where in [*((account.channel(name), {"channel": name}) for name in channels), (ALL.say(lang), {})]:
        arms = [account.one("in_role", arm, where) for arm in ("base", "policy", "change")]
        if arms[0].mean is not None or arms[1].mean is not None:
            table.rows.append((label, *(account.share(each.mean) for each in arms[:2]), change(arms[2].mean), account.interval(arms[2], change)))
    table.rules.add(len(table.rows) - 1)
    said = described(scenario, account.channels)
    table.notes += [ROLE.say(lang, channel=account.channel(name), cases=said["channels"][name][lang]) for name in channels]
    table.notes += [DEFINITIONS[word].say(lang, cases=cases[lang]) for word, cases in said["definitions"].items()]
    table.notes.append(WHOLE.say(lang))
    return [table]
