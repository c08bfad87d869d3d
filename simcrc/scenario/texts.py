"""Words and names in a scenario: bilingual texts, names of things, paths of data files, time zones, targets."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from simcrc.scenario.durations import parse_duration
from simcrc.scenario.faults import fault, nearest
from simcrc.scenario.quantities import exact
from simcrc.words import Words

RESERVED = frozenset({"redial", "give_up", "default", "value", "source", "status", "range", "note"})
DATA = "{data}/"
NAME_PATTERN = r"^\w[\w-]*$"


def as_text(value: Any) -> Words:
    """A text for people from its writing; errors: PydanticCustomError (a ValueError)."""
    return _text(value)


def _text(value: Any) -> Words:
    if isinstance(value, Words):
        return value
    if isinstance(value, str) and value.strip():
        return Words(fr=value, en=value)
    if isinstance(value, Mapping) and value and set(value) <= {"fr", "en"} and all(isinstance(text, str) and text.strip() for text in value.values()):
        return Words(fr=value.get("fr", value.get("en")), en=value.get("en", value.get("fr")))
    raise fault("text", value)


_TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "object", "properties": {"fr": {"type": "string"}, "en": {"type": "string"}}, "additionalProperties": False, "minProperties": 1},
    ],
    "description": "a text for people, or one by language: {fr: …, en: …}",
}

Text = Annotated[Words, PlainValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
"""A text for people; ``.say("fr")`` gives it.  A language that is not written says what the other says."""


def _name(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"\w[\w-]*", value) or len(value) > 60:
        raise fault("name", value)
    if value in RESERVED:
        raise fault("name_reserved", value, found_name=value)
    return value


Name = Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": "string", "pattern": NAME_PATTERN, "not": {"enum": sorted(RESERVED)}})]
"""The name of a service, channel, team …: letters, digits, ``_`` and ``-``; no dot, since ``channel.outcome`` uses it."""


def _timezone(value: Any) -> Any:
    if not isinstance(value, str):
        raise fault("timezone", value)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder's name gives an OSError
        known = available_timezones()
        last = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
        guess = nearest(value, known) or last.get(value.casefold().replace(" ", "_"))
        raise fault("timezone", value, **({"suggestion": guess} if guess else {})) from None
    return value


TimeZone = Annotated[str, BeforeValidator(_timezone), WithJsonSchema({"type": "string", "description": "a time zone: America/Toronto"})]
"""The name of a time zone of the IANA data base."""


class DataPath(str):
    """The path of a data file, relative to the folder of the scenario file, with ``/``; ``{data}/…`` is relative to the
    folder given by ``--data``."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: Any) -> DataPath:
        """A checked path; the loader checks that the file is there and stays inside the scenario's folder tree."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise fault("path", value)
        rest = value.removeprefix(DATA)
        if rest.startswith(("/", "~", "\\")) or "\\" in rest or re.match(r"[A-Za-z]:", rest):
            raise fault("path_absolute", value)
        normal = posixpath.normpath(rest)
        if normal.startswith("../" if rest != value else "../../") or normal in (".", ".."):
            raise fault("path_leaves", value)
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema(when_used="json"))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[^/~\\\\]", "description": "the path of a data file, relative to this file"}


_TARGET = re.compile(r"(?:(?P<channel>[\w.-]+)\.)?(?P<indicator>\w+)\s*(?P<op>>=|<=|≥|≤|>|<)\s*(?P<value>\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Target:
    """What an indicator should reach.  `value` is a share in [0, 1], microseconds or a plain number, as `unit` says."""

    channel: str | None
    indicator: str
    op: Literal[">=", "<=", ">", "<"]
    value: float
    text: str
    unit: Literal["share", "time", "number"] = "number"

    def met(self, figure: float) -> bool:
        """Whether `figure`, in the unit of `value`, reaches the target."""
        return {">=": figure >= self.value, "<=": figure <= self.value, ">": figure > self.value, "<": figure < self.value}[self.op]

    @classmethod
    def parse(cls, value: Any) -> Target:
        """A target from its writing, ``phone.service_level >= 80 %``."""
        if isinstance(value, cls):
            return value
        match = _TARGET.fullmatch(value.strip()) if isinstance(value, str) else None
        if not match:
            raise fault("target", value)
        op: Any = {"≥": ">=", "≤": "<="}.get(match["op"], match["op"])
        written = match["value"].strip()
        unit: Literal["share", "time", "number"] = "number"
        try:
            if written.endswith("%"):
                number, unit = float(exact(written[:-1].strip()) / 100), "share"
            elif written[-1].isalpha():
                number, unit = float(parse_duration(written)), "time"
            else:
                number = float(exact(written))
        except ValueError:
            raise fault("target", value) from None
        return cls(match["channel"], match["indicator"], op, number, value.strip(), unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(lambda t: t.text, when_used="json")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": "[<>≤≥]", "description": "an indicator and what it should reach: phone.service_level >= 80 %"}
