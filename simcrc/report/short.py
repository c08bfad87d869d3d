"""The short table in words: one row a headline figure, with its 95 % interval, its target, and whether it is met."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from simcrc.experiment.headlines import Headline, Verdict
from simcrc.report import verdicts
from simcrc.report.numbers import NONE, writer
from simcrc.words import Lang, Words

COLUMNS = (
    Words(fr="Indicateur", en="Indicator"),
    Words(fr="Où", en="Where"),
    Words(fr="Moyenne", en="Mean"),
    Words(fr="Intervalle à 95 %", en="95 % interval"),
    Words(fr="Cible", en="Target"),
    verdicts.COLUMN,
)
ONE_RUN = Words(
    fr="Une seule réplication : pas d'intervalle, et aucune cible n'est jugée.",
    en="A single replication: no intervals, and no target is judged.",
)
ENDLESS = Words(fr="croît sans fin", en="grows without end")
OF_WAITS = ("asa", "service_level", "turnaround_mean", "within_standard")
"""Figures that have no steady value where what waits grows without end."""
TO = Words(fr="{low} à {high}", en="{low} to {high}")


@dataclass(frozen=True)
class Row:
    """One row as it is read; `verdict` is for colours."""

    cells: tuple[str, ...]
    verdict: Verdict | None


def rows(headlines: Sequence[Headline], names: Mapping[str, Mapping[str, str]], lang: Lang, endless: Collection[str] = ()) -> list[Row]:
    """The short table in `lang`; `names`: what places are called, by identifier and language; `endless`: channels where what waits grows without end."""
    return [_row(headline, names, lang, headline.channel in endless and headline.indicator in OF_WAITS) for headline in headlines]


def _row(headline: Headline, names: Mapping[str, Mapping[str, str]], lang: Lang, endless: bool) -> Row:
    write = writer(headline.unit, headline.mean or 0.0, lang)
    interval = NONE if headline.low is None else TO.say(lang, low=write(headline.low), high=write(headline.high))
    target = "" if headline.target is None else f"{headline.sign}\u00a0{writer(headline.unit, headline.target, lang)(headline.target)}"
    verdict = "" if headline.verdict is None else verdicts.VERDICTS[headline.verdict].say(lang)
    about = (label(headline.indicator, lang), place(headline.channel, names, lang))
    if endless:
        return Row((*about, ENDLESS.say(lang), NONE, target, verdict), headline.verdict)
    return Row((*about, write(headline.mean), interval, target, verdict), headline.verdict)


def label(indicator: str, lang: Lang) -> str:
    """What an indicator is called; its name when it comes from an extension that is not loaded."""
    from simcrc.indicators import indicators

    found = indicators().get(indicator)
    return indicator if found is None else found.label.say(lang)


def place(channel: str | None, names: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    """What a channel, site or team is called."""
    if channel is None:
        return ""
    return names.get(channel, {}).get(lang, channel.removeprefix("team:"))
