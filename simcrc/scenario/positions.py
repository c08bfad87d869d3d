"""Reading YAML with the place of every value: the text of one file becomes a plain document and, for each path in it, a
``Mark``.

YAML 1.2 throughout: ``8:30``, ``no`` and dates stay texts, keys are always texts.  Refused: duplicate keys, merge keys,
tags, several documents, aliases that multiply, anything but UTF-8.
``simcrc.scenario.merge`` lays files over each other; what is wrong is said by ``simcrc.scenario.problems``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simcrc.scenario.halves import together
from simcrc.scenario.problems import Problem
from simcrc.scenario.sentences import yaml_words

Place = tuple[str | int, ...]
"""The path of a value in a document: keys and list indices."""

LARGEST = 1_000_000  # bytes; a longer file is data, and data belong in CSV
MOST_NODES = 100_000
DEEPEST = 40

_INT = re.compile(r"[-+]?[0-9][0-9_]*")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?")
_ODD = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "value", "merge")}


@dataclass(frozen=True)
class Mark:
    """A place in a file: its path as a person would open it, line and column from 1 (0: the file as a whole)."""

    file: str
    line: int = 0
    column: int = 0

    def problem(self, code: str, path: Place = (), **ctx: Any) -> Problem:
        """The problem `code` at this place."""
        return Problem(self.file, self.line, self.column, dotted(path), code, ctx)


@dataclass
class Tree:
    """A document with its places: `values` holds the mark of each value, `keys` that of each key of a mapping.  `doubtful`:
    places whose value is known to be wrong; `extends`: what the key that names the file underneath is called; `policies`: which files are policy files."""

    document: Any
    values: dict[Place, Mark] = field(default_factory=dict)
    keys: dict[Place, Mark] = field(default_factory=dict)
    doubtful: set[Place] = field(default_factory=set)
    extends: str = "extends"
    policies: set[str] = field(default_factory=set)

    def mark(self, path: Place, *, key: bool = False) -> Mark:
        """The mark of the value (or the key) at `path`, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            first, second = (self.keys, self.values) if key or length < len(path) else (self.values, self.keys)
            for marks in (first, second):
                if path[:length] in marks:
                    return marks[path[:length]]
        return Mark("?")

    def drop(self, path: Place) -> None:
        """Forget the marks at and below `path`."""
        for marks in (self.values, self.keys):
            for place in [place for place in marks if place[: len(path)] == path]:
                del marks[place]
        self.doubtful = {place for place in self.doubtful if place[: len(path)] != path}


def dotted(path: Place) -> str:
    """``channels.web.completion`` for a path."""
    return ".".join(map(str, path))


def at(document: Any, path: Place) -> Any:
    """The value at `path`; KeyError when it is not there."""
    for part in path:
        inside = part in document if isinstance(document, dict) else isinstance(document, list) and part in range(len(document))
        if not inside:
            raise KeyError(part)
        document = document[part]
    return document


def there(document: Any, path: Place) -> bool:
    """Is there something at `path`?"""
    try:
        at(document, path)
    except KeyError:
        return False
    return True


