"""Calling simcrc as a person does: in a process of its own, from a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "simcrc")

TINY = """\
simcrc: 1
name: {fr: "L'été à Trois-Rivières", en: Summer in Trois-Rivières}
start: 2024-01-08
horizon: 3 days
warmup: 1 day
seed: 3
replications: 2
services:
  info: {volume: {per_hour: 20}}
channels:
  phone:
    kind: phone
    handle_time: {exponential: {mean: 6 min}}
    patience: {exponential: {mean: 5 min}}
    service_level: {within: 60 s, target: 50 %}
    cost: {per_contact: 4.50}
teams:
  agents: {serves: [phone], schedule: {week: {Mon-Sun: {"00:00": 3}}, on_holidays: open}}
choice:
  first: {table: {default: {default: {phone: 100 %}}}}
  next:
    phone.abandoned: {redial: 50 % after 10 min, give_up: 50 %}
targets: ["phone.abandonment_ratio <= 1 %", "asa <= 10 min", "fcr >= 10 %"]
"""
ENDLESS = TINY.replace("3 days", "30000 days")
"""Would run for hours."""
SLOW = TINY.replace("3 days", "400 days")
"""Takes some seconds a replication."""


def environment(**more: str) -> dict[str, str]:
    """The environment without what speaks a language, colours or loads extensions, and with `more`."""
    gone = ("SIMCRC_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "TTY_", "COLUMNS")
    return {key: value for key, value in os.environ.items() if not key.startswith(gone)} | {"PYTHONPATH": str(ROOT), "SIMCRC_LANG": "en"} | more


def lean(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Without the report, which takes longer than a small run."""
    reports = arguments[:1] in (("run",), ("compare",)) and not {"--help", "-h", "--report"} & set(arguments)
    return (arguments[0], "--no-report", *arguments[1:]) if reports else tuple(each for each in arguments if each != "--report")


def simcrc(folder: Path, *arguments: str, stdin: int = subprocess.DEVNULL, env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """The end of ``simcrc arguments…`` in `folder`; never a traceback.  ``--report`` among the arguments: with the report."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8", "check": False, "timeout": 120} | more
    done = subprocess.run([*COMMAND, *lean(arguments)], cwd=folder, env=environment(**env or {}), stdin=stdin, **options)
    assert "Traceback" not in (done.stderr or "") + (done.stdout or "")
    return done


def start(folder: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
    """``simcrc arguments…`` under way in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *lean(arguments)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
        **more,
    )


def _heed_interrupts() -> None:
    """Whoever runs the tests in the background of a shell has them ignore Ctrl-C, and what they start as well."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def write(folder: Path, text: str = TINY, name: str = "tiny.yaml") -> Path:
    """A scenario file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file of a folder of results but the manifest, which differs in its run block."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "manifest.json"}
