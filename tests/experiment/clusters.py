"""A Dask scheduler and its workers in processes of their own, on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.cli.calls import ROOT, environment


class DaskCluster:
    """A scheduler, at ``address``, and workers that can be killed.  Used as a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> DaskCluster:
        file = self.folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        for _ in range(1200):
            if file.exists() and file.read_text().strip().endswith("}"):
                self.address = json.loads(file.read_text())["address"]
                return self
            time.sleep(0.1)
        raise AssertionError("the scheduler did not start")

    def add(self, count: int, pythonpath: Path = ROOT) -> list[subprocess.Popen[bytes]]:
        """Start workers, each with a folder of its own that the others do not know, and wait until the scheduler knows them, however busy the machine."""
        before = self._joined()
        made = []
        for _ in range(count):
            place = self.folder / f"worker{len(self.workers)}"
            place.mkdir()
            more = ("--nthreads", "1", "--no-nanny", "--local-directory", str(place))
            made.append(self._start("worker", self.address, *more, cwd=place, pythonpath=pythonpath))
            self.workers.append(made[-1])
        for _ in range(1200):
            if len(self._joined() - before) >= count:
                return made
            time.sleep(0.1)
        raise AssertionError("the workers did not start")

    def _joined(self) -> set[str]:
        """Addresses of the workers of the scheduler."""
        import distributed

        kind: Any = distributed.Client
        with kind(self.address, timeout=120, set_as_default=False) as client:
            return set(client.scheduler_info(n_workers=-1)["workers"])

    def _start(self, kind: str, *arguments: str, cwd: Path | None = None, pythonpath: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, "--no-dashboard"]
        options: dict[str, Any] = {"env": environment(PYTHONPATH=str(pythonpath)), "cwd": cwd or self.folder}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, *([self.scheduler] if self.scheduler else [])):
            process.kill()
            process.wait()
