"""``simcrc run --resume DIR``: go on with a run that was interrupted; and what ``simcrc run`` shows when it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.experiment.backend import Backend
    from simcrc.experiment.origins import Note
    from simcrc.experiment.results import Results

Resume = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        metavar=here("DOSSIER", "DIR"),
        help=here(
            "Reprendre la simulation interrompue de ce dossier, sans FICHIER ; vérifie et répare un dossier complet.",
            "Go on with the interrupted run of this folder, without a FILE; checks and repairs a complete one.",
        ),
    ),
]

NOTHING = Words(
    fr="il manque un FICHIER de scénario, ou --resume DOSSIER pour reprendre une simulation interrompue",
    en="Missing argument: the FILE of a scenario, or --resume DIR to go on with a run that was interrupted",
)
BOTH = Words(
    fr="--resume {folder} : le dossier dit lui-même quoi simuler ; enlevez {what}",
    en="--resume {folder}: the folder says itself what to simulate; leave out {what}",
)


def check(file: Path | None, folder: Path | None, given: Mapping[str, Any]) -> None:
    """Refuse a call that names nothing to do, or says beside a folder what the folder says itself (`given`: options, None when they are not)."""
    from simcrc.errors import SpokenError

    if folder is None:
        if file is None:
            raise SpokenError(NOTHING)
        return
    said = [*([str(file)] if file else []), *(name for name, value in given.items() if value is not None)]
    if said:
        raise SpokenError(BOTH, folder=folder, what=", ".join(said))


def resumed(folder: Path, workers: Backend, data: Path | None, extensions: Iterable[Path]) -> Results:
    """Go on, and tell on stderr what is found."""
    from simcrc.cli.progress import bar, numbered
    from simcrc.experiment.resume import read, resume

    count = read(folder)["replications"]
    with partly_shown(), bar(numbered(count)) as watch:
        return resume(folder, workers, watch, data, extensions, noted)


def noted(note: Note) -> None:
    """Tell a note on stderr."""
    tell(Words(fr="{said}", en="{said}"), said=note.say(LANG))


@contextmanager
def partly_shown(quiet: bool = False) -> Iterator[None]:
    """When the run is interrupted, show the partial results that there are before it is said."""
    from simcrc.cli.summary import show
    from simcrc.experiment.results import Results
    from simcrc.experiment.running import Interrupted
    from simcrc.experiment.store import INDICATORS

    try:
        yield
    except Interrupted as stop:
        if stop.done and not quiet and (stop.path / INDICATORS).exists():
            show(Results.open(stop.path, partial=True))
        raise
