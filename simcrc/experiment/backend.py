"""Where work is done: in this process, in processes of this machine, or on the workers of a Dask cluster.  One object, ``Backend``, says which.

``Study.run``, ``Variants`` and ``Pool`` take it in the place of a number of processes (a plain number means processes of this machine), and the commands make
it of ``-j``, ``--backend`` and ``--address`` (``simcrc.cli.options.workers``).  A command that wants it hands it on: ``Variants(variants, folder, backend)``.
The results have the same bytes whatever the backend.  ``simcrc.experiment.parallel`` shares work out, ``simcrc.experiment.cluster`` speaks with Dask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from simcrc.errors import SimcrcError, SimulationError
from simcrc.words import Lang, Words

Kind = Literal["loky", "dask"]
KINDS: tuple[Kind, ...] = get_args(Kind)

NO_ADDRESS = Words(
    fr="--backend dask : il manque l'adresse de l'ordonnanceur, par exemple --address tcp://serveur:8786",
    en="--backend dask: the address of the scheduler is missing, such as --address tcp://server:8786",
)
NO_CLUSTER = Words(
    fr="--address {address} : une adresse ne va qu'avec --backend dask, pas avec --backend {kind}",
    en="--address {address}: an address goes with --backend dask only, not with --backend {kind}",
)
UNKNOWN = Words(fr="--backend {kind} : loky ou dask est attendu", en="--backend {kind}: loky or dask is expected")


class ChoiceError(SimcrcError):
    """A backend that is asked for in a way that makes no sense."""

    def __init__(self, words: Words, kind: str, address: str | None) -> None:
        super().__init__(words, kind, address)
        self._words, self._fields = words, {"kind": kind, "address": address}

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return self._words.say(lang, **self._fields)

    def __str__(self) -> str:
        return self.say("en")


class BackendError(SimulationError):
    """The workers cannot be used, or were lost.  What was finished is kept."""

    def __init__(self, words: Words, *fields: str) -> None:
        """`fields` fill {0}, {1} … of `words`."""
        super().__init__(words, *fields)
        self._words, self._fields = words, fields

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return (self._words.fr if lang == "fr" else self._words.en).format(*self._fields)

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Backend:
    """`jobs`: processes of this machine, 1 for none but this one; or `address`: the scheduler of a Dask cluster (``tcp://server:8786``), whose workers all
    take part.  Raises ChoiceError when `kind` and `address` contradict each other."""

    jobs: int = 1
    kind: Kind = "loky"
    address: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise ValueError("jobs must be at least 1")
        words = UNKNOWN if self.kind not in KINDS else NO_ADDRESS if self.kind == "dask" and not self.address else None
        if words is None and self.kind == "loky" and self.address:
            words = NO_CLUSTER
        if words is not None:
            raise ChoiceError(words, self.kind, self.address)

    @classmethod
    def of(cls, asked: int | Backend) -> Backend:
        """`asked`, a number of processes or a backend, as a backend."""
        return asked if isinstance(asked, Backend) else cls(asked)

    def at_most(self, items: int) -> Backend:
        """The same with no more processes than there are `items`, one at least."""
        return Backend(max(1, min(self.jobs, items)), self.kind, self.address)

    @property
    def here(self) -> bool:
        """Whether the work is done in this process."""
        return self.kind == "loky" and self.jobs == 1
