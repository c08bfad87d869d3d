"""The page of every field of the scenario language, from the declarations themselves: type, default, meaning, an example from a scenario that ships.

The models say names, types and defaults.  What a field means is said once, in the tables of docs/scenario-language.md; a table belongs to the declaration whose
fields it names best.  Where it says nothing, the docstring of the declaration does, which stands above its fields.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from examples import examples
from markdown import cell, code, docstring
from meanings import ANY, NAMED, OF, WRITTEN
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from sphinx.util import logging

from simcrc.channels import kinds as channel_kinds
from simcrc.channels.base import ChannelSpec
from simcrc.distributions import families
from simcrc.policies import entry_type
from simcrc.policies import kinds as measure_kinds
from simcrc.scenario import Scenario
from simcrc.scenario.durations import format_duration

logger = logging.getLogger(__name__)

DOCS = Path(__file__).resolve().parents[1]
HEAD = """\
# Every field of the scenario language

Made from the declarations in the code, so that nothing is missing. [The scenario language](../scenario-language.md) is the page to read;
this is the one to look things up in. Durations carry their unit (`20 s`, `4.5 min`, `10 days`), shares are written `35 %` or `0.35`; any value may
say [where it comes from](../scenario-language.md#where-a-number-comes-from). Examples are taken from the scenarios that ship.
"""
TYPES = {
    "NonNegative": "number ≥ 0",
    "Number": "number",
    "PositiveInt": "whole number ≥ 1",
    "NonNegativeInt": "whole number ≥ 0",
    "Share": "share",
    "Duration": "duration",
    "Span": "span",
    "Law": "distribution of a duration",
    "Text": "text in French and English",
    "Instant": "instant",
    "date": "date",
    "Hours": "opening hours",
    "Weekday": "weekdays",
    "TimeRange": "times of day",
    "DataPath": "path of a file",
    "Target": "indicator, sign, value",
    "bool": "true or false",
    "int": "whole number",
    "float": "number",
    "str": "name",
    "TimeZone": "time zone",
}


def page() -> str:
    """The Markdown of the page."""
    out = [HEAD]
    for title, models in _parts():
        out.append(f"\n## {title}\n")
        for name, model, inherited in models:
            out.append(_model(name, model, inherited))
    return "".join(out)


def _parts() -> Iterator[tuple[str, list[tuple[str, type[BaseModel], frozenset[str]]]]]:
    """Headings, each with declarations: their name, and fields that are shown elsewhere."""
    none: frozenset[str] = frozenset()
    common = frozenset(ChannelSpec.model_fields) - {"kind"}
    kinds, measures = channel_kinds(), measure_kinds()
    entry = entry_type()
    shown = {*kinds.values(), *measures.values(), *families().values(), entry, *entry.__mro__, ChannelSpec}
    core = [(where, model, none) for where, model in _reached(Scenario, "", shown)]
    yield "A scenario", [("scenario", Scenario, none), *core]
    channels = [("any channel", ChannelSpec, none)]
    for name, kind in kinds.items():
        channels.append((f"kind: {name} – {kind.words.en} / {kind.words.fr}", kind, common))
        channels += [(where, model, none) for where, model in _reached(kind, f"{name}.", shown)]
    yield "Channels", channels
    measured: list[tuple[str, type[BaseModel], frozenset[str]]] = [("a measure", entry, frozenset(measures))]
    for name, kind in sorted(measures.items()):
        measured.append((f"{name} – {kind.words.en} / {kind.words.fr}", kind, none))
        measured += [(where, model, none) for where, model in _reached(kind, f"{name}.", shown)]
    yield "Measures of a policy", measured
    yield "Distributions", [(f"{name} – {law.words.en} / {law.words.fr}", law, none) for name, law in families().items()]


def _reached(model: type[BaseModel], prefix: str, seen: set[Any]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        for inner in _classes(field.annotation):
            if inner not in seen and not issubclass(inner, tuple(families().values())):
                seen.add(inner)
                where = f"{prefix}{field.alias or name}"
                yield where, inner
                yield from _reached(inner, f"{where}.", seen)


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _classes(argument)


def _model(title: str, model: type[BaseModel], elsewhere: frozenset[str]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        if name in elsewhere or name == "kind":
            continue
        written = field.alias or name
        kind = _type(model, name)
        example = examples().get((model.__name__, written)) or NAMED.get(written) or WRITTEN.get(kind.partition(", by")[0].partition(" or ")[0], "")
        shown = code(example) if example else _section(written) or ("as below" if any(_classes(field.annotation)) else "")
        rows.append(f"| `{written}` | {cell(kind)} | {_default(field)} | {_meaning(model, written)} | {shown} |\n")
    head = f"\n### {title}\n\n{docstring(model)}\n"
    return head + ("\n| field | type | default | meaning | example |\n|---|---|---|---|---|\n" + "".join(rows) if rows else "")


def _type(model: type[BaseModel], name: str) -> str:
    """The type as one would say it."""
    for owner in model.__mro__:
        if name in inspect.get_annotations(owner):
            written = inspect.get_annotations(owner)[name]
            break
    else:
        written = str(model.model_fields[name].annotation)
    return _spoken(str(written), model.model_fields[name].annotation)


def _spoken(written: str, annotation: Any) -> str:
    written = re.sub(r"\s*\|\s*None\b", "", re.sub(r"\s+", " ", written)).strip()
    match = re.fullmatch(r"Annotated\[(.*)\]", written)
    if match:
        written = _split(match[1])[0]
    match = re.fullmatch(r"(\w+)\[(.*)\]", written)
    if written.startswith("Literal") or not match:
        if written.startswith("Literal"):
            return " or ".join(f"`{value}`" for value in re.findall(r"[\"']?([\w+-]+)[\"']?(?:,|\]|$)", written[8:]))
        ways = [TYPES.get(way.strip(), way.strip()) for way in written.split("|")]
        return " or ".join(ways)
    inside = _split(match[2])
    if match[1] == "PerService":
        return f"{_spoken(inside[0], None)}, by service"
    if match[1] == "ByWeekday":
        return "by weekdays, by time of day"
    if match[1] == "dict":
        return f"by name: {_spoken(inside[-1], None)}"
    if match[1] in ("tuple", "list"):
        return f"list of: {_spoken(inside[0], None)}"
    return written


def _split(text: str) -> list[str]:
    """Arguments between brackets, at their commas."""
    depth, parts, part = 0, [], ""
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += letter
    return [*parts, part.strip()]


def _default(field: Any) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if value is PydanticUndefined or value is None or value in ((), {}):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, int) and value >= 1_000_000:
        return code(format_duration(value))
    return code(str(value))


def _meaning(model: type[BaseModel], name: str) -> str:
    """What a field means: the row of docs/scenario-language.md, else a phrase of the docstring, else the comment in the source."""
    owners = [owner.__name__ for owner in model.__mro__]
    row = OF.get(f"{model.__name__}.{name}") or next((_rows()[owner][name] for owner in owners if name in _rows().get(owner, {})), None)
    if row:
        return re.sub(r"\]\((#[^)]*)\)", r"](../scenario-language.md\1)", re.sub(r"\]\((\w[\w-]*\.md)", r"](../\1", row))
    for owner in model.__mro__:
        if issubclass(owner, BaseModel) and owner is not BaseModel:
            text = " ".join((inspect.getdoc(owner) or "").split())
            match = re.search(rf"`{name}`: (.+?)(?=[;.,] (?:and )?`\w+`:|\.  |\. [A-Z]|\.$|$)", text)
            if match:
                return cell(match[1])
            comment = re.search(rf"^    {name}_?: .*?  # (.+)$", _source(owner), re.MULTILINE)
            if comment and "noqa" not in comment[1] and "type:" not in comment[1]:
                return cell(comment[1])
    said = OF.get(f"{model.__name__}.{name}") or _section(name) or ANY.get(name)
    if not said:
        logger.warning("%s.%s: nothing says what this field means; write it in docs/scenario-language.md or docs/_ext/meanings.py", model.__name__, name)
    return said or ""


def _section(name: str) -> str:
    """Where a part with a section of its own is explained; "" without one."""
    text = (DOCS / "scenario-language.md").read_text(encoding="utf-8")
    return f"see [{name}](../scenario-language.md#{name})" if re.search(rf"^#+ {name}$", text, re.MULTILINE) else ""


def _source(owner: type) -> str:
    try:
        return inspect.getsource(owner)
    except (OSError, TypeError):
        return ""  # a declaration that is made when it is asked for


_TABLES: dict[str, dict[str, str]] = {}


def _rows() -> dict[str, dict[str, str]]:
    """By declaration and field, what the hand-written page says: each of its tables belongs to the declaration with which it shares most names."""
    if _TABLES:
        return _TABLES
    models = {model.__name__: {field.alias or name for name, field in model.model_fields.items()} for model in _all_models()}
    text = (DOCS / "scenario-language.md").read_text(encoding="utf-8")
    for table in re.findall(r"^\| (?:field|written|key of a policy file)\b.*\n\|[-| ]+\n((?:\|.*\n)+)", text, re.MULTILINE):
        rows: dict[str, str] = {}
        for line in table.splitlines():
            cells = [part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]
            rows |= dict.fromkeys(re.findall(r"`(\w+)`", cells[0]), cells[-1])
        scores = {name: len(fields & set(rows)) / len(fields | set(rows)) for name, fields in models.items()}
        best = max(scores.values())
        for name, score in scores.items():
            if score == best and score > 0:
                _TABLES.setdefault(name, {}).update({field: rows[field] for field in models[name] & set(rows)})
    for kind in channel_kinds().values():  # what is said of all staffed or written channels holds for each of them
        for other in kind.__mro__:
            for name, rows_ in list(_TABLES.items()):
                if name == other.__name__ or (name in {each.__name__ for each in channel_kinds().values()} and _family(name) == _family(kind.__name__)):
                    own = {field for field in rows_ if field in models[kind.__name__]}
                    _TABLES.setdefault(kind.__name__, {}).update({field: rows_[field] for field in own if field not in _TABLES.get(kind.__name__, {})})
    return _TABLES


def _family(name: str) -> str:
    return {"Phone": "staffed", "Counter": "staffed", "Mail": "written", "Email": "written", "Fax": "written"}.get(name, name)


def _all_models() -> list[type[BaseModel]]:
    seen: set[Any] = set()
    out: list[type[BaseModel]] = []
    for model in (Scenario, ChannelSpec, entry_type(), *channel_kinds().values(), *measure_kinds().values(), *families().values()):
        if model not in seen:
            seen.add(model)
            out.append(model)
        out += [inner for _, inner in _reached(model, "", seen)]
    return out
