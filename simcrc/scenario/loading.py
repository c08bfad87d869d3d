"""Loading a scenario: from a YAML file to a frozen ``Scenario``, or to all that is wrong with it at once.

    YAML ─ positions ─▶ trees ─ merge (extends), settings (--set) ─▶ document ─ provenance ─▶ plain ─ files ─▶ validate ─▶
    Scenario ─ check

``Loaded`` holds what a run needs to know of its origin.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from simcrc.errors import ScenarioError
from simcrc.scenario import settings
from simcrc.scenario.check import check
from simcrc.scenario.files import DataFiles
from simcrc.scenario.merge import Chain
from simcrc.scenario.positions import Place
from simcrc.scenario.problems import Problem
from simcrc.scenario.provenance import Provenance, Stripped
from simcrc.scenario.ranges import check_ranges
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.validate import read


@dataclass(frozen=True)
class Loaded:
    """A scenario and where it comes from.

    `document`: the resolved document (after ``extends`` and ``--set``), values with their provenance, sections in the order of the
    language; ``dump`` writes it.
    `provenance`: by path in the document without provenance mappings.
    `folder`: the folder of the file, root of the data paths in `scenario` and `document`.  `data`: the folder given by
    ``--data``.  `data_files`: the file of each data path.
    `warnings`: what is said and allowed (``free_choice: warn``).
    `digest`: SHA-256 (hexadecimal) over the document and the bytes of the data files; equal digests mean the same scenario.
    """

    scenario: Scenario
    document: dict[str, Any]
    provenance: Mapping[Place, Provenance]
    path: Path
    folder: Path
    data: Path | None
    digest: str
    data_files: Mapping[str, Path]
    warnings: tuple[Problem, ...] = ()

    def resolve(self, name: str) -> Path:
        """The file of the data path `name` of this scenario."""
        return self.data_files[name]


def load(
    path: str | Path,
    *,
    set_: Sequence[str] = (),
    data: str | Path | None = None,
    policies: Sequence[str | Path] = (),
    folder: str | Path | None = None,
    resolved: bool = False,
) -> Loaded:
    """Read, resolve and check the scenario at `path`.

    `policies`: policy files laid over it, in order; `set_`: assignments ``path=value`` laid over it; `data`: the folder that ``{data}/`` stands for;
    `folder`: where the data files of a scenario that has moved were left (a resolved one, in a folder of results); `resolved`: it is such a one, whose
    period may have been changed on the command line, so that dated events may fall outside it.
    Raises ScenarioError with all problems found.
    """
    chain = Chain(path, policies)
    tree = chain.read()
    if tree is None:
        raise ScenarioError(chain.problems)
    problems = chain.problems + settings.apply(tree, set_)
    stripped = Stripped(tree)
    problems += stripped.problems
    plain = stripped.tree
    document = _in_sections(copy.deepcopy(tree.document))
    files = DataFiles(chain, None if data is None else Path(data), None if folder is None else Path(folder))
    files.attach(plain, document)
    problems += files.problems
    scenario, doubtful, wrong = read(plain)
    problems += wrong
    warnings: list[Problem] = []
    if scenario is not None:
        moved = resolved or any(text.startswith(("start", "horizon", "warmup")) for text in set_)
        problems += check(scenario, plain, doubtful, warnings, moved, None if chain.bare is None else _bare(chain.bare, set_, data))
        if not wrong:
            problems += check_ranges(scenario, stripped)
    if problems or scenario is None:
        raise ScenarioError(_in_order(problems, chain.files))
    return Loaded(
        scenario=scenario,
        document=document,
        provenance=stripped.provenance,
        path=Path(path),
        folder=Path(path).parent if folder is None else Path(folder),
        data=None if data is None else Path(data),
        digest=_digest(document, files.paths),
        data_files=dict(files.paths),
        warnings=tuple(_in_order(warnings, chain.files)),
    )


def _bare(path: str, set_: Sequence[str], data: str | Path | None) -> Scenario | None:
    """The scenario below policy files that extend it, as it is without them; None when it cannot be read alone."""
    chain = Chain(path)
    tree = chain.read()
    if tree is None:
        return None
    settings.apply(tree, [text for text in set_ if not text.startswith("policies")])
    plain = Stripped(tree).tree
    DataFiles(chain, None if data is None else Path(data)).attach(plain, copy.deepcopy(tree.document))
    scenario, _, wrong = read(plain)
    return None if wrong else scenario


def dump(document: Mapping[str, Any]) -> str:
    """A document as YAML; loading it gives the same document."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 120
    yaml.representer.sort_base_mapping_type_on_output = False
    out = StringIO()
    yaml.dump(dict(document), out)
    return out.getvalue()


def _in_sections(document: Any) -> Any:
    """A document with its sections in the order of the language, whatever that of the file: it says the same."""
    if not isinstance(document, dict):
        return document
    order = {field.alias or name: number for number, (name, field) in enumerate(Scenario.model_fields.items())}
    return {key: document[key] for key in sorted(document, key=lambda key: order.get(key, len(order)))}


def _digest(document: Mapping[str, Any], files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
    for name in sorted(files):
        with files[name].open("rb") as stream:
            digest.update(f"\n{name} {hashlib.file_digest(stream, 'sha256').hexdigest()}".encode())
    return digest.hexdigest()


def _in_order(problems: Sequence[Problem], labels: Sequence[str]) -> list[Problem]:
    """Once each, by file (the first file first), line and column."""
    order = {label: number for number, label in enumerate(labels)}
    unique = {(p.file, p.line, p.column, p.path, p.code, p.message("en")): p for p in problems}
    return sorted(unique.values(), key=lambda p: (order.get(p.file, len(order)), p.file, p.line, p.column))


__all__ = ["Loaded", "dump", "load"]
