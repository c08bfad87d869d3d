"""Rows become calls: conditions, instants and lengths of one piece of a file, every oddity counted.

``source_files`` brings the pieces, ``moments`` and ``lengths`` read columns, ``calls`` gathers what is made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simcrc.calibration import lengths
from simcrc.calibration.calls import ABANDONED, BLOCKED, SERVED, Calls, Part, Reals, gather
from simcrc.calibration.mapping import Mapping
from simcrc.calibration.moments import JITTER, Moments, given
from simcrc.calibration.source_files import Piece, pieces
from simcrc.calibration.traps import Flags, Integers, Traps
from simcrc.replay.columns import mapped, meets, there

if TYPE_CHECKING:
    import pandas as pd


def read_calls(paths: Sequence[Path], mapping: Mapping, rows: int | None = None) -> Calls:
    """The calls of the files at `paths`, read `rows` at a time.  Raises ScenarioError for files and columns that are not there, and when no call is left."""
    traps = Traps()
    reader = Reader(mapping, tuple(map(str, paths)), traps)
    more = {} if rows is None else {"rows": rows}
    parts = list(reader.parts(pieces(paths, mapping.files, mapping.columns(), traps, **more)))
    return gather(parts or [reader.none()], mapping, reader.files, traps, tuple(reader.agents), (reader.self_service, reader.voice_unit))


class Reader:
    """Makes parts of pieces.  `agents`: code of each agent met; `self_service`, `voice_unit`: as in ``Calls``."""

    def __init__(self, mapping: Mapping, files: tuple[str, ...], traps: Traps) -> None:
        self.mapping, self.files, self.traps = mapping, files, traps
        self.agents: dict[str, int] = {}
        self.self_service = 0
        self.voice_unit = (0, 0.0, 0.0)
        self._moments = Moments(mapping, traps)
        self._last = ("", 0.0)

    def parts(self, found: Iterator[Piece]) -> Iterator[Part]:
        """The calls of each piece that has any."""
        for piece in found:
            part = self.part(piece)
            if part is not None:
                yield part

    def none(self) -> Part:
        """No calls."""
        whole, real = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
        flag, code = np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.uint64)
        return Part(whole, whole, whole, whole, code, code, code, real, real, real, flag, real, real, whole, whole)

    def part(self, piece: Piece) -> Part | None:
        """The calls of `piece`."""
        for condition in self.mapping.drop:
            gone = meets(piece.frame, condition, self.mapping.missing)
            piece = self._left(piece, gone, "drop", ", ".join(f"{column}={'|'.join(values)}" for column, values in condition.items()))
        piece, service = self._services(piece)
        self._voice(piece)
        outcome = self._outcomes(piece)
        keep = outcome >= 0
        self.self_service += int((outcome == -2).sum())
        self.traps.add("self_service", outcome == -2, piece.line, piece.label)
        self.traps.add("no_outcome", outcome == -1, piece.line, piece.label)
        piece, service, outcome = piece.keep(keep), service[keep], outcome[keep]
        if not len(piece.line):
            return None
        moments, known = self._moments.of(piece)
        piece, service, outcome = piece.keep(known), service[known], outcome[known]
        moments = {name: values[known] for name, values in moments.items()}
        self._sorted(piece, moments["arrived"])
        return self._calls(piece, service, outcome, moments) if known.any() else None

    def _left(self, piece: Piece, gone: Flags, code: str, detail: str = "") -> Piece:
        self.traps.add(code, gone, piece.line, piece.label, detail)
        return piece.keep(~gone) if gone.any() else piece

    def _sorted(self, piece: Piece, arrived: Reals) -> None:
        """Count the rows that are earlier than the one before, that of the piece before included."""
        if not len(arrived):
            return
        label, last = self._last
        before = np.append(last if label == piece.label else arrived[0], arrived[:-1])
        self.traps.add("unsorted", arrived < before, piece.line, piece.label)
        self._last = (piece.label, float(arrived[-1]))

    def _services(self, piece: Piece) -> tuple[Piece, Integers]:
        spec = self.mapping.services
        if spec.column is None:
            return piece, np.zeros(len(piece.line), dtype=np.int64)
        names = {name: k for k, name in enumerate(dict.fromkeys(spec.values.values()))}
        texts = piece.frame[spec.column].str.strip()
        service = mapped(texts, {text: names[name] for text, name in spec.values.items()})
        for text in texts[service < 0].unique()[:20]:
            self.traps.add("no_service", (service < 0) & (texts == text).to_numpy(), piece.line, piece.label, f"{spec.column}={text}")
        others = (service < 0) & ~texts.isin(texts[service < 0].unique()[:20]).to_numpy()
        self.traps.add("no_service", others, piece.line, piece.label, f"{spec.column}=…")
        return piece.keep(service >= 0), service[service >= 0]

    def _outcomes(self, piece: Piece) -> Integers:
        """SERVED, ABANDONED or BLOCKED; -2 for the voice unit, -1 for none."""
        spec, missing, n = self.mapping.outcomes, self.mapping.missing, len(piece.line)
        conditions = ((-2, spec.self_service), (BLOCKED, spec.blocked), (SERVED, spec.served), (ABANDONED, spec.abandoned))
        out, done = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.bool_)
        for code, entries in conditions:
            own = np.zeros(n, dtype=np.bool_)
            for condition in entries:
                own |= meets(piece.frame, condition, missing)
            if code == SERVED and not entries:
                own = self._answered(piece)
            if code == ABANDONED and not entries:
                own[:] = True
            out[own & ~done] = code
            done |= own
        return out

    def _answered(self, piece: Piece) -> Flags:
        """Who was served, where no condition says so: who has an answer, else a time with an agent."""
        times, missing = self.mapping.times, self.mapping.missing
        if times.answered:
            out: Flags = np.logical_or.reduce([given(piece.frame[column], missing) for column in times.answered])
            return out
        return lengths.seconds(piece.frame[str(self.mapping.durations.handled)], self.mapping.durations.unit, self.mapping.files.decimal) > 0

    def _voice(self, piece: Piece) -> None:
        """The times in the voice unit, of all rows."""
        if self.mapping.durations.voice_unit is None:
            return
        found = self._length(piece, "voice_unit", np.ones(len(piece.line), dtype=np.bool_))
        found = found[np.isfinite(found)]
        n, total, squares = self.voice_unit
        self.voice_unit = (n + len(found), total + float(found.sum()), squares + float((found**2).sum()))

    def _length(self, piece: Piece, name: str, asked: Flags) -> Reals:
        """A column of lengths, in seconds, nan where not there or not to be believed; oddities counted among the rows `asked`."""
        column = piece.frame[getattr(self.mapping.durations, name)]
        known = given(column, self.mapping.missing) & asked
        found = lengths.seconds(column, self.mapping.durations.unit, self.mapping.files.decimal)
        self.traps.add("bad_length", known & np.isnan(found), piece.line, piece.label, name)
        return self._believed(piece, name, np.where(known, found, np.nan))

    def _believed(self, piece: Piece, name: str, found: Reals) -> Reals:
        longest = self.mapping.estimation.longest / 1e6
        self.traps.add("negative", found < 0, piece.line, piece.label, name)
        self.traps.add("long", found > longest, piece.line, piece.label, name)
        return np.where((found < 0) | (found > longest), np.nan, found)

    def _calls(self, piece: Piece, service: Integers, outcome: Integers, moments: dict[str, Reals]) -> Part:
        served, traps = outcome == SERVED, self.traps
        queued, wait = self._waits(piece, outcome, moments)
        work = self._works(piece, served, moments)
        start = moments.get("answered", np.full(len(served), np.nan))
        reckoned = moments.get("queued", moments["arrived"])
        reckoned = np.where(np.isnan(reckoned), moments["arrived"], reckoned) + np.where(np.isnan(wait), 0.0, wait)
        if self.mapping.times.answered:
            traps.add("no_start", served & np.isnan(start), piece.line, piece.label)
        start = np.where(served, np.where(np.isnan(start), reckoned, start), np.nan)
        agent, caller = self._agents(piece, served), self._callers(piece)
        return Part(
            service=service,
            segment=self._segments(piece, queued),
            outcome=outcome,
            agent=agent,
            caller=caller,
            call=_hash(piece.frame, self.mapping.call, self.mapping.missing),
            row=_hash(piece.frame, tuple(piece.frame.columns), ()),
            local=moments["local"],
            arrival=moments["arrived"],
            start=start,
            queued=queued,
            wait=wait,
            work=work,
            source=np.full(len(served), self.files.index(piece.label), dtype=np.int64),
            line=piece.line,
        )

    def _waits(self, piece: Piece, outcome: Integers, moments: dict[str, Reals]) -> tuple[Flags, Reals]:
        """Who waited, and how long (0: did not; nan: not known)."""
        sought = outcome != BLOCKED
        joined = moments.get("queued")
        if self.mapping.durations.waited is not None:
            wait = self._length(piece, "waited", sought)
        else:
            left = moments.get("left", np.full(len(sought), np.nan))
            for name, rows in (("answered", outcome == SERVED), ("ended", outcome == ABANDONED)):
                if name in moments:
                    left = np.where(np.isnan(left) & rows, moments[name], left)
            wait = left - (moments["arrived"] if joined is None else joined)
            wait = self._believed(piece, "waited", np.where(sought, np.where((wait < 0) & (wait >= -JITTER), 0.0, wait), np.nan))
        if self.mapping.times.queued:
            queued = np.isfinite(moments["queued"]) & sought
        else:
            queued = sought & ((wait > 0) | (outcome == ABANDONED))
        self.traps.add("wait_unknown", queued & np.isnan(wait), piece.line, piece.label)
        return queued, np.where(queued, wait, 0.0)

    def _works(self, piece: Piece, served: Flags, moments: dict[str, Reals]) -> Reals:
        """The time with the agent of those served, nan where not known; 0 for all others."""
        if self.mapping.durations.handled is not None:
            work = self._length(piece, "handled", np.ones(len(served), dtype=np.bool_))
        elif "answered" in moments and "ended" in moments:
            work = self._believed(piece, "handled", np.where(served, moments["ended"] - moments["answered"], np.nan))
        else:
            work = np.full(len(served), np.nan)
        shortest = self.mapping.estimation.shortest / 1e6
        for code, rows in (
            ("worked_on", ~served & (work > 0)),
            ("work_unknown", served & np.isnan(work)),
            ("zero", served & (work == 0)),
            ("short", served & (work > 0) & (work < shortest)),
        ):
            self.traps.add(code, rows, piece.line, piece.label)
        return np.where(served, work, 0.0)

    def _agents(self, piece: Piece, served: Flags) -> Integers:
        spec = self.mapping.agents
        if spec is None:
            return np.full(len(served), -1, dtype=np.int64)
        texts = piece.frame[spec.column].str.strip()
        known = there(texts, (*self.mapping.missing, *spec.missing, "")) & served
        for name in sorted(set(texts[known])):
            self.agents.setdefault(name, len(self.agents))
        self.traps.add("no_agent", served & ~known, piece.line, piece.label)
        return np.where(known, mapped(texts, self.agents), -1)

    def _callers(self, piece: Piece) -> npt.NDArray[np.uint64]:
        spec = self.mapping.callers
        if spec is None:
            return np.zeros(len(piece.line), dtype=np.uint64)
        out = _hash(piece.frame, (spec.column,), (*self.mapping.missing, *spec.missing, ""))
        self.traps.add("no_caller", out == 0, piece.line, piece.label)
        return out

    def _segments(self, piece: Piece, queued: Flags) -> Integers:
        spec = self.mapping.segments
        if spec is None:
            return np.full(len(queued), -1, dtype=np.int64)
        names = {name: k for k, name in enumerate(dict.fromkeys(spec.values.values()))}
        out = mapped(piece.frame[spec.column].str.strip(), {text: names[name] for text, name in spec.values.items()})
        out = np.where(queued, out, -1) if spec.told == "queued" else out
        self.traps.add("no_segment", out < 0, piece.line, piece.label)
        return out


def _hash(frame: pd.DataFrame, columns: Sequence[str], missing: Sequence[str]) -> npt.NDArray[np.uint64]:
    """64 bits for the texts of `columns` together; 0 where one is missing, or without columns."""
    import pandas as pd

    if not columns:
        return np.zeros(len(frame), dtype=np.uint64)
    out: npt.NDArray[np.uint64] = np.zeros(len(frame), dtype=np.uint64)
    known = np.ones(len(frame), dtype=np.bool_)
    for column in columns:
        own: Any = pd.util.hash_array(frame[column].to_numpy(), categorize=True)
        out = out * np.uint64(1_099_511_628_211) + own.astype(np.uint64)
        if missing:
            known &= there(frame[column].astype(str).str.strip(), missing)
    return np.where(known, np.maximum(out, np.uint64(1)), np.uint64(0))
