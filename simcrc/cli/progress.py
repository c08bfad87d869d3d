"""The progress bar: on stderr, only in a terminal, with the share done and the time left, for the run and for each part of it under way.

A part is a replication, or one arm of one where two are compared.
"""

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


def numbered(count: int) -> list[str]:
    """What `count` replications are called."""
    return [ONE.format(number=number) for number in range(1, count + 1)]


@contextmanager
def bar(parts: Sequence[str], weights: Sequence[float] | None = None) -> Iterator[Watch]:
    """Gives the function that shows how far each of the `parts` is; `weights`: how much work each is (the same for all)."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(compact=True), TextColumn(LEFT))
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        work = [1.0] * len(parts) if weights is None else list(weights)
        total = progress.add_task(ALL, total=sum(work))
        rows = [progress.add_task(part, total=1.0, visible=False) for part in parts] if len(parts) > 1 else []

        def show(shares: Sequence[float]) -> None:
            progress.update(total, completed=sum(share * own for share, own in zip(shares, work, strict=True)))
            for row, share in zip(rows, shares, strict=False):
                progress.update(row, completed=share, visible=0.0 < share < 1.0)

        yield show
