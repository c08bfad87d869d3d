"""The account of a calibration for programs: every figure as ``{value, standard_error}``, seconds and shares, texts in both languages.

``account`` says the same in words.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from simcrc.calibration.again import HORIZONS, Again
from simcrc.calibration.calibrate import Calibrated
from simcrc.calibration.calls import OUTCOMES, Reals
from simcrc.calibration.demand import Estimate
from simcrc.calibration.estimates import Estimates, ServiceEstimates


def numbers(found: Calibrated) -> dict[str, Any]:
    """The account for programs: figures as ``{value, standard_error}``, seconds, shares; None for what cannot be told."""
    estimates = found.estimates
    calls, repeats, staff = estimates.calls, estimates.repeats, estimates.roster
    return {
        "rows": found.traps.rows,
        "calls": found.traps.kept,
        "first": str(calls.first),
        "last": str(calls.last),
        "days": int(calls.recorded.sum()),
        "missing_days": [str(day) for day in calls.missing_days],
        "traps": [
            {
                "code": trap.code,
                "detail": trap.detail,
                "rows": trap.count,
                "left_out": trap.left_out,
                "first": [f"{file}:{line}" for file, line in trap.examples],
                "fr": trap.say("fr"),
                "en": trap.say("en"),
            }
            for trap in found.traps
        ],
        "services": {service.name: _numbers(service) for service in estimates.services},
        "all": _numbers(estimates.all),
        "shared": _figure(estimates.shared),
        "recorded": {name: _figure(value) if isinstance(value, tuple) else _number(value) for name, value in asdict(estimates.recorded).items()},
        "voice_unit": None if estimates.voice_unit is None else _figure(estimates.voice_unit) | {"ended_there": calls.self_service},
        "again": None
        if repeats is None
        else {"known": repeats.known, "generated": repeats.generated, "hurry": None if repeats.hurry is None else _figure(repeats.hurry)}
        | {OUTCOMES[outcome]: _after(after) for outcome, after in repeats.after.items()},
        "agents": None if staff is None else _staff(estimates),
        "unknown": [{"fr": words.fr, "en": words.en} for words in found.unknown],
    }


def _numbers(service: ServiceEstimates) -> dict[str, Any]:
    work, patience, demand = service.work, service.patience, service.demand
    return {
        "calls": service.calls,
        "per_day": _figure(demand.per_day),
        "busyness": None if demand.busyness is None else _figure(demand.busyness),
        "profile": _week(demand.profile),
        "handle_time": None if work is None else _law(work) | {"n": work.n, "short": work.short},
        "patience": None if patience is None else _law(patience.family) | {"waited": patience.waited, "abandoned": patience.abandoned},
        "segments": {name: _figure(share) for name, share in service.segments.items()},
    }


def _law(fit: Any) -> dict[str, Any]:
    return {"family": fit.family, "mean": _figure((fit.mean, fit.mean_error)), "cv": _figure((fit.cv, fit.cv_error)), "log_likelihoods": fit.log_likelihoods}


def _after(after: Again) -> dict[str, Any]:
    by = {f"{horizon:g}": _figure(share) for horizon, share in zip(HORIZONS, after.by, strict=True)}
    return {"calls": after.calls, "again": after.again, "within": after.within, "share": _figure(after.share), "by": by, "mean_delay": _figure(after.mean)}


def _staff(estimates: Estimates) -> dict[str, Any]:
    staff = estimates.roster
    assert staff is not None
    return {"names": len(estimates.calls.agents), "sessions": staff.sessions, "logged_on": _week(staff.week), "distinct": _week(staff.distinct)}


def _week(table: tuple[Reals, Reals]) -> list[list[dict[str, Any]]]:
    """By weekday, Monday first, and half hour."""
    mean, error = table
    return [[_figure((float(mean[day, k]), float(error[day, k]))) for k in range(mean.shape[1])] for day in range(len(mean))]


def _figure(estimate: Estimate) -> dict[str, float | None]:
    return {"value": _number(estimate[0]), "standard_error": _number(estimate[1])}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
