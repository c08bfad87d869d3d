"""Runs in a process of their own, to be killed."""

from __future__ import annotations

import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

PRELOADED = ["simcrc.experiment.study", "simcrc.engine.run", "simcrc.observe", "simcrc.indicators.tabulate", "pandas", "pyarrow.parquet", "scipy.stats"]


def go(scenario: Path, folder: Path, replications: int, jobs: int, resume: bool = False) -> None:
    """A run, or going on with one."""
    import simcrc
    from simcrc.experiment.resume import resume as go_on

    if resume:
        go_on(folder, jobs)
    else:
        simcrc.load(scenario).run(replications, jobs=jobs, output=folder, events=True)


def begun(scenario: Path, folder: Path, replications: int, jobs: int, resume: bool = False) -> BaseProcess:
    """``go`` under way in a process that is quickly there."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    child = context.Process(target=go, args=(scenario, folder, replications, jobs, resume))
    child.start()
    return child
