"""The tables beside a piece: profiles and rosters by weekday and half hour, the roster by date, all with standard errors where there are any.

Averages only, never a record.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import StringIO

import numpy as np

from simcrc.calibration.calls import Calls, Reals
from simcrc.calibration.estimates import Estimates
from simcrc.calibration.mapping import Mapping as Columns
from simcrc.calibration.piece import own_profile
from simcrc.calibration.roster import offered
from simcrc.calibration.sessions import whole_agents
from simcrc.scenario.week import DAYS, format_time

ASSUMED_WORK = 300.0


def tables(found: Estimates, mapping: Columns) -> dict[str, str]:
    """The text of each table by the name of its file."""
    out = {"profile_all.csv": _week("weight", *found.all.demand.profile)}
    if len(found.services) > 1:
        own = [service for service in found.services if own_profile(found, service, mapping)]
        out |= {f"profile_{service.name}.csv": _week("weight", *service.demand.profile) for service in own}
    staff = found.roster
    if staff is None:
        work = found.all.work.mean if found.all.work is not None else ASSUMED_WORK
        needed = offered(found.calls, found.all.demand.profile[0], work)
        return out | {"roster_week.csv": _week("agents", needed, np.full_like(needed, np.nan), "assumed")}
    out["roster_week.csv"] = _week("agents", *staff.week)
    out["agents_busy_week.csv"] = _week("agents", *staff.distinct)
    return out | {"roster_by_date.csv": _by_date(found.calls, staff.by_date)}


def _week(column: str, mean: Reals, error: Reals, status: str = "measured") -> str:
    """A table by weekday and half hour, one row wherever the value changes."""
    places = _places(float(mean.max()))
    lines = [f"weekday,time,{column},standard_error,status"]
    for weekday, name in enumerate(DAYS):
        for time, value, spread in _changes(mean[weekday], error[weekday], places):
            lines.append(f"{name},{time},{value:.{places}f},{'' if math.isnan(spread) else f'{spread:.{places}f}'},{status}")
    return "\n".join(lines) + "\n"


def _places(largest: float) -> int:
    """Decimals: two, more where the values are small."""
    return 2 if largest >= 1 or largest <= 0 else 2 + math.ceil(-math.log10(largest))


def _by_date(calls: Calls, table: Reals) -> str:
    """Whole agents by date and half hour, as ``replay.roster`` reads them."""
    lines = ["date,time,agents"]
    for k, row in enumerate(whole_agents(table)):
        day = calls.first + timedelta(days=k)
        lines += [f"{day},{time},{agents:.0f}" for time, agents, _ in _changes(row, row, 2)]
    return "\n".join(lines) + "\n"


def _changes(values: Reals, errors: Reals, places: int) -> Iterator[tuple[str, float, float]]:
    """(time, value, error) at midnight and wherever the value changes."""
    last = -1.0
    for k, (value, error) in enumerate(zip(np.round(values, places), errors, strict=True)):
        if value != last:
            yield format_time(30 * k), float(value), float(error)
            last = float(value)


def rows(columns: Mapping[str, Reals]) -> str:
    """Columns of numbers as CSV, six significant digits."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for values in zip(*columns.values(), strict=True):
        writer.writerow([f"{value:.6g}" if math.isfinite(value) else "" for value in values])
    return out.getvalue()
