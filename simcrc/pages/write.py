"""Writing a report: from folders of results to a file in one of the formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from simcrc.errors import SpokenError
from simcrc.experiment.store import REPORT
from simcrc.words import LANGS, Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened

Format = Literal["html", "pdf", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
Language = Literal["fr", "en", "both"]
NO_PLACE = Words(fr="{path} : le dossier {folder} n'existe pas", en="{path}: there is no folder {folder}")
A_FOLDER = Words(fr="{path} : c'est un dossier ; un nom de fichier est attendu", en="{path}: a folder; the name of a file is expected")


def report(
    paths: Sequence[Path | str],
    to: Path | str | None = None,
    lang: Language = "fr",
    format: Format = "html",
    partial: bool = True,
    data: Path | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Path:
    """Write the report of the folders `paths` and give its path.

    `to`: the file, by default ``report.html`` (``.pdf``, ``.md``) in the first folder; `lang`: ``both`` for French, then English; `partial`: of runs that were
    interrupted too; `data`, `extension_files`: as ``simcrc.pictures.folders.read``.
    Raises StoreError for folders that hold no results, NotPrintedError where no browser prints, OSError when the file cannot be written.
    """
    from simcrc.pictures.folders import opened

    found = opened(paths, partial, data, extension_files)
    target = Path(paths[0]) / Path(REPORT).with_suffix(f".{format}").name if to is None and paths else Path(to or REPORT)
    if target.is_dir():
        raise SpokenError(A_FOLDER, path=target)
    if not target.parent.is_dir():
        raise SpokenError(NO_PLACE, path=target, folder=target.parent)
    return written(found, target, lang, format)


def written(opened: Opened, to: Path, lang: Language = "fr", format: Format = "html") -> Path:
    """``report`` of folders that were read."""
    from simcrc.experiment.files import write_text
    from simcrc.pages.content import Report
    from simcrc.pages.html import html
    from simcrc.pages.markdown import markdown
    from simcrc.pages.pdf import printed

    languages: tuple[Lang, ...] = LANGS if lang == "both" else (lang,)
    made = Report(opened, narrow=format == "html")
    contents = [made.content(each) for each in languages]
    if format == "md":
        folder = to.with_name(f"{to.stem}-pictures")
        text, pictures = markdown(contents, folder.name.replace(" ", "%20"))
        folder.mkdir(exist_ok=True)
        for name, picture in pictures.items():
            write_text(folder / name, picture + "\n")
        write_text(to, text)
    elif format == "pdf":
        printed(html(contents), to)
    else:
        write_text(to, html(contents))
    return to
