"""Running variants while somebody watches, or in a folder that nobody will see again; for ``simcrc.experiment.compare`` and ``sweep``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from simcrc.experiment.study import Watch
from simcrc.experiment.variants import Stopped, Variants

Shown = Callable[[Sequence[tuple[str, int]]], AbstractContextManager[Watch]]
"""Shows how far runs are, each the name of a variant and a replication: gives what is called with their shares done."""


def run_shown(variants: Variants, names: Sequence[str], numbers: Iterable[int], shown: Shown | None) -> None:
    """Simulate what is missing, and show it."""
    wanted = list(numbers)
    missing = variants.missing(names, wanted) if shown else []
    if shown and missing:
        with shown([(variants.called(run), run.replication) for run in missing]) as watch:
            variants.run(names, wanted, watch)
    else:
        variants.run(names, wanted)


def silent(watch: Watch | None) -> Shown | None:
    """What calls `watch` with the shares done of all runs, and names none of them."""
    return None if watch is None else lambda _: nullcontext(watch)


@contextmanager
def undisturbed(temporary: object) -> Iterator[None]:
    """Of runs in a temporary folder nothing is left after Ctrl-C, so that nothing is said of it."""
    try:
        yield
    except Stopped:
        if temporary is None:
            raise
        raise KeyboardInterrupt from None
