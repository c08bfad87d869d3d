"""``BenchError``: a benchmark whose figures cannot be compared, with the line that says why."""

from __future__ import annotations

from typing import Any

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words, language

NO_BREAKDOWN = Words(fr="{line} : cet indicateur n'existe pas à ce niveau de détail", en="{line}: the indicator does not exist at this level of detail")
NO_FIGURE = Words(
    fr="{line} : aucune valeur dans {count} réplication(s) sur {replications} ; allonger la période ou grossir le volume",
    en="{line}: no value in {count} of {replications} replications; make the period longer or the volume larger",
)
NO_VARIETY = Words(
    fr="{line} : il faut au moins 2 réplications, il y en a {replications}", en="{line}: at least 2 replications are needed, there are {replications}"
)
NO_BASE = Words(fr="{line} : la base est à 0, donc aucune variation relative", en="{line}: the base is 0, so that there is no relative change")
ONE_ARM = Words(
    fr="{line} : le scénario n'a pas de base à laquelle le comparer (fichier de politique, ou « policies »)",
    en="{line}: the scenario has no base to be compared with (a policy file, or `policies`)",
)
THEORY = Words(fr="{line} : {message}", en="{line}: {message}")


class BenchError(SimcrcError):
    """A line that cannot be evaluated.  `fields` fill the words; a field that is an error itself says itself."""

    def __init__(self, words: Words, **fields: Any) -> None:
        self.words, self.fields = words, fields
        super().__init__(words, fields)

    def say(self, lang: Lang) -> str:
        """The error in one line."""
        said = {name: value.say(lang) if isinstance(value, SimcrcError | Words) else value for name, value in self.fields.items()}
        return self.words.say(lang, **said)

    def __str__(self) -> str:
        return self.say(language())
