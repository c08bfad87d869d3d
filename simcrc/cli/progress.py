"""The progress bar: on stderr, only in a terminal, with the share done and the time left, for the run and for each replication under way."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from simcrc.cli.speech import here
from simcrc.experiment.study import Watch

ALL = here("Simulation", "Simulation")
ONE = here("  réplication {number}", "  replication {number}")
LEFT = here("reste", "left")


def _nothing(shares: Sequence[float]) -> None:
    """Progress when nobody looks."""


@contextmanager
def bar(count: int) -> Iterator[Watch]:
    """Gives the function that shows how far each of `count` replications is."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(compact=True), TextColumn(LEFT))
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        total = progress.add_task(ALL, total=count)
        rows = {number: progress.add_task(ONE.format(number=number), total=1.0, visible=False) for number in range(1, count + 1)} if count > 1 else {}

        def show(shares: Sequence[float]) -> None:
            progress.update(total, completed=sum(shares))
            for number, row in rows.items():
                share = shares[number - 1]
                progress.update(row, completed=share, visible=0.0 < share < 1.0)

        yield show
