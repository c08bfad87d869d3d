"""The models by name, their figures, and a figure by its name and a mapping of arguments, as the ``expect:`` of a benchmark writes it.

A model is a frozen dataclass with the decorator ``model``: its fields are the parameters; its figures are its public properties and
methods that give a ``float``.  Its module need not be named anywhere else: ``simcrc.theory.models`` imports every module of the package.
"""

from __future__ import annotations

import dataclasses
import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from simcrc.theory.errors import TheoryError
from simcrc.words import Words

T = TypeVar("T", bound=type)

UNKNOWN_MODEL = Words(fr="modèle inconnu « {name} »", en='unknown model "{name}"')
UNKNOWN_FIGURE = Words(fr="{model} ne donne pas « {name} »", en='{model} does not give "{name}"')
UNKNOWN_ARGUMENT = Words(fr="{figure} ne prend pas « {name} »", en='{figure} does not take "{name}"')
GUESS = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
MISSING = Words(fr="{figure} : il manque {name}", en="{figure}: {name} is missing")
FORM = Words(fr="« {name} » : modèle.figure est attendu, par exemple erlang_c.asa", en='"{name}": model.figure is expected, such as erlang_c.asa')

_MODELS: dict[str, type] = {}


def model(name: str) -> Callable[[T], T]:
    """Decorator: register a frozen dataclass as the model `name` (snake case)."""

    def register(cls: T) -> T:
        if not dataclasses.is_dataclass(cls):
            raise TypeError(f"{cls.__name__} must be a dataclass")
        if _MODELS.get(name, cls).__qualname__ != cls.__qualname__:
            raise ValueError(f"two models are named {name}")
        _MODELS[name] = cls
        return cls

    return register


def registered() -> dict[str, type]:
    """The models known so far, by name in alphabetical order."""
    return dict(sorted(_MODELS.items()))


def figures_of(cls: type) -> list[str]:
    """The names of the figures of a model, in the order of the source, those of its bases first."""
    names = dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base))
    return [name for name in names if not name.startswith("_") and _figure(cls, name) is not None]


def _figure(cls: type, name: str) -> Callable[..., float] | None:
    """The function behind a figure; None if `name` is something else."""
    member = inspect.getattr_static(cls, name)
    function: Any = member.fget if isinstance(member, property) else member.func if isinstance(member, cached_property) else member
    if not inspect.isfunction(function) or function.__annotations__.get("return") not in ("float", float):
        return None
    return function


def parameters(cls: type, figure: str) -> dict[str, inspect.Parameter]:
    """The arguments of a figure by name: the fields of its model, then its own.  KeyError if there is no such figure."""
    function = _figure(cls, figure) if figure in figures_of(cls) else None
    if function is None:
        raise KeyError(figure)
    own = list(inspect.signature(function).parameters.items())[1:]
    fields = {field.name for field in dataclasses.fields(cls) if field.init}
    return {name: value for name, value in inspect.signature(cls).parameters.items() if name in fields} | dict(own)


def find(name: str, known: Mapping[str, type]) -> tuple[type, str]:
    """The model and the figure of ``model.figure``.  TheoryError, with the nearest name, if there is none."""
    first, dot, figure = name.partition(".")
    if not dot or not figure:
        raise TheoryError(FORM, name=name)
    if first not in known:
        raise TheoryError(_guessed(UNKNOWN_MODEL, first, known), name=first)
    cls = known[first]
    if figure not in figures_of(cls):
        raise TheoryError(_guessed(UNKNOWN_FIGURE, figure, figures_of(cls)), model=first, name=figure)
    return cls, figure


def checked(name: str, arguments: Mapping[str, Any], known: Mapping[str, type]) -> tuple[Any, str, dict[str, Any]]:
    """The model of ``model.figure`` for the arguments of both, by name; the figure; and the arguments.  Nothing is computed yet: a figure may take a while."""
    cls, figure = find(name, known)
    wanted = parameters(cls, figure)
    for argument in arguments:
        if argument not in wanted:
            raise TheoryError(_guessed(UNKNOWN_ARGUMENT, argument, wanted), argument, figure=name, name=argument)
    for argument, parameter in wanted.items():
        if argument not in arguments and parameter.default is inspect.Parameter.empty:
            raise TheoryError(MISSING, argument, figure=name, name=argument)
    given = {key: _counted(value, wanted[key]) for key, value in arguments.items()}
    fields = {field.name for field in dataclasses.fields(cls) if field.init}
    return _made(cls, tuple(sorted((key, value) for key, value in given.items() if key in fields))), figure, given


def _made(cls: type, fields: tuple[tuple[str, Any], ...]) -> Any:
    """The model with these fields; the last ones are kept, since several figures of one model share what it computes."""
    try:
        return _kept(cls, fields)
    except TypeError:  # a field that cannot be hashed, such as a function
        return cls(**dict(fields))


@lru_cache(maxsize=16)
def _kept(cls: type, fields: tuple[tuple[str, Any], ...]) -> Any:
    return cls(**dict(fields))


def computed(name: str, arguments: Mapping[str, Any], known: Mapping[str, type]) -> float:
    """The figure ``model.figure`` for the arguments of both, by name."""
    made, figure, given = checked(name, arguments, known)
    value = getattr(made, figure)
    own = inspect.signature(value).parameters if callable(value) else {}  # an argument may be both: where the model and the figure end
    return float(value(**{key: value for key, value in given.items() if key in own}) if callable(value) else value)


def _counted(value: Any, parameter: inspect.Parameter) -> Any:
    """14.0 as 14 where an int is wanted."""
    counted = parameter.annotation in ("int", "int | None") and isinstance(value, float) and value.is_integer()
    return int(value) if counted else value


def _guessed(words: Words, name: str, known: Iterable[str]) -> Words:
    near = difflib.get_close_matches(name.casefold(), list(known), n=1, cutoff=0.5)
    if not near:
        return words
    return Words(fr=words.fr + GUESS.fr.format(guess=near[0]), en=words.en + GUESS.en.format(guess=near[0]))
