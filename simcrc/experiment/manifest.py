"""What a results folder says of itself: ``manifest.json``.

Two runs of one scenario with one seed give the same manifest but for its `run` block, which holds what belongs to the occasion: when, how
long, by which command, on what.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from simcrc.experiment.files import sha256, write_json
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.store import (
    COMPARISON,
    COMPARISON_TEXT,
    CONTACTS,
    INDICATORS,
    MANIFEST,
    NEEDS,
    NOT_RESULTS,
    OVERLOAD,
    SCENARIO,
    SUMMARY,
    WARMUP,
    StoreError,
    sums_file,
)
from simcrc.words import LANGS

FORMAT = 1
TABLES = (SCENARIO, INDICATORS, SUMMARY, NEEDS, CONTACTS, OVERLOAD, WARMUP, COMPARISON, *(COMPARISON_TEXT.format(lang=lang) for lang in LANGS))


@dataclass
class Clock:
    """The occasion of a run: when it started, by which command, on which workers, how long each replication took, where its files came from (`inputs`), and
    `earlier` occasions, when it was resumed."""

    workers: int
    backend: str = "loky"
    command: list[str] = field(default_factory=lambda: list(sys.argv))
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: dict[int, float] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    earlier: list[dict[str, Any]] = field(default_factory=list)
    _from: float = field(default_factory=perf_counter)

    def block(self) -> dict[str, Any]:
        """The `run` block of the manifest."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(perf_counter() - self._from, 3),
            "replication_seconds": {str(number): round(seconds, 3) for number, seconds in sorted(self.seconds.items())},
            "workers": self.workers,
            "backend": self.backend,
            "command": self.command,
            "platform": platform.platform(),
            "python": platform.python_implementation(),
            **({"inputs": self.inputs} if self.inputs else {}),
            **({"earlier": self.earlier} if self.earlier else {}),
        }


def write(folder: Path, about: dict[str, Any], done: list[int], clock: Clock, complete: bool, known: Mapping[str, str] | None = None) -> None:
    """Write the manifest: `about` (name, digest, seed, replications asked …), which replications are done, and digests of the files that are there, those that
    are `known` without reading them again."""
    files = [folder / name for name in TABLES] + [sums_file(folder, number) for number in done]
    names = {path.relative_to(folder).as_posix(): path for path in files if path.exists()}
    write_json(
        folder / MANIFEST,
        {
            "format": FORMAT,
            **about,
            "complete": complete,
            "done": done,
            "files": {name: (known or {}).get(name) or sha256(path) for name, path in names.items()},
            "fingerprint": fingerprint(),
            "run": clock.block(),
        },
    )


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a results folder.  Raises StoreError when there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise StoreError(NOT_RESULTS, folder) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise StoreError(NOT_RESULTS, folder)
    return manifest
