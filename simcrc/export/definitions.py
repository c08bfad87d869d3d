"""What goes with every export: ``about``, where the figures come from, and ``definitions``, what every column, indicator and name means.

Both are tables like the others (``simcrc.export.table``), so each format writes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simcrc.export.columns import described
from simcrc.export.source import Source
from simcrc.export.table import INDICATOR, Table
from simcrc.log import END_WORDS, OUTCOME_WORDS, REASON_WORDS
from simcrc.words import Lang

if TYPE_CHECKING:
    import pyarrow as pa

ABOUT, DEFINITIONS = "about", "definitions"
COLUMNS = ("kind", "table", "name", "label_fr", "label_en", "definition_fr", "definition_en", "unit")
"""``kind``: column (of the `table`), indicator, value (of a column, ``contacts.outcome``) or name (of the scenario)."""
LEFT_OUT = frozenset({"format", "files", "fingerprint", "run", "words", "targets", "roles", "done", "channels"})
Row = tuple[str, str, str, str, str, str, str, str]


def accompanied(source: Source, tables: list[Table], lang: Lang) -> list[Table]:
    """The tables with ``about`` before them and ``definitions`` after them, and what indicators are called in a column of its own."""
    from dataclasses import replace

    labels = {name: indicator.label.say(lang) for name, indicator in _indicators().items()}
    labelled = [replace(table, labels=labels) if INDICATOR in table.schema.names else table for table in tables]
    return [about(source, tables), *labelled, definitions(source, labelled)]


def about(source: Source, tables: list[Table]) -> Table:
    """The table ``about``: what was run, by which version; nothing of the occasion on which it was."""
    rows = {"command": f"simcrc {source.kind}"} | dict(_flat("", {key: value for key, value in source.manifest.items() if key not in LEFT_OUT}))
    version = source.manifest.get("fingerprint", {}).get("versions", {}).get("simcrc")
    rows |= {"simcrc": str(version)} if version else {}
    zones = {field.type.tz for table in tables for field in table.schema if hasattr(field.type, "tz") and field.type.tz}
    rows |= {"timezone": ", ".join(sorted(zones))} if zones else {}
    replications = {table.replication for table in tables} - {None}
    rows |= {"replication": ", ".join(map(str, replications))} if replications else {}
    return Table(ABOUT, made=_made(("name", "value"), rows.items()))


def _flat(before: str, value: Any) -> Iterator[tuple[str, str]]:
    """What is nested in a manifest, as ``name.fr`` and its text; lists by place."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{before}.{key}" if before else str(key), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _flat(f"{before}.{place}", inner)
    elif value is not None:
        yield before, {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def definitions(source: Source, tables: list[Table]) -> Table:
    """The table ``definitions`` of these tables."""
    currency = str(source.manifest.get("currency", ""))
    rows = [*_of_columns(tables, currency), *_of_indicators(tables, currency), *_of_values(tables), *_of_names(source)]
    return Table(DEFINITIONS, made=_made(COLUMNS, rows))


def unit(written: str, currency: str) -> str:
    """A unit with the currency in place of money."""
    return written.replace("money", currency) if currency else written


def _of_columns(tables: list[Table], currency: str) -> Iterator[Row]:
    for table in tables:
        for name in table.schema.names:
            known = described(table.name, name)
            if known is not None:
                words = (known.label.fr, known.label.en, known.definition.fr, known.definition.en)
                yield ("column", table.name, name, *words, unit(known.unit, currency))


def _indicators() -> Mapping[str, Any]:
    import simcrc.indicators

    return simcrc.indicators.indicators()


def _of_indicators(tables: list[Table], currency: str) -> Iterator[Row]:
    if any(INDICATOR in table.schema.names for table in tables):
        for name, known in _indicators().items():
            words = (known.label.fr, known.label.en, known.definition.fr, known.definition.en)
            yield ("indicator", "", name, *words, unit(known.unit, currency))


def _of_values(tables: list[Table]) -> Iterator[Row]:
    for column, said in (("reason", REASON_WORDS), ("outcome", OUTCOME_WORDS), ("end", END_WORDS)):
        for table in tables:
            if column in table.schema.names:
                for value, words in said.items():
                    yield ("value", f"{table.name}.{column}", value.name.lower(), words["fr"], words["en"], "", "", "")


def _of_names(source: Source) -> Iterator[Row]:
    for name, words in source.manifest.get("words", {}).items():
        yield ("name", "", name, words["fr"], words["en"], "", "", "")


def _made(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> pa.Table:
    import pyarrow as pa

    found = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array([text or None for text in values], pa.string()) for name, values in zip(columns, found, strict=True)})
