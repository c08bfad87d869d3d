"""``simcrc report DIR…``: one page about runs, comparisons and their effects; and the report that ``run`` and ``compare`` leave in their folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import LANGS, Words

FORMATS = ("html", "pdf", "md")
LANGUAGES = (*LANGS, "both")
WRITTEN = Words(fr="Rapport : {path}", en="Report: {path}")
FAILED = Words(
    fr="Le rapport n'a pas pu être écrit ({why}) ; les résultats sont là : simcrc report {folder}",
    en="The report could not be written ({why}); the results are there: simcrc report {folder}",
)

Folders = Annotated[
    list[Path],
    typer.Argument(
        metavar=here("DOSSIER...", "DIR..."),
        help=here(
            "Dossiers de résultats (run, compare, fidelisation, sweep, staff), la base d'abord.",
            "Folders of results (run, compare, fidelisation, sweep, staff), the base first.",
        ),
        show_default=False,
    ),
]
NoReport = Annotated[bool, typer.Option("--no-report", help=here("Ne pas écrire le rapport report.html.", "Do not write the report report.html."))]


def _one_of(known: tuple[str, ...], text: str) -> str:
    if text not in known:
        there = ", ".join(known)
        raise typer.BadParameter(here(f"« {text} » : l'un de {there} est attendu", f"'{text}': one of {there} is expected"))
    return text


def _format(text: str) -> str:
    return _one_of(FORMATS, text)


def _language(text: str) -> str:
    return _one_of(LANGUAGES, text)


_format.__name__, _language.__name__ = "|".join(FORMATS), "|".join(LANGUAGES)


def report(
    folders: Folders,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            parser=_language,
            metavar="|".join(LANGUAGES),
            help=here("Langue du rapport ; both : en français, puis en anglais.", "Language of the report; both: in French, then in English."),
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            parser=_format,
            metavar="|".join(FORMATS),
            help=here("Le format (sinon celui du nom de -o, sinon html).", "The format (else that of the name of -o, else html)."),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar=here("FICHIER", "FILE"),
            help=here("Fichier à écrire (sinon report.html dans le premier dossier).", "File to write (else report.html in the first folder)."),
        ),
    ] = None,
    data: options.Data = None,
    extension: options.Extensions = None,
) -> None:
    from simcrc.pages import write

    named = "" if output is None else output.suffix.lower().removeprefix(".")
    chosen = format or (named if named in FORMATS else "html")
    path = write.report(folders, output, lang or LANG, chosen, True, data, extension or ())  # type: ignore[arg-type]
    print(WRITTEN.say(LANG, path=path))


report.__doc__ = here(
    "Écrire le rapport d'un ou de plusieurs dossiers de résultats : une page, en HTML, PDF ou Markdown.",
    "Write the report of one or several folders of results: one page, as HTML, PDF or Markdown.",
)


def beside(folder: Path, data: Path | None = None, extension: list[Path] | None = None, quiet: bool = False) -> None:
    """Leave the report in a folder of results that was just written, and say where; a failure is said and loses nothing.  `quiet`: stdout is for data."""
    import shlex

    from simcrc.errors import SimcrcError
    from simcrc.pages import write

    try:
        path = write.report([folder], None, LANG, "html", True, data, extension or ())
    except Exception as error:
        why = error.say(LANG) if isinstance(error, SimcrcError) else f"{type(error).__name__}: {error}"
        tell(FAILED, why=why, folder=shlex.quote(str(folder)))
        return
    if quiet:
        tell(WRITTEN, path=path)
    else:
        print(WRITTEN.say(LANG, path=path))
