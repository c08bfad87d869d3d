"""What a results folder was made of, and what of it has changed since: the resolved scenario, data files, extensions, versions, processor.

``of`` looks at all of it and names what changed.  ``simcrc.experiment.resume`` goes on only with the same, ``simcrc.experiment.reproduce`` reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simcrc.errors import SimcrcError
from simcrc.experiment import extensions, store
from simcrc.experiment.files import sha256
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.study import Study
from simcrc.scenario.texts import DATA
from simcrc.words import Lang, Words

SCENARIO = Words(fr="{name} a changé depuis le début de la simulation, ou est endommagé", en="{name} has changed since the run began, or is damaged")
DATA_CHANGED = Words(fr="le fichier de données {name} ({path}) a changé", en="the data file {name} ({path}) has changed")
DATA_MISSING = Words(
    fr="le fichier de données {name} est introuvable ({path}) ; indiquez le dossier des enregistrements avec --data",
    en="the data file {name} is not there ({path}); say where the records are with --data",
)
EXTENSION_CHANGED = Words(fr="l'extension {name} ({path}) a changé", en="the extension {name} ({path}) has changed")
EXTENSION_MISSING = Words(
    fr="l'extension {name} est introuvable ({path}) ; indiquez-la avec --extension", en="the extension {name} is not there ({path}); name it with --extension"
)
VERSION = Words(fr="{name} : {before} alors, {now} maintenant", en="{name}: {before} then, {now} now")
PROCESSOR = Words(fr="processeur ({name}) : {before} alors, {now} maintenant", en="processor ({name}): {before} then, {now} now")
FEATURES = {"machine": "machine", "libc": "libc", "features": "instructions"}
CHANGED = Words(
    fr="{path} : impossible d'aller au bout de cette simulation, ce dont elle est faite a changé :\n{changes}",
    en="{path}: this run cannot be gone on with, what it is made of has changed:\n{changes}",
)


@dataclass(frozen=True)
class Note:
    """Something to tell a person."""

    words: Words
    fields: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Lang) -> str:
        """In words."""
        return self.words.say(lang, **{name: value.say(lang) if isinstance(value, Note) else value for name, value in self.fields.items()})


class ChangedError(SimcrcError):
    """What a run is made of has changed; `changes` says what."""

    def __init__(self, path: Path, changes: Sequence[Note]) -> None:
        super().__init__(path, tuple(changes))
        self.path, self.changes = path, tuple(changes)

    def say(self, lang: Lang) -> str:
        """One line a change, under a headline."""
        return CHANGED.say(lang, path=self.path, changes="\n".join(f"  {change.say(lang)}" for change in self.changes))

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Origins:
    """What a folder was made of.  `changes`: of scenario, data and extensions: it would be another run; `simcrc`: of the version of simcrc; `versions`: of
    what the last bits of figures may depend on."""

    path: Path
    manifest: Mapping[str, Any]
    extensions: tuple[Path, ...]
    data: Path | None
    folder: Path | None
    changes: tuple[Note, ...]
    simcrc: tuple[Note, ...]
    versions: tuple[Note, ...]

    def study(self) -> Study:
        """The study as it was.  Raises ExtensionError, ScenarioError."""
        from simcrc.scenario import load

        extensions.load(self.extensions)
        loaded = load(self.path / store.SCENARIO, data=self.data, folder=self.folder, resolved=True)
        return Study(replace(loaded, digest=self.manifest["digest"]), self.extensions)


def of(path: Path, manifest: Mapping[str, Any], data: Path | None = None, extension_files: Iterable[Path | str] = ()) -> Origins:
    """What the folder at `path` was made of; `data` and `extension_files` say where files are now, when they were moved."""
    inputs = manifest["run"].get("inputs", {})
    changes = []
    if manifest["files"].get(store.SCENARIO) != _digest(path / store.SCENARIO):
        changes.append(Note(SCENARIO, {"name": path / store.SCENARIO}))
    places = {name: Path(inputs[name]) if name in inputs else None for name in ("folder", "data")}
    places["data"] = (data or places["data"]) and Path(data or places["data"] or "").absolute()
    for name, digest in manifest["data"].items():
        root = places["data" if name.startswith(DATA) else "folder"] or path
        changes += _compared(name, root / name.removeprefix(DATA), digest, DATA_CHANGED, DATA_MISSING)
    found = {Path(file).name: Path(file).absolute() for file in (*inputs.get("extensions", ()), *extension_files)}
    used = []
    for entry in manifest["extensions"]:
        file = found.get(entry["name"], Path(entry["name"]))
        changes += _compared(entry["name"], file, entry["sha256"], EXTENSION_CHANGED, EXTENSION_MISSING)
        used.append(file)
    simcrc, versions = _versions(manifest["fingerprint"])
    return Origins(path, manifest, tuple(used), places["data"], places["folder"], tuple(changes), simcrc, versions)


def _digest(path: Path) -> str | None:
    try:
        return sha256(path)
    except OSError:
        return None


def _compared(name: str, path: Path, digest: str, changed: Words, missing: Words) -> list[Note]:
    now = _digest(path)
    if now == digest:
        return []
    return [Note(missing if now is None else changed, {"name": name, "path": path})]


def _versions(before: Mapping[str, Any]) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """Of simcrc, and of all else."""
    now = fingerprint()
    names = dict.fromkeys([*before["versions"], *now["versions"]])
    own: list[Note] = []
    others: list[Note] = []
    for name in names:
        old, new = before["versions"].get(name, "–"), now["versions"].get(name, "–")
        if old != new:
            (own if name == "simcrc" else others).append(Note(VERSION, {"name": name, "before": old, "now": new}))
    for name, words in FEATURES.items():
        old, new = before["processor"].get(name), now["processor"].get(name)
        if old != new:
            others.append(Note(PROCESSOR, {"name": words, "before": _short(old, new), "now": _short(new, old)}))
    return tuple(own), tuple(others)


def _short(of_one: Any, of_other: Any) -> str:
    """What one has and the other has not, where these are lists."""
    if isinstance(of_one, list) and isinstance(of_other, list):
        return " ".join(str(each) for each in of_one if each not in of_other) or "–"
    return str(of_one)
