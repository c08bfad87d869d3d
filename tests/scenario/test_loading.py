"""Loading: ``extends``, ``--set``, provenance, data files, positions, digests, and that a dumped document loads to the same."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcrc.errors import ScenarioError
from simcrc.scenario import Loaded, dump, load
from simcrc.scenario.positions import read_text
from simcrc.scenario.provenance import Provenance

HERE = Path(__file__).parent
BASE = HERE / "base.yaml"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a folder in which ``base.yaml`` stands."""
    (tmp_path / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")

    def write(text: str, name: str = "scenario.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def codes(path: Path, **options: Any) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(path, **options)
    assert caught.value.say("fr")
    return [problem.code for problem in caught.value.problems]


def test_the_base_loads() -> None:
    loaded = load(BASE)
    scenario = loaded.scenario
    assert scenario.name.say("fr") == "Essai"
    assert scenario.population is not None
    assert scenario.population.size == 3_200_000
    assert type(scenario.population.size) is int
    assert scenario.services["information"].complexity == 0.15
    assert scenario.channels["phone"].handle_time["information"].mean == 252_000_000.0  # type: ignore[attr-defined]
    assert loaded.folder == HERE
    assert loaded.data_files == {}
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_dump_loads_to_the_same(write: Write) -> None:
    first = load(BASE)
    second = load(write(dump(first.document)))
    assert second.document == first.document
    assert second.scenario == first.scenario
    assert second.digest == first.digest
    assert second.provenance == first.provenance


_SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1),
    st.sampled_from(
        [
            "no",
            "yes",
            "8:30",
            "08:30",
            "2006-04-03",
            "1_000",
            "0x1F",
            "null",
            "~",
            "true",
            "=",
            "<<",
            "1e3",
            ".5",
            "+1",
            "- a",
            "a: b",
            "{",
            "#",
            " x ",
            "24/7",
            "%",
        ]
    ),
)
_DOCUMENTS = st.dictionaries(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    st.recursive(
        _SCALARS,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["no", "08:30", "a", "1", "Mon-Fri"]), inner, max_size=3)),
        max_leaves=6,
    ),
    max_size=4,
)


@given(_DOCUMENTS)
def test_any_document_comes_back_from_yaml(document: dict[str, Any]) -> None:
    tree, problems = read_text(dump(document), "x.yaml")
    assert problems == []
    assert tree is not None
    assert tree.document == document
    assert {type(value) for value in tree.document.values()} == {type(value) for value in document.values()}


def test_yaml_traps_stay_what_they_are() -> None:
    tree, problems = read_text('a: 8:30\nb: no\nc: 2006-04-03\nd: 3_200_000\ne: 010\nf: "5"\nno: on\ng: 24/7\nh: 1e3\ni: ~\n08:30: x\n', "x.yaml")
    assert problems == []
    assert tree is not None
    assert tree.document == {
        "a": "8:30", "b": "no", "c": "2006-04-03", "d": 3_200_000, "e": 10, "f": "5", "no": "on", "g": "24/7", "h": 1000.0, "i": None, "08:30": "x"
    }  # fmt: skip
    assert (tree.keys[("no",)].line, tree.values[("no",)].column) == (7, 5)


def test_yaml_1_1_does_not_come_back_by_a_directive() -> None:
    tree, _ = read_text("%YAML 1.1\n---\na: no\nb: 8:30\n", "x.yaml")
    assert tree is not None
    assert tree.document == {"a": "no", "b": "8:30"}


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path).scenario == load(BASE).scenario


def test_extends_merges_mappings_and_replaces_the_rest(write: Write) -> None:
    path = write(
        """
extends: base.yaml
seed: 7
channels:
  web: {completion: {information: 75 %}}
  phone: {service_level: null, handle_time: {default: {lognormal: {mean: 8 min, cv: 1}}}}
surges: []
population: {size: {value: 100_000}}
"""
    )
    loaded = load(path)
    scenario, base = loaded.scenario, load(BASE).scenario
    assert scenario.seed == 7
    assert scenario.channels["web"].completion == {"information": 0.75}  # type: ignore[attr-defined]
    assert scenario.channels["web"].cost == base.channels["web"].cost
    assert scenario.channels["phone"].service_level is None  # type: ignore[attr-defined]
    assert scenario.channels["phone"].handle_time["default"].name == "lognormal"  # type: ignore[attr-defined]
    assert scenario.surges == ()
    assert "extends" not in loaded.document
    assert loaded.provenance[("population", "size")] == Provenance(100_000)


