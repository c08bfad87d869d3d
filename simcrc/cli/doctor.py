"""``simcrc doctor``: is everything there that simcrc needs, and what to do where it is not.

One function a check, each of which gives ``Finding``s: a name, a state and what to do.  Nothing is installed and nothing is left behind.  The exit code is 1
when something is missing without which simcrc does not work, 0 otherwise.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here
from simcrc.words import Words

State = Literal["ok", "advice", "missing"]
MARKS = {"ok": Words(fr="bon", en="ok"), "advice": Words(fr="conseil", en="advice"), "missing": Words(fr="manque", en="missing")}
LEAST_PYTHON = (3, 11)
LEAST_MEMORY = 1.0  # GiB free: two processes, each with its libraries and its journeys under way
LEAST_DISK = 1.0  # GiB
REINSTALL = Words(
    fr="python -m pip install --upgrade simcrc ; dans le dossier du projet : python -m pip install .",
    en="python -m pip install --upgrade simcrc; in the folder of the project: python -m pip install .",
)

FINE = Words(fr="Tout ce qu'il faut est là.", en="All that is needed is there.")
LACKING = Words(fr="Il manque de quoi travailler : {names}.", en="Something needed is missing: {names}.")
NEXT = Words(fr="Pour continuer : {command}", en="Next: {command}")


@dataclass(frozen=True)
class Finding:
    """What one check found: `name` of the check, what is there (`found`), and what to do about it (empty: nothing)."""

    name: str
    label: Words
    state: State
    found: str
    todo: Words | None = None


def findings() -> Iterator[Finding]:
    """All checks, in the order in which they are shown."""
    yield from _programs()
    yield from _libraries()
    yield from _machine()
    yield from _results()
    yield from _printing()
    yield from _dask()
    yield from _language()


def _programs() -> Iterator[Finding]:
    import simcrc

    place = Path(simcrc.__file__).parent
    yield Finding("simcrc", Words(fr="simcrc", en="simcrc"), "ok", f"{simcrc.__version__} ({place})")
    new = sys.version_info[:2] >= LEAST_PYTHON
    least = ".".join(map(str, LEAST_PYTHON))
    todo = Words(fr=f"installez Python {least} ou plus récent", en=f"install Python {least} or later")
    yield Finding(
        "python", Words(fr="Python", en="Python"), "ok" if new else "missing", f"{platform.python_version()}, {platform.system()}", None if new else todo
    )


def _libraries() -> Iterator[Finding]:
    """Every library that simcrc declares: there, and of a version that it allows."""
    from importlib.metadata import PackageNotFoundError, version

    from simcrc.cli.requirements import declared

    fine: list[str] = []
    wrong: list[str] = []
    for name, allowed in declared():
        try:
            found = version(name)
        except PackageNotFoundError:
            wrong.append(f"{name} (–)")
            continue
        (fine if allowed(found) else wrong).append(f"{name} {found}")
    label = Words(fr="Bibliothèques", en="Libraries")
    if fine:
        yield Finding("libraries", label, "ok", ", ".join(fine))
    for each in wrong:
        yield Finding("library", Words(fr="Bibliothèque", en="Library"), "missing", each, REINSTALL)


def _machine() -> Iterator[Finding]:
    from simcrc.experiment.parallel import cores

    yield Finding("cores", Words(fr="Processeurs", en="Cores"), "ok", here(f"{cores()} (-j en prend moins)", f"{cores()} (-j takes fewer)"))
    free = _free_memory()
    if free is None:
        return
    little = free < LEAST_MEMORY
    todo = Words(fr="fermez d'autres programmes, ou prenez moins de processus : -j 1", en="close other programs, or take fewer processes: -j 1")
    yield Finding("memory", Words(fr="Mémoire libre", en="Free memory"), "advice" if little else "ok", _size(free), todo if little else None)


def _free_memory() -> float | None:
    """GiB that processes may still take; None where the system does not tell."""
    try:
        import psutil

        return float(psutil.virtual_memory().available) / 2**30
    except ImportError:
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (AttributeError, ValueError, OSError):
        return None


def _size(gib: float) -> str:
    from simcrc.report.numbers import decimal

    return f"{decimal(gib, LANG, 1)}\u00a0{here('Gio', 'GiB')}"


def _results() -> Iterator[Finding]:
    """Can a folder of results be made from here, and is there room for it?"""
    import shutil

    folder = Path("results")
    place = folder if folder.is_dir() else Path()
    label = Words(fr="Dossier des résultats", en="Folder of results")
    shown = str(Path.cwd() / folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
        free = shutil.disk_usage(place).free / 2**30
    except OSError as error:
        todo = Words(fr="allez dans un dossier à vous, ou donnez-en un avec -o", en="go to a folder of your own, or name one with -o")
        yield Finding("results", label, "missing", f"{shown} ({error.strerror or error})", todo)
        return
    little = free < LEAST_DISK
    todo = Words(fr="faites de la place, ou donnez un dossier d'un autre disque avec -o", en="make room, or name a folder on another disk with -o")
    yield Finding("results", label, "advice" if little else "ok", f"{shown} ({_size(free)})", todo if little else None)


def _printing() -> Iterator[Finding]:
    """Letters for pictures, and a browser that turns a report into PDF."""
    import matplotlib.font_manager

    from simcrc.cli.requirements import browser
    from simcrc.pictures.style import STYLE

    label = Words(fr="Lettres des images", en="Letters of pictures")
    for family in STYLE["font.sans-serif"]:
        try:
            matplotlib.font_manager.findfont(family, fallback_to_default=False)
        except ValueError:
            todo = Words(fr="les images prendront une autre police ; réinstallez matplotlib", en="pictures will use another font; install matplotlib anew")
            yield Finding("font", label, "advice", family, todo)
        else:
            yield Finding("font", label, "ok", family)
    found = browser()
    label = Words(fr="Chromium (PDF)", en="Chromium (PDF)")
    todo = Words(
        fr="facultatif : installez Chromium ou Chrome pour écrire des PDF ; sinon, ouvrez le rapport dans un navigateur et imprimez-le",
        en="optional: install Chromium or Chrome to write PDF; else open the report in a browser and print it",
    )
    yield Finding("chromium", label, "ok" if found else "advice", found or "–", None if found else todo)


def _dask() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    label = Words(fr="Grappe (Dask)", en="Cluster (Dask)")
    try:
        yield Finding("dask", label, "ok", f"{version('distributed')} ({here('docs/cluster.md dit comment', 'docs/cluster.md says how')})")
    except PackageNotFoundError:
        todo = Words(fr="seulement pour une grappe : python -m pip install distributed", en="for a cluster only: python -m pip install distributed")
        yield Finding("dask", label, "advice", "–", todo)


def _language() -> Iterator[Finding]:
    """Which language is spoken here, and why."""
    why = next((f"{name}={os.environ[name]}" for name in ("SIMCRC_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if _speaks(os.environ.get(name))), "")
    if any(argument == "--lang" or argument.startswith("--lang=") for argument in sys.argv[1:]):
        why = "--lang"
    spoken = here("français", "English")
    reason = why or here("ni --lang, ni SIMCRC_LANG, ni le système n'en disent rien", "neither --lang, SIMCRC_LANG nor the system says")
    todo = Words(fr="pour l'anglais : --lang en, ou SIMCRC_LANG=en", en="for French: --lang fr, or SIMCRC_LANG=fr")
    yield Finding("language", Words(fr="Langue", en="Language"), "ok", f"{spoken} ({reason})", todo)


def _speaks(code: str | None) -> bool:
    return bool(code) and str(code).lower().startswith(("fr", "en"))


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help=here("Écrire les constats en JSON.", "Print the findings as JSON."))] = False,
    lang: options.Lang = None,
) -> int:
    found = list(findings())
    if as_json:
        rows = [{"check": f.name, "label": f.label.say(LANG), "state": f.state, "found": f.found, "todo": f.todo.say(LANG) if f.todo else None} for f in found]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _show(found)
    return 1 if any(each.state == "missing" for each in found) else 0


def _show(found: list[Finding]) -> None:
    import textwrap

    width = max(len(each.label.say(LANG)) for each in found)
    mark = max(len(MARKS[each.state].say(LANG)) for each in found)
    indent = " " * (mark + width + 4)
    for each in found:
        head = f"{MARKS[each.state].say(LANG).ljust(mark)}  {each.label.say(LANG).ljust(width)}  "
        print(textwrap.fill(each.found, 120, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False))
        if each.todo:
            print(textwrap.fill(f"→ {each.todo.say(LANG)}", 120, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False))
    lacking = [each.label.say(LANG) for each in found if each.state == "missing"]
    print()
    if lacking:
        print(LACKING.say(LANG, names=", ".join(dict.fromkeys(lacking))))
        return
    print(FINE.say(LANG))
    print(NEXT.say(LANG, command="simcrc init"))


doctor.__doc__ = here("Dire ce qui est là, ce qui manque et quoi faire.", "Say what is there, what is missing and what to do.")
