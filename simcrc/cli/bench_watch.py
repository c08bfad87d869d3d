"""How far benchmarks are, on stderr: a bar in a terminal, one line a look elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.bench.runner import Watch

LOOK = Words(
    fr="Regard {look} : bancs d'essai en cours {benchmarks}, réplications {count}", en="Look {look}: benchmarks under way {benchmarks}, replications {count}"
)
LEFT = here("reste", "left")


@contextmanager
def watch() -> Iterator[Watch]:
    """Gives what ``simcrc.bench.runner`` calls as replications end."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True), TextColumn(LEFT))
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        looks: dict[int, object] = {}

        def show(look: int, benchmarks: int, done: int, count: int) -> None:
            if look not in looks:
                for earlier in progress.tasks:
                    progress.update(earlier.id, visible=False)
                looks[look] = progress.add_task(LOOK.say(LANG, look=look, benchmarks=benchmarks, count=count), total=count)
            progress.update(progress.task_ids[-1], completed=done)

        yield show


def _lines(look: int, benchmarks: int, done: int, count: int) -> None:
    if done == 1:
        tell(LOOK, look=look, benchmarks=benchmarks, count=count)
