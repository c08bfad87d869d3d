"""The end of a run: indicators over its replications, and their rows joined into one file a table.  Where it was interrupted, the short table alone.

``simcrc.experiment.running`` calls this when the replications are in the folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.experiment import diagnosis, replayed, store, tables
from simcrc.experiment.files import write_text
from simcrc.experiment.headlines import BY_CHANNEL, BY_TEAM, WHOLE, targets_of, whole_run
from simcrc.experiment.replicate import Job, files_of
from simcrc.indicators.sums import Sums

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.model import Model
    from simcrc.scenario import Loaded

PEOPLE = ("wait_mean", "completion", "satisfaction", "contacts_per_need", "cost_per_need", "never_electronic", "never_electronic_citizens")
"""What the tables by segment show (``simcrc.report.by_segment``)."""
SHORT = ("channel", "station", "team", "segment")
"""Axes of the short tables."""


def sum_up(loaded: Loaded, job: Job, model: Model, done: Sequence[int], events: bool, rows: bool = True) -> None:
    """Write the tables of the replications `done`; without `rows`, the tables of needs, contacts and records are left as they are."""
    from simcrc.indicators.tabulate import tabulate

    folder = job.folder
    if rows:
        _rows(loaded, job, model, done, events)
    _indicators(folder, tabulate(model, _sums(folder, done)))
    diagnosis.write(folder, model, _sums(folder, done))


def _rows(loaded: Loaded, job: Job, model: Model, done: Sequence[int], events: bool) -> None:
    folder = job.folder
    files = [files_of(folder, number) for number in done]
    needs, contacts = [path for _, path, _ in files], [path for _, _, path in files]
    if replayed.compared(loaded):
        table, texts = replayed.comparison(loaded, model, job.records, contacts)
        tables.write_frame(folder / store.COMPARISON, table)
        for lang, text in texts.items():
            write_text(folder / store.COMPARISON_TEXT.format(lang=lang), text + "\n")
    tables.join(folder / store.NEEDS, needs)
    if events:
        tables.join(folder / store.CONTACTS, contacts)


def sum_up_partly(job: Job, model: Model, done: Sequence[int]) -> None:
    """Write the figures of the short tables alone, of the whole run: what can be had in a moment."""
    from simcrc.indicators import indicators
    from simcrc.indicators.tabulate import tabulate

    aims = [target["indicator"] for target in targets_of(job.scenario)]
    wanted = dict.fromkeys((*WHOLE, *BY_CHANNEL, *BY_TEAM, *aims, *PEOPLE, *(f"{name}_gap" for name in PEOPLE), "in_role", "out_of_role"))
    known = indicators()
    _indicators(job.folder, tabulate(model, _sums(job.folder, done), [name for name in wanted if name in known], SHORT))


def clear(folder: Path, numbers: Sequence[int]) -> None:
    """Take away the rows and the seals of replications that were joined."""
    for number in numbers:
        for path in (*files_of(folder, number)[1:], store.seal_file(folder, number)):
            path.unlink(missing_ok=True)


def _sums(folder: Path, done: Sequence[int]) -> list[Sums]:
    return [Sums.open(store.sums_file(folder, number)) for number in done]


def _indicators(folder: Path, frame: pd.DataFrame) -> None:
    tables.write_frame(folder / store.INDICATORS, frame)
    write_text(folder / store.SUMMARY, whole_run(frame).to_csv(index=False, lineterminator="\n"))
