"""The page of the Python interface: the façade ``simcrc``, from its signatures and docstrings."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Iterator
from typing import Any

from markdown import docstring, plain

import simcrc

HEAD = """\
# Python

Made from the docstrings of `simcrc`, the façade: what a notebook needs. `import simcrc` costs nothing; its parts are imported when they are used.
The figures of `Results` and its tables are those of [the results folder](../results.md).
"""


def page() -> str:
    """Functions first, in the order of the façade, then the classes of what they give."""
    names = [name for name in simcrc.__all__ if not name.startswith("_")]
    things = [(name, getattr(simcrc, name)) for name in names]
    functions = [(name, thing) for name, thing in things if inspect.isfunction(thing)]
    classes = [(name, thing) for name, thing in things if inspect.isclass(thing)]
    out = [HEAD, "\n## Functions\n", *(_function(f"simcrc.{name}", thing) for name, thing in functions), "\n## What they give\n"]
    return "".join([*out, *(_class(name, thing) for name, thing in classes)])


def _function(name: str, thing: Any, level: str = "###") -> str:
    return f"\n{level} {plain(name)}\n\n```python\n{_signature(name, thing)}\n```\n\n{docstring(thing)}\n"


def _signature(name: str, thing: Any) -> str:
    signature = inspect.signature(thing)
    short = name.rpartition(".")[2]
    parts = [str(parameter).replace("'", "") for parameter in signature.parameters.values() if parameter.name not in ("self", "cls")]
    result = "" if signature.return_annotation is inspect.Signature.empty else f" -> {str(signature.return_annotation).strip(chr(39))}"
    line = f"{short}({', '.join(parts)}){result}"
    return line if len(line) < 100 else f"{short}(\n" + "".join(f"    {part},\n" for part in parts) + f"){result}"


def _class(name: str, thing: Any) -> str:
    out = [f"\n### {plain(name)}\n\n{docstring(thing)}\n"]
    if dataclasses.is_dataclass(thing):
        fields = [field for field in dataclasses.fields(thing) if not field.name.startswith("_")]
        out.append("\n" + "".join(f"- `{field.name}`: `{field.type}`\n" for field in fields))
    for member, (found, kind) in _members(thing):
        if kind == "property":
            out.append(f"\n**`{member}`** – {docstring(found)}\n")
        else:
            out.append(f"\n```python\n{_signature(member, found)}\n```\n\n{docstring(found)}\n")
    return "".join(out)


def _members(thing: type) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Public methods and properties with a docstring that the class itself, or one of its own in simcrc, defines; in the order written."""
    seen: set[str] = set()
    if issubclass(thing, enum.Enum):
        return
    for owner in thing.__mro__:
        if not owner.__module__.startswith("simcrc"):
            continue
        for name, member in vars(owner).items():
            if name.startswith("_") or name in seen or "pydantic" in type(member).__module__:
                continue
            seen.add(name)
            if isinstance(member, property) and member.fget is not None:
                yield name, (member.fget, "property")
            elif isinstance(member, staticmethod | classmethod):
                yield name, (member.__func__, "method")
            elif inspect.isfunction(member):
                yield name, (member, "method")
            elif hasattr(member, "func") and "cached_property" in type(member).__name__:
                yield name, (member.func, "property")
