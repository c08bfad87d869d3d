"""Parsers of what is written on the command line as in a scenario: durations with their unit, shares, numbers.  Errors in both languages."""

from __future__ import annotations

import typer

from simcrc.cli.speech import here


def duration(text: str) -> float:
    """Seconds of ``180 s``, ``4.5 min``, ``30min``; ``h`` alone is one hour."""
    from simcrc.scenario.durations import SECOND, parse_duration

    for written in (text, f"1 {text}"):
        try:
            return parse_duration(written) / SECOND
        except ValueError:
            continue
    raise typer.BadParameter(
        here(f"« {text} » : une durée avec son unité est attendue, par exemple 180 s", f"'{text}': a duration with its unit is expected, such as 180 s")
    )


def proportion(text: str) -> float:
    """A share: ``80 %``, ``0.8``."""
    from pydantic import TypeAdapter

    from simcrc.scenario.quantities import Share

    try:
        value: float = TypeAdapter(Share).validate_python(text)
    except ValueError:
        raise typer.BadParameter(here(f"« {text} » : une part est attendue, par exemple 80 %", f"'{text}': a share is expected, such as 80 %")) from None
    return value


def number(text: str) -> float:
    """A positive number: ``100``, ``12.5``, ``12,5``."""
    from simcrc.scenario.quantities import exact

    try:
        value = float(exact(text.strip()))
    except (ValueError, OverflowError):
        value = 0.0
    if not 0.0 < value < float("inf"):
        raise typer.BadParameter(here(f"« {text} » : un nombre positif est attendu", f"'{text}': a positive number is expected"))
    return value
