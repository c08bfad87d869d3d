"""The tables of a run about people: how each segment is served, how far apart the best and the worst are, who never migrates; and which share of each channel's
contacts is in its role.

They follow the short table of a run (``simcrc.report.short``), and read the table of indicators alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from simcrc.experiment.statistics import Estimate
from simcrc.report.numbers import NONE, points, writer
from simcrc.report.plain import Table
from simcrc.report.short import TO, place
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.results import Results

TITLE = Words(fr="Comment chaque segment est servi", en="How each segment is served")
SEGMENT = Words(fr="Segment", en="Segment")
COLUMNS: dict[str, tuple[Words, bool]] = {  # is more of it better?
    "wait_mean": (Words(fr="Attente", en="Wait"), False),
    "completion": (Words(fr="Mené à terme", en="Completed"), True),
    "satisfaction": (Words(fr="Satisfaction", en="Satisfaction"), True),
    "contacts_per_need": (Words(fr="Contacts par besoin", en="Contacts per need"), False),
    "cost_per_need": (Words(fr="Coût par besoin", en="Cost per need"), False),
    "never_electronic": (Words(fr="Hors électronique", en="Not electronic"), False),
    "never_electronic_citizens": (Words(fr="Ne migrent pas", en="Never migrate"), False),
}
ALL = Words(fr="tous", en="all")
GAP = Words(fr="écart", en="gap")
INTERVAL = Words(fr="  intervalle à 95 %", en="  95 % interval")
BEST = Words(fr="  le mieux servi", en="  best served")
WORST = Words(fr="  le moins bien", en="  worst served")
NOTES = (
    Words(
        fr="Attente de ceux qui ont attendu en file ; mené à terme : part du libre-service ; satisfaction : fonction énoncée du scénario.",
        en="Wait of those who queued; completed: share of self-service; satisfaction: a stated function of the scenario.",
    ),
    Words(
        fr="Hors électronique : besoins sans contact sur un canal qui demande d'être en ligne ; ne migrent pas : citoyens qui n'en ont pris aucun.",
        en="Not electronic: needs without a contact on a channel that asks for being on line; never migrate: citizens who took none.",
    ),
    Words(
        fr="Écart : le plus grand moins le plus petit, dans chaque réplication ; le hasard seul le rend positif.",
        en="Gap: largest minus smallest, in each replication; chance alone makes it positive.",
    ),
)

ROLES = Words(fr="Contacts dans le rôle de leur canal", en="Contacts in the role of their channel")
ROLE_COLUMNS = (
    Words(fr="Canal", en="Channel"),
    Words(fr="Dans son rôle", en="In its role"),
    Words(fr="Intervalle à 95 %", en="95 % interval"),
    Words(fr="Hors de son rôle", en="Out of its role"),
)
ROLE = Words(fr="{channel} : {cases}.", en="{channel}: {cases}.")
DEFINITIONS = {
    "simple": Words(fr="Demande simple : {cases}.", en="Simple request: {cases}."),
    "needs_assistance": Words(fr="Besoin d'aide : {cases}.", en="Assistance needed: {cases}."),
}


def tables(results: Results, lang: Lang) -> list[Table]:
    """The tables that there is something to say in."""
    return [table for table in (segments(results, lang), roles(results, lang)) if table is not None]


class _Figures:
    """Figures of the whole run, by indicator, channel and segment."""

    def __init__(self, frame: pd.DataFrame) -> None:
        whole = frame[frame[["service", "reason", "period"]].isna().all(axis=1)]
        wanted = {*COLUMNS, *(f"{name}_gap" for name in COLUMNS), "in_role", "out_of_role"}
        self.units: dict[str, str] = {}
        self._rows: dict[tuple[str, str | None, str | None], Estimate] = {}
        rows: list[dict[str, Any]] = whole[whole["indicator"].isin(wanted)].to_dict("records")  # type: ignore[assignment]
        for row in rows:
            where = [value if isinstance(value, str) else None for value in (row["channel"], row["segment"])]
            mean, low, high = (None if value is None or value != value else float(value) for value in (row["mean"], row["low"], row["high"]))
            self._rows[row["indicator"], where[0], where[1]] = Estimate(mean, low, high, int(row["replications"]))
            self.units[row["indicator"]] = row["unit"]

    def one(self, name: str, channel: str | None = None, segment: str | None = None) -> Estimate:
        """A figure, without a value where there is none."""
        return self._rows.get((name, channel, segment), Estimate(None, None, None, 0))

    def segments(self) -> list[str]:
        """The segments, in the order of the scenario."""
        return list(dict.fromkeys(segment for _, _, segment in self._rows if segment is not None))

    def channels(self) -> list[str]:
        """The channels that have a role."""
        return [channel for name, channel, segment in self._rows if name == "in_role" and channel is not None and segment is None]


def segments(results: Results, lang: Lang) -> Table | None:
    """How each segment is served, and the gap between best and worst; None with fewer than two segments."""
    figures = _Figures(results.indicators)
    known = figures.segments()
    shown = [name for name in COLUMNS if any(figures.one(name, segment=segment).mean is not None for segment in known)]
    if len(known) < 2 or not shown:
        return None
    names: Mapping[str, Any] = results.manifest["words"]
    called = {segment: names.get(f"segment:{segment}", {}).get(lang, segment) for segment in known}
    table = Table(TITLE.say(lang), [SEGMENT.say(lang), *(COLUMNS[name][0].say(lang) for name in shown)], notes=[note.say(lang) for note in NOTES])
    columns = [_column(figures, name, known, called, lang) for name in shown]
    labels = [*(called[segment] for segment in known), ALL.say(lang), GAP.say(lang), INTERVAL.say(lang), BEST.say(lang), WORST.say(lang)]
    table.rows += [(label, *cells) for label, *cells in zip(labels, *columns, strict=True)]
    table.rules |= {len(known), len(known) + 1}
    return table


def _column(figures: _Figures, name: str, known: list[str], called: Mapping[str, str], lang: Lang) -> list[str]:
    """One figure: of each segment, of all, the gap with its interval, and who is best and worst served."""
    means = {segment: figures.one(name, segment=segment).mean for segment in known}
    there = {segment: mean for segment, mean in means.items() if mean is not None}
    gap = figures.one(f"{name}_gap")
    write = writer(figures.units[name], max(map(abs, there.values()), default=0.0), lang)
    apart: Callable[[float | None], str] = write
    if figures.units[name] == "share":
        apart = lambda value: NONE if value is None else points(value, lang)  # noqa: E731
    interval = NONE if gap.low is None else TO.say(lang, low=apart(gap.low), high=apart(gap.high))
    order = sorted(there, key=lambda segment: there[segment], reverse=COLUMNS[name][1])
    ends = [called[order[0]], called[order[-1]]] if len(order) > 1 and not name.startswith("never") else [NONE, NONE]
    return [*(write(means[segment]) for segment in known), write(figures.one(name).mean), apart(gap.mean), interval, *ends]


def roles(results: Results, lang: Lang) -> Table | None:
    """Which share of each channel's contacts is in its role, and what that is; None where no roles are written."""
    written = results.manifest.get("roles")
    if not written:
        return None
    figures = _Figures(results.indicators)
    table = Table(ROLES.say(lang), [column.say(lang) for column in ROLE_COLUMNS])
    share = writer("share", 1.0, lang)
    for channel in figures.channels():
        inside, outside = figures.one("in_role", channel), figures.one("out_of_role", channel)
        interval = NONE if inside.low is None else TO.say(lang, low=share(inside.low), high=share(inside.high))
        name = place(channel, results.manifest["words"], lang)
        table.rows.append((name, share(inside.mean), interval, writer("count", outside.mean or 0.0, lang)(outside.mean)))
        table.notes.append(ROLE.say(lang, channel=name, cases=written["channels"][channel][lang]))
    table.notes += [DEFINITIONS[word].say(lang, cases=cases[lang]) for word, cases in written["definitions"].items()]
    return table
