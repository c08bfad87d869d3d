"""``simcrc init``: a folder ready to change, from a scenario that ships with simcrc.  Never overwrites.

The folder holds the scenario, its policies where there are any, the schema for editors, and a page that says what to do next
(``simcrc.cli.init_page``); comments are in the language asked for (``simcrc.cli.comments``).
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.comments import in_language
from simcrc.cli.failures import USAGE
from simcrc.cli.init_page import first_command, page
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

SCHEMA = "simcrc.schema.json"
PAGE = here("LISEZ-MOI.md", "README.md")
POLICIES = "-policies"
"""Behind the name of a single scenario: the folder of the policies that go with it."""

EXISTS = Words(
    fr="{path} existe déjà ; rien n'a été écrit. Donnez un autre dossier : simcrc init AUTRE-DOSSIER --template {name}",
    en="{path} already exists; nothing was written. Name another folder: simcrc init OTHER-FOLDER --template {name}",
)
UNKNOWN = Words(fr="modèle inconnu : « {name} » ; choisissez parmi {known}", en='unknown template: "{name}"; choose among {known}')
CANNOT = Words(
    fr="{path} : impossible d'y écrire ({error}) ; donnez un dossier à vous : simcrc init DOSSIER",
    en="{path}: cannot write there ({error}); name a folder of your own: simcrc init FOLDER",
)
NEXT = Words(fr="Pour continuer : {command}\nLa suite est dans {page}.", en="Next: {command}\n{page} says what comes after.")


def shipped() -> Path:
    """The folder of the scenarios that ship: inside the installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def templates() -> dict[str, Path]:
    """What there is to start from: folders with scenarios, and single files, by name."""
    folders = [path for path in sorted(shipped().iterdir()) if path.is_dir() and any(path.glob("*.yaml"))]
    found = {path.name: path for path in folders if not path.name.endswith(POLICIES)}
    return found | {path.stem: path for path in sorted(shipped().glob("*.yaml")) if path.stem not in found}


def _copies(source: Path, target: Path) -> list[tuple[Path, Path]]:
    """Every file to copy with its destination."""
    if source.is_dir():
        return [(path, target / path.relative_to(source)) for path in sorted(source.rglob("*")) if path.is_file()]
    policies = sorted((source.parent / f"{source.stem}{POLICIES}").glob("*.yaml"))
    return [(source, target / source.name), *((path, target / "policies" / path.name) for path in policies)]


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
        str,
        typer.Option(
            "--template",
            metavar="regie|bank|smallest",
            help=here(
                "Le scénario de départ : la Régie en 2006 et son plan, un centre d'appels réel, ou le plus petit qui soit.",
                "The scenario to start from: the Régie in 2006 and its plan, a real call centre, or the smallest there is.",
            ),
        ),
    ] = "regie",
    lang: options.Lang = None,
) -> int:
    known = templates()
    if template not in known:
        tell(UNKNOWN, name=template, known=", ".join(known))
        return USAGE
    target = directory or Path(template)
    copies = _copies(known[template], target)
    for path in (*(to for _, to in copies), target / SCHEMA, target / PAGE):
        if path.exists():
            tell(EXISTS, path=path, name=template)
            return USAGE
    try:
        for source, to in copies:
            to.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, to, target)
            print(to)
        _write_schema(target / SCHEMA)
        (target / PAGE).write_text(page(template, target, [to for _, to in copies], LANG), encoding="utf-8", newline="\n")
        print(target / PAGE)
    except OSError as error:
        tell(CANNOT, path=error.filename or target, error=error.strerror)
        return USAGE
    tell(NEXT, command=first_command(target, [to for _, to in copies], template), page=target / PAGE)
    return 0


def _copy(source: Path, to: Path, target: Path) -> None:
    """Copy a file; the first line of a scenario, which tells editors where the schema is, follows it to its new place."""
    if source.suffix != ".yaml":
        shutil.copyfile(source, to)
        return
    here_from = "../" * len(to.parent.relative_to(target).parts)
    text = in_language(source.read_text(encoding="utf-8"), LANG)
    to.write_text(re.sub(rf"\$schema=[./]*{re.escape(SCHEMA)}", f"$schema={here_from}{SCHEMA}", text, count=1), encoding="utf-8", newline="\n")


def _write_schema(path: Path) -> None:
    from simcrc.scenario import json_schema

    path.write_text(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(path)


init.__doc__ = here("Donner un dossier prêt à changer, à partir d'un scénario livré.", "Give a folder ready to change, from a scenario that ships.")
