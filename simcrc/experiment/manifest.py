"""What a results folder says of itself: ``manifest.json``.

Two runs of one scenario with one seed give the same manifest but for its `run` block, which holds what belongs to the occasion: when, how
long, by which command, on what.
"""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from simcrc.experiment.files import sha256, write_json
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.store import COMPARISON, COMPARISON_TEXT, CONTACTS, INDICATORS, MANIFEST, NEEDS, NOT_RESULTS, SCENARIO, SUMMARY, StoreError, sums_file
from simcrc.words import LANGS

FORMAT = 1
TABLES = (SCENARIO, INDICATORS, SUMMARY, NEEDS, CONTACTS, COMPARISON, *(COMPARISON_TEXT.format(lang=lang) for lang in LANGS))


@dataclass
class Clock:
    """The occasion of a run: when it started, by which command, with how many workers, and how long each replication took."""

    workers: int
    command: list[str] = field(default_factory=lambda: list(sys.argv))
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: dict[int, float] = field(default_factory=dict)
    _from: float = field(default_factory=perf_counter)

    def block(self) -> dict[str, Any]:
        """The `run` block of the manifest."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(perf_counter() - self._from, 3),
            "replication_seconds": {str(number): round(seconds, 3) for number, seconds in sorted(self.seconds.items())},
            "workers": self.workers,
            "command": self.command,
            "platform": platform.platform(),
            "python": platform.python_implementation(),
        }


def write(folder: Path, about: dict[str, Any], done: list[int], clock: Clock) -> None:
    """Write the manifest: `about` (name, digest, seed, replications asked …), which replications are done, and digests of the files that are there."""
    files = [folder / name for name in TABLES] + [sums_file(folder, number) for number in done]
    write_json(
        folder / MANIFEST,
        {
            "format": FORMAT,
            **about,
            "complete": len(done) == about["replications"] and (folder / INDICATORS).exists(),
            "done": done,
            "files": {path.relative_to(folder).as_posix(): sha256(path) for path in files if path.exists()},
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