def test_a_new_value_does_not_keep_the_old_source(write: Write) -> None:
    cost = ("channels", "web", "cost", "per_contact")
    assert load(BASE).provenance[cost].source == "Gartner, s.d., p. 16"
    assert cost not in load(write("extends: base.yaml\nchannels: {web: {cost: {per_contact: 0.7}}}\n")).provenance
    assert load(write("extends: base.yaml\nchannels: {web: {cost: {per_contact: {value: 0.7, status: assumed}}}}\n")).provenance[cost].source is None


def test_extends_through_two_files_and_one_level_up(write: Write) -> None:
    write("extends: base.yaml\nseed: 3\n", "middle.yaml")
    path = write("extends: ../middle.yaml\nreplications: 4\n", "policies/top.yaml")
    scenario = load(path).scenario
    assert (scenario.seed, scenario.replications) == (3, 4)


def test_extends_goes_one_level_up_and_no_further(write: Write) -> None:
    assert codes(write("extends: ../../base.yaml\n", "a/b/top.yaml")) == ["path_leaves"]
    write("extends: ../base.yaml\n", "a/middle.yaml")
    assert codes(write("extends: ../middle.yaml\n", "a/b/top.yaml")) == ["path_leaves"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_do_not_lead_out(write: Write, tmp_path: Path) -> None:
    write("extends: base.yaml\n", "in/s.yaml")
    (tmp_path / "in" / "base.yaml").symlink_to(tmp_path / "base.yaml")
    assert codes(tmp_path / "in" / "s.yaml") == ["path_leaves"]
    (tmp_path / "in" / "base.yaml").unlink()
    (tmp_path / "in" / "base.yaml").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    write("weekday,time,weight\nMon,08:00,1\n", "week.csv")
    (tmp_path / "in" / "week.csv").symlink_to(tmp_path / "week.csv")
    assert codes(write("extends: base.yaml\nprofiles: {flat: {file: week.csv}}\n", "in/s.yaml")) == ["path_leaves"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "nothing.yaml") == ["file_missing"]
    assert codes(tmp_path) == ["directory"]
    (tmp_path / "large.yaml").write_bytes(b"a: 1\n" * 300_000)
    assert codes(tmp_path / "large.yaml") == ["file_large"]


def test_set_lays_values_over(write: Write) -> None:
    loaded = load(
        BASE,
        set_=[
            "teams.agents.shrinkage=25 %",
            "seed=9",
            "surges.0.factor=2.5",
            "routing.contact=longest_wait",
            "choice.next.phone.abandoned.redial=50 % after 1 h",
            "choice.next.phone.abandoned.web=20 %",
            "channels.phone.service_level=",
            "services.information.complexity.value=0.2",
            "channels.mail.incomplete.pension=10 %",
            "population.segments.connected.patience={exponential: 5 min}",
            "profiles.office.week.Mon-Fri.12:00=7",
        ],
    )
    scenario = loaded.scenario
    assert scenario.teams["agents"].shrinkage == 0.25
    assert scenario.seed == 9
    assert scenario.surges[0].factor == 2.5
    assert scenario.routing.contact == "longest_wait"
    assert scenario.choice.next["phone.abandoned"]["redial"].share == 0.5
    assert scenario.channels["phone"].service_level is None  # type: ignore[attr-defined]
    assert loaded.provenance[("services", "information", "complexity")].value == 0.2
    assert scenario.channels["mail"].incomplete == {"default": 0.18, "pension": 0.1}  # type: ignore[attr-defined]
    assert scenario.profiles["office"].week[(0, 1, 2, 3, 4)][24] == 7
    assert load(write(dump(loaded.document))).digest == loaded.digest != load(BASE).digest


@pytest.mark.parametrize(
    ("assignment", "code", "suggestion"),
    [
        ("teams.agent.shrinkage=25 %", "set_unknown", "agents"),
        ("teems.agents.shrinkage=25 %", "set_unknown", "teams"),
        ("teams.agents.shrinkag=25 %", "set_unknown", "shrinkage"),
        ("surges.3.factor=2", "set_index", None),
        ("seed.value.x=2", "set_inside", None),
        ("seed", "set_form", None),
        ("=5", "set_form", None),
        ("teams.agents.shrinkage=125 %", "share", None),
        ("seed=[1", "yaml", None),
        ("seed=2\n---\n3", "yaml", None),
        ("choice.next.phone.abandoned.web=20 %", "sum", None),
    ],
)
def test_set_refused(assignment: str, code: str, suggestion: str | None) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(BASE, set_=[assignment])
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.ctx.get("suggestion") == suggestion
    assert problem.file.startswith("--set") or code == "sum"


def test_provenance_is_kept_apart() -> None:
    loaded = load(BASE)
    assert loaded.provenance[("population", "segments", "offline")] == Provenance(None, "CEFRIO 2008a, p. 42", "borrowed")
    assert loaded.provenance[("choice", "verify", "web", "probability")] == Provenance("12 %", None, "assumed", ("0 %", "30 %"))
    assert loaded.document["services"]["information"]["complexity"]["range"] == [0.1, 0.2]


def test_ranges_are_read_with_the_type_of_the_value(write: Write) -> None:
    def problems(text: str) -> list[str]:
        return codes(write(f"extends: base.yaml\n{text}\n"))

    assert problems("channels: {phone: {wrap_up: {value: 30 s, range: [20 s, 40]}}}") == ["duration_unit"]
    assert problems("channels: {phone: {wrap_up: {value: 30 s, range: [40 s, 1 min]}}}") == ["range_holds"]
    assert problems("channels: {phone: {wrap_up: {value: 30 s, range: [1 min, 20 s]}}}") == ["range_holds"]
    assert problems("channels: {phone: {lines: {value: 20, range: [10, 30.5]}}}") == ["whole"]
    assert problems("seed: {value: 3, standard_error: x, status: measured}") == ["whole"]
    loaded = load(write("extends: base.yaml\nchannels: {phone: {wrap_up: {value: 30 s, range: [20 s, 1 min], standard_error: 2 s, status: measured}}}\n"))
    assert loaded.provenance[("channels", "phone", "wrap_up")].standard_error == "2 s"


def test_relative_ranges_of_a_block(write: Write) -> None:
    loaded = load(write("extends: base.yaml\nteams: {agents: {skills: {en: 40 %, range: ±20 %}}}\n"))
    assert loaded.provenance[("teams", "agents", "skills")].range == "±20 %"
    assert loaded.scenario.teams["agents"].skills == {"fr": 1.0, "en": 0.4}


def tables(write: Write) -> Path:
    write("weekday,time,agents,team\nMon-Fri,08:30,6,quebec\nMon-Fri,16:00,0,quebec\nMon-Fri,08:30,9,montreal\nMon-Fri,16:00,0,montreal\n", "tables/agents.csv")
    write("weekday;time;weight\nlun-ven;08:30;2,5\nlun-ven;17:00;0\n", "tables/week.csv")
    write("service,segment,channel,share\n,,phone,80 %\n,,counter,20 %\ninformation,connected,phone,1\ninformation,,counter,1\n", "tables/shares.csv")
    return write(
        """
extends: base.yaml
profiles: {office: null, day: {file: tables/week.csv}}
services: {information: {volume: {profile: day}}}
teams:
  quebec: {schedule: {week: null, file: tables/agents.csv}}
  montreal: {schedule: {week: null, file: tables/agents.csv}}
choice: {first: {table: null, file: tables/shares.csv}}
"""
    )


def test_tables_stand_in_place_of_their_files(write: Write) -> None:
    loaded = load(tables(write))
    scenario = loaded.scenario
    assert scenario.teams["quebec"].schedule.week[(0,)][17:19] == (6.0, 6.0)
    assert scenario.teams["montreal"].schedule.week[(4,)][31:33] == (9.0, 0.0)
    assert scenario.teams["quebec"].schedule.file is None
    assert scenario.profiles["day"].week[(0,)][17] == 2.5
    assert scenario.choice.first.table == {
        "default": {"default": {"phone": 0.8, "counter": 0.2}},
        "information": {"connected": {"phone": 1.0}, "default": {"counter": 1.0}},
    }
    assert loaded.document["teams"]["quebec"]["schedule"] == {"file": "tables/agents.csv"}
    assert set(loaded.data_files) == {"tables/agents.csv", "tables/week.csv", "tables/shares.csv"}
    assert load(write(dump(loaded.document), "again.yaml")).scenario == scenario


def test_the_digest_covers_the_data(write: Write, tmp_path: Path) -> None:
    path = tables(write)
    before = load(path).digest
    assert load(path).digest == before
    assert len(before) == 64
    (tmp_path / "tables" / "week.csv").write_text("weekday,time,weight\nMon-Fri,08:30,2\n", encoding="utf-8")
    assert load(path).digest != before


def test_paths_are_relative_to_the_file_that_writes_them(write: Write) -> None:
    parent = tables(write)
    child = load(write(f"extends: ../{parent.name}\nseed: 8\n", "variants/child.yaml"))
    assert child.document["profiles"]["day"]["file"] == "../tables/week.csv"
    assert child.resolve("../tables/week.csv").is_file()
    assert child.scenario.profiles == load(parent).scenario.profiles
    assert codes(write(dump(child.document), "variants/again.yaml")) == ["path_leaves"] * 4  # nothing is extended one level up now
    write("weekday,time,weight\nMon,08:00,1\n", "own/week.csv")
    assert load(write("extends: ../scenario.yaml\nprofiles: {own: {file: week.csv}}\n", "own/own.yaml")).data_files["week.csv"].parent.name == "own"


def test_a_file_with_the_wrong_columns_is_said_once(write: Write) -> None:
    write("day,time,agents\nMon,08:00,3\n", "agents.csv")
    assert codes(write("extends: base.yaml\nteams: {quebec: {schedule: {week: null, file: agents.csv}}}\n")) == ["csv_column"]


REPLAY = """
extends: base.yaml
services: {information: {volume: null}}
replay:
  file: "{data}/calls.csv"
  time: {instant: at, format: "%Y-%m-%d %H:%M:%S"}
  service: {only: information}
"""


def test_records_come_from_the_folder_of_data(write: Write, tmp_path: Path) -> None:
    path = write(REPLAY)
    assert codes(path) == ["data_folder"]
    assert codes(path, data=tmp_path / "nowhere") == ["data_missing"]
    records = tmp_path / "records"
    records.mkdir()
    (records / "calls.csv").write_text("at\n2006-04-03 09:00:00\n", encoding="utf-8")
    loaded = load(path, data=records)
    assert loaded.data == records
    assert loaded.resolve("{data}/calls.csv") == records / "calls.csv"
    assert loaded.document["replay"]["file"] == "{data}/calls.csv"


def test_a_service_is_replayed_or_has_a_volume(write: Write, tmp_path: Path) -> None:
    write("at\n2006-04-03 09:00:00\n", "calls.csv")
    assert codes(write(REPLAY.replace("volume: null", "priority: 2")), data=tmp_path) == ["volume_twice"]
    assert codes(write(REPLAY.replace("only: information", "only: informations")), data=tmp_path) == ["volume_missing", "unknown_service"]


def test_loading_is_quick(write: Write) -> None:
    rows = "\n".join(f"      - [{i} s, {i / 400}]" for i in range(1, 301))
    text = BASE.read_text(encoding="utf-8").replace(
        "lines: 180", "lines: 180\n    wrap_up:\n     empirical:\n      points:\n" + rows.replace("      -", "       -")
    )
    path = write(text)
    assert len(text.splitlines()) > 390
    load(path)  # imports
    start = time.process_time()
    loaded = load(path)
    assert time.process_time() - start < 0.5
    assert isinstance(loaded, Loaded)
