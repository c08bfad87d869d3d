"""What Ctrl-C must not cut in two: it waits until the block is through.

An interrupt in the middle of the import of a compiled library comes out as an ImportError, which looks like a broken installation, and leaves half a
library behind.  ``simcrc.staffing.staff`` imports SciPy so before it begins, for ``statistics`` needs it only minutes later, when people do press Ctrl-C.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def undivided() -> Iterator[None]:
    """Whoever heeds SIGINT is called at the end of the block; other threads than the main one never are, and need nothing."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    caught: list[tuple[int, Any]] = []
    signal.signal(signal.SIGINT, lambda number, frame: caught.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if caught:
        before(*caught[0])
