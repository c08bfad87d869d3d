"""The contenders of a comparison: the base and its alternatives, policies laid over the base or whole scenarios, each a variant with a name.

The base is called ``base``; alternatives by the names they are given under, files by their stems.  ``simcrc.experiment.arms`` loads what stands beside a
base; ``simcrc.experiment.compare`` runs the contenders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simcrc.errors import ScenarioError
from simcrc.experiment.arms import NotPairedError, SwappedError, beside, swapped, unlike
from simcrc.experiment.asked import AskedError
from simcrc.experiment.study import Study, open_study
from simcrc.experiment.variants import Variant
from simcrc.scenario.problems import Problem
from simcrc.words import LANGS, Words

BASE = "base"
APART = ("start", "horizon", "timezone")
"""What contenders must share, or their figures are about different periods."""
OTHER_NEEDS = Words(
    fr="{name} n'a pas les mêmes besoins que la base ({what}) : les nombres au hasard sont communs, les citoyens ne le sont pas tous.",
    en="{name} does not have the same needs as the base ({what}): random numbers are common, not all citizens are.",
)
TAKEN = Words(
    fr="« {name} » ne peut pas nommer une variante : ni vide, ni « base » ni « team », ni « : »",
    en='"{name}" cannot name a variant: not empty, base, team or with ":"',
)
NOBODY = Words(fr="rien à comparer à la base : donnez au moins une variante", en="nothing to compare with the base: give at least one alternative")


@dataclass(frozen=True)
class Contenders:
    """The base and its alternatives, in order, and what is to be known of how they were made."""

    variants: tuple[Variant, ...]
    notes: tuple[Words, ...]

    @property
    def base(self) -> Variant:
        """What the others are compared with."""
        return self.variants[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, the base first."""
        return tuple(variant.name for variant in self.variants)

    def title(self, name: str) -> Words:
        """What a contender is called by its author: the policies that it has and the base has not, or its scenario."""
        scenario = next(variant.study.scenario for variant in self.variants if variant.name == name)
        known = self.base.study.scenario.policies
        own = [policy.name for policy in scenario.policies if policy not in known] if name != BASE else []
        if not own:
            return Words(scenario.name.fr, scenario.name.en)
        said = {lang: " + ".join(each.say(lang) for each in own) if len(own) < 3 else f"{own[-1].say(lang)} (+{len(own) - 1})" for lang in LANGS}
        return Words(said["fr"], said["en"])


def named(paths: Sequence[Path | str]) -> dict[str, Path]:
    """Files by names: their stems, numbered where several have the same."""
    out: dict[str, Path] = {}
    for path in map(Path, paths):
        stem, count = path.stem.replace(":", "-"), 1
        name = stem
        while name in out or name in (BASE, "team", ""):
            count += 1
            name = f"{stem}-{count}"
        out[name] = path
    return out


def contenders(
    base: Study | Path | str,
    alternatives: Mapping[str, Study | Path | str],
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Contenders:
    """Load all, `set_` laid over each; what is a Study already is taken as it is.

    Raises AskedError for names that cannot be, ScenarioError with all that is wrong with any of the files, ExtensionError, SwappedError, and NotPairedError
    where periods or currencies differ, so that figures could not be compared.
    """
    settings, files = list(set_), list(extension_files)
    if not alternatives:
        raise AskedError.of(NOBODY)
    wrong = [name for name in alternatives if not name or name in (BASE, "team") or ":" in name]
    if wrong:
        raise AskedError(*((TAKEN, dict[str, object](name=name)) for name in wrong))
    for other in alternatives.values():
        if not isinstance(base, Study) and not isinstance(other, Study) and swapped(Path(base), Path(other)):
            raise SwappedError(Path(base), Path(other))
    one = base if isinstance(base, Study) else open_study(base, settings, data, files)
    studies, notes, problems = {BASE: one}, list[Words](), list[Problem]()
    for name, other in alternatives.items():
        try:
            studies[name], note = (other, None) if isinstance(other, Study) else beside(one, Path(other), settings, data, files)
        except ScenarioError as error:
            problems += error.problems
            continue
        notes += [] if note is None else [note]
        notes += _paired(name, one, studies[name])
    if problems:
        raise ScenarioError(problem for number, problem in enumerate(problems) if problem not in problems[:number])
    return Contenders(tuple(Variant(name, study) for name, study in _judged_alike(studies).items()), tuple(notes))


def _paired(name: str, base: Study, other: Study) -> list[Words]:
    """What is to be said of needs that differ.  Raises NotPairedError where figures could not be compared."""
    what = unlike(base, other)
    apart = tuple(each for each in what if each in APART) + (("currency",) if base.scenario.currency != other.scenario.currency else ())
    if apart:
        raise NotPairedError(apart)
    fields = {"name": name, "what": ", ".join(what)}
    return [Words(*(OTHER_NEEDS.say(lang, **fields) for lang in LANGS))] if what else []


def _judged_alike(studies: Mapping[str, Study]) -> dict[str, Study]:
    """The studies with the roles of the channels that one of them writes, where no other writes others."""
    written = [study.scenario.roles for study in studies.values() if study.scenario.roles]
    if not written or any(roles != written[0] for roles in written):
        return dict(studies)
    return {
        name: study
        if study.scenario.roles == written[0]
        else replace(study, loaded=replace(study.loaded, scenario=study.scenario.model_copy(update={"roles": written[0]})))
        for name, study in studies.items()
    }
