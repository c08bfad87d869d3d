"""What a column of a table is called and means.

``run_columns`` has those of a run, ``arm_columns`` those of a comparison, ``staff_columns`` those of a staffing; ``columns`` finds them.
"""

from __future__ import annotations

from dataclasses import dataclass

from simcrc.words import Words


@dataclass(frozen=True)
class Column:
    """A column: what it is called, what it holds, and its unit (empty for names, flags and instants; ``money``: the currency of the scenario)."""

    label: Words
    definition: Words
    unit: str = ""


def column(fr: str, en: str, definition_fr: str, definition_en: str, unit: str = "") -> Column:
    return Column(Words(fr=fr, en=en), Words(fr=definition_fr, en=definition_en), unit)