def walk(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value below `value` with its path, itself first."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from walk(inner, (*path, key))


def read_file(path: Path, label: str) -> tuple[Tree | None, list[Problem]]:
    """The document of the file at `path`, shown to people as `label`, and what is wrong with it; None when nothing can be
    read."""
    whole = Mark(label)
    try:
        if path.is_dir():
            return None, [whole.problem("directory")]
        if path.stat().st_size > LARGEST:
            return None, [whole.problem("file_large", limit=LARGEST)]
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [whole.problem("file_missing")]
    except (OSError, ValueError) as error:
        return None, [whole.problem("file_unreadable", detail=getattr(error, "strerror", None) or str(error))]
    text, problems = decode(data, label)
    return (None, problems) if text is None else read_text(text, label)


def decode(data: bytes, label: str) -> tuple[str | None, list[Problem]]:
    """UTF-8, with or without a byte-order mark; the problem names the first byte that is not."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        before = data[:start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [Mark(label, line, column).problem("encoding", byte=f"0x{data[start]:02X}", position=start + 1)]


def read_text(text: str, label: str) -> tuple[Tree | None, list[Problem]]:
    """The document of a YAML text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        unclosed = "end of stream" in str(error.problem) or "<stream end>" in str(error.problem)
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        place = Mark(label, mark.line + 1, mark.column + 1) if mark else Mark(label)
        return None, [place.problem("yaml", words=yaml_words(str(error.problem or error)))]
    except ReaderError as error:
        before = text[: error.position]
        place = Mark(label, before.count("\n") + 1, error.position - before.rfind("\n"))
        return None, [place.problem("character", found=f"U+{ord(text[error.position]):04X}" if error.position < len(text) else "?")]
    except RecursionError:
        return None, [Mark(label).problem("too_deep", limit=DEEPEST)]
    except (YAMLError, ValueError) as error:
        return None, [Mark(label).problem("yaml", words=yaml_words(str(error).partition("\n")[0]))]
    if node is None:
        return None, [Mark(label).problem("empty")]
    return _Builder(label).tree(node)


class _TooLargeError(Exception):
    """The document is too large or too deep to go on."""


class _Builder:
    """Turns the nodes of one file into plain values and marks."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.problems: list[Problem] = []
        self.out = Tree(None)
        self.count = 0
        self.open: set[int] = set()

    def tree(self, node: Any) -> tuple[Tree | None, list[Problem]]:
        try:
            self.out.document = self.value(node, ())
        except _TooLargeError:
            return None, self.problems
        return self.out, self.problems

    def mark(self, node: Any) -> Mark:
        return Mark(self.label, node.start_mark.line + 1, node.start_mark.column + 1)

    def say(self, node: Any, code: str, path: Place, **ctx: Any) -> None:
        self.problems.append(self.mark(node).problem(code, path, **ctx))
        if code in ("tag", "finite", "character"):
            self.out.doubtful.add(path)

    def text(self, node: Any, path: Place) -> str:
        text, lone = together(str(node.value))
        if lone:
            self.say(node, "character", path, found=lone)
        return text

    def value(self, node: Any, path: Place) -> Any:
        self.count += 1
        too_deep = len(path) > DEEPEST or id(node) in self.open  # an alias inside its own anchor goes down for ever
        if self.count > MOST_NODES or too_deep:
            self.say(node, "too_deep" if too_deep else "too_many", path[:6], limit=DEEPEST if too_deep else MOST_NODES)
            raise _TooLargeError
        self.out.values[path] = self.mark(node)
        if node.tag not in _PLAIN_TAGS:
            self.say(node, "tag", path, found=str(node.tag).replace(_CORE, "!!"))
            return None
        self.open.add(id(node))
        try:
            if node.id == "mapping":
                return self.mapping(node, path)
            if node.id == "sequence":
                return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
            return self.scalar(node, path)
        finally:
            self.open.discard(id(node))

    def mapping(self, node: Any, path: Place) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar" or not key_node.value.strip():
                self.say(key_node, "key", path)
                continue
            key = self.text(key_node, path)
            if key == "<<" and not key_node.style:
                self.say(key_node, "merge_key", path)
                continue
            if key in out:
                first = self.out.keys[(*path, key)]
                self.say(key_node, "duplicate", (*path, key), key=key, first=f"{first.line}:{first.column}")
                continue
            self.out.keys[(*path, key)] = self.mark(key_node)
            out[key] = self.value(value_node, (*path, key))
        return out

    def scalar(self, node: Any, path: Place) -> Any:
        text = self.text(node, path)
        if node.style in ("'", '"', "|", ">") or node.tag == _CORE + "str" or len(text) > 300:
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text.lower() == "true"
        if _INT.fullmatch(text):
            return int(text.replace("_", ""))
        if _BASED.fullmatch(text):
            return int(text, 0)
        if _ODD.fullmatch(text) or _FLOAT.fullmatch(text):
            number = math.nan if _ODD.fullmatch(text) else float(text.replace("_", ""))
            if not math.isfinite(number):
                self.say(node, "finite", path, found=text)
            return number
        return text
