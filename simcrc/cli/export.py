"""``simcrc export DIR``: results as CSV, Parquet, an Excel workbook, or a log of events for process mining."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

FORMATS = ("csv", "parquet", "xlsx", "xes", "ocel")
WRITTEN = Words(fr="Écrit : {path} ({counts})", en="Written: {path} ({counts})")
TOGETHER = Words(
    fr="Ce journal réunit {count} réplications, qui se répètent les unes les autres ; --replication 1 n'en prend qu'une.",
    en="This log holds {count} replications, which repeat one another; --replication 1 takes only one.",
)
COUNTED = {"traces": Words(fr="traces", en="traces"), "events": Words(fr="événements", en="events"), "objects": Words(fr="objets", en="objects")}


def _format(text: str) -> str:
    if text not in FORMATS:
        there = ", ".join(FORMATS)
        raise typer.BadParameter(here(f"« {text} » : l'un de {there} est attendu", f"'{text}': one of {there} is expected"))
    return text


_format.__name__ = "|".join(FORMATS)


def export(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar=here("DOSSIER", "DIR"), help=here("Le dossier des résultats d'une commande.", "The folder of the results of a command."), show_default=False
        ),
    ],
    to: Annotated[str, typer.Option("--to", parser=_format, metavar="|".join(FORMATS), help=here("Le format.", "The format."))],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar=here("CHEMIN", "PATH"),
            help=here(
                "Fichier à écrire, ou dossier pour csv et parquet (sinon à côté des résultats). Un nom en .xes.gz ou .jsonocel.gz comprime.",
                "File to write, or folder for csv and parquet (else beside the results). A name in .xes.gz or .jsonocel.gz compresses.",
            ),
        ),
    ] = None,
    tables: Annotated[
        str | None,
        typer.Option(
            "--tables",
            metavar=here("TABLE,…", "TABLE,…"),
            help=here(
                "Seulement ces tables (csv, parquet, xlsx) : summary, indicators, needs, contacts, comparison.",
                "Only these tables (csv, parquet, xlsx): summary, indicators, needs, contacts, comparison.",
            ),
        ),
    ] = None,
    replication: Annotated[
        int | None,
        typer.Option("--replication", parser=options.whole(1), metavar="N", help=here("Seulement cette réplication.", "Only this replication.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=here("Remplacer ce qui existe.", "Replace what exists."))] = False,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> None:
    from simcrc.experiment import extensions
    from simcrc.export import export as write
    from simcrc.report.numbers import decimal

    extensions.load(extensions.asked(extension or ()))
    names = None if tables is None else [name.strip() for name in tables.split(",") if name.strip()]
    done = write(folder, to, output, names, replication, LANG, force)
    counts = ", ".join(f"{COUNTED[name].say(LANG) if name in COUNTED else name}\u00a0{decimal(count, LANG, 0)}" for name, count in done.counts.items())
    if to in ("xes", "ocel") and done.replications > 1:
        tell(TOGETHER, count=done.replications)
    print(WRITTEN.say(LANG, path=done.path, counts=counts))


export.__doc__ = here(
    "Exporter des résultats : CSV, Parquet, classeur Excel, journal pour la fouille de processus (XES, OCEL).",
    "Export results: CSV, Parquet, an Excel workbook, a log for process mining (XES, OCEL).",
)
