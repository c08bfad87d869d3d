"""Folders as the subject of pictures: what comes of each kind, of several, of what does not go together, of a run that was interrupted."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import simcrc
from simcrc.experiment.store import StoreError
from simcrc.pages.banners import banners
from simcrc.pages.verdict import verdict
from simcrc.pictures.folders import opened, read
from simcrc.pictures.pairs import of_pairs
from tests.pages import hostile


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, a comparison and an effect of the same small organisation."""
    folder = tmp_path_factory.mktemp("folders")
    base, policy = hostile.written(folder)
    simcrc.load(base).run(output=folder / "run")
    simcrc.load(base, policies=[policy]).run(output=folder / "under")
    simcrc.compare(base, {"policy": policy}, output=folder / "compare")
    simcrc.fidelisation(base, policy, output=folder / "effect")
    return folder


def test_one_scenario_has_the_same_figures_in_every_folder(place: Path) -> None:
    subjects = [read([place / "run", place / "under"]), read([place / "compare"]), read([place / "effect"])]
    for subject in subjects:
        assert subject.paired
        assert len(subject.arms) == 2
        assert subject.base.title.fr == hostile.NAME
        assert subject.others[0].title.fr == hostile.POLICY
        for where in (("contacts_per_need", None), ("asa", "phone"), ("service_level", "phone")):
            assert subject.base.estimate(*where) == subjects[0].base.estimate(*where)
            assert subject.others[0].estimate(*where) == subjects[0].others[0].estimate(*where)
        assert subject.difference(subject.others[0], "fcr") == subjects[0].difference(subjects[0].others[0], "fcr")


def test_a_comparison_and_an_effect_of_one_base_go_together(place: Path) -> None:
    subject = read([place / "compare", place / "effect"])
    assert [arm.name for arm in subject.arms] == ["base", "policy"]
    assert list(subject.effects) == ["policy"]


def test_an_effect_in_memory_is_that_of_its_folder(place: Path) -> None:
    found = simcrc.fidelisation(place / "base.yaml", place / "policy.yaml")
    subject, kept = of_pairs(found), read([place / "effect"])
    assert subject.base.estimate("asa", "phone") == kept.base.estimate("asa", "phone")
    assert subject.others[0].title == kept.others[0].title


def test_what_is_no_folder_of_results_is_said(place: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        read([tmp_path / "nowhere"])
    with pytest.raises(StoreError, match="not a folder of results"):
        read([tmp_path])
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(StoreError, match="not a folder of results"):
        read([tmp_path])
    with pytest.raises(StoreError, match="another base"):
        read([place / "under", place / "effect"])
    damaged = tmp_path / "damaged"
    shutil.copytree(place / "compare", damaged)
    next(damaged.rglob("0001.npz")).unlink()
    with pytest.raises(StoreError, match=r"0001\.npz is missing"):
        read([damaged])


def test_a_partial_run_says_so_at_the_top(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "part"
    shutil.copytree(place / "run", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "complete": False, "done": [1], "replications": 9}), encoding="utf-8")
    with pytest.raises(StoreError, match="interrupted"):
        read([folder])
    found = opened([folder], partial=True)
    assert found.subject.base.numbers == (1,)
    first = banners(found, "en")[0]
    assert (first.kind, first.lines) == ("partial", ("The run was interrupted: 1 of 9 replications. Intervals are wider than was asked.",))
    assert "certain" in verdict(found.subject, "en")


def test_other_seeds_are_not_paired(place: Path, tmp_path: Path) -> None:
    simcrc.load(place / "base.yaml").run(output=tmp_path / "other", seed=8)
    found = opened([place / "run", tmp_path / "other"])
    assert not found.subject.paired
    assert "not paired" in verdict(found.subject, "en")
    assert {arm.title.fr for arm in found.subject.arms} == {f"{hostile.NAME} (run)", f"{hostile.NAME} (other)"}
    assert replace(found.subject, paired=True).difference(found.subject.others[0], "fcr").mean is not None
