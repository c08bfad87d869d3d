"""``init``, ``validate``, ``schema``, ``indicators`` and the help."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.calls import ROOT, TINY, simcrc, write


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Utilisation :", "Comparer et décider", "Simuler un scénario", "Afficher cette aide"]),
        ("en", ["Usage:", "Compare and decide:", "Simulate a scenario", "Show this message"]),
    ],
)
def test_help_speaks_both_languages(tmp_path: Path, lang: str, words: list[str]) -> None:
    for way in ({"env": {"SIMCRC_LANG": lang}}, {"env": {"SIMCRC_LANG": "", "LC_ALL": f"{lang}_CA.UTF-8"}}):
        done = simcrc(tmp_path, "--help", **way)  # type: ignore[arg-type]
        assert done.returncode == 0
        assert all(word in done.stdout for word in words), done.stdout


def test_without_arguments_help_and_2(tmp_path: Path) -> None:
    done = simcrc(tmp_path)
    assert done.returncode == 2
    assert "Compare and decide:" in done.stdout + done.stderr


def test_version(tmp_path: Path) -> None:
    assert re.fullmatch(r"simcrc \d+\.\d+\.\d+\n", simcrc(tmp_path, "--version").stdout)


@pytest.mark.parametrize("template", ["regie", "bank", "smallest"])
def test_init_gives_scenarios_that_are_valid(tmp_path: Path, template: str) -> None:
    done = simcrc(tmp_path, "init", "mon dossier", "--template", template)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "mon dossier"
    made = [path for path in sorted(folder.rglob("*.yaml")) if path.name != "mapping.yaml"]  # which columns of records are what, no scenario
    assert made
    assert set(done.stdout.splitlines()) == {path.relative_to(tmp_path).as_posix() for path in folder.rglob("*") if path.is_file()}
    for path in made:
        (place,) = re.findall(r"\$schema=(\S+)", path.read_text(encoding="utf-8").splitlines()[0])
        assert (path.parent / place).resolve() == (folder / "simcrc.schema.json").resolve()
        if "{data}" not in path.read_text(encoding="utf-8"):
            valid = simcrc(tmp_path, "validate", str(path.relative_to(tmp_path)))
            assert valid.returncode == 0, valid.stderr
    assert "simcrc run" in done.stderr


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "smallest").mkdir()
    (tmp_path / "smallest" / "smallest.yaml").write_text("mine")
    done = simcrc(tmp_path, "init", "--template", "smallest")
    assert done.returncode == 2
    assert "already exists" in done.stderr
    assert [path.read_text() for path in (tmp_path / "smallest").iterdir()] == ["mine"]


def test_init_names_the_templates(tmp_path: Path) -> None:
    done = simcrc(tmp_path, "init", "--template", "nothing")
    assert done.returncode == 2
    assert all(name in done.stderr for name in ("regie", "bank", "smallest"))
    (tmp_path / "file").write_text("")
    assert simcrc(tmp_path, "init", "file/under").returncode == 2


def test_validate_says_all_of_all_files(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, TINY.replace("per_hour: 20", "per_hour: -20").replace("seed: 3", "sed: 3"), "bad.yaml")
    (tmp_path / "empty.yaml").write_text("")
    done = simcrc(tmp_path, "validate", "bad.yaml", "tiny.yaml", "empty.yaml", "absent.yaml")
    assert done.returncode == 2
    assert done.stdout == "tiny.yaml: valid\n"
    lines = done.stderr.splitlines()
    assert len([line for line in lines if line.startswith("bad.yaml:")]) == 2
    assert {line.split(":")[0] for line in lines} == {"bad.yaml", "empty.yaml", "absent.yaml"}
    assert simcrc(tmp_path, "validate", "tiny.yaml", "--lang", "fr").stdout.replace("\u00a0", " ") == "tiny.yaml : valide\n"


def test_schema_is_a_json_schema_that_the_shipped_scenarios_meet(tmp_path: Path) -> None:
    import jsonschema
    from ruamel.yaml import YAML

    schema = json.loads(simcrc(tmp_path, "schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    document = YAML(typ="safe", pure=True).load((ROOT / "scenarios" / "smallest.yaml").read_text(encoding="utf-8"))
    document["start"] = str(document["start"])
    jsonschema.Draft202012Validator(schema).validate(document)


def test_indicators_are_defined_in_both_languages(tmp_path: Path) -> None:
    listed = {}
    for lang in ("fr", "en"):
        text = simcrc(tmp_path, "indicators", "--lang", lang).stdout
        assert "service_level [share]" in text
        listed[lang] = json.loads(simcrc(tmp_path, "indicators", "--json", "--lang", lang).stdout)
        assert all(row["label"] and row["definition"] and row["unit"] for row in listed[lang])
    assert [row["indicator"] for row in listed["fr"]] == [row["indicator"] for row in listed["en"]]
    same = [row["indicator"] for row, other in zip(listed["fr"], listed["en"], strict=True) if row["definition"] == other["definition"]]
    assert same == []


def test_validate_finds_a_utility_that_nothing_can_solve(tmp_path: Path) -> None:
    text = TINY.replace(
        "choice:\n  first: {table: {default: {default: {phone: 100 %}}}}\n",
        "choice:\n  first:\n    table: {default: {default: {phone: 50 %, mail: 50 %}}}\n"
        "    utility: {habit: {simple: 50, weighed: 50}, task: {complex: {phone: 50}, ambiguous: {mail: -50}}, circumstances: {closed: -50}}\n",
    )
    text = text.replace("info: {", "info: {complexity: 30 %, ambiguity: 30 %, ").replace(
        "\nteams:", "\n  mail: {kind: mail, steps: {open: {handle_time: 3 min}}}\nteams:"
    )
    text = text.replace("serves: [phone]", "serves: [phone, mail.open]") + "population: {size: 10000, segments: {all: {share: 1}}}\n"
    write(tmp_path, text)
    done = simcrc(tmp_path, "validate", "tiny.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tiny.yaml: choice.first.utility: no constants give the written shares (segment all)")
    write(tmp_path, text.replace("50,", "8,").replace(": 50}", ": 8}").replace("-50", "-8"))
    done = simcrc(tmp_path, "validate", "tiny.yaml")
    assert done.returncode == 0, done.stderr
