"""Where the benchmarks are: scenario files with an ``expect:`` block, found by name, pattern or path.

They are looked for under ./benchmarks and ./scenarios; where neither holds any, among those that ship (installed with the package, beside it in a
checkout).  A benchmark is named after its place below these folders, ``erlang_c/mmc``; its last part alone will do where no other has it.
Stored figures (``simcrc.bench.exact``) stand in benchmarks/exact, or in ``exact`` beside a file that was given by its path and lies elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words

FOLDERS = ("benchmarks", "scenarios")
EXACT = "exact"
SUFFIXES = (".yaml", ".yml")

UNKNOWN = Words(fr="aucun banc d'essai « {name} »{near}", en='no benchmark "{name}"{near}')
NEAR = Words(fr=" ; vouliez-vous dire « {name} » ?", en='; did you mean "{name}"?')
AMBIGUOUS = Words(fr="« {name} » désigne plusieurs bancs d'essai : {names}", en='"{name}" stands for several benchmarks: {names}')
NO_EXPECT = Words(fr="{name} : ce scénario n'a pas de bloc expect", en="{name}: this scenario has no expect block")
NONE = Words(fr="aucun banc d'essai (scénario avec un bloc expect) dans {name}", en="no benchmark (a scenario with an expect block) in {name}")

_EXPECTS = re.compile(r"^expect\s*:", re.MULTILINE)


class CatalogueError(SimcrcError):
    """No such benchmark."""

    def __init__(self, words: Words, name: str, names: Sequence[str] = (), near: str | None = None) -> None:
        super().__init__(words.say("en", name=name, names=", ".join(names), near=NEAR.say("en", name=near) if near else ""))
        self._words, self._name, self._names, self._near = words, name, names, near

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        near = NEAR.say(lang, name=self._near) if self._near else ""
        return self._words.say(lang, name=self._name, names=", ".join(self._names), near=near)


@dataclass(frozen=True, order=True)
class Benchmark:
    """A scenario that says what it expects.  `exact`: where its stored figures are or would be."""

    name: str
    path: Path
    exact: Path


def roots() -> list[Path]:
    """The folders that are looked through."""
    here = [Path(folder) for folder in FOLDERS]
    return here if any(_files(folder) for folder in here) else _shipped()


def catalogue(folders: Sequence[Path] | None = None) -> list[Benchmark]:
    """Every benchmark of `folders` (else of ``roots()``), by name; of two with one name, that of the first folder."""
    folders = roots() if folders is None else folders
    found: dict[str, Benchmark] = {}
    for folder in folders:
        for path in _files(folder):
            name = path.relative_to(folder).with_suffix("").as_posix()
            found.setdefault(name, Benchmark(name, path, _stored(folders) / f"{name}.json"))
    return sorted(found.values())


def find(names: Iterable[str] = (), folders: Sequence[Path] | None = None) -> list[Benchmark]:
    """The benchmarks that `names` stand for: names, patterns with ``*``, ``?`` and ``[…]``, files or folders; without names, all.

    Each once, by name.  Raises CatalogueError for what stands for nothing.
    """
    folders = roots() if folders is None else folders
    known = catalogue(folders)
    names = list(names)
    if not names and not known:
        raise CatalogueError(NONE, ", ".join(map(str, folders)))
    chosen = [benchmark for name in names for benchmark in _named(name, known)] if names else known
    return sorted({benchmark.path.resolve(): benchmark for benchmark in chosen}.values())


def _named(name: str, known: Sequence[Benchmark]) -> list[Benchmark]:
    path = Path(name)
    if path.suffix in SUFFIXES or path.is_dir():
        return _at(path, known)
    exactly = [benchmark for benchmark in known if benchmark.name == name]
    if exactly:
        return exactly
    last = [benchmark for benchmark in known if benchmark.name.rpartition("/")[2] == name]
    if len(last) > 1:
        raise CatalogueError(AMBIGUOUS, name, [benchmark.name for benchmark in last])
    found = last or [benchmark for benchmark in known if fnmatchcase(benchmark.name, name) or benchmark.name.startswith(f"{name}/")]
    if not found:
        ends = {part: benchmark.name for benchmark in known for part in (benchmark.name, benchmark.name.rpartition("/")[2])}
        near = get_close_matches(name, ends, n=1)
        raise CatalogueError(UNKNOWN, name, near=ends[near[0]] if near else None)
    return found


def _at(path: Path, known: Sequence[Benchmark]) -> list[Benchmark]:
    """The benchmarks of a file or a folder that were given by their path."""
    by_file = {benchmark.path.resolve(): benchmark for benchmark in known}
    files = _files(path) if path.is_dir() else [path]
    if not files:
        raise CatalogueError(NONE, str(path))
    if path.is_file() and not _expects(path):
        raise CatalogueError(NO_EXPECT, str(path))
    if not path.exists():
        raise CatalogueError(UNKNOWN, str(path))
    return [by_file.get(file.resolve()) or Benchmark(file.stem, file, file.parent / EXACT / f"{file.stem}.json") for file in files]


def _files(folder: Path) -> list[Path]:
    """The scenario files below `folder` that have an ``expect:`` of their own."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file() and _expects(path)]


def _expects(path: Path) -> bool:
    try:
        return bool(_EXPECTS.search(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return False  # whoever loads it says what is wrong


def _stored(folders: Sequence[Path]) -> Path:
    """Where the stored figures of the benchmarks of `folders` are: in the first, the benchmarks'."""
    return folders[0] / EXACT


def _shipped() -> list[Path]:
    """The folders that ship: inside the installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    root = package if (package / FOLDERS[0]).is_dir() else package.parent
    return [root / folder for folder in FOLDERS]
