"""Finding benchmarks by name, pattern and path."""

from __future__ import annotations

from pathlib import Path

import pytest

from simcrc.bench.catalogue import Benchmark, CatalogueError, catalogue, find, roots

EXPECTING = "simcrc: 1\nexpect:\n  - {}\n"
PLAIN = "simcrc: 1\n# expect: nothing\nnote: {expect: 3}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with benchmarks and scenarios."""
    files = {
        "benchmarks/queues/mmc.yaml": EXPECTING,
        "benchmarks/queues/mmck.yaml": EXPECTING,
        "benchmarks/priorities/two.yaml": EXPECTING,
        "benchmarks/queues/plain.yaml": PLAIN,
        "benchmarks/exact/queues/mmc.json": "{}",
        "scenarios/town/two.yaml": EXPECTING,
        "elsewhere/own.yml": EXPECTING,
        "elsewhere/plain.yaml": PLAIN,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*asked: str) -> list[str]:
    return [benchmark.name for benchmark in find(asked)]


@pytest.mark.usefixtures("place")
def test_all_those_that_expect_something() -> None:
    assert names() == ["priorities/two", "queues/mmc", "queues/mmck", "town/two"]
    assert catalogue()[1] == Benchmark("queues/mmc", Path("benchmarks/queues/mmc.yaml"), Path("benchmarks/exact/queues/mmc.json"))
    assert find(["town/two"])[0].exact == Path("benchmarks/exact/town/two.json")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["mmc"], ["queues/mmc"]),
        (["queues/mmc", "mmc"], ["queues/mmc"]),
        (["queues"], ["queues/mmc", "queues/mmck"]),
        (["*/mmc*"], ["queues/mmc", "queues/mmck"]),
        (["*/two"], ["priorities/two", "town/two"]),
        (["benchmarks/queues/mmc.yaml"], ["queues/mmc"]),
        (["benchmarks/queues"], ["queues/mmc", "queues/mmck"]),
        (["elsewhere/own.yml"], ["own"]),
        (["elsewhere"], ["own"]),
    ],
)
def test_by_name_pattern_and_path(asked: list[str], expected: list[str]) -> None:
    assert names(*asked) == expected


def test_a_file_from_elsewhere_keeps_its_figures_beside_it(place: Path) -> None:
    assert find([str(place / "elsewhere" / "own.yml")])[0].exact == place / "elsewhere" / "exact" / "own.json"


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("asked", "fr", "en"),
    [
        ("mcm", "aucun banc d'essai « mcm » ; vouliez-vous dire « queues/mmc » ?", 'no benchmark "mcm"; did you mean "queues/mmc"?'),
        ("zzz", "aucun banc d'essai « zzz »", 'no benchmark "zzz"'),
        ("two", "« two » désigne plusieurs bancs d'essai : priorities/two, town/two", '"two" stands for several benchmarks: priorities/two, town/two'),
        ("elsewhere/plain.yaml", "elsewhere/plain.yaml : ce scénario n'a pas de bloc expect", "elsewhere/plain.yaml: this scenario has no expect block"),
        ("elsewhere/none.yaml", "aucun banc d'essai « elsewhere/none.yaml »", 'no benchmark "elsewhere/none.yaml"'),
        (
            "benchmarks/exact",
            "aucun banc d'essai (scénario avec un bloc expect) dans benchmarks/exact",
            "no benchmark (a scenario with an expect block) in benchmarks/exact",
        ),
    ],
)
def test_what_stands_for_nothing_is_said(asked: str, fr: str, en: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        find([asked])
    assert caught.value.say("fr") == fr
    assert caught.value.say("en") == en


def test_without_benchmarks_of_ones_own_those_that_ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [folder.name for folder in roots()] == ["benchmarks", "scenarios"]
    assert all(folder.is_absolute() and folder.is_dir() for folder in roots())


def test_folders_without_benchmarks(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        find([], [tmp_path])
    assert str(tmp_path) in caught.value.say("fr")
