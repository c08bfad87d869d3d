"""How an estimate is written in a scenario: a value with its standard error, marked as measured; laws made of such values."""

from __future__ import annotations

from typing import Any

import numpy as np

from simcrc.calibration.again import Again
from simcrc.calibration.censored import Censored
from simcrc.calibration.demand import Estimate
from simcrc.calibration.families import CONSTANT, Fit
from simcrc.calibration.kaplan_meier import Curve
from simcrc.calibration.yaml_text import Plain

NO_TAIL = 1800.0
"""Seconds: mean of a tail where nobody beyond the last point was seen to leave.  An assumption."""


def number(value: float) -> str:
    """Four significant digits."""
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"


def measured(estimate: Estimate, unit: str = "") -> dict[str, Any]:
    """``{value: …, standard_error: …, status: measured}``, in `unit`; no standard error where there is none."""
    value, error = estimate
    out: dict[str, Any] = {"value": Plain(number(value) + unit)}
    if np.isfinite(error) and error > 0:
        out["standard_error"] = Plain(number(error) + unit)
    return out | {"status": "measured"}


def family(fit: Fit | Censored) -> dict[str, Any]:
    """A law by its family, mean and coefficient of variation."""
    if fit.family == CONSTANT:
        return measured((fit.mean, fit.mean_error), " s")
    parameters = {"mean": measured((fit.mean, fit.mean_error), " s")}
    if fit.family != "exponential":
        parameters["cv"] = measured((fit.cv, fit.cv_error))
    return {fit.family: parameters}


def empirical(curve: Curve, tail: Estimate | None = None) -> dict[str, Any]:
    """A law by points of its curve; `tail`: mean of an exponential beyond the last, where the curve ends below 1."""
    points = zip(curve.time, curve.share, curve.standard_error, strict=True)
    out: dict[str, Any] = {"points": [[Plain(f"{time:g} s"), measured((min(float(share), 1.0), float(error)))] for time, share, error in points]}
    if tail is not None and curve.share[-1] < 1:
        known = np.isfinite(tail[0])
        assumed = {"value": Plain(f"{NO_TAIL:g} s"), "status": "assumed", "range": [Plain(f"{NO_TAIL / 3:g} s"), Plain(f"{NO_TAIL * 3:g} s")]}
        out["tail"] = {"exponential": {"mean": measured(tail, " s") if known else assumed}}
    return {"empirical": out}


def calls_again(after: Again) -> dict[str, Any]:
    """What callers do after an outcome: so many call again, after so long; the others give up."""
    share, error = after.share
    again: dict[str, Any] = {"share": measured((share, error))}
    rest = measured((1 - share, error)) | {"value": Plain(f"{1 - float(number(share)):.10g}")}  # rounded shares add up
    if after.delay is not None:
        again["after"] = empirical(after.delay)
    return {"redial": again, "give_up": rest}
