"""One small comparison with hostile names, and its report in both languages, for all tests of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import hostile


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the comparison."""
    return hostile.compared(tmp_path_factory.mktemp("hostile")).path


@pytest.fixture(scope="session")
def page(folder: Path) -> Path:
    """Its report, in French and English."""
    from simcrc.pages.write import report

    return report([folder], folder.parent / "page.html", "both")
