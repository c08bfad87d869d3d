"""``simcrc fit`` as a person calls it: tables, exit codes, what is written and when."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from tests.cli.calls import TINY, simcrc, start, write
from tests.fitting.small import TEXT


def test_fit_and_write(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    done = simcrc(tmp_path, "fit", path.name, "-j", "1", "-r", "4", "--write")
    assert done.returncode in (0, 3), done.stderr
    for word in ("web.completion", "70.00%", "channels.web.completion", "Standard error", "compared, not fitted", "Evaluations:"):
        assert word in done.stdout
    assert "Written: tiny.yaml" in done.stderr
    text = path.read_text(encoding="utf-8")
    assert "status: calibrated" in text
    assert text.splitlines()[0] == TEXT.splitlines()[0]
    again = simcrc(tmp_path, "fit", path.name, "-j", "1", "-r", "4", "--check", "--json", "--lang", "fr")
    assert again.returncode == done.returncode
    told = json.loads(again.stdout)
    assert told["end"] is None
    assert [each["path"] for each in told["parameters"]] == ["channels.web.completion", "choice.next.web.failed.phone"]
    assert path.read_text(encoding="utf-8") == text


def test_figures_out_of_reach(tmp_path: Path) -> None:
    """Exit code 1, in French, and nothing is written unless it is asked."""
    text = TEXT.replace("within: [5 %, 95 %]", "within: [45 %, 55 %]")
    path = write(tmp_path, text)
    done = simcrc(tmp_path, "fit", path.name, "-j", "1", "-r", "6", "--evaluations", "6", "--lang", "fr")
    assert done.returncode == 1
    for word in ("Paramètre", "Erreur type", "à sa borne", "hors de leur marge", "--write met ces valeurs dans tiny.yaml"):
        assert word in done.stdout
    assert path.read_text(encoding="utf-8") == text


def test_refusals(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    for arguments in (["--write", "--check"], ["--write", "--set", "seed=4"]):
        done = simcrc(tmp_path, "fit", path.name, *arguments)
        assert done.returncode == 2
        assert "do not go together" in done.stderr
    bare = simcrc(tmp_path, "fit", write(tmp_path, TINY, "bare.yaml").name)
    assert bare.returncode == 2
    assert "no fit block" in bare.stderr
    wrong = write(tmp_path, TEXT.replace("path: channels.web.completion", "path: channels.web.completions"), "wrong.yaml")
    line = TEXT[: TEXT.index("path: channels.web.completion")].count("\n") + 1
    refused = simcrc(tmp_path, "fit", wrong.name)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"wrong.yaml:{line}:")
    assert 'did you mean "channels.web.completion"?' in refused.stderr
    over = write(tmp_path, "extends: tiny.yaml\n" + TEXT[TEXT.index("expect:") :], "over.yaml")
    elsewhere = simcrc(tmp_path, "fit", over.name, "--write")
    assert elsewhere.returncode == 2
    assert "stands in another file (tiny.yaml:" in elsewhere.stderr


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C leaves the file as it was, and nothing beside it."""
    text = TEXT.replace("horizon: 3 days", "horizon: 3000 days")
    path = write(tmp_path, text)
    process = start(tmp_path, "fit", path.name, "-j", "2", "--write")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while children.exists() and process.poll() is None and not children.read_text().strip():
        time.sleep(0.1)  # until it has begun to simulate in processes of its own
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip().endswith("Interrupted.")
    assert path.read_text(encoding="utf-8") == text
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
