"""A period that is moved from the command line: what is dated may lie outside it, and a policy that then does nothing is warned about."""

from __future__ import annotations

from pathlib import Path

from simcrc.scenario import load

ROOT = Path(__file__).parent.parent.parent / "scenarios"
POLICY = """
policy: {fr: Essai, en: Trial}
base: base.yaml
measures:
  - {at: 2024-01-22, promote: {channel: web, odds: 2}}
expect:
  - {indicator: needs_started, period: 2024-01, change: relative, equals: 0 %, margin: 1 %}
"""


def policy(folder: Path) -> Path:
    (folder / "base.yaml").write_text((ROOT / "smallest.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    return folder / "policy.yaml"


def test_a_policy_that_is_never_in_force_is_warned_about(tmp_path: Path) -> None:
    assert not load(policy(tmp_path)).warnings
    (warning,) = load(policy(tmp_path), set_=["horizon=1 week"]).warnings
    assert warning.code == "nothing_in_force"
    assert "2024-01-22" in warning.say("fr")
    assert "2024-01-15" in warning.say("en")
    assert not load(policy(tmp_path), set_=["horizon=3 weeks"]).warnings


def test_expectations_of_other_months_do_not_matter(tmp_path: Path) -> None:
    assert load(policy(tmp_path), set_=["start=2024-02-05", "horizon=1 week"]).scenario.expect is not None
