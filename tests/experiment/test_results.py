"""Results, as a notebook uses them."""

from __future__ import annotations

import gc
import pickle
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import simcrc
from simcrc import Results
from simcrc.experiment.store import StoreError
from simcrc.report.html import html
from simcrc.words import LANGS
from tests.cli.calls import TINY, write


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return simcrc.load(write(tmp_path_factory.mktemp("study"))).run(replications=4, events=True)


def test_frames(results: Results) -> None:
    assert results.replications == 4
    assert list(results.indicators.columns) == ["indicator", "channel", "service", "segment", "reason", "period", "unit", "mean", "low", "high", "replications"]
    assert len(results.contacts) == results.needs["contacts"].sum()
    assert isinstance(results.needs["waited"].iloc[0], pd.Timedelta)


def test_a_figure_by_name_agrees_with_the_rows(results: Results) -> None:
    contacts = results.contacts[results.contacts["measured"]]
    assert results.value("offered") == len(contacts) / 4
    assert results.value("phone.abandonment_ratio") == pytest.approx((contacts["outcome"] == "abandoned").mean())
    redials = results.estimate("offered", reason="redial")
    assert redials.replications == 4
    assert redials.mean == (contacts["reason"] == "redial").sum() / 4
    assert redials.low is not None
    assert redials.low < redials.mean < redials.high  # type: ignore[operator]
    assert results.value("team:agents.occupancy") == results.value("occupancy")


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [
        ("", {}, ': no indicator ""'),
        ("asaa", {}, 'asaa: no indicator "asaa"; did you mean "asa"?'),
        ("fax.asa", {}, 'fax.asa: no channel or team "fax"; there are phone, team:agents'),
        ("phon.asa", {}, 'phon.asa: no channel or team "phon"; did you mean "phone.asa"?'),
        ("agents.occupancy", {}, 'agents.occupancy: no channel or team "agents"; did you mean "team:agents.occupancy"?'),
        ("phone", {}, 'phone: no indicator "phone"'),
        ("phone.nope", {}, 'phone.nope: no indicator "nope"'),
        ("phone.service_levels", {}, 'phone.service_levels: no indicator "service_levels"; did you mean "phone.service_level"?'),
        ("phone.needs_started", {}, 'phone.needs_started: the indicator does not exist at this level of detail; did you mean "needs_started"?'),
        ("phone.asa", {"service": "infos"}, 'phone.asa [service=infos]: no service "infos"; did you mean "info"?'),
        ("contacts_per_need", {"segment": "elders"}, 'contacts_per_need [segment=elders]: no segment "elders"; there are all'),
        ("offered", {"reason": "redials"}, 'offered [reason=redials]: no reason "redials"; did you mean "redial"?'),
        ("offered", {"period": "2031-01"}, 'offered [period=2031-01]: no period "2031-01"; did you mean'),
        ("needs_started", {"reason": "redial"}, "needs_started [reason=redial]: the indicator does not exist at this level of detail"),
    ],
)
def test_a_figure_that_is_not_there(results: Results, monkeypatch: pytest.MonkeyPatch, name: str, where: dict[str, str], said: str) -> None:
    monkeypatch.setenv("SIMCRC_LANG", "en")
    with pytest.raises(KeyError) as caught:
        results.value(name, **where)
    found = str(caught.value)
    assert found == said or found.startswith((f"{said}; there are ab", f"{said} "))
    assert caught.value.say("fr") != said  # type: ignore[attr-defined]
    assert str(pickle.loads(pickle.dumps(caught.value))) == found


def test_the_short_table(results: Results) -> None:
    table = results.table("fr")
    assert list(table.columns) == ["Indicateur", "Où", "Moyenne", "Intervalle à 95 %", "Cible", "Verdict"]
    row = table[table["Indicateur"] == "taux d'abandon"].iloc[0]
    assert (row["Où"], row["Cible"], row["Verdict"]) == ("téléphone avec préposé", "≤\u00a01,0\u00a0%", "non atteint")
    english = results.table("en")
    asa = english[english["Indicator"] == "average speed of answer"]
    assert asa["Where"].tolist() == ["", "phone with an agent"]
    assert asa["Target"].tolist() == ["≤\u00a010.0\u00a0min", ""]
    assert asa["Verdict"].tolist() == ["met", ""]


class Reader(HTMLParser):
    """Notes which tags there are, and whether they close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_escapes_what_a_scenario_says(tmp_path: Path) -> None:
    text = TINY.replace("Summer in Trois-Rivières", "'<script>alert(1)</script>'").replace("kind: phone\n", "kind: phone\n    name: <img src=x>\n")
    shown = simcrc.load(write(tmp_path, text)).run(1)
    for lang in LANGS:
        page = html(shown, lang)
        reader = Reader()
        reader.feed(page)
        assert reader.open == []
        assert not reader.tags & {"script", "img"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "A single replication" in page
    assert shown._repr_html_().startswith("<div")


def test_a_temporary_folder_lives_as_long_as_its_results(tmp_path: Path) -> None:
    results = simcrc.load(write(tmp_path)).run(1)
    folder = results.path
    assert (folder / "manifest.json").exists()
    del results
    gc.collect()
    assert not folder.exists()


def test_results_are_read_back(tmp_path: Path) -> None:
    made = simcrc.load(write(tmp_path)).run(1, output=tmp_path / "out")
    read = Results.open(tmp_path / "out")
    assert read.indicators.equals(made.indicators)
    with pytest.raises(FileNotFoundError, match="--events"):
        _ = read.contacts
    (tmp_path / "out" / "needs.parquet").write_bytes(b"no table")
    with pytest.raises(StoreError, match=r"needs\.parquet: the file is damaged; .* simcrc run --resume "):
        _ = Results.open(tmp_path / "out").needs


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 99}'])
def test_a_folder_that_is_no_results(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match="not a folder of results"):
        Results.open(tmp_path)


def test_absurd_numbers_are_refused(tmp_path: Path) -> None:
    study = simcrc.load(write(tmp_path))
    for arguments in ({"replications": 0}, {"jobs": 0}):
        with pytest.raises(ValueError, match="at least 1"):
            study.run(**arguments)  # type: ignore[arg-type]


def test_set_and_progress(tmp_path: Path) -> None:
    seen: list[float] = []
    study = simcrc.load(write(tmp_path), ["horizon=5 days"])
    study.run(2, watch=lambda shares: seen.append(sum(shares)))
    assert seen == sorted(seen)
    assert seen[-1] == 2.0
    assert len({share for share in seen if 0 < share < 1}) >= 3


def test_the_version_is_that_of_the_project() -> None:
    import tomllib

    root = Path(__file__).parents[2]
    assert tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == simcrc.__version__


def test_the_facade_names_what_there_is() -> None:
    for name in simcrc.__all__:
        assert getattr(simcrc, name) is not None
    assert set(simcrc.__all__) <= set(dir(simcrc))
    with pytest.raises(AttributeError):
        _ = simcrc.nonsense
