"""The documents: the README's commands, links that lead somewhere, and references that leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from simcrc.channels import kinds
from simcrc.distributions import families
from simcrc.scenario import Scenario

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "DECISIONS.md", *sorted((ROOT / "docs").glob("*.md"))]
LANGUAGE = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("scenario-language.md", "readiness.md"))


def test_the_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks[0].splitlines() == [
        "python -m pip install . && simcrc run scenarios/regie/depart.yaml",
        "python -m pip install '.[test]' && pytest",
    ]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in DOCUMENTS])
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http:", "https:"))]
    broken = [link for link in local if not _leads(path, link)]
    assert broken == []


def _leads(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = path if not name else path.parent / name
    if not target.exists():
        return False
    return not anchor or anchor in {_anchor(line) for line in target.read_text(encoding="utf-8").splitlines() if line.startswith("#")}


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("#").strip().lower()).replace(" ", "-")


def specs(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The declarations that `model` is made of, itself included; the replay has a page of its own."""
    yield model
    for name, field in model.model_fields.items():
        for inner in _classes(field.annotation):
            if name != "replay":
                yield from specs(inner)


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _classes(argument)


def test_the_reference_names_every_field_of_the_language() -> None:
    found = {*specs(Scenario), *(spec for kind in kinds().values() for spec in specs(kind)), *families().values()}
    names = {field.alias or name for spec in found if spec.__name__ != "ChannelSpec" for name, field in spec.model_fields.items()}
    missing = sorted(name for name in names if not re.search(rf"\b{name}\b", LANGUAGE))
    assert missing == []


def test_the_reference_names_every_kind_and_family() -> None:
    missing = [name for name in (*kinds(), *families()) if f"`{name}`" not in LANGUAGE]
    assert missing == []
