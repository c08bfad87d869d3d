"""Memory does not grow with the replications nor with the horizon: short measurements of what ``benchmarks/memory.py`` measures at length."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

import simcrc
from simcrc.experiment import store, tables
from simcrc.indicators.sums import Sums
from simcrc.indicators.tabulate import tabulate
from simcrc.model.compile import compile
from tests.cli.calls import COMMAND, TINY, environment, write

FEW, MANY = 4, 64


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one replication."""
    folder = tmp_path_factory.mktemp("ran")
    simcrc.load(write(folder)).run(1, output=folder / "out")
    return folder / "out"


def test_the_table_of_indicators(ran: Path) -> None:
    """Each replication costs less than its own sums would if all were held at once."""
    names = ["asa", "service_level", "contacts_per_need", "cost_per_need"]
    model = compile(simcrc.load(ran / store.SCENARIO).scenario)
    sums = store.sums_file(ran, 1)
    tabulate(model, [Sums.open(sums)], names)  # what is loaded once

    def peak(count: int) -> int:
        tracemalloc.start()
        tabulate(model, [Sums.open(sums) for _ in range(count)], names)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    held = sum(array.nbytes for array in Sums.load(sums).arrays.values())
    each = (peak(MANY) - peak(FEW)) / (MANY - FEW)
    assert each < held


def test_joined_rows(ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of replications are joined one row group at a time."""
    import pyarrow

    monkeypatch.setattr(tables, "ROW_GROUP", 1000)

    def peak(count: int) -> int:
        parts = [Path(shutil.copy(ran / store.NEEDS, tmp_path / f"{count}-{number}.parquet")) for number in range(count)]
        before, own = pyarrow.default_memory_pool(), pyarrow.proxy_memory_pool(pyarrow.default_memory_pool())
        pyarrow.set_memory_pool(own)
        try:
            tables.join(tmp_path / f"{count}.parquet", parts)
        finally:
            pyarrow.set_memory_pool(before)
        return int(own.max_memory())

    few, many = peak(FEW), peak(MANY)
    assert 0 < many <= 1.25 * few


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="what the system says of a child's memory is in kB on Linux")
def test_a_long_horizon(tmp_path: Path) -> None:
    """Eight times the days in at most 64 MB more."""

    def peak(days: int) -> float:
        write(tmp_path, TINY.replace("3 days", f"{days} days"), f"{days}.yaml")
        command = [*COMMAND, "run", f"{days}.yaml", "-r", "1", "-j", "1", "-o", str(days)]
        child = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0
        return used.ru_maxrss / 1024

    short, long = peak(50), peak(400)
    assert long <= short + 64
