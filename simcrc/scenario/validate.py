"""A plain document becomes a Scenario, and what is wrong with its values becomes problems, all of them at once.

When a value is wrong it is taken out, or a stand-in is put in its place, and the rest is read again, so that the
cross-references (``simcrc.scenario.check``) can still be checked on what remains.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from simcrc.policies import entry_type, kinds
from simcrc.scenario.base import Spec
from simcrc.scenario.durations import as_written
from simcrc.scenario.faults import WORDS, nearest, suggestion
from simcrc.scenario.overlay import own_keys
from simcrc.scenario.positions import Place, Tree, at, there
from simcrc.scenario.problems import Problem
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.shape import annotation_at, bare, child, is_spec, keys_at, laws_by_service

S = TypeVar("S", bound=Spec)
_ROUNDS = 12
_SINGLE: tuple[Any, ...] = ({}, [], 0, 1, 0.5, "1 min", "x", "2000-01-01", "1 day", "Mon", "00:00-01:00")
_STAND_INS: tuple[Any, ...] = (*_SINGLE, ["x"], ["yes"], [0, 1], {"x": {"handle_time": "1 min"}}, {"x": "never"})

_CODES = {
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "int_parsing_size": "whole",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "finite",
    "bool_type": "flag",
    "bool_parsing": "flag",
    "string_type": "string",
    "string_pattern_mismatch": "currency",
    "dict_type": "mapping",
    "mapping_expected": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "extra_forbidden": "unknown_key",
    "literal_error": "choice",
}
_AS_THEY_ARE = {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "too_short", "too_long", "missing"}


def read(tree: Tree) -> tuple[Scenario | None, set[Place], list[Problem]]:
    """The scenario, the places whose values are not to be trusted, and the problems.  None when not even a part of it can
    be read."""
    return read_as(tree, Scenario)


def read_as(tree: Tree, root: type[S]) -> tuple[S | None, set[Place], list[Problem]]:
    """As ``read``, for a document of another shape than a scenario's."""
    plain = as_written(tree.document)
    doubtful = set(tree.doubtful)
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        try:
            return root.model_validate(plain), doubtful, problems
        except ValidationError as error:
            found = [(_place(plain, item), item) for item in error.errors(include_url=False)]
            told = [(place, item) for place, item in found if not _other_member(plain, item)]
            for place, item in told or found:  # something is always said: what is taken out in silence would be another scenario
                if not _under(place, doubtful) and not (_no_kind(item) and any(inner[: len(place)] == place for inner in doubtful)):
                    problems += _said(tree, plain, place, item, root)
            for place, item in found:
                if too_many := _further_kinds(plain, place, item):
                    doubtful |= set(too_many)
                    for further in too_many:
                        _repair(plain, further, "extra_forbidden", doubtful, root)
                else:
                    doubtful.add(place[:-1] if item["type"] in ("unknown_kind", "kind_missing") else place)
                    _repair(plain, place, item["type"], doubtful, root)
    return None, doubtful, problems


def faulty(document: Any) -> dict[Place, Any]:
    """The first error at each place of a plain document, for values that are tried out."""
    try:
        Scenario.model_validate(as_written(document))
    except ValidationError as error:
        return {_place(document, item): item for item in reversed(error.errors(include_url=False))}
    return {}


def _under(place: Place, places: set[Place]) -> bool:
    return any(place[:length] in places for length in range(len(place) + 1))


