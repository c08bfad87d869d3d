"""Quantities that change in steps over time: rates of arrival, agents.  Checked once, for ``infinite_servers`` and ``transient``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from simcrc.theory.errors import TheoryError, not_negative
from simcrc.words import Words

Steps = tuple[tuple[float, float], ...]
"""(instant, value from then on), instants increasing."""

PAIRS = Words(
    fr="{name} : des paliers (instant, valeur) sont attendus, le premier à l'instant 0 ou plus tôt",
    en="{name}: steps (instant, value) are expected, the first at the instant 0 or earlier",
)
ORDER = Words(fr="{name} : les instants doivent croître ; {value} n'est pas après {before}", en="{name}: instants must grow; {value} is not after {before}")
WINDOW = Words(fr="{since} à {until} : un intervalle est attendu entre 0 et {end}", en="{since} to {until}: an interval between 0 and {end} is expected")


def steps(name: str, value: Any) -> Steps:
    """`value` as steps: pairs (instant, value ≥ 0) of increasing instants from 0 on; a number is one step."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ((0.0, not_negative(name, value)),)
    if not value or any(not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2 for pair in value):
        raise TheoryError(PAIRS, name, name=name)
    out = tuple((not_negative(name, at), not_negative(name, height)) for at, height in value)
    if out[0][0] > 0.0:
        raise TheoryError(PAIRS, name, name=name)
    for (before, _), (after, _) in pairwise(out):
        if not after > before:
            raise TheoryError(ORDER, name, name=name, value=after, before=before)
    return out


def pieces(rates: Steps, since: float, until: float) -> list[tuple[float, float, float]]:
    """(from, to, value) of the steps between two instants."""
    out = []
    for index, (at, height) in enumerate(rates):
        end = rates[index + 1][0] if index + 1 < len(rates) else until
        first, last = max(at, since), min(end, until)
        if last > first:
            out.append((first, last, height))
    return out


def integral(rates: Steps, since: float, until: float) -> float:
    """Area under the steps between two instants."""
    return sum((last - first) * height for first, last, height in pieces(rates, since, until))


def window(since: float, until: float, end: float) -> None:
    """Refuse an interval that is empty or leaves 0 … `end`."""
    if not 0.0 <= not_negative("since", since) < not_negative("until", until) <= end:
        raise TheoryError(WINDOW, "until", since=float(since), until=float(until), end=float(end))
