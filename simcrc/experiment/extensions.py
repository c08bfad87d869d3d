"""Extensions: Python files of a user that register channel kinds, distributions or indicators (docs/extending.md).

They are named by ``--extension`` and by the environment variable SIMCRC_EXTENSIONS, and loaded in every worker before anything else, under
a module name that depends on the content, so that what they define can travel between processes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words

VARIABLE = "SIMCRC_EXTENSIONS"

NOT_FOUND = Words(fr="{path} : extension introuvable ou illisible", en="{path}: extension not found or not readable")
FAILED = Words(fr="{path} : l'extension a échoué : {error}", en="{path}: the extension failed: {error}")


class ExtensionError(SimcrcError):
    """An extension is not there or does not run."""

    def __init__(self, words: Words, path: str, error: str = "") -> None:
        super().__init__(words.say("en", path=path, error=error))
        self._words, self._path, self._error = words, path, error

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return self._words.say(lang, path=self._path, error=self._error)


def asked(paths: Iterable[Path | str] = ()) -> tuple[Path, ...]:
    """Absolute paths of the extensions named by SIMCRC_EXTENSIONS (separated as in PATH), then those given, each once."""
    named = [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    return tuple(dict.fromkeys(Path(path).absolute() for path in (*named, *paths)))


def load(paths: Iterable[Path]) -> None:
    """Run each extension once in this process.  Raises ExtensionError."""
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ExtensionError(NOT_FOUND, str(path)) from error
        name = f"simcrc_extension_{hashlib.sha256(content).hexdigest()[:16]}"
        if name not in sys.modules:
            _run(path, name)


def _run(path: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ExtensionError(NOT_FOUND, str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a user's file raises is said, not shown as a traceback
        del sys.modules[name]
        raise ExtensionError(FAILED, str(path), f"{type(error).__name__}: {error}") from error


def digests(paths: Iterable[Path]) -> list[dict[str, str]]:
    """Name and SHA-256 of each extension, for the manifest."""
    return [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in paths]
