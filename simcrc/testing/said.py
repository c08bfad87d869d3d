"""What ``simcrc_regression`` says: what differs and by how much, and the command that stores the new figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.bench import wording
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.bench.exact import Change, Comparison
    from simcrc.bench.runner import Report

MOST = 40
"""Lines that are listed."""
MISSING = Words(fr="{file} : aucune valeur conservée. Pour les faire :\n  {command}", en="{file}: no stored figures. To make them:\n  {command}")
MEANT = Words(fr="Si c'est voulu :\n  {command}", en="If this is meant:\n  {command}")
CHANGED = Words(
    fr="{title} : valeurs qui ne sont pas celles de {file} (même germe, même empreinte : égales au dernier chiffre) : {n}",
    en="{title}: figures that are not those of {file} (same seed and fingerprint: equal to the last digit): {n}",
)
COMPARED = Words(
    fr="{title} : valeurs qui ne peuvent passer pour celles de {file}, {why}, où les intervalles décident : {n}",
    en="{title}: figures that cannot pass for those of {file}, {why}, where intervals decide: {n}",
)
FINGERPRINT = Words(fr="faites sur une autre empreinte ({what})", en="made on another fingerprint ({what})")
SEED = Words(fr="d'un autre germe", en="of another seed")
MOVED = Words(fr="Le scénario a changé depuis qu'elles sont conservées.", en="The scenario has changed since they were stored.")
COMPARISON = Words(
    fr="{name} : {old} → {new}, différence {low} à {high}, marge ± {margin} : {verdict}",
    en="{name}: {old} → {new}, difference {low} to {high}, margin ± {margin}: {verdict}",
)
NEW = Words(fr="{name} : pas encore conservée", en="{name}: not stored yet")
ELSEWHERE = Words(fr="{node} : valeurs conservées {why} ; équivalentes par intervalles : {n}", en="{node}: stored figures {why}; equivalent by intervals: {n}")
WRITTEN = Words(fr="Écrit : {file} (valeurs : {n})", en="Written: {file} (figures: {n})")
MORE = Words(fr="… et {n} de plus", en="… and {n} more")
UNEXPECTED = Words(fr="{title} : toutes les valeurs attendues ne sont pas là", en="{title}: not all that is expected is there")
LINE = Words(
    fr="{name} : attendu {expected}, simulé {measured}, intervalle {interval}, marge {margin} : {verdict}",
    en="{name}: expected {expected}, simulated {measured}, interval {interval}, margin {margin}: {verdict}",
)


def missing(file: Path, command: str, lang: Lang) -> str:
    """There is nothing to compare with."""
    return MISSING.say(lang, file=file.name, command=command)


def changed(title: str, file: Path, changes: Sequence[Change], moved: bool, command: str, lang: Lang) -> str:
    """Figures that should be equal to the last digit and are not."""
    head = CHANGED.say(lang, title=title, n=len(changes), file=file.name)
    return _account(head, (wording.change(change, lang) for change in changes), moved, command, lang)


def compared(title: str, file: Path, found: Sequence[Comparison], new: Sequence[str], why: Sequence[str] | None, moved: bool, command: str, lang: Lang) -> str:
    """Figures that intervals do not find equivalent; `new`: those that were not stored; `why`: what differs between the fingerprints, None for the seed."""
    wrong = [one for one in found if one.verdict != "equivalent"]
    head = COMPARED.say(lang, title=title, n=len(wrong) + len(new), file=file.name, why=_why(why, lang))
    return _account(head, [*(_comparison(one, lang) for one in wrong), *(NEW.say(lang, name=name) for name in new)], moved, command, lang)


def elsewhere(node: str, why: Sequence[str] | None, count: int, lang: Lang) -> str:
    """Figures that are equivalent, and that could not be compared to the last digit."""
    return ELSEWHERE.say(lang, node=node, why=_why(why, lang), n=count)


def written(file: Path, count: int, changes: Sequence[Change], lang: Lang) -> list[str]:
    """A file that was written, and what changed in it."""
    return [WRITTEN.say(lang, file=file.name, n=count), *_listed((wording.change(change, lang) for change in changes), lang)]


def unexpected(title: str, report: Report, lang: Lang) -> str:
    """The lines of ``expect:`` that are not equivalent."""
    rows = [row for trial in report.trials for row in wording.rows(trial, lang) if row.verdict != "equivalent"]
    names = ("name", "expected", "measured", "interval", "margin", "verdict")
    lines = [LINE.say(lang, **dict(zip(names, row.cells, strict=False))) for row in rows]
    return "\n".join([UNEXPECTED.say(lang, title=title), *_listed(lines, lang)])


def _account(head: str, lines: Iterable[str], moved: bool, command: str, lang: Lang) -> str:
    return "\n".join([head, *_listed(lines, lang), *([MOVED.say(lang)] if moved else []), MEANT.say(lang, command=command)])


def _listed(lines: Iterable[str], lang: Lang) -> list[str]:
    lines = list(lines)
    return [f"  {line}" for line in lines[:MOST]] + ([f"  {MORE.say(lang, n=len(lines) - MOST)}"] if len(lines) > MOST else [])


def _why(differences: Sequence[str] | None, lang: Lang) -> str:
    return SEED.say(lang) if differences is None else FINGERPRINT.say(lang, what=(" ; " if lang == "fr" else "; ").join(differences) or "–")


def _comparison(one: Comparison, lang: Lang) -> str:
    numbers = {name: f"{getattr(one, name):.6g}" for name in ("old", "new", "low", "high", "margin")}
    if lang == "fr":
        numbers = {name: text.replace(".", ",") for name, text in numbers.items()}
    return COMPARISON.say(lang, name=one.name, **numbers, verdict=wording.SAID[one.verdict].say(lang))
