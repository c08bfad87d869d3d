"""Points of staff for ``agents``: what ``simcrc staff`` (its ``curve.csv``) or a sweep over one team has simulated of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.pictures.half_hours import Place
from simcrc.report.numbers import NONE, decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd

Reals = npt.NDArray[np.float64]
HOURS = Words(fr="Heures d'effectif par semaine", en="Staff hours a week")
AGENTS = Words(fr="Valeur balayée, équipe {team}", en="Value swept, team {team}")
POINT = Words(fr="effectif simulé", en="simulated staff")
FOUND, THEORY, WRITTEN = "found", "erlang_a", "written"
KINDS = {
    WRITTEN: Words(fr="horaire écrit", en="as written"),
    THEORY: Words(fr="plan d'Erlang A", en="Erlang A's plan"),
    FOUND: Words(fr="effectif trouvé", en="staff found"),
}


@dataclass(frozen=True, eq=False)
class Points:
    """The curve, by rising staff: `x`; `level` and `busy` (occupancy of the place's teams, nan where unknown), of shape (3, n): mean, low, high.  `marked`: by
    kind a point of its own: x, level, occupancy.  `team`: of a sweep, else ""."""

    x: Reals
    level: Reals
    busy: Reals
    marked: dict[str, tuple[float, float, float]]
    team: str

    def axis(self, lang: Lang) -> str:
        """What stands along the axis."""
        return AGENTS.say(lang, team=self.team) if self.team else HOURS.say(lang)

    def data(self, measure: str) -> pd.DataFrame:
        """One row a point, with the columns of the run's half hours."""
        import pandas as pd

        x = "staff" if self.team else "staff_hours_per_week"
        columns = {x: self.x}
        for name, values in ((measure, self.level), ("occupancy", self.busy)):
            columns |= {name: values[0], f"{name}_low": values[1], f"{name}_high": values[2]}
        return pd.DataFrame({"source": "points"} | columns)

    def rows(
        self, lang: Lang, write: Callable[[float | None], str], share: Callable[[float | None], str]
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """What a person reads of each point: its name, the staff and the measure, the occupancy."""
        after = "" if self.team else "\u00a0h"
        for x, level, busy in zip(self.x, self.level[0], self.busy[0], strict=True):
            yield POINT.say(lang), (decimal(float(x), lang, 1) + after, NONE, NONE, write(float(level))), (share(float(busy)),)


def points(frame: pd.DataFrame | None, place: Place) -> Points | None:
    """The points of `frame` for the measure of `place`; None where it has none, or fewer than two."""
    if frame is None or "kind" not in frame or "mean" not in frame:
        return None
    return _of_staff(frame, place) if "figure" in frame else _of_sweep(frame, place)


def _of_staff(frame: pd.DataFrame, place: Place) -> Points | None:
    names = (f"{place.name}.{place.measure}", f"{place.channel}.{place.measure}")
    found = frame[frame["figure"].isin(names)]
    curve = found[found["kind"] == "curve"].sort_values("week_hours")
    if len(curve) < 2:
        return None
    busy = frame[frame["figure"].isin([f"team:{team}.occupancy" for team in place.teams])]
    if busy["figure"].nunique() != 1:  # the occupancies of several teams are not one figure
        busy = busy.iloc[:0]

    def occupancy(rows: pd.DataFrame) -> Reals:
        own = busy[busy["kind"] == rows["kind"].iloc[0]].drop_duplicates("label").set_index("label")
        return np.array([own.reindex(rows["label"])[name].to_numpy(dtype=np.float64) for name in ("mean", "low", "high")])

    marked = {}
    for kind in KINDS:
        one = found[found["kind"] == kind]
        if len(one) == 1:
            marked[kind] = (float(one["week_hours"].iloc[0]), float(one["mean"].iloc[0]), float(occupancy(one)[0, 0]))
    return Points(_column(curve, "week_hours"), _triple(curve), occupancy(curve), marked, "")


def _of_sweep(frame: pd.DataFrame, place: Place) -> Points | None:
    import pandas as pd

    if "agents" not in frame or "where" not in frame or "indicator" not in frame or not pd.api.types.is_numeric_dtype(frame["agents"]):
        return None
    if not set(frame["team"]) <= set(place.teams):
        return None
    found = frame[(frame["indicator"] == place.measure) & frame["where"].isin([place.name, place.channel])].sort_values("agents").drop_duplicates("agents")
    if len(found) < 2:
        return None
    team = str(found["team"].iloc[0])
    busy = (
        frame[(frame["indicator"] == "occupancy") & (frame["where"] == f"team:{team}")].drop_duplicates("agents").set_index("agents").reindex(found["agents"])
    )
    return Points(_column(found, "agents"), _triple(found), _triple(busy), {}, team)


def _column(frame: pd.DataFrame, name: str) -> Reals:
    return frame[name].to_numpy(dtype=np.float64)


def _triple(frame: pd.DataFrame) -> Reals:
    return np.array([_column(frame, name) for name in ("mean", "low", "high")])
