"""``simcrc calibrate``: from an organisation's own records to a piece of scenario, and an account of what the records hold and what they do not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.calibration.account import Table

WRITTEN = Words(fr="Écrit : {path}, et {count} fichiers dans {folder}", en="Written: {path}, and {count} files in {folder}")
TO_WRITE = Words(
    fr="Rien n'est écrit ; -o FICHIER.yaml écrit la pièce de scénario, ses tables et les figures des ajustements.",
    en="Nothing is written; -o FILE.yaml writes the piece of scenario, its tables and the pictures of the fits.",
)

Records = Annotated[
    list[str],
    typer.Argument(
        metavar=here("RELEVÉS…", "RECORDS…"),
        help=here("Les relevés (CSV, texte à tabulations, Parquet), fichiers ou motifs.", "The records (CSV, text with tabs, Parquet), files or patterns."),
        show_default=False,
    ),
]
Map = Annotated[
    Path,
    typer.Option(
        "--map",
        metavar=here("TABLE.yaml", "MAPPING.yaml"),
        help=here("Quelle colonne est quoi (docs/calibrate.md).", "Which column is what (docs/calibrate.md)."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=here("FICHIER.yaml", "FILE.yaml"),
        help=here(
            "Écrire la pièce ; tables et figures dans le dossier du même nom.", "Write the piece; tables and pictures go to the folder of the same name."
        ),
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help=here("Remplacer ce que -o nomme.", "Replace what -o names."))]
Png = Annotated[bool, typer.Option("--png", help=here("Figures en PNG aussi, outre SVG.", "Pictures as PNG too, beside SVG."))]
Json = Annotated[bool, typer.Option("--json", help=here("Écrire tous les chiffres en JSON.", "Print all figures as JSON."))]


def calibrate(
    records: Records,
    map: Map,
    output: Output = None,
    overwrite: Overwrite = False,
    png: Png = False,
    as_json: Json = False,
    lang: options.Lang = None,
) -> int:
    from simcrc.calibration.calibrate import EXISTS
    from simcrc.calibration.calibrate import calibrate as work_out
    from simcrc.errors import ScenarioError
    from simcrc.scenario.positions import Mark

    if output is not None and not overwrite:  # before the records are read, rather than after
        there = [path for path in (output, output.with_suffix("")) if path.exists()]
        if there:
            raise ScenarioError([Mark(str(there[0])).problem("exists", (), message=EXISTS)])
    found = work_out(records, map)
    written = [] if output is None else found.write(output, overwrite, png, LANG)
    if as_json:
        print(json.dumps(found.numbers(), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        from simcrc.calibration import account

        print(account.head(found, LANG))
        for table in account.tables(found, LANG):
            _show(table)
        for note in account.notes(found, LANG):
            print(note)
        print()
        print(account.CANNOT.say(LANG))
        for words in found.unknown:
            print(f"- {account.said(words, LANG)}")
    if output is not None:
        tell(WRITTEN, path=output, count=len(written) - 1, folder=output.with_suffix(""))
    elif not as_json:
        print()
        print(account.said(TO_WRITE, LANG))
    return 0


calibrate.__doc__ = here(
    "Estimer une pièce de scénario à partir de relevés d'appels : arrivées, durées, patience, rappels, préposés.",
    "Estimate a piece of scenario from call records: arrivals, handle times, patience, calls again, agents.",
)


def _show(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Rich
    from rich.text import Text

    from simcrc.cli.summary import WIDE

    out = Rich(box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(table.columns):
        out.add_column(column, justify="left" if place == 0 else "right", overflow="fold")
    for row in table.rows:
        out.add_row(*map(Text, row))
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(out)
