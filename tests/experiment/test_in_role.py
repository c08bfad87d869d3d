"""Roles of the channels under a policy: the policy file writes them, both arms are judged by them, and the figures are those of two ordinary runs."""

from __future__ import annotations

from pathlib import Path

import pytest

import simcrc
from simcrc.experiment.fidelisation import fidelisation
from tests.experiment.paired import PROMOTE, write
from tests.report.test_by_segment import ROLES


def test_both_arms_by_the_roles_of_the_policy(tmp_path: Path) -> None:
    folder = write(tmp_path, promote=PROMOTE + ROLES, plain=PROMOTE)
    found = fidelisation(folder / "base.yaml", folder / "promote.yaml", 2)
    (folder / "roles.yaml").write_text("extends: base.yaml\n" + ROLES, encoding="utf-8")
    for arm, name in (("base", "roles.yaml"), ("policy", "promote.yaml")):
        results = simcrc.load(folder / name).run(2)
        for channel in ("ivr", "phone"):
            assert found.estimate("in_role", arm, channel=channel).mean == pytest.approx(results.value(f"{channel}.in_role"))  # type: ignore[arg-type]
            assert found.estimate("out_of_role", arm, channel=channel).mean == results.value(f"{channel}.out_of_role")  # type: ignore[arg-type]
    change = found.estimate("in_role", channel="ivr")
    base, policy = (found.estimate("in_role", arm, channel="ivr").mean for arm in ("base", "policy"))  # type: ignore[arg-type]
    assert base is not None
    assert policy is not None
    assert change.mean == pytest.approx(policy - base)
    assert change.low is not None
    for lang, words in (("fr", "Contacts dans le rôle de leur canal"), ("en", "Contacts in the role of their channel")):
        assert words in found.text(lang)  # type: ignore[arg-type]
    assert "IVR: simple request, no assistance needed." in found.text("en")


def test_without_roles_nothing_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path, promote=PROMOTE)
    found = fidelisation(folder / "base.yaml", folder / "promote.yaml", 1)
    assert not [row for row in found.rows if row.figure == "in_role"]
    assert "role" not in found.text("en")