def _place(document: Any, item: Any) -> Place:
    """The path in the document of an error of pydantic, whose own path also names members of unions and defaults."""
    place: list[str | int] = []
    value = document
    loc = [part for part in item["loc"] if part != "[key]"]
    for part in loc:
        if isinstance(value, dict) and str(part) in value:
            value = value[str(part)]
            place.append(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
            place.append(part)
        elif part == loc[-1] and item["type"] in ("missing", "kind_missing") and isinstance(value, dict):
            place.append(part)
    return (*place, "kind") if item["type"] in ("kind_missing", "unknown_kind") and place[-1:] != ["kind"] else tuple(place)


def _no_kind(item: Any) -> bool:
    """Is it a measure without a kind?  Its key may have been taken out because it is misspelt."""
    return item["type"] == "one_measure" and not item["ctx"].get("found")


def _further_kinds(plain: Any, place: Place, item: Any) -> list[Place]:
    """The places of the kinds of a measure after its first; with them gone the rest of it can be checked."""
    if item["type"] != "one_measure":
        return []
    return [(*place, key) for key in at(plain, place) if key in kinds()][1:]


def _other_member(document: Any, item: Any) -> bool:
    """Is it an error of a member of a union that is not meant: a text where a mapping stands, or the reverse?"""
    value = document
    for part in item["loc"]:
        if isinstance(value, dict) and str(part) in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif (part in ("str", "date") and isinstance(value, dict)) or (part == "Profile" and not isinstance(value, dict)):
            return True
    return False


def _said(tree: Tree, plain: Any, place: Place, item: Any, root: type[Spec] = Scenario) -> list[Problem]:
    """The problems of one error of pydantic."""
    code, ctx = item["type"], dict(item.get("ctx") or {})
    inside = ctx.pop("inside", None)  # the key at which a type that reads a whole mapping found it
    if inside is not None and there(plain, (*place, inside)):
        place = (*place, inside)
    value = at(plain, place) if there(plain, place) else None
    is_key = "[key]" in item["loc"]
    found = place[-1] if is_key and place else value
    if code == "missing" or code == "kind_missing":
        mark = tree.mark(place, key=True)
        return [mark.problem(code, place[:-1], key=place[-1] if place else "", known=ctx.get("known", ()))]
    if code == "extra_forbidden":
        return [_unknown_key(tree, plain, place, root)]
    if code == "literal_error":
        choices = re.findall(r"'([^']*)'", ctx.get("expected", "")) or [ctx.get("expected", "")]
        return [tree.mark(place, key=is_key).problem("choice", place, found=found, choices=choices, **_guess(found, choices))]
    if code in ("law_one", "law_family", "unknown_family") and _nobody(plain, place, code, ctx.get("found")):
        known = ctx.get("known", [])
        services = [*(plain.get("services") or ()), "default"]
        fields = {"found": place[-1], "names": ", ".join(known), **_guess(place[-1], [*services, *known])}
        return [tree.mark(place, key=True).problem("unknown_service_law", place, **fields)]
    if code in ("unknown_kind", "unknown_family"):
        return [tree.mark(place, key=code == "unknown_family").problem(code, place, **{**ctx, **_guess(ctx.get("found"), ctx.get("known", []))})]
    if code == "law" and isinstance(value, float):
        code, ctx = "duration_unit", {"found": value, "example": f"{value:g} min"}
    code = _code(code, ctx)
    if "message" not in ctx or code not in WORDS:
        ctx = {**ctx, "found": ctx.get("found", found) if code not in ("whole", "number", "string", "choice") else found, "message": item["msg"]}
    return [tree.mark(place, key=is_key or _is_key_fault(code)).problem(code, place, **ctx)]


def _unknown_key(tree: Tree, plain: Any, place: Place, root: type[Spec] = Scenario) -> Problem:
    """The key at `place` is none of those that may stand there: in a policy file its own, in a measure the kinds of measures before all."""
    mark = tree.mark(place, key=True)
    known = keys_at(root, plain, place[:-1])
    if len(place) == 1 and mark.file in tree.policies:
        known = own_keys(known)
    if bare(annotation_at(root, plain, place[:-1])) is entry_type():
        names = sorted(kinds())
        others = [name for name in known if name not in names]
        return mark.problem("unknown_measure", place, found=place[-1], kinds=names, others=others, **_guess(place[-1], known))
    return mark.problem("unknown_key", place, found=place[-1], known=known, **_guess(place[-1], known))


def _nobody(plain: Any, place: Place, code: str, found: Any) -> bool:
    """Is the key at `place`, where laws stand by service, no service, and what is `found` below it no misspelt family?  Then it may be one itself."""
    from simcrc.distributions import families

    if not place or not laws_by_service(annotation_at(Scenario, plain, place[:-1])):
        return False
    services = plain.get("services")
    named = place[-1] == "default" or (isinstance(services, dict) and place[-1] in services)
    return not named and not (code == "unknown_family" and nearest(found, families()))


def _is_key_fault(code: str) -> bool:
    return code in ("name", "name_reserved", "time", "time_grid", "time_twice", "weekday", "weekday_overlap")


def _code(code: str, ctx: dict[str, Any]) -> str:
    """The code of simcrc for a code of pydantic; unknown ones of pydantic are said in general, those of extensions as they
    say themselves."""
    if code in _CODES:
        return _CODES[code]
    if code.startswith("date"):
        return "date"
    if code in _AS_THEY_ARE or code in WORDS or "message" in ctx or not code.endswith(("_type", "_error", "_parsing")):
        return code
    return "other"


def _guess(found: Any, known: Any) -> dict[str, Any]:
    return suggestion(found, [name for name in known if isinstance(name, str)]) if isinstance(found, str) else {}


def _repair(plain: Any, place: Place, code: str, doubtful: set[Place], root: type[Spec]) -> None:
    """Take the wrong value out of `plain`, or put a stand-in where a value is needed; what is empty then is `doubtful` too."""
    if code in ("unknown_kind", "kind_missing"):
        place = place[:-1]
    if not place:
        return
    try:
        parent = at(plain, place[:-1])
    except KeyError:
        return
    key: Any = place[-1]
    if code == "missing" and isinstance(parent, dict):
        parent[key] = _stand_in(plain, place, root)
    elif isinstance(parent, dict):
        parent.pop(key, None)
        if not parent and len(place) > 1 and not is_spec(bare(annotation_at(root, plain, place[:-1]), parent)):
            doubtful.add(place[:-1])
            _repair(plain, place[:-1], "empty", doubtful, root)
    elif code == "one_measure" and isinstance(parent, list):
        parent[key] = {"at": "2000-01-01", "measure": {"how": "x", "learnt": []}}
    elif isinstance(parent, list) and isinstance(key, int) and key < len(parent):
        parent[key] = _stand_in(plain, place, root)  # taking it out would shift the others


def _stand_in(plain: Any, place: Place, root: type[Spec]) -> Any:
    """Something that the schema accepts at `place`, or {} for a part whose keys are then filled in their turn."""
    annotation = child(annotation_at(root, plain, place[:-1]), at(plain, place[:-1]), place[-1])
    if annotation is None or is_spec(bare(annotation)):
        return {}
    kind = bare(annotation)
    choices = get_args(kind)[:1] if get_origin(kind) is Literal else ()
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    for candidate in (*choices, *_STAND_INS):
        try:
            adapter.validate_python(as_written(candidate))
        except ValidationError:
            continue
        return candidate
    return {}


def explain(tree: Tree, document: Any, place: Place, item: Any, where: Place) -> list[Problem]:
    """The problems of one error of pydantic at `place` of `document`, said at the mark of `where`."""
    mark = tree.mark(where)
    return [mark.problem(problem.code, where, **problem.ctx) for problem in _said(tree, document, place, item)] if not _other_member(document, item) else []
