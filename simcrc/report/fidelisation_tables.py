"""The tables of a fidelisation effect: contacts per need by reason, service and segment; who gains and loses; moves; the saving.

Printed parts add up to what is printed of the whole (``simcrc.report.adding_up``): in the base and in the change they are rounded so, and the figure under
the policy is their sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simcrc.log import REASON_WORDS, Reason
from simcrc.report import fidelisation_words as words
from simcrc.report.adding_up import adding_up
from simcrc.report.fidelisation_account import ARMS, WHOLE, Account
from simcrc.report.numbers import NONE, writer
from simcrc.report.plain import Table

MOST_MOVES = 12


def _columns(account: Account, first: str, *more: str) -> tuple[str, ...]:
    lang = account.lang
    return (first, *more, *(word.say(lang) for word in (words.BASE, words.POLICY, words.CHANGE, words.INTERVAL)))


def _interval(account: Account, name: str, where: Mapping[str, str] = WHOLE) -> str:
    return account.interval(account.one(name, "change", where), lambda value: account.signed(value, account.places))


def by_reason(account: Account) -> Table:
    """Contacts per need of each reason in both arms; the parts add up, down and across."""
    lang, places = account.lang, account.places
    table = Table(words.BY_REASON.say(lang), _columns(account, words.REASON.say(lang)))
    shown = [reason for reason in Reason if account.one("contacts_per_need", "base", {"reason": reason.name.lower()}).mean is not None]
    parts = [[account.one("contacts_per_need", arm, {"reason": reason.name.lower()}).mean or 0.0 for reason in shown] for arm in ARMS]
    base, change = (adding_up(values, places, account.one("contacts_per_need", arm).mean) for values, arm in zip(parts, ARMS, strict=True))
    for reason, before, difference in zip(shown, base, change, strict=True):
        row = _row(account, before, difference, _interval(account, "contacts_per_need", {"reason": reason.name.lower()}))
        table.rows.append((REASON_WORDS[reason][lang], *row))
    table.rules.add(len(table.rows))
    table.rows.append((words.ALL.say(lang), *_row(account, sum(base), sum(change), _interval(account, "contacts_per_need"))))
    if Reason.ZERO in shown:
        one = [account.one("contacts_zero_as_one", arm).mean or 0.0 for arm in ARMS]
        rounded = [round(value, places) for value in one]
        table.rows.append((words.ZERO_AS_ONE.say(lang), *_row(account, rounded[0], rounded[1], _interval(account, "contacts_zero_as_one"))))
    return table


def _row(account: Account, before: float, difference: float, interval: str) -> tuple[str, str, str, str]:
    places = account.places
    return account.number(before, places), account.number(before + difference, places), account.signed(difference, places), interval


def by_part(account: Account) -> list[Table]:
    """Contacts per need of each service and of each segment, with its part of the change of all."""
    out = []
    axes: tuple[tuple[str, Sequence[str], str, str], ...] = (
        ("service", account.services, words.BY_SERVICE.say(account.lang), words.SERVICE.say(account.lang)),
        ("segment", account.segments, words.BY_SEGMENT.say(account.lang), words.SEGMENT.say(account.lang)),
    )
    for axis, names, title, column in axes:
        if len(names) > 1:
            out.append(_parts(account, axis, names, title, column))
    return out


def _parts(account: Account, axis: str, names: Sequence[str], title: str, column: str) -> Table:
    lang, places = account.lang, account.places
    table = Table(title, (*_columns(account, column, words.NEEDS.say(lang)), words.PART.say(lang)), notes=[words.PART_NOTE.say(lang)])
    called = account.service if axis == "service" else account.segment
    shown = [name for name in names if account.one("contacts_per_need", "change", {axis: name}).mean is not None]
    whole = account.one("contacts_per_need")
    parts = adding_up([account.one("contribution", "change", {axis: name}).mean or 0.0 for name in shown], places, whole.mean)
    needs = adding_up([account.one("needs", None, {axis: name}).mean or 0.0 for name in shown], 0, account.one("needs", None).mean)
    for name, part, count in zip(shown, parts, needs, strict=True):
        before, difference = (round(account.one("contacts_per_need", arm, {axis: name}).mean or 0.0, places) for arm in ARMS)
        row = _row(account, before, difference, _interval(account, "contacts_per_need", {axis: name}))
        table.rows.append((called(name), account.number(count, 0), *row, account.signed(part, places)))
    table.rules.add(len(table.rows))
    before, difference = (round(account.one("contacts_per_need", arm).mean or 0.0, places) for arm in ARMS)
    row = _row(account, before, difference, _interval(account, "contacts_per_need"))
    table.rows.append((words.ALL.say(lang), account.number(sum(needs), 0), *row, account.signed(sum(parts), places)))
    return table


def who(account: Account) -> Table:
    """Shares of needs that gained and lost, beside the placebo."""
    lang = account.lang
    table = Table(words.WHO.say(lang), [word.say(lang) for word in words.WHO_COLUMNS])
    for name, label in words.SHARES.items():
        net = name == "needs_net"
        estimate = account.one(name, "change" if net else None)
        placebo = account.one(name, "placebo").mean
        interval = account.interval(estimate, lambda value, net=net: account.share(value, net))  # type: ignore[misc]
        table.rows.append((label.say(lang), account.share(estimate.mean, net), interval, "" if placebo is None else account.share(placebo)))
    table.notes.append(_placebo(account))
    moved, unmoved = (account.one(f"contribution_{which}").mean or 0.0 for which in ("moved", "unmoved"))
    parts = adding_up([moved, unmoved], account.places, account.one("contacts_per_need").mean)
    table.notes.append(words.MOVED_PARTS.say(lang, moved=account.signed(parts[0], account.places), unmoved=account.signed(parts[1], account.places)))
    factor = account.one("narrower", None).mean
    if factor is not None:
        table.notes.append(words.NARROWER.say(lang, factor=account.number(factor, 1)))
    return table


def _placebo(account: Account) -> str:
    """What the placebo shows, and over which stretch."""
    pairs = account.found.pairs
    if account.one("needs_identical", "placebo").mean != 1.0:
        return words.PLACEBO_DIFFERS.say(account.lang)
    if pairs.placebo_days is None:
        return words.PLACEBO_SAME.say(account.lang)
    return words.PLACEBO_STRETCH.say(account.lang, days=pairs.placebo_days, needs=account.number(pairs.placebo_needs, 0))


def moves(account: Account) -> Table:
    """From where to where first contacts moved, the most needs first."""
    lang = account.lang
    table = Table(words.MOVES.say(lang), [word.say(lang) for word in (words.FROM, words.TO_CHANNEL, words.NEEDS, words.INTERVAL)], left=2)
    rows = sorted((row for row in account.all("moves") if row.service is None), key=lambda row: -(row.mean or 0.0))
    for row in rows[:MOST_MOVES]:
        interval = account.interval(row.estimate, lambda value: account.number(max(0.0, value or 0.0), 0))
        places = 0 if (row.mean or 0.0) >= 10 else 1
        table.rows.append((account.landing(row.source or ""), account.landing(row.target or ""), account.number(row.mean or 0.0, places), interval))
    rest = rows[MOST_MOVES:]
    if rest:
        table.rows.append((words.OTHERS.say(lang, n=len(rest)), "", account.number(sum(row.mean or 0.0 for row in rest), 0), ""))
    return table


def saving(account: Account) -> Table:
    """What was expected, what is obtained, what is eaten; by service."""
    lang, scenario = account.lang, account.found.pairs.base.model.scenario
    title = words.SAVING.say(lang, method=words.METHODS[scenario.costs.method].say(lang))
    table = Table(title, (words.SERVICE.say(lang), *(word.say(lang) for word in words.SAVING_COLUMNS)))
    whole = [account.one(f"saving_{name}") for name in ("expected", "obtained")]
    scale = max(abs(each.mean or 0.0) for each in whole)
    places, write = 2 if scale < 1000 else 0, writer(account.currency, scale, lang)
    names = account.services if len(account.services) > 1 else ()
    columns = [
        adding_up([account.one(f"saving_{name}", "change", {"service": service}).mean or 0.0 for service in names], places) for name in ("expected", "obtained")
    ]
    lines = [(account.service(name), {"service": name}, columns[0][k], columns[1][k]) for k, name in enumerate(names)]
    sums = [sum(column) if names else round(each.mean or 0.0, places) for column, each in zip(columns, whole, strict=True)]
    lines.append((words.ALL.say(lang), {}, sums[0], sums[1]))
    for label, where, expected, obtained in lines:
        cells = [
            account.within(account.one(f"saving_{name}", "change", where), write, value)
            for name, value in zip(("expected", "obtained", "lost"), (expected, obtained, expected - obtained), strict=True)
        ]
        eaten = account.one("saving_eaten", "change", where)
        table.rows.append((label, *cells, NONE if eaten.mean is None else account.within(eaten, account.share)))
    if names:
        table.rules.add(len(names))
    table.notes += [note.say(lang) for note in words.SAVING_NOTES]
    table.notes += _notes_on_money(account)
    return table


def _notes_on_money(account: Account) -> list[str]:
    """The rule of "0" calls, what the policy costs, and that cash needs staffing."""
    lang, pairs = account.lang, account.found.pairs
    scenario, policy = pairs.base.model.scenario, pairs.policy.model.scenario
    out = []
    if any(channel.via is not None for channel in pairs.base.model.channels) and scenario.costs.method == "per_contact":
        out.append(words.ZERO_RULES[scenario.costs.zero_call].say(lang))
    once, running = (account.one(f"policy_cost_{name}").mean or 0.0 for name in ("once", "running"))
    if once or running:
        write = writer(account.currency, max(once, running), lang)
        out.append(words.POLICY_COST.say(lang, once=write(once), running=write(running)))
    agents = account.one("agent_cost")
    staffing = policy.teams != scenario.teams or any(entry.verb == "staffing" for each in policy.policies for entry in each.measures)
    if not staffing:
        out.append(words.CASH.say(lang))
    elif agents.mean is None:
        out.append(words.CASH_UNKNOWN.say(lang))
    else:
        out.append(words.CASH_STAFF.say(lang, change=account.within(agents, account.change(writer(account.currency, abs(agents.mean), lang)))))
    return out
