"""``simcrc reproduce``: run again what a folder of results holds, and say file by file whether the bytes are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here
from simcrc.words import Words

SAME = Words(fr="identique", en="same")
DIFFERENT = Words(fr="différent", en="different")
LESS = Words(fr="n'est plus produit", en="no longer made")
MORE = Words(fr="n'existait pas", en="was not there")
CHANGES = Words(fr="Ce qui a changé depuis :", en="What has changed since:")
ALL_SAME = Words(fr="{path} : reproduit, {count} fichiers identiques", en="{path}: reproduced, {count} files the same")
NOT_SAME = Words(fr="{path} : {different} fichiers sur {count} diffèrent", en="{path}: {different} of {count} files differ")
UNEXPLAINED = Words(
    fr="Rien de ce que le manifeste garde n'a changé : ou bien le code de simcrc a été modifié, ou bien c'est un défaut de simcrc, à signaler.",
    en="Nothing that the manifest keeps has changed: either the source of simcrc was edited, or this is a defect of it: please report it.",
)

Folder = Annotated[
    Path,
    typer.Argument(
        metavar=here("DOSSIER", "DIR"),
        help=here("Le dossier de résultats d'un « simcrc run ».", "The folder of results of a “simcrc run”."),
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=here("DOSSIER", "DIR"),
        help=here(
            "Dossier, neuf ou vide, où garder la nouvelle simulation (sinon elle est jetée).", "Folder, new or empty, to keep the new run (else discarded)."
        ),
    ),
]


def reproduce(
    folder: Folder,
    jobs: options.Jobs = None,
    backend: options.Backend = None,
    address: options.Address = None,
    output: Output = None,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    from simcrc.cli.progress import bar, numbered
    from simcrc.experiment.reproduce import reproduce as again
    from simcrc.experiment.resume import read

    workers = options.workers(jobs, backend, address)
    with bar(numbered(read(folder)["replications"])) as watch:
        found = again(folder, workers, output, watch, data, extension or ())
    width = max(len(file.name) for file in found.files)
    for file in found.files:
        verdict = SAME if file.same else LESS if file.now is None else MORE if file.before is None else DIFFERENT
        print(f"{file.name:{width}}  {verdict.say(LANG)}")
    if found.changes:
        print("\n" + CHANGES.say(LANG))
        for change in found.changes:
            print(f"  {change.say(LANG)}")
    print()
    if found.same:
        print(ALL_SAME.say(LANG, path=folder, count=len(found.files)))
        return 0
    print(NOT_SAME.say(LANG, path=folder, different=sum(not file.same for file in found.files), count=len(found.files)))
    if not found.changes:
        print(UNEXPLAINED.say(LANG))
    return 1


reproduce.__doc__ = here(
    "Refaire une simulation à partir de son dossier et comparer tous les fichiers ; code 1 s'ils diffèrent.",
    "Run again from a folder of results and compare all files; exit code 1 when they differ.",
)
