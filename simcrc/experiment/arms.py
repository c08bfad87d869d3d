"""The two arms of a comparison: which scenario is the base and which stands under the policy, and whether their needs are the same.

BASE is a scenario.  POLICY is a policy file, whose own base should be the same file (else it is laid over BASE, and ``Arms.note`` says so), or a whole
scenario; several policy files are laid over BASE together, in order.  What is common is laid over both arms first: the effect is then that of POLICY where the
common policies hold already.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simcrc.errors import SimcrcError
from simcrc.experiment import extensions
from simcrc.experiment.study import Study, open_study
from simcrc.words import LANGS, Lang, Words

if TYPE_CHECKING:
    from simcrc.scenario import Scenario

LAID_OVER = Words(
    fr="{policy} est écrite pour {own} ; elle est posée ici sur {base}.",
    en="{policy} is written for {own}; here it is laid over {base}.",
)
NOT_PAIRED = Words(
    fr="les deux scénarios n'ont pas les mêmes besoins, donc rien ne s'apparie ; ils diffèrent par : {what}",
    en="the two scenarios do not have the same needs, so that nothing can be paired; they differ in: {what}",
)

SWAPPED = Words(
    fr="{base} est une politique posée sur {policy} : la base vient d'abord, puis la politique",
    en="{base} is a policy laid over {policy}: the base comes first, then the policy",
)


class SwappedError(SimcrcError):
    """The policy stands where the base should, and its base where the policy should."""

    def __init__(self, base: Path, policy: Path) -> None:
        super().__init__(base, policy)
        self._fields = {"base": base, "policy": policy}

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return SWAPPED.say(lang, **self._fields)

    def __str__(self) -> str:
        return self.say("en")


class NotPairedError(SimcrcError):
    """The two scenarios do not have the same needs.  `what`: the places in which they differ."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__(what)
        self.what = what

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return NOT_PAIRED.say(lang, what=", ".join(self.what))

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Arms:
    """Two scenarios with the same needs.  `note`: what a person should know of how they were made, or None."""

    base: Study
    policy: Study
    note: Words | None = None


def arms(
    base: Study | Path | str,
    policy: Study | Path | str | Sequence[Path | str],
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
    common: Iterable[Path | str] = (),
) -> Arms:
    """Load both, `set_` laid over either, and check that their needs are the same.

    `policy`: one, or several policy files; `common`: policy files laid over both arms.  What is a Study already is taken as it is; a policy file can then
    not be laid over the base.  Raises ScenarioError, ExtensionError, SwappedError, NotPairedError.
    """
    settings, files, both = list(set_), list(extension_files), [Path(each) for each in common]
    paths = [] if isinstance(policy, Study) else [Path(policy)] if isinstance(policy, str | Path) else [Path(each) for each in policy]
    if not isinstance(base, Study):
        for path in paths:
            if swapped(Path(base), path):
                raise SwappedError(Path(base), path)
    one = base if isinstance(base, Study) else open_study(base, settings, data, files, both)
    if isinstance(policy, Study):
        other, note = policy, None
    elif both or len(paths) > 1:
        other, note = together(one, both, paths, settings, data, files)
    else:
        other, note = beside(one, paths[0], settings, data, files)
    what = unlike(one, other)
    if what:
        raise NotPairedError(what)
    return Arms(one, other, note)


def beside(base: Study, path: Path, settings: list[str], data: Path | str | None, files: list[Path | str]) -> tuple[Study, Words | None]:
    """What stands at `path`, to be set beside `base`: a scenario, or a policy file, laid over `base` where its own is another, which the words say."""
    own = own_base(path)
    if own is None or os.path.realpath(own) == os.path.realpath(base.loaded.path):
        return open_study(path, settings, data, files), None
    fields = {"policy": path, "own": own, "base": base.loaded.path}
    return _laid_over(base, path, settings, data, files), Words(*(LAID_OVER.say(lang, **fields) for lang in ("fr", "en")))


