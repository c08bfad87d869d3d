"""The short table: which of the many figures a planner looks at first, each beside its target, and whether the target is met.

Only numbers and names here; ``simcrc.report`` puts them into words.  Targets come from the scenario, written (`targets:`) or as the target
of a channel's service level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.scenario import Scenario

Verdict = Literal["met", "missed", "unsure"]

WHOLE = (
    "needs_started",
    "resolved_ratio",
    "contacts_per_need",
    "fcr",
    "time_to_resolution",
    "offered",
    "contact_cost",
    "cost_per_need_resolved",
    "policy_cost_once",
    "policy_cost_running",
    "satisfaction",
)
QUIET = ("blocking_ratio", "policy_cost_once", "policy_cost_running")
"""What is shown only where it is not 0, or has a target."""
DRIFT = "first_channel_drift"
BY_CHANNEL = (
    "offered",
    "service_level",
    "asa",
    "abandonment_ratio",
    "blocking_ratio",
    "containment",
    "completion",
    "turnaround_mean",
    "within_standard",
    DRIFT,
)
BY_TEAM = ("occupancy",)
UNIT_OF_TIME = {"s": 1e6, "h": 3.6e9, "days": 86.4e9}
MANY = 4
TOGETHER = Words(fr="{name} ({n} {n:politique|politiques})", en="{name} ({n} {n:policy|policies})")
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@dataclass(frozen=True)
class Headline:
    """One row: a figure of the whole run, in `unit`; None where it does not exist.  `target` in the same unit; `verdict` None without a target."""

    indicator: str
    channel: str | None
    unit: str
    mean: float | None
    low: float | None
    high: float | None
    sign: str | None = None
    target: float | None = None
    verdict: Verdict | None = None


def targets_of(scenario: Scenario) -> list[dict[str, Any]]:
    """The targets of a scenario, for the manifest: channel, indicator, op, value, unit (share, time in microseconds, number)."""
    found = [{"channel": t.channel, "indicator": t.indicator, "op": t.op, "value": t.value, "unit": t.unit} for t in scenario.targets]
    written = {(target["channel"], target["indicator"]) for target in found}
    for name, channel in scenario.channels.items():
        level = getattr(channel, "service_level", None)
        if level is not None and level.target is not None and (name, "service_level") not in written:
            found.append({"channel": name, "indicator": "service_level", "op": ">=", "value": level.target, "unit": "share"})
    return found


def words_of(scenario: Scenario) -> dict[str, dict[str, str]]:
    """What channels, sites, teams and segments are called, for the manifest: their name if it is written, else the kind's where the identifier is the
    kind's."""
    found = {}
    for name, channel in scenario.channels.items():
        words = channel.name or (channel.words if name == channel.kind else Words(fr=name, en=name))
        found[name] = {"fr": words.fr, "en": words.en}
        for site in channel.sites():
            found[f"{name}.{site}"] = {"fr": f"{words.fr}, {site}", "en": f"{words.en}, {site}"}
    for name, team in scenario.teams.items():
        found[f"team:{name}"] = {"fr": team.name.fr, "en": team.name.en} if team.name else {"fr": name, "en": name}
    for name, segment in scenario.population.segments.items() if scenario.population else ():
        found[f"segment:{name}"] = {"fr": segment.name.fr, "en": segment.name.en} if segment.name else {"fr": name, "en": name}
    return found


def together(names: Sequence[str], lang: Lang) -> str:
    """What policies are called together: by their names, or where they are many by that of the file that includes the others, which stands last."""
    return " + ".join(names) if len(names) < MANY else TOGETHER.say(lang, name=names[-1], n=len(names))


def whole_run(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table of indicators that are about the whole run."""
    return frame[frame["period"].isna()]


def learns(scenario: Scenario) -> bool:
    """Whether citizens learn, so that first choices may drift."""
    memory = scenario.population.memory if scenario.population else None
    return memory is not None and bool(memory.habit_rate or memory.experience_rate)


def headlines(frame: pd.DataFrame, channels: list[str], targets: list[dict[str, Any]], drifting: bool = False) -> list[Headline]:
    """The rows of the short table: the whole organisation, then each channel, then each team.  `drifting`: with the drift of first choices."""
    whole = frame[frame[["service", "segment", "reason", "period"]].isna().all(axis=1)]
    figures: dict[Any, Any] = {
        (row.indicator, row.channel if isinstance(row.channel, str) else None): row
        for row in whole.itertuples()
        if row.indicator in {*WHOLE, *BY_CHANNEL, *BY_TEAM, *(target["indicator"] for target in targets)}
    }
    aims = {(target["indicator"], target["channel"]): target for target in targets}
    if not drifting:
        figures = {key: row for key, row in figures.items() if key[0] != DRIFT or key in aims}
    quiet = {key for key, row in figures.items() if key[0] in QUIET and key not in aims and not float(row.mean) > 0}
    return [_headline(key, figures[key], aims.get(key)) for key in _keys(figures, channels, aims) if key in figures and key not in quiet]


def _keys(figures: Mapping[Any, Any], channels: list[str], aims: Mapping[Any, Any]) -> Iterator[tuple[str, str | None]]:
    """What to show, each once: figures that are always shown, then those that have a target, place by place."""
    teams = sorted({channel for _, channel in figures if channel is not None and channel.startswith("team:")})
    places: list[tuple[str | None, tuple[str, ...]]] = [(None, WHOLE), *((channel, BY_CHANNEL) for channel in channels), *((team, BY_TEAM) for team in teams)]
    known = {place for place, _ in places}
    places += [(place, ()) for place in dict.fromkeys(channel for _, channel in aims) if place not in known]
    for place, names in places:
        aimed = (indicator for indicator, channel in aims if channel == place and indicator not in names)
        for name in (*names, *aimed):
            yield name, place


def _headline(key: tuple[str, str | None], row: Any, target: dict[str, Any] | None) -> Headline:
    mean, low, high = (None if value is None or value != value else float(value) for value in (row.mean, row.low, row.high))
    if target is None:
        return Headline(*key, row.unit, mean, low, high)
    aim = target["value"] / UNIT_OF_TIME.get(row.unit, 1.0) if target["unit"] == "time" else target["value"]
    return Headline(*key, row.unit, mean, low, high, SIGNS[target["op"]], aim, _verdict(target["op"], aim, low, high))


def _verdict(op: str, aim: float, low: float | None, high: float | None) -> Verdict:
    """Met or missed when the whole interval says so; unsure when it straddles the target, and without an interval."""
    if low is None or high is None:
        return "unsure"
    reaches = {">=": aim.__le__, ">": aim.__lt__, "<=": aim.__ge__, "<": aim.__gt__}[op]
    ends = {bool(reaches(low)), bool(reaches(high))}
    return "unsure" if len(ends) == 2 else "met" if True in ends else "missed"
