"""Options that several commands take, and the checks of their values, which speak both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli.speech import here
from simcrc.words import LANGS

if TYPE_CHECKING:
    from simcrc.experiment.backend import Backend as Workers


def whole(least: int) -> Callable[[str], int]:
    """A parser of whole numbers that are at least `least`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise typer.BadParameter(
                here(f"« {text} » : un entier supérieur ou égal à {least} est attendu", f"'{text}': a whole number of at least {least} is expected")
            )
        return number

    parse.__name__ = "INTEGER"
    return parse


def _language(text: str) -> str:
    if text not in LANGS:
        raise typer.BadParameter(here(f"« {text} » : fr ou en est attendu", f"'{text}': fr or en is expected"))
    return text


_language.__name__ = "fr|en"


File = Annotated[Path, typer.Argument(metavar=here("FICHIER", "FILE"), help=here("Le scénario (YAML).", "The scenario (YAML)."), show_default=False)]

AnyFile = Annotated[Path | None, typer.Argument(metavar=here("FICHIER", "FILE"), help=here("Le scénario (YAML).", "The scenario (YAML)."), show_default=False)]
"""A scenario that need not be named, where an option may stand in its place."""

Jobs = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", parser=whole(1), metavar="J", help=here("Nombre de processus (sinon, un par cœur).", "Number of processes (else one a core).")
    ),
]

Backend = Annotated[
    str | None,
    typer.Option(
        "--backend",
        metavar="loky|dask",
        help=here(
            "Où calculer : loky, des processus de cette machine ; dask, une grappe (docs/cluster.md).",
            "Where to run: loky, processes of this machine; dask, a cluster (docs/cluster.md).",
        ),
    ),
]

Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar=here("tcp://HÔTE:PORT", "tcp://HOST:PORT"),
        help=here("Adresse de l'ordonnanceur Dask ; entraîne --backend dask.", "Address of the Dask scheduler; implies --backend dask."),
    ),
]

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=here("DOSSIER", "DIR"),
        help=here("Dossier des résultats, neuf ou vide (sinon results/…).", "Folder of the results, new or empty (else results/…)."),
    ),
]

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        parser=_language,
        metavar="fr|en",
        help=here("Langue (sinon SIMCRC_LANG, puis celle du système).", "Language (else SIMCRC_LANG, then the system's)."),
    ),
]

Extensions = Annotated[
    list[Path] | None,
    typer.Option(
        "--extension",
        metavar=here("FICHIER.py", "FILE.py"),
        help=here(
            "Fichier Python qui ajoute des genres de canaux ou de mesures, des lois ou des indicateurs ; peut se répéter. S'ajoute à SIMCRC_EXTENSIONS.",
            "Python file that adds kinds of channels or measures, distributions or indicators; may be repeated. Added to SIMCRC_EXTENSIONS.",
        ),
    ),
]

Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar=here("CHEMIN=VALEUR", "PATH=VALUE"),
        help=here(
            "Remplacer une valeur du scénario, par exemple channels.phone.lines=120 ; peut se répéter.",
            "Replace a value of the scenario, such as channels.phone.lines=120; may be repeated.",
        ),
    ),
]

Policies = Annotated[
    list[Path] | None,
    typer.Option(
        "--policy",
        metavar=here("FICHIER", "FILE"),
        help=here(
            "Fichier de politique posé sur le scénario ; peut se répéter, dans l'ordre.", "Policy file laid over the scenario; may be repeated, in order."
        ),
    ),
]

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar=here("DOSSIER", "DIR"), help=here("Dossier des enregistrements à rejouer.", "Folder of the records to replay.")),
]


def workers(jobs: int | None, backend: str | None = None, address: str | None = None) -> Workers:
    """Where to run, of ``Jobs``, ``Backend`` and ``Address``; by default one process a core of this machine.  Raises ChoiceError."""
    from simcrc.experiment.backend import Backend as Where
    from simcrc.experiment.parallel import cores

    kind = backend or ("dask" if address else "loky")
    return Where(1 if kind == "dask" else jobs or cores(), kind, address)  # type: ignore[arg-type]
