"""A file of text that is written as a stream, compressed where its name ends with ``.gz``: the same bytes for the same text."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

GZIP = ".gz"


@contextmanager
def text_file(path: Path, compressed: bool) -> Iterator[TextIO]:
    """The file, to be written in UTF-8 with line feeds."""
    with ExitStack() as stack:
        raw: Any = stack.enter_context(path.open("wb"))
        if compressed:
            raw = stack.enter_context(gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0))
        yield stack.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=False))
