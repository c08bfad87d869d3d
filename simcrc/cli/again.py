"""The command to go on with after one that is done: the same, with what it was given, and a few options more.

Every command that says "Next: …" writes it here, so that no option is forgotten.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

Given = str | int | Path | bool | Iterable[object] | None


def again(name: str, files: Iterable[Path], options: Mapping[str, Given]) -> str:
    """The command line of ``simcrc name`` for `files` with `options`: what is None, False or empty is left out, a list repeats its option, True stands for
    an option without a value."""
    words = ["simcrc", name, *map(str, files)]
    for option, given in options.items():
        if given is True:
            words.append(option)
        elif given is None or given is False:
            continue
        elif isinstance(given, str | int | Path):
            words += [option, str(given)]
        else:
            words += [part for each in given for part in (option, str(each))]
    return shlex.join(words)
