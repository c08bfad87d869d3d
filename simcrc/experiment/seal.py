"""Seals: a small record beside what a piece of work has written, with the digest of each file, put in place when all of it is on the disk.

What has a sound seal is done and is not done again; what has none, or was damaged since, is done again.  ``simcrc.experiment.study`` seals
replications, ``simcrc.experiment.variants`` the runs of variants.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simcrc.experiment.files import sha256, write_json


def seal(record: Path, files: Sequence[Path], **about: Any) -> None:
    """Write the seal `record` of `files`, which lie below its folder; `about` is kept with it."""
    write_json(record, {"files": {path.relative_to(record.parent).as_posix(): sha256(path) for path in files}, **about})


def sealed(record: Path) -> dict[str, Any] | None:
    """What the seal `record` holds, when there is one and each file is there and as it was written; else None."""
    try:
        held = json.loads(record.read_text(encoding="utf-8"))
        sound = all(sha256(record.parent / name) == digest for name, digest in held["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return held if sound else None


def sealed_files(record: Path) -> dict[str, str]:
    """The digests that a seal just written holds, by file, without looking at the files again; nothing where there is none."""
    try:
        held: dict[str, str] = json.loads(record.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return held
