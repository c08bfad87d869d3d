"""What citizens do in a generated scenario: the first channel, what follows a contact, chases, verifications, induced contacts."""

from __future__ import annotations

from collections.abc import Mapping

from tests.properties.organisation import WRITTEN, Plan
from tests.properties.pen import LONG, MIDDLE, Document, Pen

OUTCOMES = ("failed", "unresolved", "abandoned", "balked", "blocked", "closed", "dismissed", "opted_out")
NEEDS_ACCESS = ("web", "email")


def choice(pen: Pen, plan: Plan, access: Mapping[str, int]) -> Document:
    """The section ``choice``; `access`: by segment, in a hundred."""
    out: Document = {"first": {"table": _first(pen, plan, access)}}
    if pen.chance(85):
        out["next"] = _next(pen, plan)
    written = [name for name in plan.channels if name in WRITTEN]
    if written and pen.chance(50):
        out["chase"] = {name: {"to": _to(pen, plan), "after": pen.law(LONG), "resolves": pen.share()} for name in pen.some(written, least=1)}
    for key in ("verify", "induced"):
        if pen.chance(40):
            out[key] = {name: _after(pen, plan) for name in pen.some(plan.channels, least=1)}
    if pen.chance(40):
        out["max_contacts"] = pen.number(1, 12)
    return out


def _first(pen: Pen, plan: Plan, access: Mapping[str, int]) -> Document:
    """A row for each service and segment, or one for all of them."""
    segments = plan.segments or ["all"]
    if pen.chance(50):
        return {"default": {"default": _row(pen, plan, plan.services, min(access.values(), default=100))}}
    table: Document = {}
    for service in plan.services:
        table[service] = {segment: _row(pen, plan, [service], access.get(segment, 100)) for segment in segments}
        if not plan.segments and pen.chance(50):
            table[service] = {"default": table[service]["all"]}
    return table


def _row(pen: Pen, plan: Plan, services: list[str], access: int) -> Document:
    """Shares among the channels that offer all of `services`, no more on line than have `access` (in a hundred)."""
    able = [name for name in plan.choosable if all(service in plan.offers[name] for service in services)]
    free = [name for name in able if name not in NEEDS_ACCESS]
    bound = [name for name in able if name in NEEDS_ACCESS]
    if not bound or access == 0:
        return pen.shares(free)
    online = access if not free else pen.number(0, access)
    parts = zip([*bound, *free], [*_split(pen, len(bound), online), *_split(pen, len(free), 100 - online)], strict=True)
    return {name: f"{part} %" for name, part in parts if part or pen.chance(30)}


def _split(pen: Pen, n: int, total: int) -> list[int]:
    """`n` whole numbers that add up to `total`."""
    cuts = sorted(pen.number(0, total) for _ in range(n - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)] if n else []


def _next(pen: Pen, plan: Plan) -> Document:
    rows: Document = {}
    for name in plan.channels:
        for outcome in pen.some(OUTCOMES):
            rows[f"{name}.{outcome}" + (f".{pen.one(plan.services)}" if pen.chance(15) else "")] = _options(pen, plan)
    return rows


def _options(pen: Pen, plan: Plan) -> Document:
    names = pen.some(pen.shuffled(["redial", *plan.choosable, "give_up"]), least=1)
    return {name: _option(pen, part) for name, part in zip(names, pen.parts(len(names)), strict=True)}


def _option(pen: Pen, percent: int) -> object:
    if pen.chance(40):
        return {"share": f"{percent} %", "after": pen.law(MIDDLE)}
    return pen.one((f"{percent} %", percent / 100, f"{percent} % after 20 min", f"{percent} % après 3 h"))


def _to(pen: Pen, plan: Plan) -> object:
    names = pen.some(plan.choosable, least=1)
    return names[0] if len(names) == 1 and pen.chance(50) else pen.shares(names)


def _after(pen: Pen, plan: Plan) -> Document:
    out: Document = {"to": _to(pen, plan), "probability": pen.share()}
    if pen.chance(50):
        out["when"] = pen.one(("always", "ambiguous"))
    return out | ({"after": pen.law(LONG)} if pen.chance(50) else {})
