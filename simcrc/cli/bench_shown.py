"""What benchmarks found, in the terminal: a table a benchmark, what the stored figures say, and the account of the whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simcrc.cli.speech import LANG, here
from simcrc.cli.summary import WIDE
from simcrc.words import Words

if TYPE_CHECKING:
    from rich.console import Console

    from simcrc.bench.exact import Stored
    from simcrc.bench.runner import Report
    from simcrc.bench.sequential import Verdict
    from simcrc.bench.trial import ExactFinding, Trial

COLOURS = {"equivalent": "green", "different": "red", "inconclusive": "yellow"}
MOST = 40
"""Changed figures that are listed, a benchmark."""

SAME = Words(fr="Valeurs conservées : identiques au dernier chiffre.", en="Stored figures: the same to the last digit.")
CHANGED = Words(
    fr="Valeurs conservées : changées ({n}) ; « simcrc bench update {name} » les remplace.",
    en='Stored figures: changed ({n}); "simcrc bench update {name}" replaces them.',
)
MOVED = Words(fr="Le scénario a changé depuis qu'elles sont conservées.", en="The scenario has changed since they were stored.")
MISSING = Words(
    fr="Valeurs conservées : aucune ; « simcrc bench update {name} » les écrit.",
    en='Stored figures: none; "simcrc bench update {name}" writes them.',
)
ELSEWHERE = Words(
    fr="Valeurs conservées : faites sur une autre empreinte ({what}) ; par intervalles {counts}.",
    en="Stored figures: made on another fingerprint ({what}); by intervals {counts}.",
)
SEEDS = Words(
    fr="Valeurs conservées : d'un autre germe ; par intervalles {counts}.",
    en="Stored figures: of another seed; by intervals {counts}.",
)
DECIDE = Words(fr="Les marges décident.", en="The margins decide.")
MORE = Words(fr="… et {n} de plus", en="… and {n} more")
SKIPPED = Words(fr="Laissé de côté, sans ses enregistrements (--data) : {names}", en="Left out, without its records (--data): {names}")
FIRST = Words(fr="valeurs nouvelles : {n}", en="new figures: {n}")
CHANGES = Words(fr="valeurs changées : {n}", en="changed figures: {n}")
UNCHANGED = Words(fr="inchangé", en="unchanged")
TOTAL = Words(fr="Lignes : {counts}. {verdict}", en="Lines: {counts}. {verdict}")
TIME = Words(
    fr="Bancs d'essai : {benchmarks} ; réplications faites : {made}, reprises : {reused} ; temps : {time}.",
    en="Benchmarks: {benchmarks}; replications made: {made}, reused: {reused}; time: {time}.",
)
LEFT = Words(
    fr="{benchmark}, {line} : {verdict} (attendu {expected}, simulé {measured}, intervalle {interval}, marge {margin})",
    en="{benchmark}, {line}: {verdict} (expected {expected}, simulated {measured}, interval {interval}, margin {margin})",
)
END = {
    "equivalent": Words(fr="Tout est équivalent.", en="All is equivalent."),
    "different": Words(fr="Des valeurs sont différentes.", en="Some figures are different."),
    "inconclusive": Words(fr="Des valeurs restent indécises.", en="Some figures remain inconclusive."),
}


def show(report: Report) -> None:
    """Print it all."""
    for trial in report.trials:
        _benchmark(trial)
    if report.skipped:
        print(SKIPPED.say(LANG, names=", ".join(benchmark.name for benchmark in report.skipped)))
    _account(report)


def _console() -> Console:
    from rich.console import Console as Terminal

    return Terminal(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def _benchmark(trial: Trial) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from simcrc.bench import wording

    title = f"{trial.benchmark.name} – {trial.loaded.scenario.name.say(LANG)}"
    if trial.lines:
        table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
        for place, column in enumerate(wording.COLUMNS):
            table.add_column(column.say(LANG), justify="left" if place in (0, 5) else "right", overflow="fold")
        for row in wording.rows(trial, LANG):
            cells = [Text(cell) for cell in row.cells]
            cells[5].stylize(COLOURS[row.verdict])
            table.add_row(*cells)
        _console().print(table)
    else:
        print(title)
    if trial.stored is not None:
        _stored(trial.benchmark.name, trial.stored, alone=not trial.lines)
    print()


def _stored(name: str, found: ExactFinding, alone: bool) -> None:
    from simcrc.bench.wording import change, counted

    if found.status == "same":
        print(SAME.say(LANG))
    elif found.status == "missing":
        print(MISSING.say(LANG, name=name))
    elif found.status == "changed":
        print(CHANGED.say(LANG, n=len(found.changes), name=name))
        _listed([change(one, LANG) for one in found.changes])
    else:
        words = ELSEWHERE if found.status == "elsewhere" else SEEDS
        said = words.say(LANG, what=" ; ".join(found.differences) or "–", counts=counted([one.verdict for one in found.comparisons], LANG))
        print(said if alone else f"{said} {DECIDE.say(LANG)}")
        _listed([f"{one.name}{here(chr(160) + ':', ':')} {one.old:.6g} → {one.new:.6g}" for one in found.comparisons if one.verdict == "different"])
    if found.moved:
        print(MOVED.say(LANG))


def _listed(lines: Sequence[str]) -> None:
    for line in lines[:MOST]:
        print(f"  {line}")
    if len(lines) > MOST:
        print(f"  {MORE.say(LANG, n=len(lines) - MOST)}")


def show_changes(name: str, old: Stored | None, new: Stored) -> None:
    """What ``update`` changes in the stored figures of a benchmark."""
    from simcrc.bench.exact import changes, differences
    from simcrc.bench.wording import change

    if old is None:
        print(f"{name} – {FIRST.say(LANG, n=len(new.figures))}")
        return
    moved = changes(old.figures, new.figures)
    elsewhere = differences(old.fingerprint, new.fingerprint)
    print(f"{name} – {CHANGES.say(LANG, n=len(moved)) if moved else UNCHANGED.say(LANG)}")
    _listed([*elsewhere, *(change(one, LANG) for one in moved)])


def _account(report: Report) -> None:
    """How many lines are what, and the time of each benchmark."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from simcrc.bench import wording

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(here("Banc d'essai", "Benchmark"))
    for verdict in wording.SAID:
        table.add_column(wording.SAID[verdict].say(LANG), justify="right")
    for column in (wording.REPLICATIONS.say(LANG), here("Temps", "Time")):
        table.add_column(column, justify="right")
    for trial in report.trials:
        verdicts: list[Verdict] = [trial.judged[line.name].verdict for line in trial.lines]
        counts = [str(verdicts.count(verdict)) for verdict in wording.SAID]
        table.add_row(trial.benchmark.name, *counts, str(trial.replications), wording.duration(trial.seconds, LANG))
    _console().print(table)
    for trial in report.trials:
        for row in wording.rows(trial, LANG):
            if row.verdict != "equivalent":
                line, expected, measured, interval, margin, verdict_said, _ = row.cells
                found = {"line": line, "expected": expected, "measured": measured, "interval": interval, "margin": margin, "verdict": verdict_said}
                print(LEFT.say(LANG, benchmark=trial.benchmark.name, **found))
    made = sum(trial.made for trial in report.trials)
    reused = sum(trial.reused for trial in report.trials)
    print(TIME.say(LANG, benchmarks=len(report.trials), made=made, reused=reused, time=wording.duration(report.seconds, LANG)))
    print(TOTAL.say(LANG, counts=wording.counted(report.verdicts, LANG), verdict=END[report.verdict].say(LANG)))
