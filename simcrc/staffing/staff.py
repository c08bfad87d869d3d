"""``staff``: the least staff by half hour and team with which the targets are met.

ample staff ─▶ loads, what counts, what cannot be reached ─▶ Erlang A ─▶ β by bisection ─▶ loads again ─▶ agents taken away ─▶ around ─▶ fresh draws
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc import __version__
from simcrc.experiment import store
from simcrc.experiment.backend import Backend
from simcrc.experiment.files import write_json
from simcrc.experiment.headlines import words_of
from simcrc.experiment.keeping import clear
from simcrc.experiment.undivided import undivided
from simcrc.staffing import keep
from simcrc.staffing.around import SHARES, Effect, Meter, Point, scaled, shifted
from simcrc.staffing.beside import beside
from simcrc.staffing.crews import Crew, Group, crews
from simcrc.staffing.descend import descend
from simcrc.staffing.erlang import start
from simcrc.staffing.errors import StaffingError, TargetError
from simcrc.staffing.judge import Judge, Look, Period
from simcrc.staffing.load import Family, Loads, ample, enough, measured, updated
from simcrc.staffing.plan import Plan
from simcrc.staffing.prune import Pruned, Pruner
from simcrc.staffing.search import FIRST_STEP, NotFoundError, find, shared_out
from simcrc.staffing.staffed import Proof, Staffed
from simcrc.staffing.target import Aim, aims
from simcrc.staffing.trials import SpentError, Trials, Watch
from simcrc.staffing.unreachable import unreachable
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.experiment.study import Study
    from simcrc.indicators.totals import Totals

MOST = 2000
"""Simulations that a search may ask for."""
PILOT_WEEKS, MOST_PILOT = 26, 16
"""Weeks of ample staff from which the loads are taken, in at most so many replications."""
MOVED = 0.02  # a change of the loads that is worth a second search

NOBODY = Words(fr="« {aim} » : personne ne s'y présente dans la période", en='"{aim}": nobody comes there in the period')
SPENT = Words(
    fr="aucun horaire qui atteint les cibles n'a été trouvé en {most} simulations ; donnez-en davantage avec --max-runs",
    en="no schedule that meets the targets was found in {most} simulations; allow more with --max-runs",
)
NOT_FOUND = Words(
    fr="un effectif surabondant atteint les cibles, mais la recherche n'a pas trouvé d'horaire qui les atteigne ; essayez --by week",
    en="ample staff meets the targets, but the search found no schedule that does; try --by week",
)
KEPT = Words(
    fr="Interrompu : {done} simulations sont gardées dans {path} ; la même commande avec -o {path} continue",
    en="Interrupted: {done} simulations are kept in {path}; the same command with -o {path} goes on",
)


class Stopped(KeyboardInterrupt):
    """Ctrl-C during a search; what was simulated is in the folder."""

    def __init__(self, path: Path, done: int) -> None:
        super().__init__(KEPT.say("en", path=path, done=done))
        self.path, self.done = path, done

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return KEPT.say(lang, path=self.path, done=self.done)


@dataclass(frozen=True, eq=False)
class _Question:
    """What is looked for, once it is known to make sense."""

    aims: tuple[Aim, ...]
    crews: tuple[Crew, ...]
    groups: tuple[Group, ...]
    by: Period
    block: Period

    @property
    def cells(self) -> Period:
        """The cells of β: weekdays where targets hold on each and numbers may differ between them, else the whole week; ``descend`` sees to half hours."""
        return "day" if self.by == "day" and self.block != "week" else "week"


def staff(
    study: Study,
    targets: Sequence[str] = (),
    by: Period = "week",
    block: Period = "half-hour",
    teams: Sequence[str] = (),
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | Backend = 1,
    output: Path | str | None = None,
    most: int = MOST,
    watch: Watch | None = None,
    prove: bool = False,
) -> Staffed:
    """The least staff that meets `targets`, such as ``phone.service_level>=80%`` (else those of the scenario).

    `by`: what a target must hold in: the whole period (``week``), each weekday (``day``) or each ``half-hour`` of the week; `block`: over what a team's number
    stays the same; `teams`: whose schedules may change (else all that serve where the targets are); `replications`: of the search, and as many again on
    which the answer is measured; `most`: simulations that the search may ask for; `jobs`: processes, or a backend; `output`: a folder, empty, new, or of the
    same question, which is then gone on with; `watch` is told what is done, how many simulations are behind and the share done of those under way; `prove`:
    simulate each agent's removal alone in the end, whatever that takes (else up to twice what the search took).

    Raises TargetError, StaffingError, UnreachableError, StoreError, SimulationError; Stopped on Ctrl-C.
    """
    with undivided():
        import scipy.stats  # noqa: F401 – the first interval needs it, in the middle of the search
    count = study.scenario.replications if replications is None else replications
    if count < 1:
        raise ValueError("replications must be at least 1")
    temporary = tempfile.TemporaryDirectory(prefix="simcrc-") if output is None else None
    folder = Path(temporary.name if temporary else output)  # type: ignore[arg-type]
    seeded = study.seeded(seed)
    question: dict[str, Any] = {
        "simcrc": __version__,
        "digest": seeded.digest,
        "seed": seeded.scenario.seed,
        "targets": list(targets),
        "by": by,
        "block": block,
        "teams": list(teams),
        "replications": count,
        "most": most,
        "prove": prove,
    }
    trials = Trials(seeded, folder, Backend.of(jobs), None, tuple(range(1, count + 1)), most, watch)
    asked = _asked(trials, targets, by, block, teams)
    with store.claimed(folder, keep.same_question(question)):
        clear(folder)
        write_json(folder / keep.QUESTION, question)
        keep.manifest(folder, question)
        try:
            found = _Search(trials, asked, temporary, prove).answer()
        except KeyboardInterrupt as stop:
            raise Stopped(folder, trials.asked) from stop
        keep.keep(found, study.loaded.path, {crew.name: study.scenario.teams[crew.name].schedule.on_holidays for crew in asked.crews})
        keep.manifest(folder, question, found)
    return found


def _asked(trials: Trials, targets: Sequence[str], by: Period, block: Period, teams: Sequence[str]) -> _Question:
    from simcrc.indicators.axes import Axes

    axes = Axes.of(trials.model)
    found = aims(targets, trials.study.scenario, axes)
    made, groups = crews(trials.model, found, teams)
    trials.judge = Judge(found, by, axes)
    return _Question(found, made, groups, by, block)


class _Search:
    """The steps of a search."""

    def __init__(self, trials: Trials, question: _Question, temporary: tempfile.TemporaryDirectory[str] | None, prove: bool) -> None:
        assert trials.judge is not None
        self.trials, self.question, self.judge, self.temporary, self.prove = trials, question, trials.judge, temporary, prove
        self.base, self.written = Plan.of(trials.study.scenario, [crew.name for crew in question.crews])
        self.meter = Meter(self.judge, question.crews, trials.study.scenario)

    def answer(self) -> Staffed:
        """All of them."""
        ask = self.question
        try:
            totals, loads = self._pilot()
            family = self._family(loads)
            first, beta = start(self.trials.model, totals, family, ask.aims)
            plan, look, loads = self._found(family, beta)
        except SpentError:
            raise StaffingError([(SPENT, {"most": str(self.trials.most)})]) from None
        except NotFoundError:
            raise StaffingError([(NOT_FOUND, {})]) from None
        self.trials.stage = "prune"
        pruned = Pruner(self.trials, ask.crews, ask.block, ask.by, self.prove).prune(plan, look)
        return self._described(first, pruned, loads)

    def _pilot(self) -> tuple[Totals, Loads]:
        """Ample staff: the cells that count, targets out of reach, and the loads.  Raises UnreachableError, TargetError."""
        ask, trials = self.question, self.trials
        trials.stage, factor = "pilot", 1
        while True:
            plan = ample(ask.crews, self.base, factor)
            totals = trials.totals(plan)
            if enough(totals, ask.crews, plan):
                break
            factor *= 4
        self.judge.count(totals)
        empty = [aim for aim, counted in zip(ask.aims, self.judge.counted, strict=True) if not counted.any()]
        if empty:
            raise TargetError([(NOBODY, {"aim": aim.text}) for aim in empty])
        error = unreachable(self.judge, trials.look(plan), totals)
        if error is not None:
            raise error
        more = trials.totals(plan, (*trials.replications, *self._further()))
        return totals, measured(more, totals, ask.crews, ask.aims, self.written)

    def _further(self) -> range:
        """Replications beyond those of the search and the check, for the loads alone: a short period has seen each half hour of the week too seldom."""
        count, days = len(self.trials.replications), self.judge.axes.size("day")
        wanted = min(MOST_PILOT, ceil(7 * PILOT_WEEKS / days))
        return range(2 * count + 1, 2 * count + 1 + max(0, wanted - count))

    def _family(self, loads: Loads) -> Family:
        ask = self.question
        return Family(ask.crews, ask.groups, loads, self.base, ask.cells, ask.block)

    def _found(self, family: Family, beta: Any) -> tuple[Plan, Look, Loads]:
        """A plan that meets the targets, from the loads with ample staff and, where more contacts come with less staff, from the loads that it shows."""
        self.trials.stage = "search"
        ask, begin = self.question, beta[:, None].repeat(family.shape[1], axis=1)
        best, plan, look = find(self.trials, family, begin, ask.by)
        loads, moved = updated(family.loads, self.trials.totals(plan), ask.crews, ask.aims, self.written)
        if abs(moved) > MOVED:
            again = self._family(loads)
            better, other, seen = find(self.trials, again, best, ask.by, FIRST_STEP / 4)
            if self._dear(other) <= self._dear(plan):
                best, plan, look, family = better, other, seen, again
        if ask.by == "half-hour" and ask.block == "half-hour":
            plan, look = descend(self.trials, ask.crews, ask.groups, plan, look, family.plan(begin))
        elif any(len(group.crews) > 1 for group in ask.groups):
            shared, seen = shared_out(self.trials, family, best, ask.by)
            if seen.all_met and self._dear(shared) <= self._dear(plan):
                plan, look = shared, seen
        return plan, look, family.loads

    def _dear(self, plan: Plan) -> float:
        """What a plan costs, in money where the cost of an hour is written for each team, else in hours."""
        hours = self.meter.hours(plan.agents)
        cost = self.meter.cost(hours)
        return float(hours.sum()) if cost is None else cost

    def _described(self, first: Plan, pruned: Pruned, loads: Loads) -> Staffed:
        """The answer, and what stands around it."""
        trials, ask, meter, plan = self.trials, self.question, self.meter, pruned.plan
        trials.stage = "around"
        count = len(trials.replications)
        later = tuple(range(count + 1, 2 * count + 1))
        shares = [(share, scaled(plan, ask.crews, share)) for share in SHARES]
        shares = [each for number, each in enumerate(shares) if each[0] == 1.0 or each[1].key not in {plan.key, *(other.key for _, other in shares[:number])}]
        sides = [(k, by, shifted(plan, k, ask.crews, by)) for k in range(len(ask.crews)) for by in (-1, 1)]
        trials.run([None, first, plan, *(other for _, other in shares), *(each for _, _, each in sides)], bounded=False)
        trials.stage = "fresh"
        fresh = trials.totals(plan, later, bounded=False)
        found, before = trials.totals(plan, bounded=False), trials.totals(None, bounded=False)

        def point(label: str, other: Plan) -> Point:
            return meter.point(label, other.agents, trials.totals(other, bounded=False), found)

        around = [(ask.crews[k], by, other, point(f"{by:+d}", other)) for k, by, other in sides]
        scenario, model = trials.study.scenario, trials.model
        return Staffed(
            name={"fr": scenario.name.fr, "en": scenario.name.en},
            digest=trials.study.digest,
            seed=scenario.seed,
            replications=count,
            currency=scenario.currency,
            path=trials.folder,
            words=words_of(scenario),
            aims=ask.aims,
            by=ask.by,
            block=ask.block,
            crews=ask.crews,
            plan=plan,
            written=self.written,
            theory=first,
            before=meter.point("before", self.written, before, found),
            start=point("start", first),
            found=meter.point("found", plan.agents, found),
            fresh=meter.point("fresh", plan.agents, fresh),
            verdicts=self.judge.verdicts(fresh),
            curve=tuple(point(f"{share:.1%}", other) for share, other in shares),
            effects=tuple(self._effect(crew, by, other, each, plan) for crew, by, other, each in around),
            beside=beside(self.judge, ask.crews, before, found),
            loads=loads.teams,
            slots=tuple(self.judge.by_slot(aim, found) for aim in ask.aims),
            proof=Proof(len(pruned.alone), len(pruned.probed), pruned.complete),
            simulations=trials.asked,
            start_date=model.calendar.dates[0].isoformat(),
            weeks=self.judge.axes.size("day") / 7,
            _temporary=self.temporary,
        )

    def _effect(self, crew: Crew, by: int, other: Plan, point: Point, plan: Plan) -> Effect:
        hours = self.meter.hours(other.agents - plan.agents)
        return Effect(crew.name, by, point, float(hours.sum()), self.meter.cost(hours))


__all__ = ["MOST", "Stopped", "staff"]
