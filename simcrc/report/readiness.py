"""Readiness in words: the fourteen questions with their answers, what hangs on each answer that is not yes, and what to measure first.

``Portrait`` gathers it, ``lines`` says it to a person, ``as_json`` to a program.  ``simcrc readiness`` prints either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcrc.experiment.ranking import FAMILIES, Ranked, ranked
from simcrc.experiment.sensitivity import Sensitivity
from simcrc.experiment.unknowns import State, Unknown, unknowns
from simcrc.report.numbers import decimal, writer
from simcrc.report.values import Values
from simcrc.scenario.readiness import QUESTIONS, Answer, Question
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.experiment.statistics import Estimate
    from simcrc.scenario import Loaded

SHORT = 6  # unknowns shown under a question

NOT_ASKED = Words(fr="sans réponse", en="not answered")
STATES: dict[State, tuple[Words, Words]] = {  # of one number, of several
    "assumed": (Words(fr="supposé", en="assumed"), Words(fr="supposés", en="assumed")),
    "borrowed": (Words(fr="emprunté", en="borrowed"), Words(fr="empruntés", en="borrowed")),
    "unsaid": (Words(fr="sans origine", en="of no stated origin"),) * 2,
}
COUNTED: dict[State, Words] = {
    "assumed": Words(fr="{count} {count:supposé|supposés}", en="{count} assumed"),
    "borrowed": Words(fr="{count} {count:emprunté|empruntés}", en="{count} borrowed"),
    "unsaid": Words(fr="{count} sans origine", en="{count} of no stated origin"),
}
SUMMARY = Words(
    fr="{numbers} {numbers:nombre non mesuré|nombres non mesurés} ici : {parts}.", en="{numbers} {numbers:number|numbers} not measured here: {parts}."
)
NOTHING = Words(fr="Tous les nombres de ce scénario sont mesurés.", en="All numbers of this scenario are measured.")
KNOWN = Words(
    fr="{count} {count:nombre du scénario en dépend et n'est pas mesuré|nombres du scénario en dépendent et ne sont pas mesurés} : à "
    "reprendre de ce que vous savez déjà",
    en="{count} {count:number|numbers} of the scenario {count:hangs|hang} on it and {count:is|are} not measured: take {count:it|them} over from what you "
    "already know",
)
NONE = Words(fr="aucun nombre du scénario n'en dépend", en="no number of the scenario hangs on it")
MORE = Words(fr="… et encore {count} (--all)", en="… and {count} more (--all)")
NUMBERS = Words(fr="{count} {count:nombre|nombres}", en="{count} {count:number|numbers}")
NO_RANGE = Words(fr="sans plage", en="no range")
FIRST = Words(fr="À mesurer d'abord", en="To be measured first")
RULE = Words(
    fr=(
        "Règle : demi-largeur de la plage (en points pour une part, relative pour un autre nombre, 0,5 sans plage) × familles de résultats qui en "
        "dépendent (sur 6 : {families}) × part des besoins concernés. Les réponses « oui » n'y sont pas."
    ),
    en=(
        "Rule: half the width of the range (in points of a share, relative for any other number, 0.5 without a range) × families of figures that hang on "
        "it (of 6: {families}) × share of the needs concerned. What is answered yes is left out."
    ),
)
ROW = Words(
    fr="{place:>2}. {path} (question {number}) : {score} = {width} × {families} × {needs}",
    en="{place:>2}. {path} (question {number}): {score} = {width} × {families} × {needs}",
)
NO_ONE = Words(fr="Rien : toutes les réponses sont oui.", en="Nothing: every answer is yes.")
SWINGS = Words(
    fr="Sensibilité, un à la fois, mêmes tirages, {replications} {replications:réplication|réplications} par bout de plage : écart au "
    "scénario écrit, en bas ; en haut, et son intervalle",
    en="Sensitivity, one at a time, common random numbers, {replications} {replications:replication|replications} an end: difference from "
    "the scenario, low; high end, with its interval",
)
FIXED = Words(fr="Non déplacés (sans plage, ou la plage sort de ce qui est permis) : {paths}", en="Not moved (no range, or it leaves what is allowed): {paths}")
SWING = Words(fr="{place:>2}. {path} : {label} {low} ; {high} (sur {base})", en="{place:>2}. {path}: {label} {low}; {high} (of {base})")


@dataclass(frozen=True)
class Portrait:
    """A scenario's questions with answers and unknowns (of one order, that of the questions), and the order in which to measure."""

    loaded: Loaded
    items: tuple[tuple[Question, Answer | None, tuple[Unknown, ...]], ...]
    first: tuple[Ranked, ...]

    @classmethod
    def of(cls, loaded: Loaded) -> Portrait:
        """The portrait of a scenario, with answers or without."""
        found = unknowns(loaded)
        answers = loaded.scenario.readiness
        items = tuple((question, answers.get(question.id), tuple(each for each in found if each.question is question)) for question in QUESTIONS)
        short = [each for _, answer, own in items if answer is None or not answer.is_yes for each in own]
        return cls(loaded, items, tuple(each for each in ranked(loaded, short) if each.score > 0))


