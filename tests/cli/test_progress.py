"""The progress bar: the share done of all work, each part by what it weighs; nothing where nobody looks."""

from __future__ import annotations

import io
import re
import sys

import pytest

from simcrc.cli.progress import bar, numbered


class Terminal(io.StringIO):
    """Standard error of somebody who looks."""

    def isatty(self) -> bool:
        return True


def test_parts_count_by_their_work(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with bar(["long", "short", "done"], [3.0, 1.0, 1.0]) as show:
        show([0.5, 0.0, 1.0])
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.getvalue())
    assert "50%" in text  # (1.5 + 1) / 5
    assert "long" in text
    assert "short" not in text  # what has not begun, and what is done, has no row
    assert "done" not in text


def test_replications_weigh_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with bar(numbered(4)) as show:
        show([1.0, 1.0, 0.0, 1.0])
    assert "75%" in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.getvalue())
    assert len(numbered(4)) == len(set(numbered(4))) == 4


def test_nothing_is_shown_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with bar(numbered(2)) as show:
        show([0.5, 0.5])
    assert capsys.readouterr() == ("", "")
