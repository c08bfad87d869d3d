"""Work spread over processes.  One interface, ``Pool``: in this process or in workers (loky, of joblib), with the same results in the same files.

A worker gets a function and items (numbers of replications, say), and gives back small objects: all that is large goes to files.  Whatever ends the
run early, an error, Ctrl-C or a dead worker, kills the workers at once.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from simcrc.errors import SimulationError
from simcrc.experiment import extensions
from simcrc.words import Lang, Words

W = TypeVar("W")
T = TypeVar("T")
AHEAD = 2
"""Items handed to the executor for each worker: one in hand and one to go on with.  What it cannot pass on at once it would have to take back when it is
stopped, and it trips over that."""
POLL = 0.1  # seconds between two looks at the workers: what Ctrl-C and the progress bar wait at most

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB")}


_parent: int | None = None  # in a worker, the process that waits for it

DEAD_WORKER = Words(
    fr="un processus de calcul est mort, sans doute faute de mémoire ; essayez moins de processus avec -j",
    en="a worker process died, for want of memory perhaps; try fewer with -j",
)


class DeadWorkerError(SimulationError):
    """A worker process ended without a result."""

    def __init__(self) -> None:
        super().__init__(DEAD_WORKER.en)

    def say(self, lang: Lang) -> str:
        """One line for a person."""
        return DEAD_WORKER.say(lang)


class WorkerError(Exception):
    """What a worker raised, when the exception itself cannot travel between processes: its traceback as text."""


@dataclass(frozen=True)
class Failed:
    """What a worker gives back when the work raised: an exception that is sure to travel."""

    error: BaseException


def cores() -> int:
    """How many processors this process may use, limits of containers included."""
    from joblib import cpu_count

    return int(cpu_count())


class Pool(Generic[W, T]):
    """Calls ``work(item)`` for each item."""

    def __init__(self, work: Callable[[W], T], workers: int, loads: Sequence[Path] = (), watch: Callable[[], None] | None = None) -> None:
        """`loads`: extensions that workers load first; `watch` is called several times a second while workers work (not in process)."""
        self._work, self._workers, self._loads, self._watch = work, workers, tuple(loads), watch

    def results(self, items: Iterable[W]) -> Generator[T, None, None]:
        """The results as they come, in any order.  Raises what the work raised; DeadWorkerError when a worker dies.

        `items` may be a deque to which more is added as results come: it is emptied from the left.  A generator: closing it ends the workers.
        """
        queue = items if isinstance(items, deque) else deque(items)
        if self._workers <= 1:
            while queue:
                yield self._work(queue.popleft())
        else:
            yield from self._spread(queue)

    def _spread(self, queue: deque[W]) -> Generator[T, None, None]:
        from concurrent.futures import FIRST_COMPLETED, wait

        from joblib.externals.loky import ProcessPoolExecutor
        from joblib.externals.loky.process_executor import BrokenProcessPool

        executor = ProcessPoolExecutor(self._workers, initializer=_prepare, initargs=(os.getpid(), self._loads), env=ONE_THREAD)
        done_well = False
        waiting: set[Any] = set()
        try:
            while queue or waiting:
                with _deaf():
                    while queue and len(waiting) < AHEAD * self._workers:
                        waiting.add(executor.submit(partial(_guarded, self._work), queue.popleft()))
                finished, waiting = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
                if self._watch:
                    self._watch()
                for future in finished:
                    result = future.result()
                    if isinstance(result, Failed):
                        raise result.error
                    yield result
            done_well = True
        except BrokenProcessPool as error:
            raise DeadWorkerError() from error
        finally:
            executor.shutdown(wait=True, kill_workers=not done_well)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C for a moment: processes that start meanwhile ignore it for good, for the terminal sends it to them too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _prepare(parent: int, loads: Sequence[Path]) -> None:
    """First thing in a worker: Ctrl-C is the parent's business, extensions are there before anything is unpickled."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _parent
    _parent = parent
    extensions.load(loads)


def orphaned() -> bool:
    """Whether this process is a worker whose parent is gone, so that nobody waits for what it does."""
    return _parent is not None and os.name != "nt" and os.getppid() != _parent


def _guarded(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except SystemExit:  # nobody waits for this worker any more
        os._exit(1)
    except Exception as error:
        return Failed(_travelling(error))


def _travelling(error: Exception) -> Exception:
    error.add_note("in a worker:\n" + "".join(traceback.format_exception(error)))  # a traceback stays behind, a note travels
    try:
        if str(pickle.loads(pickle.dumps(error))) == str(error):
            return error
    except Exception:  # an exception whose constructor takes other arguments than it keeps
        pass
    return WorkerError("".join(traceback.format_exception(error)))
