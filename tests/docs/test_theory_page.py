"""docs/theory.md: its Python gives what its comments say, its commands run, and it names every model."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.calls import simcrc
from simcrc import theory

PAGE = (Path(__file__).parents[2] / "docs" / "theory.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE) for line in block.splitlines()]


def test_the_python_gives_what_it_says() -> None:
    names: dict[str, object] = {}
    said = 0
    for line in "".join(PYTHON).splitlines():
        code, _, comment = line.partition("  # ")
        figure = re.match(r"\d+\.\d+", comment)
        if figure is None:
            exec(line, names)
        else:
            value, digits = float(str(eval(code, names))), len(figure[0].partition(".")[2])
            assert round(value, digits) == float(figure[0]), line
            said += 1
    assert said == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_run(tmp_path: Path, command: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "simcrc"
    done = simcrc(tmp_path, *arguments, "--lang", "en")
    assert done.returncode == 0, done.stderr


def test_every_model_is_named() -> None:
    missing = [name for name in theory.models() if f"`{name}`" not in PAGE]
    assert missing == []
