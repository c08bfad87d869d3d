"""The fidelisation effect of a policy (effet de fidélisation): run the pairs, make the figures, keep them in a folder.

``Fidelisation`` is what ``fidelisation`` gives, also as ``simcrc.fidelisation``.  Its folder:

    manifest.json             what was compared, with which versions; its `run` block alone may differ between two equal runs
    base.yaml, policy.yaml    both scenarios as resolved
    summary.csv               every figure (``simcrc.experiment.figures``)
    pairs.parquet             by replication, service, segment and month: needs, contacts of both arms by reason, needs that gained and lost, costs
    fidelisation.fr.txt, .en.txt   the account that the command prints
    replications/0001.npz     the sums of each replication
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import extensions, store, tables
from simcrc.experiment.arms import Arms, arms
from simcrc.experiment.effect import add_effect
from simcrc.experiment.figures import COLUMN_OF, Figure, Figures, Side
from simcrc.experiment.files import sha256, write_json, write_text
from simcrc.experiment.fingerprint import fingerprint
from simcrc.experiment.in_role import add_in_role
from simcrc.experiment.manifest import Clock
from simcrc.experiment.naming import unknown, unknown_part
from simcrc.experiment.objectives import Judged, judged
from simcrc.experiment.pair_rows import pair_rows
from simcrc.experiment.pairs import DAY, Pairs, chosen_follow_up, pairs
from simcrc.experiment.placebo import stretch
from simcrc.experiment.saving import add_saving
from simcrc.experiment.segments import add_segments
from simcrc.experiment.statistics import Estimate
from simcrc.experiment.study import Interrupted, Study, Watch
from simcrc.words import LANGS, Lang, Words, language

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.pictures.plots import Plots

FORMAT = "fidelisation 1"
BASE, POLICY, SUMMARY, PAIRS, ACCOUNT = "base.yaml", "policy.yaml", "summary.csv", "pairs.parquet", "fidelisation.{lang}.txt"


@dataclass(frozen=True, eq=False)
class Fidelisation:
    """The fidelisation effect of a policy.  `pairs`: the sums that it is computed from; `note`: what to know of how the arms were made."""

    pairs: Pairs
    note: Words | None = None

    @cached_property
    def rows(self) -> list[Figure]:
        """Every figure."""
        axes, landings = self.pairs.base.cohort.axes, self.pairs.landings.names
        labels = {axis: axes.labels[axis] for axis in ("channel", "service", "segment", "reason", "month")} | {"from": landings, "to": landings}
        figures = Figures(labels)
        add_effect(figures, self.pairs)
        add_saving(figures, self.pairs)
        add_segments(figures, self.pairs)
        add_in_role(figures, self.pairs)
        return figures.rows

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every figure, one row each; the columns of ``simcrc.experiment.figures``."""
        return Figures({}, self.rows).frame()

    @cached_property
    def objectives(self) -> list[Judged]:
        """What became of the objectives of the policy."""
        base, policy = self.pairs.base, self.pairs.policy
        return judged(base.model, [base.whole], policy.model, [policy.whole])

    @property
    def delta(self) -> Estimate:
        """Change of contacts per need."""
        return self.estimate("contacts_per_need")

    def estimate(self, name: str, arm: Side | None = "change", **where: str | None) -> Estimate:
        """A figure with its interval: ``estimate("contacts_per_need", reason="verification")``, ``estimate("wait_mean", "policy", segment="elders")``.

        `arm`: base, policy, change or placebo; a figure that has none of these is found under any.
        `where`: channel, service, segment, reason, period, source, target.
        Raises UnknownFigureError when there is no such figure.
        """
        asked = dict.fromkeys(COLUMN_OF.values()) | where
        found = {row.arm: row for row in self.rows if row.figure == name and all(getattr(row, column, None) == value for column, value in asked.items())}
        if arm not in found and None not in found:
            known = {column: list(dict.fromkeys(value for row in self.rows if (value := getattr(row, column)) is not None)) for column in COLUMN_OF.values()}
            raise unknown_part(name, where, known) or unknown(name, {"": {row.figure for row in self.rows}})
        return found[arm if arm in found else None].estimate

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """What ``simcrc fidelisation --json`` prints."""
        lang = lang or language()
        return {
            **{name: value for name, value in about(self.pairs).items() if name not in ("extensions", "data")},
            "note": None if self.note is None else self.note.say(lang),
            "figures": [asdict(row) for row in self.rows],
            "objectives": [_objective(each, lang) for each in self.objectives],
        }

    @cached_property
    def plot(self) -> Plots:
        """The pictures, one method each: ``effect.plot.fidelisation()`` gives a matplotlib figure."""
        from simcrc.pictures.pairs import of_pairs
        from simcrc.pictures.plots import Plots

        return Plots(lambda: of_pairs(self))

    def text(self, lang: Lang | None = None) -> str:
        """The account in words, with tables."""
        from simcrc.report.fidelisation import text

        return text(self, lang or language())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"

    def save(self, folder: Path) -> None:
        """Write everything but the manifest and the sums to `folder`."""
        from simcrc.scenario import dump

        write_text(folder / BASE, dump(self.pairs.base.study.loaded.document))
        write_text(folder / POLICY, dump(self.pairs.policy.study.loaded.document))
        write_text(folder / SUMMARY, self.figures.to_csv(index=False, lineterminator="\n"))
        tables.write_frame(folder / PAIRS, pair_rows(self.pairs))
        for lang in LANGS:
            write_text(folder / ACCOUNT.format(lang=lang), self.text(lang) + "\n")