def lines(portrait: Portrait, lang: Lang, whole: bool = False, top: int = 10) -> Iterator[str]:
    """The portrait for a person; `whole`: every unknown under its question; `top`: how many to measure first."""
    values = Values(portrait.loaded, lang)
    yield portrait.loaded.scenario.name.say(lang)
    yield _summary(portrait, lang)
    yield ""
    for question, answer, own in portrait.items:
        said = NOT_ASKED if answer is None else answer.said
        yield f"{question.number:>2}. {question.words.say(lang)}  [{said.say(lang)}]"
        yield from (f"      {line}" for line in _hanging(answer, own, values, whole))
    yield ""
    yield FIRST.say(lang)
    yield RULE.say(lang, families=", ".join(words.say(lang) for words in FAMILIES.values()))
    for place, each in enumerate(portrait.first[:top], 1):
        yield ROW.say(
            lang,
            place=place,
            path=each.unknown.path,
            number=each.unknown.question.number,
            score=decimal(each.score, lang, 2),
            width=decimal(each.half_width, lang, 2),
            families=len(each.families),
            needs=writer("share", 1.0, lang)(each.needs),
        )
    if not portrait.first:
        yield NO_ONE.say(lang)


def _summary(portrait: Portrait, lang: Lang) -> str:
    counts = {state: sum(len(each.leaves) for _, _, own in portrait.items for each in own if each.state == state) for state in STATES}
    total = sum(counts.values())
    if not total:
        return NOTHING.say(lang)
    return SUMMARY.say(lang, numbers=total, parts=", ".join(COUNTED[state].say(lang, count=count) for state, count in counts.items() if count))


def _hanging(answer: Answer | None, own: Sequence[Unknown], values: Values, whole: bool) -> Iterator[str]:
    lang = values.lang
    if not own:
        yield NONE.say(lang)
        return
    if answer is not None and answer.is_yes and not whole:
        yield KNOWN.say(lang, count=sum(len(each.leaves) for each in own))
        return
    shown = own if whole else own[:SHORT]
    for each in shown:
        yield _one(each, values)
    if len(own) > len(shown):
        yield MORE.say(lang, count=len(own) - len(shown))


def _one(unknown: Unknown, values: Values) -> str:
    lang = values.lang
    count = len(unknown.leaves)
    parts = [NUMBERS.say(lang, count=count), STATES[unknown.state][count > 1].say(lang), _range(unknown, values)]
    return f"{unknown.path}: {', '.join(parts)}" if lang == "en" else f"{unknown.path} : {', '.join(parts)}"


def _range(unknown: Unknown, values: Values) -> str:
    """The range as written where there is one for all; else the widest, as half a width."""
    bounds = {leaf.said.range for leaf in unknown.leaves if leaf.said is not None and leaf.said.range is not None}
    if len(bounds) != 1:
        return NO_RANGE.say(values.lang) if not bounds else f"±{writer('share', 1.0, values.lang)(unknown.half_width)}"
    return values.range(next(iter(bounds)), unknown.leaves[0].place)


def swing_lines(found: Sensitivity, units: dict[str, str], lang: Lang) -> Iterator[str]:
    """The sensitivity for a person, each unknown with the figure that it moves most; `units`: the unit of each figure."""
    from simcrc.report.short import label

    yield SWINGS.say(lang, replications=found.replications)
    for place, swing in enumerate(found.swings, 1):
        name = swing.largest[1]
        if not name:
            continue
        write = writer(units[name], found.base[name].mean or 0.0, lang)
        yield SWING.say(
            lang,
            place=place,
            path=swing.unknown.path,
            label=label(name, lang),
            low=_change(swing.low[name], write),
            high=_change(swing.high[name], write),
            base=write(found.base[name].mean),
        )
    if found.fixed:
        yield FIXED.say(lang, paths=", ".join(each.path for each in found.fixed))


def _change(estimate: Estimate, write: Any) -> str:
    if estimate.mean is None:
        return str(write(None))
    sign = "+" if estimate.mean > 0 else ""
    if estimate.low is None or estimate.high is None:
        return f"{sign}{write(estimate.mean)}"
    return f"{sign}{write(estimate.mean)} [{write(estimate.low)}; {write(estimate.high)}]"


def as_json(portrait: Portrait, lang: Lang, found: Sensitivity | None = None) -> dict[str, Any]:
    """The same for a program, words in `lang`."""
    out: dict[str, Any] = {
        "name": portrait.loaded.scenario.name.say(lang),
        "digest": portrait.loaded.digest,
        "questions": [
            {
                "number": question.number,
                "id": question.id,
                "question": question.words.say(lang),
                "answer": None if answer is None else list(answer.answer),
                "words": None if answer is None else answer.said.say(lang),
                "unknowns": [_unknown(each, lang) for each in own],
            }
            for question, answer, own in portrait.items
        ],
        "measure_first": [
            {
                "path": each.unknown.path,
                "question": each.unknown.question.id,
                "score": each.score,
                "half_width": each.half_width,
                "families": list(each.families),
                "needs": each.needs,
            }
            for each in portrait.first
        ],
        "rule": RULE.say(lang, families=", ".join(FAMILIES)),
    }
    if found is not None:
        out["sensitivity"] = {
            "replications": found.replications,
            "base": {name: estimate.mean for name, estimate in found.base.items()},
            "swings": [
                {
                    "path": swing.unknown.path,
                    "largest": swing.largest[0],
                    "figure": swing.largest[1],
                    **{end: {name: vars(estimate) for name, estimate in part.items()} for end, part in (("low", swing.low), ("high", swing.high))},
                }
                for swing in found.swings
            ],
            "fixed": [each.path for each in found.fixed],
        }
    return out


def _unknown(unknown: Unknown, lang: Lang) -> dict[str, Any]:
    said = unknown.said
    source = None if said is None else said.source
    return {
        "path": unknown.path,
        "state": unknown.state,
        "numbers": len(unknown.leaves),
        "half_width": unknown.half_width,
        "source": source.get(lang) if isinstance(source, dict) else source,
    }
