"""``simcrc fidelisation``, as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import simcrc
from tests.experiment.paired import BASE, PROMOTE, write

TRAIN = """\
policy: {fr: Former, en: Train}
base: base.yaml
measures: [{at: 2024-01-08, train: {channels: [phone], resolution: 20 %}, cost: {once: 500}}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("called"), promote=PROMOTE, other=BASE.replace("horizon: 4 weeks", "horizon: 5 weeks"))


def test_the_account_in_both_languages(folder: Path) -> None:
    done = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "-r", "2", "-o", "out", "--lang", "fr", "-j", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Effet de fidélisation : Promouvoir le Web\npar rapport à : Petite organisation\n2 paires")
    for words in ("Renseignements", "Proches", "Qui ne migre jamais", "Économie attendue et obtenue", "demande un changement de l'effectif", "Objectifs"):
        assert words in done.stdout
    assert done.stdout.startswith((folder / "out" / "fidelisation.fr.txt").read_text(encoding="utf-8").rstrip())
    assert (folder / "out" / "fidelisation.en.txt").read_text(encoding="utf-8").startswith("Fidelisation effect: Promote the Web")
    again = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "-o", "out")
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_json_and_a_folder_of_its_own(folder: Path) -> None:
    done = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "-r", "1", "--json", "--follow-up", "10 days", "--seed", "4")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert (shown["follow_up_days"], shown["seed"], shown["replications"]) == (10, 4, 1)
    made = list((folder / "results").iterdir())
    assert len(made) == 1
    assert made[0].name.startswith("fidelisation-base-promote-")
    assert (made[0] / "summary.csv").exists()


def test_several_policies_together_and_some_on_both_sides(folder: Path) -> None:
    """What is laid over both sides is no effect; the command to go on with keeps all that was asked."""
    (folder / "train.yaml").write_text(TRAIN, encoding="utf-8")
    options = ("--follow-up", "10 days", "--seed", "4", "-j", "1", "--lang", "en")
    both = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "train.yaml", "-r", "1", *options)
    assert both.returncode == 0, both.stderr
    assert both.stdout.startswith("Fidelisation effect: Promote the Web + Train\ncompared with: Small organisation\n1 pair of replications")
    assert "Next: simcrc fidelisation base.yaml promote.yaml train.yaml -r 10 --follow-up '10 days' --seed 4 -j 1 --lang en\n" in both.stdout
    over = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "--policy", "train.yaml", "-r", "1", *options)
    assert over.stdout.startswith("Fidelisation effect: Promote the Web\ncompared with: Small organisation – under: Train\n")
    assert " --policy train.yaml " in over.stdout
    twice = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "--policy", "promote.yaml", "-r", "1")
    assert twice.returncode == 2
    assert "its measures would count twice" in twice.stderr
    whole = simcrc(folder, "fidelisation", "base.yaml", "promote.yaml", "other.yaml")
    assert whole.returncode == 2
    assert "not a policy file" in whole.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("base.yaml", "other.yaml"), "do not have the same needs"),
        (("base.yaml", "nowhere.yaml"), "nowhere.yaml"),
        (("base.yaml", "promote.yaml", "--follow-up", "28"), "such as 28d"),
        (("base.yaml", "promote.yaml", "--follow-up", "60d"), "leaves no need"),
    ],
)
def test_what_is_refused(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = simcrc(folder, "fidelisation", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout
