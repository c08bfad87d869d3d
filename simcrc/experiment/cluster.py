"""Work on a Dask cluster: the executor of ``distributed.Client`` behind the interface of ``simcrc.experiment.parallel``.

Workers need simcrc, of the same version, and nothing else: no common disk, no scenario, no extension.  What is sent is the work (pickled, compressed) and the
content of the extensions; a worker does it in a temporary folder of its own and gives back the files as bytes, which are put in place here, each whole or not
at all.  The scheduler gives what a dead worker had in hand to another; files are put in place once, by whoever asked, so nothing can count twice.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import tempfile
import threading
import warnings
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from simcrc.experiment import extensions
from simcrc.experiment.backend import BackendError
from simcrc.experiment.files import atomic
from simcrc.experiment.parallel import Failed, guarded, stoppable, travelling
from simcrc.words import Words

CONNECT = 5.0  # seconds for a scheduler to answer
MISSING = 60.0  # seconds without any worker after which it is useless to wait
VERSION = "getattr(__import__('simcrc'), '__version__', '?')"

DEAD = Words(
    fr="{0} : aucun ordonnanceur Dask ne répond à cette adresse ({1}). Vérifiez --address et que « dask scheduler » y tourne",
    en="{0}: no Dask scheduler answers at this address ({1}). Check --address, and that “dask scheduler” runs there",
)
NO_WORKERS = Words(
    fr="{0} : l'ordonnanceur n'a aucun travailleur. Démarrez-en : dask worker {0} --nthreads 1",
    en="{0}: the scheduler has no workers. Start some: dask worker {0} --nthreads 1",
)
LOST = Words(fr="{0} : la grappe Dask a été perdue en cours de route ({1})", en="{0}: the Dask cluster was lost on the way ({1})")
KILLED = Words(
    fr="{0} : plusieurs travailleurs sont morts à la même tâche, sans doute faute de mémoire ; donnez-leur-en davantage (--memory-limit)",
    en="{0}: several workers died at the same piece of work, for want of memory perhaps; give them more (--memory-limit)",
)
OTHER_VERSION = Words(
    fr="le travailleur {0} a simcrc {1}, et cette machine simcrc {2} : installez la même version partout",
    en="worker {0} has simcrc {1}, and this machine simcrc {2}: install the same version everywhere",
)
NOT_THERE = Words(fr="le travailleur {0} n'a pas simcrc ({1}) ; installez-y simcrc {2}", en="worker {0} has no simcrc ({1}); install simcrc {2} there")

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Shipped:
    """What comes back from a worker: the result and, by path below the folder of the work, the files."""

    result: Any
    files: dict[str, bytes]


class Cluster:
    """The executor on the workers of the scheduler at `address`.  Raises BackendError when it does not answer, has no workers, or other versions of simcrc."""

    def __init__(self, work: Callable[[Any], Any], address: str, loads: Sequence[Path]) -> None:
        import simcrc

        self._work, self._address, self._version = work, address, simcrc.__version__
        self._folder: Path | None = getattr(work, "folder", None) if hasattr(work, "at") else None
        self._loads = tuple((path.name, path.read_bytes()) for path in loads)
        sent = work if self._folder is None else work.at(Path())  # type: ignore[attr-defined]
        self._parcel = zlib.compress(pickle.dumps(sent))
        self._client = _connected(address)
        try:
            self._greet()
        except BaseException:
            self._client.close(timeout=1)
            raise
        self._executor = self._client.get_executor(pure=False)
        self._seen = monotonic()

    def _greet(self) -> None:
        """See that there are workers, and that all have this version."""
        with suppress(TimeoutError):
            self._client.wait_for_workers(1, timeout=CONNECT)
        # An expression, since nothing of simcrc can be called before it is known to be there, and to be this one.
        found = self._client.run(eval, VERSION, on_error="return")
        if not found:
            raise BackendError(NO_WORKERS, self._address)
        for worker, version in sorted(found.items()):
            if isinstance(version, BaseException):
                raise BackendError(NOT_THERE, worker, str(version), self._version)
            if version != self._version:
                raise BackendError(OTHER_VERSION, worker, version, self._version)

    @property
    def width(self) -> int:
        return max(1, len(self._workers()))

    def _workers(self) -> dict[str, Any]:
        return dict(self._client.scheduler_info(n_workers=-1).get("workers", {}))  # none of a client that has lost its scheduler

    def submit(self, item: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(remotely, self._version, self._loads, self._parcel, pickle.dumps(item))
        return future

    def look(self) -> None:
        now = monotonic()
        if self._client.status not in ("running", "connecting"):
            raise BackendError(LOST, self._address, self._client.status)
        if self._workers():
            self._seen = now
        elif now - self._seen > MISSING:
            raise BackendError(NO_WORKERS, self._address)

    def result(self, future: Future[Any]) -> Any:
        from distributed import KilledWorker

        try:
            shipped = future.result()
        except KilledWorker as error:
            raise BackendError(KILLED, self._address) from error
        except CancelledError as error:
            raise BackendError(LOST, self._address, "scheduler") from error
        if isinstance(shipped, Failed):
            raise shipped.error
        for name, content in sorted(shipped.files.items()):
            land(self._folder, name, content)
        return shipped.result

    def close(self, done_well: bool) -> None:
        with suppress(Exception):  # nothing is owed to a cluster that is gone
            if not done_well:
                self._executor.shutdown(wait=False)
            self._client.close(timeout=1)


def land(folder: Path | None, name: str, content: bytes) -> None:
    """Put a file of a worker in place below `folder`."""
    if folder is None:
        return
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as temporary:
        temporary.write_bytes(content)


def _connected(address: str) -> Any:
    import distributed

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said here, once
    kind: Any = distributed.Client
    client = kind.__new__(kind)  # made apart, so that one that could not connect can be closed without a word
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions of libraries, which the fingerprint tells
            client.__init__(address, timeout=CONNECT, set_as_default=False)
    except Exception as error:  # of any kind, MemoryError too, when another program answers at the address
        with suppress(Exception):
            client.close(timeout=1)
        client.status = "closed"
        said = str(error).splitlines()[0] if isinstance(error, (OSError, ValueError)) and str(error) else type(error).__name__
        raise BackendError(DEAD, address, said) from error
    return client


def remotely(version: str, loads: Sequence[tuple[str, bytes]], parcel: bytes, item: bytes) -> Shipped | Failed | None:
    """Runs on a worker: do a piece of work in a folder of its own and give back its files.  None when it was called off: nobody reads it."""
    import simcrc

    if simcrc.__version__ != version:  # a worker that joined later
        return Failed(BackendError(OTHER_VERSION, _name(), simcrc.__version__, version))
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="simcrc-", dir=_disk()) as name:
        folder = Path(name)
        try:
            _load(loads, folder)
            work, asked = pickle.loads(zlib.decompress(parcel)), pickle.loads(item)
        except Exception as error:
            return Failed(travelling(error))
        place = folder / "files"
        place.mkdir()
        with stoppable(_called_off()):
            try:
                result = guarded(work.at(place) if hasattr(work, "at") else work, asked, ends=False)
            except SystemExit:
                return None
        if isinstance(result, Failed):
            return result
        return Shipped(result, {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()})


def _load(loads: Sequence[tuple[str, bytes]], folder: Path) -> None:
    """Load extensions from their content."""
    for name, content in loads:
        path = folder / hashlib.sha256(content).hexdigest()[:16] / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        extensions.load([path])


def _name() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _disk() -> str | None:
    """Where this worker keeps temporary files: a folder that is emptied when it starts again after having been killed."""
    from distributed import get_worker

    return str(get_worker().local_directory)


def _called_off() -> Callable[[], bool]:
    """Whether the scheduler has withdrawn what this worker is at, as far as this version of Dask lets one know."""
    import distributed.worker

    worker: Any = distributed.get_worker()
    key = getattr(getattr(distributed.worker, "thread_state", None), "key", None)

    def asked() -> bool:
        try:
            task = worker.state.tasks.get(key)
            return task is None or task.state in ("cancelled", "released", "forgotten")
        except AttributeError:
            return False

    return asked
