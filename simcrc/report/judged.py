"""The table of the objectives of a policy: what each aims at, what became of it, and whether it is met.

``simcrc.experiment.objectives`` judges; ``fidelisation_words`` holds the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simcrc.report import fidelisation_words as words
from simcrc.report import short, verdicts
from simcrc.report.changes import Write, change_writer, interval
from simcrc.report.numbers import writer
from simcrc.report.plain import Table

if TYPE_CHECKING:
    from simcrc.experiment.objectives import Judged
    from simcrc.scenario import Scenario
    from simcrc.words import Lang


def objectives(judged: Sequence[Judged], scenario: Scenario, channels: Mapping[str, Mapping[str, str]], title: str, lang: Lang) -> Table:
    """The table, called `title`; `scenario`: the base; `channels`: what channels are called, by language."""
    columns = (words.OBJECTIVE, words.AIM, words.BASE, words.POLICY, words.CHANGE, words.INTERVAL, verdicts.COLUMN)
    table = Table(title, [word.say(lang) for word in columns], left=2)
    for each in judged:
        write = writer(each.unit, max(abs(each.base.mean or 0.0), abs(each.under_policy.mean or 0.0)), lang)
        change = _percents(lang) if each.relative else change_writer(each.unit, each.change.mean or 0.0, lang)
        figures = (write(each.base.mean), write(each.under_policy.mean), change(each.change.mean), interval(each.change, change, lang))
        table.rows.append((_called(each, scenario, channels, lang), _aim(each, lang), *figures, verdicts.VERDICTS[each.verdict].say(lang)))
    days = sorted({each.days for each in judged})
    table.notes.append(words.LAST_DAYS.say(lang, days=", ".join(map(str, days))))
    return table


def _called(each: Judged, scenario: Scenario, channels: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    """What an objective is called, or what it is about."""
    objective = each.objective
    if objective.name is not None:
        return objective.name.say(lang)
    if objective.indicator is not None:
        place, _, indicator = objective.indicator.rpartition(".")
        label = short.label(indicator, lang)
        return f"{short.place(place, channels, lang)}, {label}" if place else label
    services = ""
    if objective.services is not None:
        names = [(service.name.say(lang) if (service := scenario.services[name]).name else name) for name in objective.services]
        services = words.FOR_SERVICES.say(lang, services=", ".join(names))
    about = ", ".join(short.place(name, channels, lang) for name in objective.share or objective.volume)
    return (words.SHARE_OF if objective.share else words.VOLUME_OF).say(lang, channels=about, services=services)


def _aim(each: Judged, lang: Lang) -> str:
    """What it aims at."""
    objective = each.objective
    aim = words.AIMS[objective.goes].say(lang)
    if not objective.by_at_least:
        return aim
    pattern = words.AT_MOST if objective.goes == "not_up" else words.AT_LEAST
    return pattern.say(lang, aim=aim, least=writer("share", 0.0, lang)(objective.by_at_least))


def _percents(lang: Lang) -> Write:
    """A relative change, in percent with its sign."""
    plain = writer("share", 0.0, lang)

    def write(value: float | None) -> str:
        if value is None:
            return plain(None)
        sign = "" if not round(100 * value, 1) else "+" if value > 0 else "−"
        return sign + plain(abs(value))

    return write
