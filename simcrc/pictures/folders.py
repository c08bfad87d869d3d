"""Folders of results as the subject of pictures and reports: those of ``run``, ``compare``, ``fidelisation``, ``sweep`` and ``staff``, alone or together.

``read`` gives the subject, ``opened`` also what stands behind each arm.  The folders of several runs are arms, the first the base; a comparison brings its
contenders; fidelisation brings two arms and the effect; a sweep and a staffing bring points.  A scenario that stands in several folders is one arm, known by
its digest and its seed.  Nothing is computed here before somebody asks (``simcrc.pictures.tabulated``).
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions, origins, store
from simcrc.experiment.manifest import FORMAT
from simcrc.experiment.store import StoreError
from simcrc.pictures.arm import Arm
from simcrc.pictures.subject import Subject
from simcrc.pictures.tabulated import Kept, Tabulated
from simcrc.words import LANGS, Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.overload import Overload
    from simcrc.experiment.precision import Reached
    from simcrc.experiment.warmup import Settling
    from simcrc.scenario import Loaded, Scenario

RUN, COMPARISON, FIDELISATION, SWEEP, STAFF = "run", "compare", "fidelisation", "sweep", "staff"
FORMATS = {"comparison 1": COMPARISON, "fidelisation 1": FIDELISATION, "sweep 1": SWEEP}
QUESTION, CURVE = "question.json", "curve.csv"
BASE = "base"

NOTHING = Words(fr="donnez au moins un dossier de résultats", en="give at least one folder of results")
NO_FOLDER = Words(fr="{path} : il n'y a pas de tel dossier", en="{path}: there is no such folder")
UNKNOWN = Words(
    fr="{path} : ce n'est pas un dossier de résultats ; attendu : celui de « simcrc run », compare, fidelisation, sweep ou staff",
    en='{path}: not a folder of results; expected: one of "simcrc run", compare, fidelisation, sweep or staff',
)
EMPTY = Words(
    fr="{path} : aucune réplication n'est terminée ; il n'y a encore rien à montrer",
    en="{path}: no replication is finished; there is nothing to show yet",
)
UNFINISHED = Words(
    fr="{path} : la commande « simcrc {kind} » a été interrompue ; relancez-la avec « -o {path} »",
    en='{path}: "simcrc {kind}" was interrupted; run the same command again with "-o {path}"',
)
GONE = Words(fr="{path} : le fichier {name} manque ou est endommagé ({why})", en="{path}: the file {name} is missing or damaged ({why})")
NO_ARM = Words(
    fr="{path} : un dossier de « simcrc {kind} » ne porte que des points ; ajoutez celui d'une simulation (simcrc run)",
    en='{path}: a folder of "simcrc {kind}" holds points only; add that of a run (simcrc run)',
)
OTHER_BASE = Words(
    fr="{path} : l'effet est mesuré sur une autre base ({found}) que celle du rapport ({base})",
    en="{path}: the effect is measured on another base ({found}) than that of the report ({base})",
)
OTHER_MONEY = Words(
    fr="{path} : les montants sont en {found}, ceux de la base en {base} ; ces dossiers ne se comparent pas",
    en="{path}: amounts are in {found}, those of the base in {base}; these folders cannot be compared",
)


@dataclass(frozen=True, eq=False)
class Origin:
    """What stands behind an arm.  `kind`: the command; `manifest`: of its folder; `loaded`: the scenario with the sources of its numbers; `numbers`: of the
    replications, as many as were `asked` unless the run was interrupted; `kept`: the sums."""

    kind: str
    path: Path
    manifest: Mapping[str, Any]
    loaded: Loaded
    digest: str
    seed: int
    numbers: tuple[int, ...]
    asked: int
    partial: bool
    kept: Kept

    @property
    def key(self) -> tuple[str, int]:
        """What makes two arms the same."""
        return self.digest, self.seed

    @cached_property
    def overload(self) -> list[Overload]:
        """Stations to which more work comes than their staff can do; as the run wrote it, else found now."""
        from simcrc.experiment import diagnosis, overload

        if self.kind == RUN and (self.path / store.OVERLOAD).exists():
            return diagnosis.overloads(self.path)
        return overload.find(self.kept.model, self.kept.each())

    @cached_property
    def warmup(self) -> list[Settling]:
        """Whether the warm-up was long enough, likewise."""
        from simcrc.experiment import diagnosis, warmup

        if self.kind == RUN and (self.path / store.WARMUP).exists():
            return diagnosis.settlings(self.path)
        return warmup.judged(self.kept.model, self.kept.each())

    @property
    def precision(self) -> list[Reached]:
        """What was reached of the precision that was asked; empty when none was."""
        from simcrc.experiment.precision import Reached

        return [Reached(**each) for each in (self.manifest.get("precision") or {}).get("figures", ())]


@dataclass(frozen=True, eq=False)
class Opened:
    """The subject of some folders and, by name of the arm, what stands behind each; `kinds`: the commands that made them."""

    subject: Subject
    origins: Mapping[str, Origin]
    kinds: tuple[str, ...]


@dataclass
class _Gathered:
    """What the folders have brought so far."""

    arms: list[Arm] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    effects: dict[str, pd.DataFrame] = field(default_factory=dict)
    staffing: pd.DataFrame | None = None

    def take(self, name: str, origin: Origin) -> str:
        """Take in an arm, unless it is there, and give its name."""
        for known, other in self.origins.items():
            if other.key == origin.key:
                return known
        if self.origins:
            base, own = self.origins[BASE].loaded.scenario.currency, origin.loaded.scenario.currency
            if own != base:
                raise StoreError(OTHER_MONEY, origin.path, found=own, base=base)
        name = BASE if not self.arms else _free(name, self.origins)
        self.arms.append(_arm(name, origin, self.origins.get(BASE)))
        self.origins[name] = origin
        return name


def read(
    paths: Sequence[Path | str],
    partial: bool = False,
    data: Path | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Subject:
    """The subject of the folders `paths`, the base first.

    `partial`: runs that were interrupted will do, over the replications that are finished.  `data`, `extension_files`: where records and extensions are now,
    when they were moved since.  Raises StoreError for what is no folder of results or does not go together, ScenarioError, ExtensionError.
    """
    return opened(paths, partial, data, extension_files).subject


def opened(
    paths: Sequence[Path | str],
    partial: bool = False,
    data: Path | None = None,
    extension_files: Iterable[Path | str] = (),
) -> Opened:
    """``read``, with what stands behind each arm."""
    folders = [Path(path) for path in paths]
    if not folders:
        raise StoreError(NOTHING, Path())
    found = [(path, *_kind(path)) for path in folders]
    gathered, files = _Gathered(), list(extension_files)
    points = {SWEEP: _points_of_sweep, STAFF: _points_of_staff}
    for path, kind, manifest in found:
        if kind in points:
            made = points[kind](path, manifest)
            gathered.staffing = made if gathered.staffing is None else gathered.staffing
        else:
            _ARMS[kind](path, manifest, gathered, partial, data, files)
    if not gathered.arms:
        raise StoreError(NO_ARM, found[0][0], kind=found[0][1])
    arms = tuple(_told_apart(gathered.arms, gathered.origins))
    subject = Subject(arms, _paired(gathered.origins), gathered.effects, gathered.staffing)
    return Opened(subject, gathered.origins, tuple(dict.fromkeys(kind for _, kind, _ in found)))


def _kind(path: Path) -> tuple[str, dict[str, Any]]:
    """Which command made a folder, and its manifest."""
    if not path.is_dir():
        raise StoreError(NO_FOLDER, path)
    if (path / QUESTION).exists() and (path / CURVE).exists():
        return STAFF, {}
    try:
        manifest = json.loads((path / store.MANIFEST).read_text(encoding="utf-8"))
        form = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(UNKNOWN, path) from None
    kind = RUN if form == FORMAT and "events" in manifest else FORMATS.get(form)
    if kind is None:
        raise StoreError(UNKNOWN, path)
    return kind, manifest


def _of_run(path: Path, manifest: dict[str, Any], into: _Gathered, partial: bool, data: Path | None, files: Sequence[Path | str]) -> None:
    """One arm: the run."""
    whole = bool(manifest["complete"])
    numbers = manifest["done"] if whole else store.finished(path) or manifest["done"]
    if not whole and not partial:
        raise StoreError(store.PARTIAL, path, done=len(numbers), asked=manifest["replications"], folder=shlex.quote(str(path)))
    loaded = origins.of(path, manifest, data, files).study().loaded
    sums = [store.sums_file(path, number) for number in numbers]
    into.take(path.resolve().name, _origin(RUN, path, manifest, loaded, manifest["digest"], manifest["seed"], numbers, sums, not whole))


def _of_comparison(path: Path, manifest: dict[str, Any], into: _Gathered, partial: bool, data: Path | None, files: Sequence[Path | str]) -> None:
    """An arm a contender."""
    from simcrc.experiment.variants import FOLDER

    if not manifest["complete"]:
        raise StoreError(UNFINISHED, path, kind=COMPARISON)
    numbers = list(range(1, manifest["replications"] + 1))
    for name, variant in manifest["variants"].items():
        loaded = _loaded(path, f"scenarios/{name}.yaml", manifest, data, files)
        sums = [path / FOLDER / variant["runs"] / f"{number:04d}.npz" for number in numbers]
        into.take(name, _origin(COMPARISON, path, manifest, loaded, variant["digest"], manifest["seed"], numbers, sums))


def _of_fidelisation(path: Path, manifest: dict[str, Any], into: _Gathered, partial: bool, data: Path | None, files: Sequence[Path | str]) -> None:
    """Two arms and the effect of one on the other."""
    import pandas as pd

    from simcrc.experiment.fidelisation import POLICY, SUMMARY

    if not manifest["complete"]:
        raise StoreError(UNFINISHED, path, kind=FIDELISATION)
    sums = [store.sums_file(path, number) for number in manifest["done"]]
    names = {}
    for part in (BASE, "policy"):
        loaded = _loaded(path, f"{part}.yaml", manifest, data, files)
        origin = _origin(FIDELISATION, path, manifest, loaded, manifest[part]["digest"], manifest["seed"], manifest["done"], sums, prefix=f"{part}.")
        if part == BASE and into.origins and origin.key != into.origins[BASE].key:
            fields = {"found": origin.loaded.scenario.name, "base": into.origins[BASE].loaded.scenario.name}
            raise StoreError(OTHER_BASE, path, **fields)
        names[part] = into.take(part, origin)
    try:
        effect = pd.read_csv(path / SUMMARY, keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise StoreError(GONE, path, name=SUMMARY, why=type(error).__name__) from None
    into.effects.setdefault(names[POLICY.removesuffix(".yaml")], effect)


_ARMS = {RUN: _of_run, COMPARISON: _of_comparison, FIDELISATION: _of_fidelisation}


def _points_of_staff(path: Path, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """The points of ``simcrc staff``."""
    return _table(path, CURVE)


def _points_of_sweep(path: Path, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """The points of a sweep over one team, with columns ``team`` and ``agents`` as those of ``simcrc staff``; over anything else, as they are."""
    if not manifest["complete"]:
        raise StoreError(UNFINISHED, path, kind=SWEEP)
    frame = _table(path, "figures.csv")
    varied = [name.split(".") for name in manifest["vary"]]
    if len(varied) == 1 and varied[0][0] == "teams":
        column = manifest["vary"][0]
        frame = frame.assign(team=varied[0][1], agents=frame[column], kind="sweep")
    return frame


def _table(path: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_csv(path / name)
    except (OSError, ValueError) as error:
        raise StoreError(GONE, path, name=name, why=type(error).__name__) from None


def _loaded(path: Path, name: str, manifest: Mapping[str, Any], data: Path | None, files: Sequence[Path | str]) -> Loaded:
    """A scenario of the folder, as resolved."""
    from simcrc.scenario import load

    inputs = manifest["run"].get("inputs", {})
    known = [*(Path(each) for each in inputs.get("extensions", ())), *map(Path, files)]
    extensions.load(tuple({each.name: each.absolute() for each in known}.values()))
    if not (path / name).exists():
        raise StoreError(GONE, path, name=name, why=NO_FOLDER.say("en", path=name).partition(":")[0])
    root = data or inputs.get("data")
    return load(path / name, data=root, folder=inputs.get("folder") or path, resolved=True)


def _origin(
    kind: str,
    path: Path,
    manifest: Mapping[str, Any],
    loaded: Loaded,
    digest: str,
    seed: int,
    numbers: Sequence[int],
    sums: Sequence[Path],
    partial: bool = False,
    prefix: str = "",
) -> Origin:
    if not numbers:
        raise StoreError(EMPTY, path)
    gone = [file.relative_to(path).as_posix() for file in sums if not file.exists()]
    if gone:
        raise StoreError(GONE, path, name=gone[0], why="FileNotFoundError")
    seeded = replace(loaded, scenario=loaded.scenario.model_copy(update={"seed": seed}))
    kept = Kept(seeded.scenario, sums, prefix)
    return Origin(kind, path, manifest, seeded, digest, seed, tuple(numbers), int(manifest["replications"]), partial, kept)


def _arm(name: str, origin: Origin, base: Origin | None) -> Arm:
    """The arm of an origin; its figures are read from the table of a complete run, else computed from the sums."""
    from simcrc.experiment.headlines import words_of

    scenario = origin.loaded.scenario
    title = title_of(scenario, None if base is None else base.loaded.scenario)
    fields: dict[str, Any] = {"name": name, "title": title, "scenario": scenario, "words": words_of(scenario), "numbers": origin.numbers}
    if origin.kind == RUN and not origin.partial:
        return Arm(**fields, load_frame=lambda: _indicators(origin.path), load_totals=origin.kept.totals)
    return Tabulated(**fields, load_frame=origin.kept.frame, load_totals=origin.kept.totals)


def _indicators(path: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    try:
        frame: pd.DataFrame = pq.read_table(path / store.INDICATORS).to_pandas()
        return frame
    except (OSError, ValueError) as error:
        raise StoreError(GONE, path, name=store.INDICATORS, why=type(error).__name__) from None


def title_of(scenario: Scenario, base: Scenario | None) -> Words:
    """What an arm is called: the policies that it has and the base has not, else its scenario; the base, by its scenario and its policies."""
    from simcrc.experiment.headlines import together
    from simcrc.experiment.results import UNDER

    own = [policy.name for policy in scenario.policies if base is None or policy not in base.policies]
    if not own:
        return Words(scenario.name.fr, scenario.name.en)
    said = {lang: together([each.say(lang) for each in own], lang) for lang in LANGS}
    if base is None:
        said = {lang: UNDER.say(lang, name=scenario.name.say(lang), policies=said[lang]) for lang in LANGS}
    return Words(said["fr"], said["en"])


def _told_apart(arms: Sequence[Arm], known: Mapping[str, Origin]) -> list[Arm]:
    """The arms, those that are called the same with the name of their folder or contender."""
    out = []
    for arm in arms:
        same = [other for other in arms if other is not arm and any(other.title.say(lang) == arm.title.say(lang) for lang in LANGS)]
        if same:
            name = known[arm.name].path.resolve().name if known[arm.name].kind == RUN else arm.name
            if arm.name != BASE or known[arm.name].kind == RUN:
                arm = replace(arm, title=Words(*(f"{arm.title.say(lang)} ({name})" for lang in LANGS)))
        out.append(arm)
    return out


def _paired(known: Mapping[str, Origin]) -> bool:
    """Whether all arms met the same random numbers in the same replications of the same period."""
    first, *others = known.values()

    def about(origin: Origin) -> tuple[Any, ...]:
        scenario = origin.loaded.scenario
        return scenario.start, scenario.horizon, scenario.timezone, origin.seed, origin.numbers

    return all(about(other) == about(first) for other in others)


def _free(name: str, taken: Mapping[str, Origin]) -> str:
    """`name`, numbered where it is taken."""
    count, out = 1, name
    while out in taken:
        count += 1
        out = f"{name}-{count}"
    return out
