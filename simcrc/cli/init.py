"""``simcrc init``: copy a scenario that ships with simcrc, to start from.  Never overwrites."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.failures import USAGE
from simcrc.cli.speech import here, tell
from simcrc.words import Words

SCHEMA = "simcrc.schema.json"

EXISTS = Words(fr="{path} existe déjà ; rien n'a été écrit", en="{path} already exists; nothing was written")
UNKNOWN = Words(fr="modèle inconnu : « {name} » ; choisissez parmi {known}", en='unknown template: "{name}"; choose among {known}')
CANNOT = Words(fr="{path} : impossible d'y écrire ({error})", en="{path}: cannot write there ({error})")
NEXT = Words(fr="Pour continuer : {command}", en="Next: {command}")


def shipped() -> Path:
    """The folder of the scenarios that ship: inside the installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def templates() -> dict[str, Path]:
    """What there is to start from: folders with scenarios, and single files, by name."""
    found = {path.name: path for path in sorted(shipped().iterdir()) if path.is_dir() and any(path.glob("*.yaml"))}
    return found | {path.stem: path for path in sorted(shipped().glob("*.yaml")) if path.stem not in found}


def _copies(source: Path, target: Path) -> list[tuple[Path, Path]]:
    """Every file to copy with its destination."""
    if source.is_file():
        return [(source, target / source.name)]
    return [(path, target / path.relative_to(source)) for path in sorted(source.rglob("*")) if path.is_file()]


def init(
    directory: Annotated[
        Path | None,
        typer.Argument(
            metavar=here("[DOSSIER]", "[DIR]"),
            help=here("Où copier (sinon, un dossier du nom du modèle).", "Where to copy (else a folder named after the template)."),
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        str, typer.Option("--template", metavar="regie|bank|smallest", help=here("Le scénario de départ.", "The scenario to start from."))
    ] = "regie",
    lang: options.Lang = None,
) -> int:
    known = templates()
    if template not in known:
        tell(UNKNOWN, name=template, known=", ".join(known))
        return USAGE
    target = directory or Path(template)
    copies = _copies(known[template], target)
    for path in (*(to for _, to in copies), target / SCHEMA):
        if path.exists():
            tell(EXISTS, path=path)
            return USAGE
    try:
        for source, to in copies:
            to.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, to, target)
            print(to)
        _write_schema(target / SCHEMA)
    except OSError as error:
        tell(CANNOT, path=error.filename or target, error=error.strerror)
        return USAGE
    scenarios = [to for _, to in copies if to.suffix == ".yaml" and to.parent == target]
    if scenarios:
        tell(NEXT, command=f"simcrc run {scenarios[0]}")
    return 0


def _copy(source: Path, to: Path, target: Path) -> None:
    """Copy a file; the first line of a scenario, which tells editors where the schema is, follows it to its new place."""
    if source.suffix != ".yaml":
        shutil.copyfile(source, to)
        return
    here_from = "../" * len(to.parent.relative_to(target).parts)
    text = source.read_text(encoding="utf-8")
    to.write_text(re.sub(rf"\$schema=[./]*{re.escape(SCHEMA)}", f"$schema={here_from}{SCHEMA}", text, count=1), encoding="utf-8", newline="\n")


def _write_schema(path: Path) -> None:
    from simcrc.scenario import json_schema

    path.write_text(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(path)


init.__doc__ = here("Copier un scénario livré avec simcrc, pour commencer.", "Copy a scenario that ships with simcrc, to start from.")
