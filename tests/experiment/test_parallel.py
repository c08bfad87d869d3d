"""Work spread over processes: same results, errors that travel, workers that die."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from simcrc.errors import SimcrcError, SimulationError
from simcrc.experiment.board import Board, note
from simcrc.experiment.parallel import DeadWorkerError, Pool, WorkerError, orphaned


class AwkwardError(SimcrcError):
    """An error that does not survive pickling."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__(f"{a} and {b}")


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise SimulationError("broken promise") if number else AwkwardError(1, 2)


def die(number: int) -> int:
    os._exit(3)


def one_fails(folder: Path, number: int) -> int:
    if number == 1:
        raise SimulationError("first")
    (folder / f"{number}.pid").write_text(str(os.getpid()))
    time.sleep(60)
    (folder / f"{number}.done").touch()
    return 0


def slow(number: int) -> int:
    time.sleep(0.05)
    return number


def gone(process: int) -> bool:
    """Whether a process ends within five seconds."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_whatever_the_workers(workers: int) -> None:
    seen: list[None] = []
    pool = Pool(square, workers, watch=lambda: seen.append(None))
    assert sorted(pool.results([3, 1, 2])) == [1, 4, 9]
    assert not orphaned()


@pytest.mark.parametrize("workers", [1, 2])
def test_more_may_be_added_as_results_come(workers: int) -> None:
    queue = deque([1, 2, 3])
    found = []
    for result in Pool(square, workers).results(queue):
        found.append(result)
        if result == 9:
            queue.append(10)
    assert sorted(found) == [1, 4, 9, 100]


@pytest.mark.parametrize("how", ["closed", "interrupted"])
def test_stopping_in_the_middle_leaves_nothing_behind(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is still to be done: no thread of the executor ends with an error, whose traceback would be printed."""
    ends: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", ends.append)
    for number in range(3):
        looks = iter(range(number + 2))

        def watch(looks: Iterator[int] = looks) -> None:
            if next(looks, None) is None:
                raise KeyboardInterrupt

        results = Pool(slow, 2, watch=watch if how == "interrupted" else None).results(range(100))
        if how == "interrupted":
            with pytest.raises(KeyboardInterrupt):
                list(results)
        else:
            assert next(results) in range(100)
            results.close()
    assert not ends


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_of_simcrc_stay_themselves(workers: int) -> None:
    with pytest.raises(SimulationError, match="broken promise"):
        list(Pool(fail, workers).results([1]))


def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    with pytest.raises(WorkerError, match="1 and 2"):
        list(Pool(fail, 2).results([0]))


def test_a_dead_worker_is_a_failed_simulation() -> None:
    with pytest.raises(DeadWorkerError) as raised:
        list(Pool(die, 2).results([1, 2]))
    assert "mort" in raised.value.say("fr")


def test_an_error_ends_the_other_workers_at_once(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="first"):
        list(Pool(partial(one_fails, tmp_path), 2).results([2, 1]))
    assert not list(tmp_path.glob("*.done"))
    for file in tmp_path.glob("*.pid"):
        assert gone(int(file.read_text()))


def test_the_board_tells_how_far_each_is() -> None:
    with Board(3) as board:
        note(board.path, 2, 0.25)
        note(board.path, 3, 1.0)
        assert board.shares() == [0.0, 0.25, 1.0]
    note(board.path, 1, 0.5)
    assert not board.path.exists()
