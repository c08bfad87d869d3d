"""What a calibration found, in words: the rows of its two tables and the sentences beneath them; and in plain numbers, for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simcrc.bench.wording import TO, duration, number
from simcrc.fitting.calibrate import Calibration, Found, Reached
from simcrc.report import naming
from simcrc.report.numbers import NONE, places_for, points
from simcrc.report.verdicts import COLUMN, FITTED
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.scenario import Scenario

FIGURES = (
    Words(fr="Figure", en="Figure"),
    Words(fr="À atteindre", en="Target"),
    Words(fr="Avant", en="Before"),
    Words(fr="Simulé", en="Simulated"),
    Words(fr="Intervalle", en="Interval"),
    Words(fr="Écart", en="Difference"),
    Words(fr="Marge", en="Margin"),
    COLUMN,
)
PARAMETERS = (
    Words(fr="Paramètre", en="Parameter"),
    Words(fr="De", en="From"),
    Words(fr="À", en="To"),
    Words(fr="Erreur type", en="Standard error"),
    Words(fr="", en=""),
)
COMPARED = Words(fr="comparé, non ajusté ({verdict})", en="compared, not fitted ({verdict})")
AT_BOUND = Words(fr="à sa borne", en="at its bound")
UNTOLD = Words(fr="sans effet sur ces figures", en="no effect on these figures")
END = {
    "reached": Words(fr="La recherche a trouvé les valeurs", en="The search found the figures"),
    "still": Words(fr="La recherche ne trouve rien de mieux", en="The search finds nothing better"),
    "evaluations": Words(fr="La recherche s'arrête au nombre d'évaluations permis", en="The search stops at the evaluations that are allowed"),
}
ACCOUNT = Words(
    fr="Évaluations : {evaluations} de {replications} {replications:réplication|réplications} (germe {seed}) ; temps : {time}.",
    en="Evaluations: {evaluations} of {replications} {replications:replication|replications} (seed {seed}); time: {time}.",
)
FRESH = Words(
    fr="Intervalles à {level} ensemble, sur {replications} réplications que la recherche n'a pas vues.",
    en="Intervals at {level} together, on {replications} replications that the search has not seen.",
)
VERDICT = {
    "equivalent": Words(fr="Toutes les valeurs ajustées sont dans leur marge.", en="All fitted figures lie within their margins."),
    "different": Words(fr="Des valeurs ajustées sont hors de leur marge.", en="Some fitted figures lie outside their margins."),
    "inconclusive": Words(
        fr="Des valeurs ajustées ne sont pas encore claires : plus de réplications (-r) resserrent les intervalles.",
        en="Some fitted figures are not yet clear: more replications (-r) make the intervals narrower.",
    ),
}


def figure_row(figure: Reached, scenario: Scenario, lang: Lang) -> tuple[str, ...]:
    """The cells of a figure, by ``FIGURES``; its interval ends where a share does."""
    found, fine = figure.evaluation, figure.margin if math.isfinite(figure.margin) else figure.evaluation.half_width
    target, measured = (number(value, figure.unit, fine, lang) for value in (found.expected, found.measured))
    difference, margin = (_apart(value, figure.unit, fine, lang) for value in (found.difference, figure.margin))
    ends: Iterable[float] = (found.expected + found.difference_low, found.expected + found.difference_high)
    if figure.unit == "share" and figure.which.change is None:
        ends = (min(1.0, max(0.0, end)) for end in ends)
    low, high = (number(end, figure.unit, fine, lang, bare=True) for end in ends)
    before = NONE if figure.before is None else number(figure.before, figure.unit, fine, lang)
    said = FITTED[figure.verdict].say(lang)
    said = said if figure.fitted else COMPARED.say(lang, verdict=said)
    sign = "+" if found.difference > 0 else ""
    return naming.figure(figure.which, scenario, lang), target, before, measured, TO.say(lang, low=low, high=high), sign + difference, f"±\u00a0{margin}", said


def _apart(value: float, unit: str, fine: float, lang: Lang) -> str:
    """A difference, or a margin: in points for shares."""
    return points(value, lang, min(8, places_for(100 * fine, 3))) if unit == "share" and math.isfinite(value) else number(value, unit, fine, lang)


def parameter_row(found: Found, lang: Lang) -> tuple[str, ...]:
    """The cells of a parameter, by ``PARAMETERS``; its standard error as it is written itself."""
    error = NONE if found.error is None or not math.isfinite(found.error) else _like(found, found.error)
    said = AT_BOUND.say(lang) if found.at_bound else UNTOLD.say(lang) if found.error is None and found.before != found.after else ""
    cells = (found.before.text(), found.after.text(), error)
    return found.name, *(cell.replace(".", ",") if lang == "fr" else cell for cell in cells), said


def _like(found: Found, error: float) -> str:
    """`error` in the unit in which the parameter is written, with two digits."""
    if error == 0:
        return "0"
    size = error / float(found.before.one)
    digits = 1 - math.floor(math.log10(size))
    bare = type(found.before)(Fraction(0), found.before.unit, found.before.gap)
    return bare.with_size(Fraction(error), max(0, digits)).text()


def account(calibration: Calibration, lang: Lang) -> list[str]:
    """The sentences beneath the tables."""
    level = number(calibration.joint, "share", 0.1, lang)
    said = [END[calibration.end].say(lang) + "."] if calibration.end else []
    time = duration(calibration.seconds, lang)
    count = {"evaluations": calibration.evaluations, "replications": calibration.replications, "seed": calibration.seed}
    said.append(ACCOUNT.say(lang, time=time, **count))
    said.append(FRESH.say(lang, level=level, replications=calibration.replications))
    return [*said, VERDICT[calibration.verdict].say(lang)]


def numbers(calibration: Calibration) -> dict[str, Any]:
    """All that came out, as plain numbers and texts, for JSON."""
    figures = [
        {
            "figure": each.name,
            "unit": each.unit,
            "fitted": each.fitted,
            "expected": each.evaluation.expected,
            "before": each.before,
            "measured": each.evaluation.measured,
            "interval": [each.evaluation.low, each.evaluation.high],
            "difference": each.evaluation.difference,
            "difference_interval": [each.evaluation.difference_low, each.evaluation.difference_high],
            "margin": each.margin if math.isfinite(each.margin) else None,
            "verdict": each.verdict,
        }
        for each in calibration.figures
    ]
    moved = [
        {"path": each.name, "before": each.before.text(), "after": each.after.text(), "standard_error": each.error, "at_bound": each.at_bound}
        for each in calibration.parameters
    ]
    rest = {name: getattr(calibration, name) for name in ("end", "evaluations", "replications", "seed", "level", "seconds", "verdict")}
    return {"figures": figures, "parameters": moved, "values": {name: value.text() for name, value in calibration.values.items()}, **rest}
