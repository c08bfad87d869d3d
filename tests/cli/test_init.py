"""What ``init`` gives: comments in the language asked for, nothing else changed, a page whose commands run, words when it cannot."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from simcrc.cli.comments import _comment_at, _is_comment, in_language
from simcrc.words import LANGS, Lang
from tests.cli.calls import ROOT, simcrc

SHIPPED = sorted((ROOT / "scenarios").rglob("*.yaml"))
BILINGUAL = """\
# yaml-language-server: $schema=simcrc.schema.json
#
# Ce qui est dit de la file, et
# de ce qui suit.
# What is said of the queue, and
# of what follows.
#
#     simcrc run x.yaml
# ── Les équipes / The teams ───────────
# Pointes : envois. / Surges: mailings.
# Seulement en une langue, et dans cette langue.
a: "# ce n'est pas un commentaire / this is no comment"   # un / one
b: l'eau#1 # deux / two
c: 1  # trois
"""


def code(text: str) -> list[str]:
    """The lines without their comments."""
    lines = [line for line in text.split("\n") if not _is_comment(line)]
    return [line[: _comment_at(line)].rstrip() for line in lines]


def test_comments_are_kept_in_one_language() -> None:
    assert in_language(BILINGUAL, "en").splitlines()[1:] == [
        "#",
        "# What is said of the queue, and of what follows.",
        "#",
        "#     simcrc run x.yaml",
        "# ── The teams ─────────────────────────",
        "# Surges: mailings.",
        """a: "# ce n'est pas un commentaire / this is no comment"   # one""",
        "b: l'eau#1 # two",
        "c: 1  # trois",
    ]
    french = in_language(BILINGUAL, "fr")
    assert "# Ce qui est dit de la file, et de ce qui suit." in french
    assert "Surges" not in french


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_but_comments_changes(lang: Lang) -> None:
    for path in SHIPPED:
        text = path.read_text(encoding="utf-8")
        kept = in_language(text, lang)
        assert code(kept) == code(text), path
        assert in_language(kept, lang) == kept, path


@pytest.mark.parametrize(("lang", "name"), [("fr", "LISEZ-MOI.md"), ("en", "README.md")])
def test_the_commands_of_the_page_run(tmp_path: Path, lang: str, name: str) -> None:
    done = simcrc(tmp_path, "init", "ici", "--template", "smallest", "--lang", lang)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "ici" / name).read_text(encoding="utf-8")
    assert (("The smallest scenario" in page), ("Le plus petit scénario" in page)) == (lang == "en", lang == "fr")
    assert ("après un échec" in (tmp_path / "ici" / "smallest.yaml").read_text(encoding="utf-8")) == (lang == "fr")
    commands = [line for block in re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE) for line in block.splitlines()]
    assert len(commands) == 4
    for command in commands:
        words = shlex.split(command)
        brief = [] if words[1] == "validate" else ["--set", "horizon=3 days", "-o", f"out-{len(list(tmp_path.glob('*/out*')))}"]
        if words[1] == "compare":
            brief[1], words[-1] = "horizon=1 week", "2"
        ran = simcrc(tmp_path / "ici", *words[1:], *brief)
        assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("template", ["regie", "portal"])
def test_every_template_has_a_page_that_names_its_scenario(tmp_path: Path, template: str) -> None:
    done = simcrc(tmp_path, "init", "--template", template)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / template / "README.md").read_text(encoding="utf-8")
    (named,) = set(re.findall(r"^simcrc validate (\S+)$", page, re.MULTILINE))
    assert (tmp_path / template / named).is_file()
    assert f"simcrc run {template}/{named}" in done.stderr


def test_what_exists_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert simcrc(tmp_path, "init", "--template", "smallest").returncode == 0
    done = simcrc(tmp_path, "init", "--template", "smallest")
    assert done.returncode == 2
    assert "simcrc init OTHER-FOLDER" in done.stderr
