"""The axes along which figures are broken down, their sizes and labels, and the half hours of the run.

Everything is counted in half hours of absolute time (`bins`): half hour k lasts from k·30 min to (k + 1)·30 min after the origin, and tables say to which
slot of the week, day and month of the measured period it belongs, by the wall clock.  ``frames`` codes rows along the axes, ``totals`` sums over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simcrc.indicators.histogram import BINS
from simcrc.log import End, Outcome, Reason
from simcrc.model.calendar import HALF_HOUR
from simcrc.model.stages import Queue, SelfService

if TYPE_CHECKING:
    from simcrc.model.model import Model

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SLOTS = tuple(f"{day} {half // 2:02d}:{half % 2 * 30:02d}" for day in WEEKDAYS for half in range(48))
BANDS = ((0, 5), (5, 10), (10, 20), (20, 45), (45, None))
"""Ages of items in days: from (included) to (not included)."""
NUMBERS = ("0", "1", "2", "3+")
"""How many channels a need used."""


@dataclass(frozen=True, eq=False)
class Axes:
    """The axes of a model.  `labels` by axis name gives the labels, in the order of the indices.

    Axes: station (and of these live_station, written_station), channel, service, segment, reason, month, slot (half hour of the week), day (of the
    measured period), run_day (warm-up included), team, mode (channels, the voice unit
    and the phone behind it as one), pair (from one channel to another), band, number, outcome, end, bin (of a histogram).
    `slot`, `day`, `month`: index by half hour of the run, -1 outside the measured period; `run_day`
    likewise, -1 outside the run.  `channel_of`: channel by station; `mode_of`: mode by channel; `dialled`: the phone behind a voice unit, else the
    channel itself.
    `live`: stations where citizens wait; `written`: stations of items; `self_service`, `staffed`: channels; `electronic`: those for which one is on line.
    `calls_at`: by station the one at which a call or visit that may find no line, port or place is counted (the phone for the voice unit in front of it);
    -1 where none can.
    `rank`, `stations`: of the axes live_station and written_station, the index by station and the station by index.
    """

    model: Model
    labels: dict[str, tuple[str, ...]]
    slot: Integers
    day: Integers
    month: Integers
    run_day: Integers
    channel_of: Integers
    mode_of: Integers
    dialled: Integers
    live: Flags
    written: Flags
    rank: dict[str, Integers]
    stations: dict[str, Integers]
    self_service: Flags
    staffed: Flags
    electronic: Flags
    calls_at: Integers

    @classmethod
    def of(cls, model: Model) -> Axes:
        """The axes of `model`."""
        calendar, channels = model.calendar, model.channels
        asynchronous = np.array([channel.asynchronous for channel in channels], dtype=bool)
        staffed = asynchronous | np.array([any(isinstance(stage, Queue) for stage in channel.stages) for channel in channels], dtype=bool)
        channel_of = np.array([station.channel for station in model.stations], dtype=np.int64)
        modes, mode_of = _modes(model)
        live, written = (staffed & ~asynchronous)[channel_of], asynchronous[channel_of]
        starts = np.arange(-(-model.end // HALF_HOUR) + 1, dtype=np.int64) * HALF_HOUR
        measured = (starts >= model.start) & (starts < model.end)
        day = calendar.day(starts)
        first = int(calendar.day(np.array([model.start]))[0])
        names = tuple(station.name for station in model.stations)
        return cls(
            model=model,
            labels={
                "station": names,
                "live_station": tuple(name for name, flag in zip(names, live, strict=True) if flag),
                "written_station": tuple(name for name, flag in zip(names, written, strict=True) if flag),
                "channel": tuple(channel.name for channel in channels),
                "service": model.services,
                "segment": model.segments,
                "reason": tuple(reason.name.lower() for reason in Reason),
                "month": tuple(calendar.months),
                "slot": SLOTS,
                "day": tuple(date.isoformat() for date in calendar.dates[first:]),
                "run_day": tuple(date.isoformat() for date in calendar.dates),
                "team": tuple(f"team:{name}" for name in model.teams),
                "mode": modes,
                "pair": tuple(f"{one.name}>{other.name}" for one in channels for other in channels),
                "band": tuple(f"{low}-{high}" if high else f"{low}+" for low, high in BANDS),
                "number": NUMBERS,
                "bin": tuple(str(k) for k in range(BINS)),
                "outcome": tuple(outcome.name.lower() for outcome in Outcome),
                "end": tuple(end.name.lower() for end in End),
            },
            slot=np.where(measured, calendar.weekday(starts) * 48 + calendar.half_hour(starts), -1),
            day=np.where(measured, day - first, -1),
            month=np.where(measured, calendar.month(starts), -1),
            run_day=np.where(starts < model.end, day, -1),
            channel_of=channel_of,
            mode_of=mode_of,
            dialled=np.array([next((k for k, other in enumerate(channels) if other.via == index), index) for index in range(len(channels))], dtype=np.int64),
            live=live,
            written=written,
            rank={"live_station": np.cumsum(live) - 1, "written_station": np.cumsum(written) - 1},
            stations={"live_station": np.flatnonzero(live), "written_station": np.flatnonzero(written)},
            self_service=~staffed & np.array([any(isinstance(stage, SelfService) for stage in channel.stages) for channel in channels], dtype=bool),
            staffed=staffed,
            electronic=np.array([channel.needs_access for channel in channels], dtype=bool),
            calls_at=_calls_at(model, live),
        )

    def size(self, axis: str) -> int:
        """How many values an axis has."""
        return len(self.labels[axis])

    def shape(self, axes: tuple[str, ...]) -> tuple[int, ...]:
        """The sizes of `axes`."""
        return tuple(self.size(axis) for axis in axes)


def _calls_at(model: Model, live: Flags) -> Integers:
    behind = {channel.via: channel.stations[0] for channel in model.channels if channel.via is not None}
    out = np.where(live, np.arange(len(live)), -1)
    for index, channel in enumerate(model.channels):
        if any(isinstance(stage, SelfService) and stage.ports is not None for stage in channel.stages):
            out[list(channel.stations)] = channel.stations
        if index in behind:
            out[list(channel.stations)] = behind[index]
    return out.astype(np.int64)


def _modes(model: Model) -> tuple[tuple[str, ...], Integers]:
    """Names of the modes, and the mode of each channel: a voice unit counts as the phone that it stands in front of."""
    behind = {channel.via: index for index, channel in reversed(list(enumerate(model.channels))) if channel.via is not None}
    stands = [behind.get(index, index) for index in range(len(model.channels))]
    kept = sorted(set(stands))
    return tuple(model.channels[index].name for index in kept), np.array([kept.index(index) for index in stands], dtype=np.int64)
