"""A document as YAML with comments, as a person would write it: short mappings on one line, long ones on several.

``piece`` makes the document; what is written here loads to the same values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDE = 150
PLAIN = re.compile(r"[^\W\d_][\w .,;'’()/%-]*", re.UNICODE)
FLOW = re.compile(r"[^\W\d_][\w .'’()/%-]*", re.UNICODE)
WORDS_OF_YAML = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
Path = tuple[str, ...]


class Plain(str):
    """A text to be written as it stands: a number with its unit, a mapping on one line."""

    __slots__ = ()


class Shared(dict[str, Any]):
    """A mapping that stands in several places: written once with the anchor `name`, and by that name thereafter."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.name = name


def text(document: Mapping[str, Any], comments: Mapping[Path, Sequence[str]]) -> str:
    """`document` as YAML; `comments`: by path of the key above which they stand, () for the top."""
    return "\n".join(_Writer(comments).lines(document)) + "\n"


class _Writer:
    """Writes one document, and remembers which anchors it has written."""

    def __init__(self, comments: Mapping[Path, Sequence[str]]) -> None:
        self.comments = comments
        self.named: set[str] = set()

    def lines(self, document: Mapping[str, Any]) -> Iterator[str]:
        yield from (f"# {line}".rstrip() for line in self.comments.get((), ()))
        for key, value in document.items():
            long = isinstance(value, Mapping) and len(key) + len(flow(value)) + 2 > WIDE
            if (long and key != "description") or (key,) in self.comments:
                yield ""
            yield from self.entry(key, value, (key,))

    def entry(self, key: str, value: Any, path: Path) -> Iterator[str]:
        indent, comments = "  " * (len(path) - 1), self.comments
        yield from (f"{indent}# {line}".rstrip() for line in comments.get(path, ()))
        head = f"{indent}{_scalar(key)}:"
        if isinstance(value, Shared):
            if value.name in self.named:
                yield f"{head} *{value.name}"
                return
            self.named.add(value.name)
            head += f" &{value.name}"
        inside = any(len(place) > len(path) and place[: len(path)] == path for place in comments)
        shares = isinstance(value, Mapping) and any(isinstance(own, Shared) for own in value.values())
        if isinstance(value, Mapping) and value and (inside or shares or len(head) + len(flow(value)) + 1 > WIDE):
            yield head
            for inner, own in value.items():
                yield from self.entry(str(inner), own, (*path, str(inner)))
        elif isinstance(value, list) and value and len(head) + len(flow(value)) + 1 > WIDE:
            yield head
            yield from (f"{indent}  - {flow(item)}" for item in value)
        else:
            yield f"{head} {_scalar(value, False) if isinstance(value, str) else flow(value)}"


def flow(value: Any) -> str:
    """`value` on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return _scalar(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return repr(value)


def _scalar(words: str, inside: bool = True) -> str:
    if isinstance(words, Plain):
        return str(words)
    plain = (FLOW if inside else PLAIN).fullmatch(words) and words == words.strip() and words.lower() not in WORDS_OF_YAML
    return words if plain else json.dumps(words, ensure_ascii=False)


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with what `over` writes: mappings key by key, all else in place of what stood there; null takes a key away."""
    out = dict(base)
    for key, value in over.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(out.get(key), Mapping):
            out[key] = laid_over(out[key], value)
        else:
            out[key] = value
    return out
