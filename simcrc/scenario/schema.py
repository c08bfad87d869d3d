"""JSON Schema of the scenario language, for editors: what ``simcrc schema`` prints and ``scenarios/simcrc.schema.json`` holds.

Made from the declarations: their types, docstrings and units, every channel kind, every kind of measure and every family of
distributions that is registered.  What the loader adds to all of them is added here: provenance
(``{value: …, source: …}``), ``extends``, policy files, and the shorter ways of writing.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonRef, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from simcrc.policies import policy, ramp
from simcrc.scenario import amounts, base, choice, expect, overlay, phases, replay, roles, silos, units
from simcrc.scenario import scenario as root
from simcrc.scenario.durations import format_duration
from simcrc.scenario.provenance import RELATIVE, STATUSES
from simcrc.scenario.texts import NAME_PATTERN

Schema = dict[str, Any]

_SHARE_AFTER: Schema = {"type": "string", "pattern": "^.+%.*$", "description": "a share and the time before it is taken: 60 % after 20 min"}
_ASIDE = ("source", "status", "note")
_NAMED = {"Duration": units.Duration, "Hours": units.Hours, "NonNegative": units.NonNegative, "Share": units.Share, "Span": units.Span, "Text": units.Text}
_SCALARS = {"number", "integer", "string", "boolean"}
_AS_IT_IS = ("kind", "simcrc", "extends")


class _Generator(GenerateJsonSchema):
    """Adds the shorter ways of writing, which stand in validators that run before the type's own."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        function = schema["function"]["function"]
        if function is base._per_service:
            return {"anyOf": [inner["additionalProperties"], inner]}
        if function is choice._option:
            return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _SHARE_AFTER, inner]}
        if function in (choice._to, silos._to):
            return {"anyOf": [{"type": "string", "description": "one channel"}, inner]}
        if function is expect._figures:
            whole = self.get_schema_from_definitions(JsonRef(inner["$ref"])) or {}
            return {"anyOf": [whole["properties"]["figures"], inner]}
        if function is phases._offers:
            return {"anyOf": [{"type": "array", "items": {"type": "string"}, "description": "the services, each of them whole"}, inner]}
        if function is ramp.one_ramp:
            return {"anyOf": [{"const": "step", "description": "at once"}, inner]}
        if function is root._holidays:
            return {"anyOf": [{"type": "string", "description": "a country or a subdivision, or a date: CA-QC"}, inner]}
        if function in (roles._cases, roles._role):
            words = [{"enum": [roles.ALWAYS, roles.NEVER]}] if function is roles._role else []
            return {"anyOf": [inner["items"], *words, {**inner, "minItems": 1}]}
        if function in (roles._one, amounts._several, policy._several, replay.several, replay._texts, replay.conditions) and "items" in inner:
            return {"anyOf": [inner["items"], *([{"type": "number"}] if function is replay._texts else []), inner]}
        return inner


def json_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a scenario file, and of a policy file, which has a key ``policy``.  A file with ``extends`` may leave out
    what its parent writes."""
    from simcrc.channels import kinds
    from simcrc.policies import entry_type

    specs = [spec for _, spec in sorted(kinds().items())]
    wanted: list[tuple[Any, Literal["validation"]]] = [(spec, "validation") for spec in (root.Scenario, entry_type(), *specs)]
    keys, generated = models_json_schema(wanted, schema_generator=_Generator)
    refs = {spec: keys[(spec, mode)]["$ref"] for spec, mode in wanted}
    parts: Schema = {name: _plain(part) for name, part in generated["$defs"].items()}
    parts["ChannelSpec"] = {"anyOf": [{"$ref": refs[spec]} for spec in specs]}
    parts["Entry"] = _entry(parts.pop(refs[entry_type()].rpartition("/")[2]))
    whole = parts.pop(refs[root.Scenario].rpartition("/")[2])
    whole["properties"] = {"extends": {"type": "string", "description": "the scenario file to start from, relative to this file"}, **whole["properties"]}
    values = _Values()
    whole, parts = values.mapping(whole), {name: values.mapping(part) for name, part in parts.items()}
    parts["Law"] = {"anyOf": [*parts["Law"]["anyOf"], _sourced({"$ref": "#/$defs/Law"})]}
    description = whole.pop("description")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "simcrc",
        "description": description,
        "type": "object",
        "if": {"required": ["policy"]},
        "then": _policy_file(_partial(whole, set(parts)), parts["Policy"]),
        "else": {"if": {"required": ["extends"]}, "then": _partial(whole, set(parts)), "else": whole},
    }
    definitions = {**parts, **values.definitions, **{f"{name}_": _partial(part, set(parts)) for name, part in parts.items()}}
    return {**document, "$defs": {name: definitions[name] for name in sorted(_used(document, definitions))}}


def _entry(part: Schema) -> Schema:
    """A measure has exactly one kind."""
    from simcrc.policies import kinds

    return {**part, "oneOf": [{"required": [name]} for name in sorted(kinds())]}


def _policy_file(partial: Schema, policy: Schema) -> Schema:
    """A policy file: its name, what it is laid over, its own keys, and what it adds to the base (a channel that a measure opens)."""
    path = {"type": "string", "description": "a file, relative to this one"}
    own = {name: policy["properties"][name] for name in overlay.OWN}
    properties = {
        "policy": policy["properties"]["name"],
        "base": {**path, "description": "the scenario that the policy is laid over, relative to this file"},
        "includes": {"type": "array", "items": path, "description": "policy files whose measures come before those of this one"},
        **own,
        **{name: item for name, item in partial["properties"].items() if name not in ("extends", "policies", *own)},
    }
    return {**partial, "properties": properties, "required": ["policy"]}


def _plain(part: Any) -> Any:
    """Without titles, on one line, and without defaults that are not written as they stand."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    out: Schema = {}
    for key, inner in part.items():
        if key == "properties":
            out[key] = {name: _plain(item) for name, item in inner.items()}
        elif key == "patternProperties" and list(inner) == [NAME_PATTERN]:
            out |= {"additionalProperties": _plain(inner[NAME_PATTERN]), "propertyNames": {"pattern": NAME_PATTERN}}
        elif key == "default":
            if isinstance(inner, int) and "a duration" in str(part.get("description", "")):
                out[key] = format_duration(inner)
            elif isinstance(inner, str | bool | int | float):
                out[key] = inner
        elif key == "description":
            out[key] = " ".join(str(inner).split())
        elif key not in ("title", "propertyNames"):
            out[key] = _plain(inner)
    return out


