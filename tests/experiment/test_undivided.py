"""Ctrl-C in the middle of what must not be cut in two."""

from __future__ import annotations

import signal
import threading

import pytest

from simcrc.experiment.undivided import undivided


@pytest.fixture(autouse=True)
def heeded() -> object:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_waits_for_the_end() -> None:
    done = []

    def work() -> None:
        with undivided():
            signal.raise_signal(signal.SIGINT)
            done.append("the rest")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the rest"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_an_error_goes_through_and_leaves_nothing_behind() -> None:
    with pytest.raises(ValueError, match="own"), undivided():
        raise ValueError("own")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_interrupts_goes_on_to_and_threads_need_nothing() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with undivided():
        signal.raise_signal(signal.SIGINT)
    seen = []

    def inside() -> None:
        with undivided():
            seen.append(1)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == [1]
