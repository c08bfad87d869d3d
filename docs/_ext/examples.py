"""An example of every field, taken from the scenarios that ship: the shortest that stands in one of them, or in a block of YAML of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from ruamel.yaml import YAML

from simcrc.channels import kinds as channel_kinds
from simcrc.distributions import families
from simcrc.policies import entry_type
from simcrc.policies import kinds as measure_kinds
from simcrc.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 90
KEPT_OUT = ("organisation-", "mapping")


@cache
def examples() -> dict[tuple[str, str], str]:
    """By declaration and field, what is written in its place."""
    found: dict[tuple[str, str], str] = {}
    for document in _documents():
        for key, text in _walk(Scenario, document):
            if len(text) <= LONGEST and (key not in found or len(text) < len(found[key])) and text not in ("{}", "[]", "null"):
                found[key] = text
    return found


def _documents() -> Iterator[Any]:
    yaml = YAML(typ="safe", pure=False)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scenarios").rglob("*.yaml")) if not path.name.startswith(KEPT_OUT)]
    for page in sorted((ROOT / "docs").glob("*.md")):
        texts += re.findall(r"^```yaml[^\n]*\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for text in texts:
        try:
            document = yaml.load(text)
        except Exception:  # pieces of pages that are no document of their own
            continue
        if isinstance(document, dict):
            if "policy" in document:
                document = {**document, "policies": [{**document, "name": document["policy"]}]}
            yield document


def _walk(model: type[BaseModel], node: Any) -> Iterator[tuple[tuple[str, str], str]]:
    if not isinstance(node, dict):
        return
    for name, field in model.model_fields.items():
        written = field.alias or name
        if written in node:
            value = node[written]
            yield (model.__name__, written), _text(value)
            yield from _within(list(_classes(field.annotation)), value, written)


def _within(models: list[type[BaseModel]], node: Any, written: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What stands in a field: a declaration, several by name or in a list, or a channel, a measure, a distribution."""
    if isinstance(node, list):
        for item in node:
            yield from _within(models, item, written)
        return
    if not isinstance(node, dict):
        return
    keys = set(node)
    laws = families()
    if len(keys & set(laws)) == 1 and isinstance(node.get(next(iter(keys & set(laws)))), dict):
        name = next(iter(keys & set(laws)))
        yield from _walk(laws[name], node[name])
        return
    if written == "channels" and isinstance(node.get("kind"), str) and node["kind"] in channel_kinds():
        yield from ((("ChannelSpec", key[1]), text) for key, text in _walk(channel_kinds()[node["kind"]], node))
        yield from _walk(channel_kinds()[node["kind"]], node)
        return
    if written == "measures":
        yield from _walk(entry_type(), node)
        for name in keys & set(measure_kinds()):
            yield from _walk(measure_kinds()[name], node[name])
        return
    matching = [model for model in models if keys & {field.alias or name for name, field in model.model_fields.items()}]
    if matching:
        for model in matching:
            yield from _walk(model, node)
        return
    for item in node.values():
        yield from _within(models, item, written)


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _classes(argument)


def _text(value: Any) -> str:
    """`value` as one would write it on one line, without where it comes from."""
    if isinstance(value, dict) and set(value) <= {"value", "source", "status", "range", "note", "standard_error"} and "value" in value:
        value = value["value"]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style, yaml.width, yaml.allow_unicode = True, 10_000, True
        yaml.representer.sort_base_mapping_type_on_output = False
        out = StringIO()
        yaml.dump(value, out)
        return out.getvalue().strip()
    return str(value)
