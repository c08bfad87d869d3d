"""``simcrc staff`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.calls import simcrc, write
from tests.staffing.small import MORNING

TARGET = "phone.service_level>=75%"
QUICK = ("--block", "day", "-j", "1", "--set", "services.info.volume.per_day=60")


def test_it_prints_the_schedule_and_leaves_files_that_a_run_takes(tmp_path: Path) -> None:
    write(tmp_path, MORNING, "morning.yaml")
    done = simcrc(tmp_path, "staff", "morning.yaml", "--target", TARGET, *QUICK, "-o", "out", "--lang", "fr")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Cible : niveau de service (téléphone avec préposé) ≥ 75,0\u00a0%",
        "Préposés : préposés prévus à l'horaire",
        "Un préposé de plus ou de moins",
        "La courbe",
    ):
        assert words in done.stdout
    assert "simcrc run morning.yaml --policy out/staffing.yaml --set services.info.volume.per_day=60" in done.stdout
    again = simcrc(tmp_path, "staff", "morning.yaml", "--target", TARGET, *QUICK, "-o", "out", "--json")
    found = json.loads(again.stdout)
    assert found["found"]["figures"]["phone.service_level"]["mean"] >= 0.75
    run = simcrc(tmp_path, "run", "morning.yaml", "--policy", "out/staffing.yaml", *QUICK[-2:], "--json", "-j", "1", "-o", "run")
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)["indicators"]
    level = next(
        row["mean"]
        for row in rows
        if (row["indicator"], row["channel"], row["service"], row["period"], row["segment"]) == ("service_level", "phone", None, None, None)
        and row["reason"] is None
    )
    assert abs(level - found["found"]["figures"]["phone.service_level"]["mean"]) < 1e-9


def test_what_is_wrong_is_said_with_its_exit_code(tmp_path: Path) -> None:
    write(tmp_path, MORNING, "morning.yaml")
    wrong = ("phone.service_levle>=80%", "phone.service_level<=80%", "phone.service_level")
    done = simcrc(tmp_path, "staff", "morning.yaml", *(part for target in wrong for part in ("--target", target)), *QUICK)
    assert (done.returncode, done.stdout) == (2, "")
    for words in ('did you mean "phone.service_level"?', "less staff reaches it", "an indicator, >= or <=, and a value are expected"):
        assert words in done.stderr
    done = simcrc(tmp_path, "staff", "morning.yaml", "--target", "phone.service_level>=100%", *QUICK, "--set", "channels.phone.lines=3")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is reached with no staff" in done.stderr
    wrong = simcrc(tmp_path, "staff", "morning.yaml", "--target", TARGET, "--by", "month")
    assert wrong.returncode == 2
    assert "half-hour, day or week is expected" in wrong.stderr
