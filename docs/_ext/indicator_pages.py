"""The page of the indicators, from their registered definitions: one page a language."""

from __future__ import annotations

from collections import defaultdict

from markdown import cell, plain

import simcrc.indicators
from simcrc.words import Lang

HEAD = {
    "en": "# Indicators\n\nMade from the definitions in the code, as `simcrc indicators` prints them. `share` is from 0 to 1; `money` is the currency of the "
    "scenario. How they are stored: [the results folder](../results.md); what the words mean: [meaning](../meaning.md).\n",
    "fr": "# Indicateurs\n\nD'après les définitions du programme, telles que `simcrc indicators` les écrit. `share` va de 0 à 1 ; `money` est la monnaie "
    "du scénario. Comment ils sont conservés : [le dossier des résultats](../results.md).\n",
}
COLUMNS = {"en": ("name", "what it is", "definition", "unit"), "fr": ("nom", "ce que c'est", "définition", "unité")}
FAMILY = {"en": "Family", "fr": "Famille"}


def page(lang: Lang) -> str:
    """All indicators in the language `lang`, by the module that defines them."""
    families = defaultdict(list)
    for indicator in simcrc.indicators.indicators().values():
        families[_home(indicator)].append(indicator)
    out = [HEAD[lang]]
    for unit, members in sorted(families.items()):
        out.append(f"\n## {unit}\n\n| {' | '.join(COLUMNS[lang])} |\n|---|---|---|---|\n")
        out += [f"| `{each.name}` | {cell(each.label.say(lang))} | {cell(each.definition.say(lang))} | `{plain(each.unit)}` |\n" for each in members]
    return "".join(out)


def _home(indicator: simcrc.indicators.Indicator) -> str:
    """By what it is counted: the unit."""
    return indicator.unit
