"""What a run says about itself beside its figures: overloads (``simcrc.experiment.overload``) and whether the warm-up was long enough (``warmup``).

Written at the end of a run into its folder, as lists in JSON, and read back by ``Results``; figures do not depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import store
from simcrc.experiment.files import write_json
from simcrc.experiment.overload import Overload, find
from simcrc.experiment.warmup import Settling, judged

if TYPE_CHECKING:
    from simcrc.indicators.sums import Sums
    from simcrc.indicators.totals import Totals
    from simcrc.model.model import Model


def write(folder: Path, model: Model, sums: Sequence[Sums]) -> None:
    """Write overload.json and warmup.json from the sums of all replications; one replication at a time is in memory."""
    write_json(folder / store.OVERLOAD, [each.as_json() for each in find(model, _each(model, sums))])
    write_json(folder / store.WARMUP, [each.as_json() for each in judged(model, _each(model, sums))])


def overloads(folder: Path) -> list[Overload]:
    """The overloads of a run; none where nothing was written (a run that was interrupted)."""
    return [Overload.of_json(each) for each in _read(folder / store.OVERLOAD)]


def settlings(folder: Path) -> list[Settling]:
    """What is said of the warm-up of a run, likewise."""
    return [Settling.of_json(each) for each in _read(folder / store.WARMUP)]


def _each(model: Model, sums: Sequence[Sums]) -> Iterator[Totals]:
    from simcrc.indicators.totals import Totals

    for one in sums:
        yield Totals(model, [one])


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []
