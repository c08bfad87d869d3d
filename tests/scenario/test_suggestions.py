"""What a misspelt or French word is taken for: a key of that very place, never the word itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.errors import ScenarioError
from simcrc.scenario import load
from simcrc.scenario.faults import nearest
from simcrc.scenario.french import MEANT, folded

BASE = Path(__file__).parent / "base.yaml"


def guesses(tmp_path: Path, text: str) -> dict[str, str | None]:
    """The last part of the path of each problem of a policy file, and what was suggested."""
    (tmp_path / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(f"policy: x\nbase: base.yaml\n{text}", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "policy.yaml")
    return {str(problem.ctx.get("found")): problem.ctx.get("suggestion") for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("text", "found", "meant"),
    [
        ("mesures: []", "mesures", "measures"),
        ("objectifs: []", "objectifs", "objectives"),
        ("measures: [{at: 2006-04-10, formation: {channels: [phone]}}]", "formation", "train"),
        ("measures: [{at: 2006-04-10, promouvoir: {channel: web, odds: 2}}]", "promouvoir", "promote"),
        ("measures: [{at: 2006-04-10, promote: {channel: Téléphone, odds: 2}}]", "Téléphone", "phone"),
        ("measures: [{at: 2006-04-10, coût: {once: 1}, promote: {channel: web, odds: 2}}]", "coût", "cost"),
        ("channels: {x: {kind: courrier}}", "courrier", "mail"),
        ("channels: {x: {kind: Courriel}}", "Courriel", "email"),
        ("channels: {x: {kind: comptoir}}", "comptoir", "counter"),
        ("channels: {x: {kind: télécopie}}", "télécopie", "fax"),
        ("measures: [{at: 2006-04-10, promote: {channel: web, odds: 2}, courrier: 3}]", "courrier", None),
    ],
)
def test_french_words_and_keys_of_that_place(tmp_path: Path, text: str, found: str, meant: str | None) -> None:
    assert guesses(tmp_path, text)[found] == meant


def test_no_file_suggests_itself_nor_what_only_ends_alike(tmp_path: Path) -> None:
    (tmp_path / "polices.yaml").write_text("policy: y\nbase: base.yaml\n", encoding="utf-8")
    found = guesses(tmp_path, "includes: [policie.yaml, absente.yaml]")
    assert found == {"policie.yaml": "polices.yaml", "absente.yaml": None}


def test_never_the_name_itself() -> None:
    assert nearest("web", ["web"]) is None
    assert nearest("web", ["web", "webs"]) == "webs"


def test_the_table_is_folded_and_its_words_are_not_their_own_meaning() -> None:
    assert all(word == folded(word) and word not in keys for word, keys in MEANT.items())
