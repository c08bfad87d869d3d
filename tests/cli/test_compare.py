"""``simcrc compare`` and ``simcrc sweep``, as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import simcrc
from tests.experiment.rivals import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("called"))


def test_the_account_in_both_languages_and_exit_codes(folder: Path) -> None:
    done = simcrc(folder, "compare", "base.yaml", "promote.yaml", "more.yaml", "-r", "2", "-o", "out", "--lang", "fr", "-j", "1", "--fail-on", "phone.asa<1 s")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("promote : ")
    for words in ("Écarts avec la base", "Intervalles simultanés", "Objectifs de promote", "--fail-on phone.asa<1 s : faux pour more", "Résultats : out"):
        assert words in done.stdout
    assert done.stdout.startswith((folder / "out" / "comparison.fr.txt").read_text(encoding="utf-8").rstrip())
    held = simcrc(folder, "compare", "base.yaml", "more.yaml", "-r", "2", "-o", "out", "-j", "1", "--fail-on", "phone.asa>=0 s", "--fail-on", "fcr<0%")
    assert held.returncode == 1
    assert "--fail-on phone.asa>=0 s: holds for more" in held.stdout
    assert "--fail-on fcr<0%: does not hold for more" in held.stdout
    assert json.loads((folder / "out" / "manifest.json").read_text())["run"]["simulated"] == 0


def test_json(folder: Path) -> None:
    done = simcrc(folder, "compare", "base.yaml", "more.yaml", "-r", "1", "--json", "--metric", "phone.asa", "--seed", "9", "--fail-on", "base:phone.asa>0s")
    assert done.returncode == 1
    shown = json.loads(done.stdout)
    assert (shown["seed"], shown["replications"], len(shown["figures"]), len(shown["differences"])) == (9, 1, 2, 1)
    assert [each["arm"] for each in shown["fail_on"]] == ["base"]
    made = [path for path in (folder / "results").iterdir() if path.name.startswith("compare-base-")]
    again = simcrc(folder, "compare", "base.yaml", "more.yaml", "-r", "1", "--metric", "phone.asa", "--seed", "9")
    assert again.returncode == 0
    assert [path for path in (folder / "results").iterdir() if path.name.startswith("compare-base-")] == made
    assert json.loads((made[0] / "manifest.json").read_text())["run"]["simulated"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "base.yaml"), "ALT"),
        (("compare", "base.yaml", "nowhere.yaml"), "nowhere.yaml"),
        (("compare", "base.yaml", "later.yaml"), "start"),
        (("compare", "base.yaml", "more.yaml", "--metric", "phone.asaa"), 'did you mean "phone.asa"'),
        (("compare", "base.yaml", "more.yaml", "--fail-on", "phone.asaa<1s"), 'did you mean "phone.asa"'),
        (("compare", "base.yaml", "more.yaml", "--fail-on", "phone.asa<1"), "a duration with its unit"),
        (("compare", "base.yaml", "more.yaml", "--best", "phone.asa:least"), "INDICATOR:min"),
        (("compare", "base.yaml", "more.yaml", "--best", "contact_cost:min"), "--delta"),
        (("compare", "promote.yaml", "base.yaml"), "the base comes first"),
        (("sweep", "base.yaml"), "--vary"),
        (("sweep", "base.yaml", "--vary", "teams.agents"), "PATH=LOW:HIGH"),
        (("sweep", "base.yaml", "--vary", "teams.agints=1:2"), "agents"),
        (("sweep", "base.yaml", "--vary", "web.completion=50%,150%"), "point 2 (web.completion=150%)"),
        (("sweep", "base.yaml", "--vary", "teams.agents=1:2", "--design", "cube"), "grid, lhs or sobol"),
        (("sweep", "base.yaml", "--vary", "teams.agents=1:2", "--metric", "phone.asaa"), 'did you mean "phone.asa"'),
    ],
)
def test_what_is_refused(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted((folder / "results").iterdir()) if (folder / "results").exists() else []
    done = simcrc(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout
    assert (sorted((folder / "results").iterdir()) if (folder / "results").exists() else []) == before


def test_a_sweep(folder: Path) -> None:
    done = simcrc(folder, "sweep", "base.yaml", "--vary", "teams.agents=3,5", "--metric", "phone.asa", "-r", "2", "-o", "swept", "-j", "1")
    assert done.returncode == 0, done.stderr
    assert "2 points (grid), 2 replications at each" in done.stdout
    assert (
        (folder / "swept" / "figures.csv")
        .read_text(encoding="utf-8")
        .startswith("point,teams.agents,indicator,where,unit,mean,low,high,replications\n1,3.0,asa,phone,s,")
    )
    shown = simcrc(folder, "sweep", "base.yaml", "--vary", "teams.agents=3,5", "--metric", "phone.asa", "-r", "2", "-o", "swept", "--json")
    assert len(json.loads(shown.stdout)["figures"]) == 2
    other = simcrc(folder, "compare", "base.yaml", "more.yaml", "-r", "1", "-o", "swept")
    assert other.returncode == 2
    assert "not empty" in other.stderr


EXTENSION = """\
from simcrc.indicators.common import CONTACTS
from simcrc.indicators.formulas import Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.words import Words

words = Words(fr="contacts en double", en="contacts twice over")
register(Indicator("twice", words, words, "count", Total(CONTACTS * 2.0)))
"""


def test_an_indicator_of_an_extension_in_workers(folder: Path) -> None:
    (folder / "twice.py").write_text(EXTENSION, encoding="utf-8")
    command = ("compare", "base.yaml", "more.yaml", "-r", "2", "-j", "2", "--metric", "twice", "--metric", "offered", "--extension", "twice.py", "--json")
    done = simcrc(folder, *command)
    assert done.returncode == 0, done.stderr
    figures = {(row["arm"], row["indicator"]): row["mean"] for row in json.loads(done.stdout)["figures"]}
    assert figures["more", "twice"] == pytest.approx(2 * figures["more", "offered"])
    without = simcrc(folder, *(part for part in command if part not in ("--extension", "twice.py")))
    assert without.returncode == 2
    assert "twice" in without.stderr
