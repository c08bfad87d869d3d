"""What simcrc asks of its surroundings: libraries with the versions that it allows, and a browser for PDF.  ``simcrc.cli.doctor`` shows what is there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def declared() -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Every library that simcrc declares, with a function that says whether a version is allowed."""
    for line in _lines():
        match = re.match(r"[A-Za-z0-9._-]+", line)
        if match and "extra ==" not in line:
            yield match[0], _allowed(line.partition(";")[0][match.end() :].strip(" ()"))


def _lines() -> list[str]:
    """The dependencies as declared: those of the installed package, else those of the tree that this module stands in."""
    from importlib.metadata import PackageNotFoundError, requires

    tree = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if tree.is_file():
        import tomllib

        return [str(line) for line in tomllib.loads(tree.read_text(encoding="utf-8"))["project"]["dependencies"]]
    try:
        return requires("simcrc") or []
    except PackageNotFoundError:
        return []


def _allowed(specifier: str) -> Callable[[str], bool]:
    """Does a version meet `specifier`?  ``packaging`` comes with Dask; without it every version is taken to be right."""
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:
        return lambda version: True
    allowed = SpecifierSet(specifier)
    return lambda version: allowed.contains(version, prereleases=True)


def browser() -> str | None:
    """A Chromium that can print a page as PDF; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)
