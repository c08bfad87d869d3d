"""``simcrc run``: what goes where, what is kept, what is refused."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, TINY, environment, files, simcrc, start, write

KEYS = {"indicator", "channel", "service", "segment", "reason", "period", "unit", "mean", "low", "high", "replications"}


def test_the_table_goes_to_stdout_and_nothing_to_stderr(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Summer in Trois-Rivières" in done.stdout
    for word in (
        "Indicator",
        "95 % interval",
        "abandonment ratio",
        "≤\u00a01.0%",
        "service level",
        "≥\u00a050.0%",
        "Results: out",
        "Next: simcrc run tiny.yaml -r 10",
    ):
        assert word in done.stdout
    assert "\x1b" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "indicators.parquet",
        "manifest.json",
        "needs.parquet",
        "overload.json",
        "replications",
        "scenario.yaml",
        "summary.csv",
        "warmup.json",
    ]


def test_the_command_proposed_next_works(tmp_path: Path) -> None:
    write(tmp_path, name="a b.yaml")
    done = simcrc(tmp_path, "run", "a b.yaml", "--set", "channels.phone.handle_time=7 min", "-o", "out")
    (command,) = re.findall(r"^Next: simcrc (.*)$", done.stdout, re.M)
    again = subprocess.run(" ".join([*COMMAND, command]), shell=True, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "results").exists()


def test_the_command_proposed_next_asks_for_the_same(tmp_path: Path) -> None:
    write(tmp_path)
    options = "--seed 5 -j 1 --set seed=4 --events --lang en"
    done = simcrc(tmp_path, "run", "tiny.yaml", "-r", "1", *options.split(), "-o", "out", env={"SIMCRC_LANG": "fr"})
    assert f"Next: simcrc run tiny.yaml -r 10 {options}\n" in done.stdout


def test_french_writes_numbers_as_french_does(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--lang", "fr", "-r", "3")
    assert done.returncode == 0
    text = done.stdout
    assert "L'été à Trois-Rivières" in text
    assert re.search(r"besoins apparus +1\u00a0\d{3} +1\u00a0\d{3} à 1\u00a0\d{3}", text), text
    assert re.search(r"taux d'abandon.* \d+,\d\u00a0% +\d+,\d\u00a0% à \d+,\d\u00a0% +≤\u00a01,0\u00a0% +non", text), text
    assert "Résultats\u00a0: out" in text or "Résultats : out" in text


def test_json_is_one_object_and_alone_on_stdout(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--json", "-r", "2", "--seed", "9")
    found = json.loads(done.stdout, parse_constant=pytest.fail)  # neither NaN nor Infinity
    assert (found["name"], found["seed"], found["replications"]) == ("Summer in Trois-Rivières", 9, 2)
    assert re.fullmatch("[0-9a-f]{64}", found["digest"])
    assert all(set(row) == KEYS for row in found["indicators"])
    offered = {
        (row["channel"], row["period"]): row
        for row in found["indicators"]
        if row["indicator"] == "offered" and row["service"] is row["reason"] is row["segment"] is None
    }
    assert offered[None, None]["mean"] == offered["phone", "2024-01"]["mean"] > 1000
    assert offered[None, None]["low"] < offered[None, None]["mean"] < offered[None, None]["high"]
    assert "Results: out" in done.stderr


def test_one_replication_has_no_interval(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--json", "-r", "1")
    rows = json.loads(done.stdout)["indicators"]
    assert all(row["low"] is None and row["high"] is None for row in rows)
    table = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out2", "-r", "1").stdout
    assert "A single replication" in table
    assert not re.search(r"(yes|no) *$", table, re.M)


def test_the_manifest_says_what_was_run(tmp_path: Path) -> None:
    write(tmp_path)
    simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--set", "seed=5", "-r", "1")
    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert (manifest["seed"], manifest["replications"], manifest["complete"], manifest["done"]) == (5, 1, True, [1])
    assert manifest["run"]["command"][1:5] == ["run", "--no-report", "tiny.yaml", "-o"]
    assert manifest["run"]["workers"] == 1
    assert {"simcrc", "numpy", "simpy"} <= manifest["fingerprint"]["versions"].keys()
    assert platform.node() not in text.replace(platform.platform(), "")
    assert "seed: 5" in (tmp_path / "out" / "scenario.yaml").read_text(encoding="utf-8")


def test_the_resolved_scenario_gives_the_same_run(tmp_path: Path) -> None:
    write(tmp_path)
    simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--seed", "11", "--set", "services.info.volume.per_hour=10")
    simcrc(tmp_path, "run", "out/scenario.yaml", "-o", "again")
    first, second = files(tmp_path / "out"), files(tmp_path / "again")
    assert first == second


def test_folders_of_their_own_when_none_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, name="Été 2024 – données.yaml")
    for _ in range(2):
        assert simcrc(tmp_path, "run", "Été 2024 – données.yaml", "-r", "1").returncode == 0
    names = sorted(path.name for path in (tmp_path / "results").iterdir())
    assert re.fullmatch(r"Été-2024-données-[0-9a-f]{8}-s3-r1", names[0])
    assert names[1] == names[0] + "-2"


def test_names_in_any_script(tmp_path: Path) -> None:
    text = TINY.replace("phone:", "téléphone:").replace("[phone]", "[téléphone]").replace("phone.", "téléphone.")
    write(tmp_path, text.replace("Summer in Trois-Rivières", "'夏 <b>&</b> [bold]x[/bold]'"), name="夏.yaml")
    done = simcrc(tmp_path, "run", "夏.yaml", "-o", "sortie é", "-r", "1")
    assert done.returncode == 0
    assert "夏 <b>&</b> [bold]x[/bold]" in done.stdout
    assert "téléphone" in done.stdout
    assert (tmp_path / "sortie é" / "manifest.json").exists()


def test_a_terminal_without_accents_gets_question_marks(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "-r", "1", "--lang", "fr", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "L'?t? ? Trois-Rivi?res" in done.stdout


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "out")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "out: the folder is not empty; choose another with -o\n"
    assert files(tmp_path / "out") == {"mine.txt": b"mine"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place where nobody may write")
def test_a_place_where_one_may_not_write(tmp_path: Path) -> None:
    write(tmp_path)
    done = simcrc(tmp_path, "run", "tiny.yaml", "-o", "/proc/out", "--lang", "fr")
    assert done.returncode == 2
    assert done.stderr.startswith("/proc/out : impossible d'y écrire")


def test_a_run_that_cannot_begin_leaves_no_folder(tmp_path: Path) -> None:
    write(tmp_path, TINY + "replay:\n  file: '{data}/none.csv'\n  time: {instant: t}\n  service: {only: info}\n")
    done = simcrc(tmp_path, "run", "tiny.yaml", "--data", ".")
    assert done.returncode == 2
    assert "none.csv" in done.stderr
    assert not (tmp_path / "results").exists() or not list((tmp_path / "results").iterdir())


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    write(tmp_path)
    child = start(tmp_path, "run", "tiny.yaml", "-o", "out", "--json", "-r", "1")
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(60) == 0
    assert "Traceback" not in said
    assert "Error" not in said
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["complete"]


def test_events_keep_the_contacts(tmp_path: Path) -> None:
    import pandas as pd

    write(tmp_path)
    simcrc(tmp_path, "run", "tiny.yaml", "-o", "out", "--events")
    contacts = pd.read_parquet(tmp_path / "out" / "contacts.parquet")
    needs = pd.read_parquet(tmp_path / "out" / "needs.parquet")
    assert sorted(contacts["replication"].unique()) == [1, 2]
    assert contacts.groupby(["replication", "need"]).size().sum() == needs["contacts"].sum() == len(contacts)
    assert set(contacts["outcome"].astype(str)) <= {"served", "abandoned", "in_progress"}
    assert str(contacts["started"].dtype.tz) == "UTC"
    assert contacts.loc[contacts["outcome"] == "served", "cost"].eq(4.5).all()
