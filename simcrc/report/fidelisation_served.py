"""The tables of a fidelisation effect about people: how each segment is served, who never migrates, and whether the objectives of the policy are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcrc.experiment.segments import SERVED, Served
from simcrc.report import fidelisation_words as words
from simcrc.report.fidelisation_account import Account
from simcrc.report.judged import objectives as judged_table
from simcrc.report.numbers import writer
from simcrc.report.plain import Table

if TYPE_CHECKING:
    from simcrc.experiment.figures import Side

THREE: tuple[Side, Side, Side] = ("base", "policy", "change")


def by_segment(account: Account) -> list[Table]:
    """Each figure of all needs and of each segment in both arms, and the gap between the best and the worst served; of all alone where there is one
    segment."""
    lang, several = account.lang, len(account.segments) > 1
    columns = (words.FIGURE, words.SEGMENT, words.BASE, words.POLICY, words.CHANGE, words.INTERVAL)
    title = (words.SERVED if several else words.SERVED_ALL).say(lang)
    table = Table(title, [word.say(lang) for word in columns], left=2, notes=[words.GAP_NOTE.say(lang)] if several else [])
    for served in SERVED:
        lines = _lines(account, served)
        if lines:
            if several:
                table.rules.add(len(table.rows))
            table.rows += lines
    table.rules.discard(0)
    return [table]


def _lines(account: Account, served: Served) -> list[tuple[str, ...]]:
    """The rows of one figure."""
    lang, unit = account.lang, served.unit.replace("money", account.currency)
    names = account.segments if len(account.segments) > 1 else ()
    figures = {name: account.one(served.name, "policy", {"segment": name}).mean for name in names}
    known = {name: value for name, value in figures.items() if value is not None}
    whole = account.one(served.name, "policy").mean
    if whole is None and not known:
        return []
    write = writer(unit, max(abs(value) for value in (*known.values(), whole or 0.0)), lang)
    change = account.change(write, unit)
    out: list[tuple[str, ...]] = []
    for name in (*names, None):
        estimates = [account.one(served.name, arm, {"segment": name} if name else {}) for arm in THREE]
        if any(each.mean is not None for each in estimates):
            cells = [write(estimates[0].mean), write(estimates[1].mean), change(estimates[2].mean)]
            label = words.SERVED_NAMES[served.name].say(lang) if not out else ""
            out.append((label, account.segment(name) if name else words.ALL.say(lang), *cells, account.interval(estimates[2], change)))
    gaps = [account.one(f"{served.name}_gap", arm) for arm in THREE]
    if known and (gaps[0].mean is not None or gaps[1].mean is not None):
        ends = sorted(known, key=lambda name: known[name], reverse=served.better == "high")
        label = words.BEST.say(lang, best=account.segment(ends[0]), worst=account.segment(ends[-1]))
        out.append((words.GAP.say(lang), label, write(gaps[0].mean), write(gaps[1].mean), change(gaps[2].mean), account.interval(gaps[2], change)))
    return out


def never(account: Account) -> list[Table]:
    """Who uses no electronic channel in either arm; nothing where no channel is electronic."""
    scenarios = [arm.model.scenario for arm in (account.found.pairs.base, account.found.pairs.policy)]
    electronic = dict.fromkeys(name for scenario in scenarios for name, spec in scenario.channels.items() if spec.needs_access)
    if not electronic:
        return []
    lang = account.lang
    columns = (words.SEGMENT.say(lang), *(word.say(lang) for word in words.NEVER_COLUMNS))
    table = Table(words.NEVER.say(lang), columns, notes=[words.NEVER_NOTE.say(lang, channels=", ".join(map(account.channel, electronic)))])
    names = account.segments if len(account.segments) > 1 else ()
    lines: list[tuple[str, dict[str, str]]] = [(account.segment(name), {"segment": name}) for name in names]
    for label, where in [*lines, (words.ALL.say(lang), {})]:
        cells = [account.one("never_electronic", None, where), account.one("never_electronic_citizens", None, where)]
        shares = [account.one(f"electronic_{name}", None, where).mean for name in ("under_policy_only", "in_base_only")]
        table.rows.append((label, *(account.within(each, account.share) for each in cells), *(account.share(value) for value in shares)))
    if names:
        table.rules.add(len(names))
    return [table]


def objectives(account: Account) -> list[Table]:
    """The objectives of the policy; nothing where it has none."""
    judged, lang = account.found.objectives, account.lang
    if not judged:
        return []
    return [judged_table(judged, account.found.pairs.base.model.scenario, account.channels, words.OBJECTIVES.say(lang), lang)]
