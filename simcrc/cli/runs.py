"""The progress of runs of variants: a row for each, by the name of the variant and the number of the replication."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from simcrc.cli.progress import ONE, bar
from simcrc.experiment.study import Watch


def shown(runs: Sequence[tuple[str, int]]) -> AbstractContextManager[Watch]:
    """The bar of these runs."""
    return bar([f"{ONE.format(number=replication)}, {name}" for name, replication in runs])
