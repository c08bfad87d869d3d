"""Work spread over workers.  One interface, ``Pool``, over executors of ``concurrent.futures``: in this process, in processes of this machine (loky, of
joblib) or on a Dask cluster (``simcrc.experiment.cluster``), with the same results in the same files.  ``simcrc.experiment.backend`` says which.

A worker gets a function and items (numbers of replications, say), and gives back small objects: all that is large goes to files.  Work that writes files has
a `folder` and ``at(folder)``, which gives the same work with its files elsewhere, for workers on another disk.  Whatever ends the run early, an error, Ctrl-C
or a dead worker, kills the workers at once.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from simcrc.experiment import extensions
from simcrc.experiment.backend import Backend, BackendError
from simcrc.words import Words

W = TypeVar("W")
T = TypeVar("T")
AHEAD = 2
"""Items handed to the executor for each worker: one in hand and one to go on with.  What it cannot pass on at once it would have to take back when it is
stopped, and it trips over that."""
POLL = 0.1  # seconds between two looks at the workers: what Ctrl-C and the progress bar wait at most

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB")}


_parent: int | None = None  # in a worker, the process that waits for it
_called_off: Callable[[], bool] | None = None  # in a worker of a cluster, whether its work was called off

DEAD_WORKER = Words(
    fr="un processus de calcul est mort, sans doute faute de mémoire ; essayez moins de processus avec -j",
    en="a worker process died, for want of memory perhaps; try fewer with -j",
)


class DeadWorkerError(BackendError):
    """A worker process ended without a result."""

    def __init__(self) -> None:
        super().__init__(DEAD_WORKER)


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


class Executor(Protocol):
    """What runs work elsewhere."""

    @property
    def width(self) -> int:
        """How many items are worked on at a time, now."""

    def submit(self, item: Any) -> Future[Any]:
        """Have `item` worked on."""

    def look(self) -> None:
        """Raise BackendError when nobody will ever finish what is under way."""

    def result(self, future: Future[Any]) -> Any:
        """What came of it.  Raises what the work raised, BackendError when it was lost."""

    def close(self, done_well: bool) -> None:
        """Let the workers go; stop what is under way unless all was done well."""


class Pool(Generic[W, T]):
    """Calls ``work(item)`` for each item."""

    def __init__(self, work: Callable[[W], T], backend: int | Backend, loads: Sequence[Path] = (), watch: Callable[[], None] | None = None) -> None:
        """`backend`: or a number of processes of this machine; `loads`: extensions that workers load first; `watch` is called several times a second while
        workers work (not in process)."""
        self._work, self._backend, self._loads, self._watch = work, Backend.of(backend), tuple(loads), watch

    def results(self, items: Iterable[W]) -> Generator[T, None, None]:
        """The results as they come, in any order.  Raises what the work raised; DeadWorkerError when a worker dies, BackendError when a cluster fails.

        `items` may be a deque to which more is added as results come: it is emptied from the left.  A generator: closing it ends the workers.
        """
        queue = items if isinstance(items, deque) else deque(items)
        if self._backend.here:
            while queue:
                yield self._work(queue.popleft())
        elif queue:
            yield from self._spread(queue)

    def _executor(self) -> Executor:
        if self._backend.address is None:
            return Processes(self._work, self._backend.jobs, self._loads)
        from simcrc.experiment.cluster import Cluster

        return Cluster(self._work, self._backend.address, self._loads)

    def _spread(self, queue: deque[W]) -> Generator[T, None, None]:
        executor = self._executor()
        done_well = False
        waiting: set[Future[Any]] = set()
        try:
            while queue or waiting:
                with deaf():
                    while queue and len(waiting) < AHEAD * executor.width:
                        waiting.add(executor.submit(queue.popleft()))
                finished, waiting = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
                executor.look()
                if self._watch:
                    self._watch()
                for future in finished:
                    yield executor.result(future)
            done_well = True
        finally:
            executor.close(done_well)


class Processes:
    """The executor on this machine: processes of loky, of joblib."""

    def __init__(self, work: Callable[[Any], Any], workers: int, loads: Sequence[Path]) -> None:
        from joblib.externals.loky import ProcessPoolExecutor

        self.width = workers
        self._work = work
        self._pool = ProcessPoolExecutor(workers, initializer=_prepare, initargs=(os.getpid(), loads), env=ONE_THREAD)

    def submit(self, item: Any) -> Future[Any]:
        future: Future[Any] = self._pool.submit(partial(guarded, self._work), item)
        return future

    def look(self) -> None:
        """The pool says itself, in its futures, that a worker died."""

    def result(self, future: Future[Any]) -> Any:
        from joblib.externals.loky.process_executor import BrokenProcessPool

        try:
            result = future.result()
        except BrokenProcessPool as error:
            raise DeadWorkerError() from error
        if isinstance(result, Failed):
            raise result.error
        return result

    def close(self, done_well: bool) -> None:
        self._pool.shutdown(wait=True, kill_workers=not done_well)


@contextmanager
def deaf() -> Iterator[None]:
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
    """Whether nobody waits for what this worker does: its parent is gone, or the cluster has called the work off."""
    if _called_off is not None and _called_off():
        return True
    return _parent is not None and os.name != "nt" and os.getppid() != _parent


@contextmanager
def stoppable(called_off: Callable[[], bool]) -> Iterator[None]:
    """Have ``orphaned`` ask `called_off` too, during the block; one block at a time in a process."""
    global _called_off
    _called_off = called_off
    try:
        yield
    finally:
        _called_off = None


def guarded(work: Callable[[Any], Any], item: Any, ends: bool = True) -> Any:
    """The result, or Failed.  A worker whom nobody waits for any more `ends`, or raises SystemExit."""
    try:
        return work(item)
    except SystemExit:
        if ends:
            os._exit(1)
        raise
    except Exception as error:
        return Failed(travelling(error))


def travelling(error: Exception) -> Exception:
    """`error` with its traceback as a note, in a form that survives the way to another process."""
    error.add_note("in a worker:\n" + "".join(traceback.format_exception(error)))  # a traceback stays behind, a note travels
    try:
        if str(pickle.loads(pickle.dumps(error))) == str(error):
            return error
    except Exception:  # an exception whose constructor takes other arguments than it keeps
        pass
    return WorkerError("".join(traceback.format_exception(error)))
