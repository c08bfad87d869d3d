"""The JSON Schema: what loads is valid by it, the committed file is the one that ``simcrc schema`` prints, and mistakes show in editors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simcrc.channels import kinds
from simcrc.distributions import families
from simcrc.scenario import json_schema
from simcrc.scenario.positions import read_file

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "scenarios"
FILE = SHIPPED / "simcrc.schema.json"
FILES = [path for path in sorted(SHIPPED.rglob("*.yaml")) if path.name != "mapping.yaml"]  # which columns of records are what, no scenario


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def document(path: Path) -> dict[str, Any]:
    tree, problems = read_file(path, str(path))
    assert tree is not None
    assert problems == []
    found: dict[str, Any] = tree.document
    return found


@pytest.mark.parametrize("path", [HERE / "base.yaml", *FILES], ids=lambda path: path.stem)
def test_scenarios_are_valid(path: Path, validator: Any) -> None:
    errors = [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(document(path))]
    assert errors == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_scenarios_name_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    marker, _, name = first.partition("$schema=")
    assert marker == "# yaml-language-server: "
    assert (path.parent / name).resolve() == FILE.resolve()


def test_the_committed_file_is_what_the_command_prints() -> None:
    # in a process of its own: other tests of this one may have registered kinds and families
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(SHIPPED.parent)}
    printed = subprocess.run([sys.executable, "-m", "simcrc", "schema"], env=environment, capture_output=True, check=True, encoding="utf-8").stdout
    assert printed == FILE.read_text(encoding="utf-8")


def test_every_kind_and_family_is_there() -> None:
    text = json.dumps(json_schema())
    assert all(f'"const": "{name}"' in text for name in kinds())
    assert all(f'"required": ["{name}"]' in text for name in families())


@pytest.mark.parametrize(
    "change",
    [
        {"horizn": "3 weeks"},
        {"seed": "one"},
        {"channels": {"web": {"kind": "web", "completio": 0.5}}},
        {"channels": {"web": {"kind": "wbe"}}},
        {"population": {"size": {"value": 5, "status": "guessed"}, "segments": {}}},
        {"services": {"a": {"complexity": 1.5}}},
        {"teams": {"a": {"serves": "phone", "schedule": {"week": {"Mon": {"08:30": 3}}}}}},
        {"teams": {"a": {"serves": ["phone"], "schedule": {"week": {"Mon": {"8.30": 3}}}}}},
    ],
)
def test_mistakes_show(change: dict[str, Any], validator: Any) -> None:
    assert not validator.is_valid(document(HERE / "base.yaml") | change)
    assert not validator.is_valid({"extends": "base.yaml"} | change)


@pytest.mark.parametrize(
    "change",
    [
        {"channels": {"web": {"completion": {"value": "70 %", "source": "x", "status": "measured", "standard_error": "2 %"}}}},
        {"channels": {"phone": {"service_level": None}}},
        {"population": {"segments": {"connected": {"share": {"value": 0.5, "range": [0.4, 0.6]}, "note": "x"}}}},
        {"teams": {"agents": {"skills": {"en": "40 %", "range": "±20 %"}}}},
        {"choice": {"next": {"phone.abandoned": {"redial": "60 % after 20 min", "give_up": 0.4}}}},
        {"channels": {"phone": {"wrap_up": {"value": {"lognormal": {"mean": "4 min", "cv": 1}}, "status": "assumed"}}}},
    ],
)
def test_what_extends_may_write_a_part(change: dict[str, Any], validator: Any) -> None:
    assert validator.is_valid({"extends": "base.yaml"} | change)
