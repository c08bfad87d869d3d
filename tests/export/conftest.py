"""One run for all tests of exports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simcrc import Results
from tests.export.example import run


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return run(tmp_path_factory.mktemp("export"))


@pytest.fixture
def copied(results: Results, tmp_path: Path) -> Path:
    """A folder of results that a test may spoil."""
    return Path(shutil.copytree(results.path, tmp_path / "copied"))