def together(
    base: Study, both: list[Path], paths: list[Path], settings: list[str], data: Path | str | None, files: list[Path | str]
) -> tuple[Study, Words | None]:
    """The policy files at `paths` laid over `base`, after those of `both`; a scenario that stands there alone is taken with those of `both` laid over it.  The
    words say which were written for another base."""
    owns = {path: own_base(path) for path in paths}
    if len(paths) == 1 and owns[paths[0]] is None:
        return open_study(paths[0], settings, data, files, both), None
    foreign = {path: own for path, own in owns.items() if own is not None and os.path.realpath(own) != os.path.realpath(base.loaded.path)}
    said = [{"policy": path, "own": own, "base": base.loaded.path} for path, own in foreign.items()]
    note = Words(*("\n".join(LAID_OVER.say(lang, **fields) for fields in said) for lang in LANGS)) if said else None
    return open_study(base.loaded.path, settings, data, files, [*both, *paths]), note


def own_base(path: Path) -> Path | None:
    """The base that a policy file names; a path that is nowhere when it names none; None for what is not a policy file."""
    from simcrc.scenario.overlay import is_policy
    from simcrc.scenario.positions import read_file

    tree, _ = read_file(path, str(path))
    if tree is None or not is_policy(tree):
        return None
    name = tree.document.get("base")
    return path.parent / name if isinstance(name, str) else path.parent / "–"


def swapped(base: Path, policy: Path) -> bool:
    """Is `base` a policy file that stands, by way of others or not, on `policy`?"""
    seen: set[str] = set()
    below = own_base(base)
    while below is not None and os.path.realpath(below) not in seen:
        if os.path.realpath(below) == os.path.realpath(policy):
            return True
        seen.add(os.path.realpath(below))
        below = own_base(below)
    return False


def _laid_over(base: Study, policy: Path, settings: list[str], data: Path | str | None, files: list[Path | str]) -> Study:
    from simcrc.scenario import load

    known = extensions.asked(files)
    extensions.load(known)
    return Study(load(base.loaded.path, set_=settings, data=None if data is None else Path(data), policies=[policy]), known)


def unlike(base: Study, other: Study) -> tuple[str, ...]:
    """``differences`` of two scenarios; records are the same ones whatever folder they are named from."""
    found = differences(base.scenario, other.scenario)
    return tuple(name for name in found if name != "replay" or _records(base) != _records(other))


def _records(study: Study) -> object:
    """What is replayed, with the files themselves in place of the paths as written."""
    files = {name: os.path.realpath(path) for name, path in study.loaded.data_files.items()}

    def named(value: object) -> object:
        if isinstance(value, dict):
            return {key: named(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [named(inner) for inner in value]
        return files.get(value, value) if isinstance(value, str) else value

    return named(study.scenario.replay.model_dump()) if study.scenario.replay else None


def differences(base: Scenario, policy: Scenario) -> Iterator[str]:
    """The places in which the two scenarios differ that decide which needs arise, when, and whose they are, and in which money they are counted."""
    for name in ("start", "horizon", "warmup", "timezone", "holidays", "currency", "profiles", "surges", "replay"):
        if getattr(base, name) != getattr(policy, name):
            yield name
    if list(base.services) != list(policy.services):
        yield "services"
    else:
        for name, service in base.services.items():
            if service.volume != policy.services[name].volume:
                yield f"services.{name}.volume"
            if service.needs != policy.services[name].needs:
                yield f"services.{name}.needs"
    yield from _people(base, policy)


def _people(base: Scenario, policy: Scenario) -> Iterator[str]:
    one, other = base.population, policy.population
    if one is None or other is None:
        if one is not other:
            yield "population"
        return
    if one.size != other.size:
        yield "population.size"
    if list(one.segments) != list(other.segments):
        yield "population.segments"
        return
    for name, segment in one.segments.items():
        for field in ("share", "needs"):
            if getattr(segment, field) != getattr(other.segments[name], field):
                yield f"population.segments.{name}.{field}"
