"""``simcrc plot DIR… NAME -o FILE``: one picture of the report as SVG, PNG or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here
from simcrc.words import Words

KINDS = ("svg", "png", "pdf")
WRITTEN = Words(fr="Image : {path}", en="Picture: {path}")
FEW = Words(fr="il faut un dossier de résultats puis le nom d'une image : {names}", en="a folder of results is expected, then the name of a picture: {names}")
UNKNOWN = Words(fr="aucune image « {name} »{near}", en='no picture "{name}"{near}')
NEAR = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
THERE = Words(fr=" ; il y a {names}", en="; there are {names}")
NONE = Words(fr="pas d'image « {name} » : {why}", en='no picture "{name}": {why}')
KIND = Words(fr="{path} : une extension parmi {kinds} est attendue", en="{path}: an ending among {kinds} is expected")
NO_PLACE = Words(fr="{path} : le dossier {folder} n'existe pas", en="{path}: there is no folder {folder}")

Asked = Annotated[
    list[str],
    typer.Argument(
        metavar=here("DOSSIER... NOM", "DIR... NAME"),
        help=here(
            "Dossiers de résultats, puis le nom : heatmap, day, agents, cost_wait, shares, journeys, backlog, fidelisation, segments, differences.",
            "Folders of results, then the name: heatmap, day, agents, cost_wait, shares, journeys, backlog, fidelisation, segments, differences.",
        ),
        show_default=False,
    ),
]


def plot(
    words: Asked,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="x.svg|png|pdf",
            help=here("Fichier à écrire ; son nom dit le format (sinon NOM.svg).", "File to write; its name says the format (else NAME.svg)."),
        ),
    ] = None,
    narrow: Annotated[bool, typer.Option("--narrow", help=here("Étroite, pour un téléphone.", "Narrow, for a telephone."))] = False,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.errors import SpokenError
    from simcrc.experiment.files import atomic
    from simcrc.pictures import PICTURES, make
    from simcrc.pictures.folders import read
    from simcrc.pictures.picture import Absent
    from simcrc.pictures.style import save
    from simcrc.scenario.faults import nearest

    *folders, name = words
    if not folders:
        raise SpokenError(FEW, names=", ".join(PICTURES))
    if name not in PICTURES:
        guess = nearest(name, PICTURES)
        near = NEAR.say(LANG, guess=guess) if guess else THERE.say(LANG, names=", ".join(PICTURES))
        raise SpokenError(UNKNOWN, name=name, near=near)
    path = output or Path(f"{name}.svg")
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise SpokenError(KIND, path=path, kinds=", ".join(KINDS))
    if not path.parent.is_dir():
        raise SpokenError(NO_PLACE, path=path, folder=path.parent)
    picture = make(name, read([Path(folder) for folder in folders], True, data, extension or ()))
    if isinstance(picture, Absent):
        raise SpokenError(NONE, name=name, why=picture.why.say(LANG))
    with atomic(path) as temporary:
        save(picture.figure(LANG, narrow), temporary, kind, picture.title.say(LANG))
    print(picture.finding.say(LANG))
    print(WRITTEN.say(LANG, path=path))


plot.__doc__ = here("Dessiner une image du rapport : SVG, PNG ou PDF.", "Draw one picture of the report: SVG, PNG or PDF.")
