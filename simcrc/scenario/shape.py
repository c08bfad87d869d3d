"""The shape of the schema: which type stands at a path of a document, which keys a mapping may have.

Used to suggest the nearest key, to know which values are files, which mappings go by service, and what ``--set`` may name.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from simcrc.scenario.base import Spec, _per_service
from simcrc.scenario.positions import Place
from simcrc.scenario.quantities import _share


def fields(spec: type[Spec]) -> dict[str, FieldInfo]:
    """The fields of `spec` by the name under which they are written."""
    return {info.alias or name: info for name, info in spec.model_fields.items()}


def by_service(info: FieldInfo) -> bool:
    """Is the field written per service (``PerService``)?"""
    return any(isinstance(item, BeforeValidator) and item.func is _per_service for item in info.metadata)


def laws_by_service(annotation: Any) -> bool:
    """Is it ``PerService[Law]``: one law for all services, or a mapping from service to law?"""
    from simcrc.distributions import Law

    if get_origin(annotation) is not Annotated or not any(getattr(item, "func", None) is _per_service for item in get_args(annotation)[1:]):
        return False
    return get_args(bare(annotation))[1:] == (Law,)


def is_share(annotation: Any) -> bool:
    """Does the schema read a share there, for which ``0.7`` and ``70 %`` are the same?"""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return any(getattr(item, "func", None) is _share for item in metadata) or is_share(inner)
    return get_origin(annotation) in (Union, types.UnionType) and any(is_share(member) for member in get_args(annotation))


def bare(annotation: Any, value: Any = None) -> Any:
    """`annotation` without ``Annotated`` and ``None``; of several members the one that fits `value`; the class of the kind
    for a channel; for a measure the class with a field for each kind."""
    from simcrc.channels import ChannelSpec, kinds
    from simcrc.policies import Entry, entry_type

    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        members = [bare(member, value) for member in get_args(annotation) if member is not type(None)]
        compound = [member for member in members if is_spec(member) or get_origin(member) is dict]
        return (compound or members)[0] if isinstance(value, Mapping) else members[0]
    if annotation is ChannelSpec and isinstance(value, Mapping):
        kind = value.get("kind")
        return kinds().get(kind, ChannelSpec) if isinstance(kind, str) else ChannelSpec
    if annotation is Entry:
        return entry_type()
    return annotation


def is_spec(annotation: Any) -> bool:
    """Is it a part of the schema, rather than a plain type?"""
    return inspect.isclass(annotation) and issubclass(annotation, Spec)


def family_of(value: Any) -> str | None:
    """The family when `value` writes a distribution, ``{lognormal: …}``."""
    from simcrc.distributions import families

    if isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in families():
        return str(next(iter(value)))
    return None


def child(annotation: Any, value: Any, key: str | int) -> Any:
    """The annotation of what stands under `key` of `value`, which is written where `annotation` is; None when the schema
    knows no such place."""
    from simcrc.distributions import Distribution, families

    kind = bare(annotation, value)
    if kind is Distribution:
        return families().get(str(key))
    if is_spec(kind):
        name = kind.listed if isinstance(key, int) and kind.listed else str(key)
        info = fields(kind).get(name)
        if info is not None and name != str(key):
            return child(info.annotation, value, key)  # a list stands for the field
        return None if info is None else (Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)
    origin, args = get_origin(kind), get_args(kind)
    if origin is dict:
        if family_of(value) == key and bare(args[1]) is Distribution:
            return child(args[1], value, key)
        return args[1]
    if origin in (tuple, list) and args:
        if isinstance(key, str) and is_spec(bare(args[0])):
            return child(args[0], value, key)  # one mapping stands for a list of one
        return args[int(key)] if isinstance(key, int) and Ellipsis not in args and key < len(args) else args[0]
    return None


def annotation_at(root: type[Spec], document: Any, path: Place) -> Any:
    """The annotation at `path` of `document`, or None."""
    annotation: Any = root
    for key in path:
        annotation = child(annotation, document, key)
        if annotation is None:
            return None
        if isinstance(document, Mapping):
            document = document.get(str(key))
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            document = document[key]
        else:
            document = None
    return annotation


def keys_at(root: type[Spec], document: Any, path: Place) -> list[str]:
    """The keys that the schema knows for the mapping at `path`; [] where any name may stand."""
    from simcrc.distributions import Distribution, families

    value: Any = document
    for key in path:
        value = value[key] if there_is(value, key) else None
    kind = bare(annotation_at(root, document, path), value)
    if kind is Distribution:
        return sorted(families())
    if get_origin(kind) in (tuple, list) and isinstance(value, Mapping):
        kind = bare(get_args(kind)[0])
    return list(fields(kind)) if is_spec(kind) else []


def there_is(value: Any, key: str | int) -> bool:
    """Has the mapping or list `value` something under `key`?"""
    return key in value if isinstance(value, dict) else isinstance(value, list) and isinstance(key, int) and key < len(value)


def places_of(root: Any, document: Any, wanted: type, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value of `document` that the schema reads as a `wanted`, with its path."""
    kind = bare(root, document)
    if kind is wanted:
        yield path, document
    elif isinstance(document, dict | list):
        for key, value in document.items() if isinstance(document, dict) else enumerate(document):
            annotation = child(root, document, key)
            if annotation is None and get_origin(kind) is None:
                continue
            yield from places_of(annotation, value, wanted, (*path, key))
    elif get_origin(kind) in (tuple, list) and bare(get_args(kind)[0]) is wanted and document is not None:
        yield path, document  # one value stands for a list of one
