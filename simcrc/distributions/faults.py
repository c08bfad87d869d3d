"""What can be wrong with a written distribution, in French and English; joins the words of ``simcrc.scenario.faults``."""

from __future__ import annotations

from simcrc.scenario import faults
from simcrc.scenario.faults import fault
from simcrc.words import Words

__all__ = ["WORDS", "fault"]

WORDS: dict[str, Words] = {
    "law": Words(
        fr="une durée, ou une loi et ses paramètres, par exemple {{lognormal: {{mean: 6 min, cv: 1.1}}}}",
        en="a duration, or a family and its parameters, such as {{lognormal: {{mean: 6 min, cv: 1.1}}}}",
    ),
    "law_one": Words(fr="une seule loi", en="one family only"),
    "law_family": Words(fr="le nom d'une loi connue devant ces paramètres : {names}", en="the name of a known family before these parameters: {names}"),
    "unknown_family": Words(fr="une loi connue : {names}", en="a known distribution: {names}"),
    "law_parameters": Words(fr="{expected}, et rien d'autre (trouvé : {written})", en="{expected}, and nothing else (found: {written})"),
    "law_order": Words(fr="{order}", en="{order}"),
    "law_points": Words(fr="au moins un point", en="at least one point"),
    "law_rising": Words(fr="des durées et des parts cumulées croissantes (après {after})", en="rising durations and cumulative shares (after {after})"),
    "law_shares": Words(fr="des parts dont la somme est 1 (somme : {total})", en="shares that add up to 1 (sum: {total})"),
}

for _code, _words in WORDS.items():
    faults.WORDS.setdefault(_code, _words)
