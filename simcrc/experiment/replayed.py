"""Scenarios that replay records: reading them before the run, and setting what was simulated beside what was recorded after it.

``simcrc.replay`` reads and compares; this module knows where the files of a run are.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.experiment.rows import decode
from simcrc.words import LANGS, Lang

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.model.model import Model
    from simcrc.replay.read import Records
    from simcrc.scenario import Loaded
    from simcrc.scenario.replay import Replay

COLUMNS = ("started", "service", "queued", "ended", "waited", "outcome", "replication")


def records_of(loaded: Loaded) -> Records | None:
    """The records that the scenario replays, None when it does not.  Raises ScenarioError for files that cannot be used."""
    if loaded.scenario.replay is None:
        return None
    from simcrc.model.calendar import Calendar
    from simcrc.replay.read import read

    return read(loaded.scenario.replay, loaded.scenario, loaded.folder, loaded.data, Calendar.of(loaded.scenario))


def compared(loaded: Loaded) -> bool:
    """Whether the scenario says what was recorded, so that the simulated contacts are set beside it."""
    return loaded.scenario.replay is not None and loaded.scenario.replay.recorded is not None


def comparison(loaded: Loaded, model: Model, records: Records, contacts: Iterable[Path]) -> tuple[pd.DataFrame, dict[Lang, str]]:
    """The comparison as a table and, by language, as text; `contacts`: the rows of the contacts of each replication."""
    import pandas as pd
    import pyarrow.parquet as pq

    from simcrc.replay import compare

    replay: Replay = loaded.scenario.replay  # type: ignore[assignment]
    columns = list(COLUMNS)
    parts = [pd.DataFrame(decode(pq.read_table(path, columns=columns), model, COLUMNS)) for path in contacts]
    simulated = compare.contacts_of(pd.concat(parts, ignore_index=True))
    table = compare.comparison(simulated, records.frame, model.calendar, replay.compared, model.services)
    names = {name: service.name for name, service in loaded.scenario.services.items() if service.name is not None}
    texts = {lang: compare.printable(table, replay.compared, lang, {name: words.say(lang) for name, words in names.items()}) for lang in LANGS}
    if replay.persistence is not None:
        errors = _persistence(loaded, replay, model, records, simulated)
        texts = {lang: f"{texts[lang]}\n{compare.printable_persistence(errors, lang)}" for lang in LANGS}
    return table, texts


def _persistence(loaded: Loaded, replay: Replay, model: Model, records: Records, simulated: pd.DataFrame) -> dict[str, float]:
    """Errors of the model and of repeating the period before."""
    from simcrc.model.calendar import Calendar
    from simcrc.replay import compare
    from simcrc.replay.read import read

    earlier = replay.persistence
    assert earlier is not None
    before = Calendar.between(earlier.start, earlier.start, earlier.horizon.after(earlier.start), str(loaded.scenario.timezone))
    old = read(replay.model_copy(update={"file": earlier.file, "roster": None}), loaded.scenario, loaded.folder, loaded.data, before)
    return compare.persistence(simulated, records.frame, model.calendar, old.frame, before, replay.compared)
