"""Calibrated values put back into the file that they come from: the characters of each number are replaced, and nothing else is touched.

So comments, order, quotes and blanks stay as they are.  Where a number is written with its provenance (``{value: …, status: …}``) the status becomes
``calibrated``.  The new text is loaded and checked before it takes the place of the old one, in one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcrc.errors import ScenarioError, SimcrcError
from simcrc.scenario.merge import Chain
from simcrc.scenario.positions import Mark, Place, Tree
from simcrc.scenario.provenance import Stripped
from simcrc.scenario.written import Written
from simcrc.words import Lang, Words

STATUS = "calibrated"

ELSEWHERE = Words(
    fr="{name} est écrit dans un autre fichier ({where}) : « fit --write » n'écrit que dans {path}",
    en='{name} stands in another file ({where}): "fit --write" writes only into {path}',
)
SHARED = Words(
    fr="{name} est écrit une seule fois pour plusieurs endroits (alias, {where}) : l'écrire à part",
    en="{name} is written once for several places (an alias, {where}): write it by itself",
)
CHANGED = Words(fr="{path} a changé entre-temps : rien n'est écrit", en="{path} has changed in the meantime: nothing is written")


class PutBackError(SimcrcError):
    """A value that cannot be written where it comes from."""

    def __init__(self, words: Words, **fields: object) -> None:
        super().__init__(words.say("en", **fields))
        self._words, self._fields = words, fields

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return self._words.say(lang, **self._fields)


@dataclass(frozen=True)
class Spot:
    """Where a number stands in a file, and where the word of its status does, if it has one."""

    mark: Mark
    status: Mark | None


def spots(path: Path, names: Sequence[str]) -> dict[str, Spot]:
    """Where the numbers `names` stand in the file `path`.  Raises PutBackError for one that stands elsewhere, or for several places at once."""
    from simcrc.scenario.check_fit import place_of

    chain = Chain(path)
    tree = chain.read()
    if tree is None or chain.problems:
        raise ScenarioError(chain.problems)
    plain = Stripped(tree).tree
    found: dict[str, Spot] = {}
    for name in names:
        place = place_of(plain.document, name)
        if place is None:
            raise PutBackError(CHANGED, path=path)
        mark = plain.values[place]
        where = f"{mark.file}:{mark.line}"
        if mark.file != str(path):
            raise PutBackError(ELSEWHERE, name=name, where=where, path=path)
        written = _written(tree, place)
        if sum(each == mark for key, each in tree.values.items() if key not in (written, written[:-1])) > 0:
            raise PutBackError(SHARED, name=name, where=where)
        own = (*written[:-1], "status")
        found[name] = Spot(mark, tree.values.get(own) if written[-1:] == ("value",) else None)
    return found


def spots_of(path: Path, data: Path | None = None) -> dict[str, Spot]:
    """Where all numbers of the ``fit:`` of the scenario at `path` stand, those that are drawn from too.  Raises as ``spots`` and loading do."""
    from simcrc.scenario import load

    fit = load(path, data=data).scenario.fit
    parameters = fit.parameters if fit else ()
    return spots(path, [name for each in parameters for name in (each.path, each.draws_from) if name is not None])


def _written(tree: Tree, place: Place) -> Place:
    """The place in the document as written, provenance included, of `place` in the one without."""
    out: Place = ()
    value: Any = tree.document
    for key in place:
        while isinstance(value, dict) and key not in value and "value" in value:
            value, out = value["value"], (*out, "value")
        value, out = value[key], (*out, key)
    while isinstance(value, dict) and "value" in value:
        value, out = value["value"], (*out, "value")
    return out


def put_back(path: Path, values: Mapping[str, Written], calibrated: Sequence[str]) -> None:
    """Write `values` into the file `path`, each at its path; the status of those that are `calibrated` says so.

    Raises PutBackError, ScenarioError when the scenario would not be valid, OSError; the file is then as it was."""
    from simcrc.experiment.files import atomic
    from simcrc.scenario import load

    found = spots(path, list(values))
    old = path.read_bytes().decode("utf-8-sig")
    edits = [(spot.mark, values[name].text()) for name, spot in found.items()]
    edits += [(spot.status, STATUS) for name, spot in found.items() if name in calibrated and spot.status is not None]
    new = replaced(old, {(mark.line, mark.column): text for mark, text in edits})
    with atomic(path) as temporary:
        temporary.write_text(new, encoding="utf-8", newline="")
        temporary.chmod(path.stat().st_mode & 0o777)
        try:
            load(temporary)
        except ScenarioError as error:
            raise ScenarioError([_said_of(path, temporary, problem) for problem in error.problems]) from None


def _said_of(path: Path, temporary: Path, problem: Any) -> Any:
    from dataclasses import replace

    return replace(problem, file=str(path)) if problem.file == str(temporary) else problem


def replaced(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """A YAML text with other scalars at some places (line, column, from 1), in the quotes in which the old ones stood."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    wanted = dict(edits)
    spans = []
    for node in _scalars(yaml.compose(text), set()):
        new = wanted.pop((node.start_mark.line + 1, node.start_mark.column + 1), None)
        if new is not None:
            quote = node.style if node.style in ("'", '"') else ""
            spans.append((node.start_mark.index, node.end_mark.index, f"{quote}{new}{quote}"))
    if wanted:
        raise KeyError(f"no scalar at {sorted(wanted)}")
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _scalars(node: Any, seen: set[int]) -> Iterator[Any]:
    """Every scalar below a node, once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.id == "scalar":
        yield node
    else:
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _scalars(part, seen)