class _Values:
    """Lets every single value be written as a mapping with its provenance, and every mapping carry one.  `definitions`: the
    types of single values."""

    def __init__(self) -> None:
        text = _key(TypeAdapter(units.Text).json_schema())
        self.names = {_key(TypeAdapter(kind).json_schema()): name for name, kind in _NAMED.items()}
        self.definitions: Schema = {
            "source": {**json.loads(text), "description": "where the number comes from"},
            "status": {"enum": list(STATUSES), "description": "measured here, borrowed from elsewhere, calibrated so that known figures come out, or assumed"},
            "note": json.loads(text),
            "range": {"type": "string", "pattern": RELATIVE, "description": "how far the numbers may be off, for the sensitivity analysis: ±20 %"},
        }

    def mapping(self, part: Schema) -> Schema:
        """`part` with provenance allowed in it and in all that it holds."""
        out = dict(part)
        for key in ("anyOf", "prefixItems"):
            if key in out:
                out[key] = [self.value(item) for item in out[key]]
        if isinstance(out.get("items"), dict):
            out["items"] = self.value(out["items"])
        if out.get("type") != "object":
            return out
        properties = {name: item if name in _AS_IT_IS else self.value(item) for name, item in out.get("properties", {}).items()}
        if "patternProperties" in out:
            out["patternProperties"] = {pattern: self.value(item) for pattern, item in out["patternProperties"].items()}
        if isinstance(out.get("additionalProperties"), dict):
            out["additionalProperties"] = self.value(out["additionalProperties"])
        out["properties"] = {**properties, **{name: {"$ref": f"#/$defs/{name}"} for name in (*_ASIDE, "range") if name not in properties}}
        return out

    def value(self, part: Schema) -> Schema:
        """`part`, or where it is a single value also a mapping with ``value`` and where it comes from."""
        kept = {key: part[key] for key in ("default",) if key in part}
        shape = {key: item for key, item in part.items() if key != "default"}
        if not self._single(shape):
            return {**kept, **self.mapping(shape)}
        name = self.names.setdefault(_key(shape), f"Value{len(self.names)}")
        if name not in self.definitions:
            ways = shape["anyOf"] if list(shape) == ["anyOf"] else [shape]
            self.definitions[name] = {"anyOf": [*ways, _sourced({"$ref": f"#/$defs/{name}"})]}
        return {"$ref": f"#/$defs/{name}", **kept}

    def _single(self, shape: Schema) -> bool:
        if _key(shape) in self.names:
            return True
        if "anyOf" in shape:
            return all(self._single(item) for item in shape["anyOf"] if item.get("type") != "null") and any(
                item.get("type") != "null" for item in shape["anyOf"]
            )
        types = shape.get("type")
        return bool(_SCALARS & set(types if isinstance(types, list) else [types])) or "const" in shape or "enum" in shape


def _sourced(shape: Schema) -> Schema:
    return {
        "type": "object",
        "description": "a value and where it comes from",
        "required": ["value"],
        "properties": {
            "value": shape,
            **{name: {"$ref": f"#/$defs/{name}"} for name in _ASIDE},
            "range": {"anyOf": [{"type": "array", "items": shape, "minItems": 2, "maxItems": 2, "description": "[low, high]"}, {"$ref": "#/$defs/range"}]},
            "standard_error": {"type": ["number", "string"]},
        },
        "additionalProperties": False,
    }


def _key(shape: Schema) -> str:
    return json.dumps(shape, sort_keys=True)


def _partial(part: Any, parts: set[str]) -> Any:
    """What a file with ``extends`` may write: nothing is required, and an empty value takes away what the parent wrote."""
    if isinstance(part, list):
        return [_partial(item, parts) for item in part]
    if not isinstance(part, dict):
        return part
    out: Schema = {}
    for key, inner in part.items():
        if key in ("properties", "patternProperties"):
            out[key] = {name: {"anyOf": [_partial(item, parts), {"type": "null"}]} for name, item in inner.items()}
        elif key == "additionalProperties" and isinstance(inner, dict):
            out[key] = {"anyOf": [_partial(inner, parts), {"type": "null"}]}
        elif key == "$ref":
            name = inner.rpartition("/")[2]
            out[key] = f"{inner}_" if name in parts else inner
        elif key == "items":
            out[key] = inner  # a list replaces the parent's whole
        elif key not in ("required", "minProperties"):
            out[key] = _partial(inner, parts)
    return out


def _used(document: Any, definitions: Schema) -> set[str]:
    """The names of the definitions that `document` refers to, directly or not."""
    used: set[str] = set()
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in used:
                used.add(name)
                waiting.append(definitions[name])
            waiting += part.values()
    return used