def _objective(each: Judged, lang: Lang) -> dict[str, Any]:
    objective = each.objective
    figures = {"base": each.base, "policy_figure": each.under_policy, "change": each.change}
    return {
        "policy": each.policy.name.say(lang),
        "name": None if objective.name is None else objective.name.say(lang),
        **objective.model_dump(mode="json", exclude={"name"}),
        "unit": each.unit,
        "days_looked_at": each.days,
        "relative": each.relative,
        **{name: asdict(estimate) for name, estimate in figures.items()},
        "verdict": each.verdict,
    }


def about(found: Pairs) -> dict[str, Any]:
    """What was compared: the part of the manifest that does not depend on the occasion."""
    return {"replications": len(found.numbers), **_asked(found.base.study, found.policy.study, found.follow_up)}


def _asked(base: Study, policy: Study, follow_up: int) -> dict[str, Any]:
    both = {"base": base, "policy": policy}
    return {
        **{name: {"name": {lang: study.scenario.name.say(lang) for lang in LANGS}, "digest": study.digest} for name, study in both.items()},
        "policies": [{lang: each.name.say(lang) for lang in LANGS} for each in policy.scenario.policies if each not in base.scenario.policies],
        "seed": base.scenario.seed,
        "follow_up_days": follow_up / DAY,
        "placebo_days": stretch(base.scenario),
        "currency": base.scenario.currency,
        "data": {name: sha256(path) for study in (base, policy) for name, path in sorted(study.loaded.data_files.items())},
        "extensions": extensions.digests(base.extensions),
    }


def fidelisation(
    base: Study | Path | str,
    policy: Study | Path | str | Sequence[Path | str],
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    follow_up: int | None = None,
    output: Path | str | None = None,
    watch: Watch | None = None,
    order: Sequence[int] | None = None,
    set_: Iterable[str] = (),
    data: Path | str | None = None,
    extension_files: Iterable[Path | str] = (),
    common: Iterable[Path | str] = (),
) -> Fidelisation:
    """Measure the fidelisation effect of `policy` on `base`: pairs of the same citizens with the same needs and the same random numbers.

    `base`: a scenario.  `policy`: a policy file, several that are laid over the base together, or a scenario with the same needs; `common`: policy files laid
    over both arms.  `replications`, `seed`: instead of those of the base.  `follow_up`:
    microseconds during which every need of the cohort is followed at least (four weeks, or a quarter of a short period).  `output`: an empty or new folder;
    without one nothing is kept.  Raises ScenarioError, NotPairedError, FollowUpError, StoreError, SimulationError, Interrupted on Ctrl-C.
    """
    made = arms(base, policy, set_, data, extension_files, common)
    return run(made, replications, seed, jobs, follow_up, None if output is None else Path(output), watch, order)


def run(
    made: Arms,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    follow_up: int | None = None,
    output: Path | None = None,
    watch: Watch | None = None,
    order: Sequence[int] | None = None,
) -> Fidelisation:
    """``fidelisation`` of two arms that are loaded."""
    if output is None:
        return Fidelisation(pairs(made.base, made.policy, replications, seed, jobs, follow_up, watch, order=order), made.note)
    seed = made.base.scenario.seed if seed is None else seed
    base, policy = made.base.seeded(seed), made.policy.seeded(seed)
    count = base.scenario.replications if replications is None else replications
    clock, done = Clock(workers=min(jobs, 2 * count + 1), inputs=base.inputs()), []
    asked = {"replications": count, **_asked(base, policy, chosen_follow_up(base, follow_up))}

    def finished(number: int, seconds: float) -> None:
        clock.seconds[number] = seconds
        done.append(number)

    complete = False
    with store.claimed(output):
        try:
            found = Fidelisation(pairs(base, policy, count, None, jobs, follow_up, watch, output, order, finished), made.note)
            found.save(output)
            complete = True
        except KeyboardInterrupt as stop:
            raise Interrupted(output, len(done), count) from stop
        finally:
            _manifest(output, asked, sorted(done), complete, clock)
    return found


def _manifest(folder: Path, asked: dict[str, Any], done: list[int], complete: bool, clock: Clock) -> None:
    names = [BASE, POLICY, SUMMARY, PAIRS, *(ACCOUNT.format(lang=lang) for lang in LANGS)]
    files = [folder / name for name in names] + [store.sums_file(folder, number) for number in done]
    write_json(
        folder / store.MANIFEST,
        {
            "format": FORMAT,
            **asked,
            "complete": complete,
            "done": done,
            "files": {path.relative_to(folder).as_posix(): sha256(path) for path in files if path.exists()},
            "fingerprint": fingerprint(),
            "run": clock.block(),
        },
    )
