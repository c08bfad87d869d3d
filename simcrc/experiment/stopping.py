"""When a run has enough replications: the rule that ``Study.run`` asks between rounds.

A rule looks after fixed numbers of replications and sees exactly these, so that the number of workers cannot matter.  ``Count`` is the plain rule, so many
and no more; ``simcrc.experiment.precision`` has those that stop when a precision is reached.

To resume a run that was interrupted, ``simcrc.experiment.resume`` makes the rule anew from what ``about`` left in the manifest: by
``simcrc.experiment.precision.from_manifest(precision)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from simcrc.model.model import Model


class Stopping(Protocol):
    """A stopping rule.  It must depend on nothing but the files of the replications that it is shown."""

    @property
    def looks(self) -> Sequence[int]:
        """After how many replications it is asked, increasing, at least one; the last is the most that are run."""

    def enough(self, model: Model, folder: Path, done: Sequence[int]) -> bool:
        """Whether the replications `done` (1 to one of ``looks``) are enough; their sums stand in ``store.sums_file(folder, number)``.

        Asked once a look, in order, the last one included (after which the run ends whatever is said); a resumed run asks all looks again.
        """

    def about(self) -> dict[str, Any] | None:
        """What the manifest keeps as `precision`, as JSON: what was asked, so that the rule can be made anew from it, and after the last look what was reached;
        None: nothing."""


@dataclass(frozen=True)
class Count:
    """So many replications."""

    replications: int

    @property
    def looks(self) -> Sequence[int]:
        """One look, at the end."""
        return (self.replications,)

    def enough(self, model: Model, folder: Path, done: Sequence[int]) -> bool:
        """Always."""
        return True

    def about(self) -> dict[str, Any] | None:
        """Nothing."""
        return None
