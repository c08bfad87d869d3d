"""The organisation of a generated scenario: its channels of all kinds, with all that can be written of them, and its teams.

``behaviour`` writes what citizens do, ``scenarios`` puts all together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.properties.pen import LONG, MIDDLE, SHORT, Document, Pen

HOURS = (
    "24/7",
    "Mon-Sun 08:00-18:00",
    "07:30-23:00",
    "Mon-Fri 08:30-12:00, 13:00-16:30",
    ["Mon-Wed 06:00-22:00", "Thu-Sun 09:15-16:45"],
    "Mon-Sun 08:00-10:00, 11:00-13:00, 14:00-16:00, 17:00-19:00",
    "20:00-04:00",
    "lun-dim 00:30-24:00",
)
STAFFED, WRITTEN = ("phone", "counter", "hotline"), ("mail", "email", "fax")
UNIVERSAL = ("phone", "counter", "mail", "fax")


@dataclass
class Plan:
    """What the other sections must know: names, which channels there are, who needs access, what is behind what."""

    services: list[str]
    segments: list[str]
    languages: list[str]
    offers: dict[str, list[str]]  # channel → the services that it offers
    via: bool = False
    stations: list[str] = field(default_factory=list)
    instants: list[str] = field(default_factory=list)  # inside the run

    @property
    def channels(self) -> list[str]:
        """All channels."""
        return list(self.offers)

    @property
    def choosable(self) -> list[str]:
        """Channels that citizens may choose: the voice unit in front of a phone is one number with it."""
        return [name for name in self.offers if not (self.via and name == "ivr")]


def channels(pen: Pen, plan: Plan) -> Document:
    """The section ``channels``; fills `plan.stations`."""
    out = {name: channel(pen, plan, name) for name in plan.channels}
    for name, written in out.items():
        if name in (*STAFFED, *WRITTEN):
            parts = written.get("sites", written.get("steps", {}))
            plan.stations += [f"{name}.{part}" for part in parts] or [name]
    return out


def channel(pen: Pen, plan: Plan, name: str) -> Document:
    """One channel."""
    kind = "phone" if name == "hotline" else name
    out: Document = {"kind": kind} | _common(pen, plan, name)
    if name in STAFFED:
        return out | _staffed(pen, plan, name)
    if name in WRITTEN:
        return out | _written(pen, plan)
    if pen.chance(60):
        out["duration"] = pen.by(plan.services, lambda: pen.law(SHORT))
    if kind == "web":
        out["completion"] = pen.by(plan.services, lambda: pen.share(20))
        return out | ({"ports": pen.number(1, 3)} if pen.chance(30) else {})
    out["opt_out"] = pen.by(plan.services, lambda: pen.share(0, 80)) if plan.via else 0
    if pen.chance(30):
        out["opt_out_after"] = pen.law(SHORT)
    return out | ({"completion": pen.by(plan.services, pen.share)} if pen.chance(60) else {})


def _common(pen: Pen, plan: Plan, name: str) -> Document:
    """What every channel may say."""
    out: Document = {}
    if pen.chance(15):
        out["name"] = pen.one((name.upper(), {"fr": f"Le {name}", "en": f"The {name}"}))
    if plan.offers[name] != plan.services or pen.chance(10):
        out["offers"] = plan.offers[name]
    if name not in WRITTEN and pen.chance(60):
        out["hours"] = pen.by(plan.services, lambda: pen.one(HOURS))
    if pen.chance(20):
        out["holidays"] = pen.one(("open", "closed"))
    if pen.chance(15):
        out["outages"] = [{"at": at, "lasts": pen.one(("45 min", "3 h", "1 day"))} for at in pen.some(plan.instants, least=1)[:2]]
    if pen.chance(50):
        out["when_closed"] = {"then": pen.one(("wait", "other", "contact"))}
        if pen.chance(30):
            out["when_closed"]["spread"] = pen.law(MIDDLE)
        if pen.chance(30):
            out["when_closed"]["tries"] = pen.share()
    if pen.chance(60):
        out["resolution"] = pen.by(plan.services, pen.share)
    if pen.chance(25):
        out["complex"] = {"handle_time": pen.one((1, 2, 0.5, 1.3, 0)), "resolution": pen.share(), "completion": pen.share()}
    if pen.chance(25):
        out["cost"] = {"per_contact": pen.by(plan.services, lambda: pen.said(pen.number(0, 900) / 100)), "per_month": pen.number(0, 900), "once": 12}
    return out


def _staffed(pen: Pen, plan: Plan, name: str) -> Document:
    out: Document = {"handle_time": pen.by(plan.services, lambda: pen.law(MIDDLE))}
    optional = {
        "wrap_up": lambda: pen.by(plan.services, lambda: pen.law(SHORT)),
        "patience": lambda: pen.by(plan.services, lambda: pen.law(MIDDLE)),
        "redial_keeps": lambda: pen.one(("per_need", "per_contact")),
        "announce": lambda: pen.one(("expected", "last_wait")),
        "balking": lambda: pen.share(0, 40),
        "waiting_places": lambda: pen.number(0, 6),
        "at_closing": lambda: pen.one(("serve", "dismiss")),
        "service_level": lambda: {
            "within": pen.duration(SHORT),
            "target": pen.share(),
            "definition": pen.one(
                ("served_over_offered", "served_over_answered", "served_over_offered_minus_early_abandons", "served_or_abandoned_over_offered")
            ),
        },
    }
    out |= {key: write() for key, write in optional.items() if pen.chance(60 if key in ("patience", "at_closing") else 35)}
    targets = [other for other in plan.choosable if other != name and set(plan.offers[name]) <= set(plan.offers[other])]
    if targets and pen.chance(30):
        out["transfer"] = {"to": pen.one(targets), "share": pen.by(plan.services, lambda: pen.share(0, 60))}
    if name != "counter" and pen.chance(40):
        out["lines"] = pen.number(1, 8)
    if name == "phone" and plan.via:
        out["via"] = "ivr"
    if name == "counter" and pen.chance(60):
        out["sites"] = {site: {"share": pen.number(1, 5)} if pen.chance(50) else {} for site in ("quebec", "laval", "gaspe")[: pen.number(1, 3)]}
    return out


def _written(pen: Pen, plan: Plan) -> Document:
    steps = ("scan", "index", "process")[: pen.number(1, 3)]
    out: Document = {"steps": {step: {"handle_time": pen.by(plan.services, lambda: pen.law(MIDDLE))} for step in steps}, "transport": pen.law(LONG)}
    optional = {
        "reply": lambda: pen.law(LONG),
        "incomplete": lambda: pen.by(plan.services, lambda: pen.share(0, 60)),
        "correction": lambda: pen.law(LONG),
        "lost": lambda: pen.share(0, 40),
        "standard": lambda: pen.by(plan.services, lambda: pen.one(("2 days", "8 h"))),
    }
    return out | {key: write() for key, write in optional.items() if pen.chance(40)}


def teams(pen: Pen, plan: Plan) -> Document:
    """The section ``teams``: one that serves every station, and perhaps others that serve some."""
    out: Document = {}
    for k, name in enumerate(("agents", "clerks", "specialists")[: pen.number(1, 3)] if plan.stations else ()):
        if k == 0:
            serves = list(dict.fromkeys(pen.one((station, station.partition(".")[0])) for station in pen.shuffled(plan.stations)))
        else:
            serves = pen.some(pen.shuffled(plan.stations), least=1)
        out[name] = {"serves": serves, "schedule": _schedule(pen)} | _conditions(pen, plan, everything=k == 0)
    return out


def _schedule(pen: Pen) -> Document:
    most = pen.number(1, 4)
    week = pen.one(
        (
            {"Mon-Sun": {"00:00": most}},
            {"Mon-Sun": most},
            {"Mon-Fri": {"08:30": most, "12:00": max(most - 1, 0), "13:30": most + 1, "16:30": 0}},
            {"Mon,Wed,Fri-Sun": {"06:00": most + 0.5, "22:00": 0}, "Tue": {"00:00": 1, "10:00": most}},
            {"Mon-Sun": {"00:00": 1, "09:00": most, "17:00": 0, "20:30": 2}},
        )
    )
    return {"week": week} | ({"on_holidays": "open"} if pen.chance(50) else {})


def _conditions(pen: Pen, plan: Plan, everything: bool) -> Document:
    """Skills (of a team that must be able to do `everything`, some agents with each), and what keeps agents away."""
    out: Document = {}
    skills: Document = {}
    for names in (plan.languages, plan.services):
        if names and pen.chance(35):
            had = names if everything else pen.some(names, least=1)
            skills |= {skill: pen.one(("100 %", 0.5, "70 %")) if len(skills) < 3 else 1 for skill in had}
    if skills:
        out["skills"] = skills
    if pen.chance(25):
        out["shrinkage"] = pen.share(0, 60)
    if pen.chance(25):
        out["breaks"] = [{"at": "12:00-13:00", "share": pen.share()}, {"at": "10:15-10:30", "share": "50 %", "days": "Mon-Fri"}]
    if pen.chance(25):
        out["absence"] = pen.share(0, 50)
    if pen.chance(30):
        out["not_ready"] = pen.law(SHORT)
    if pen.chance(20):
        out["not_ready_waiting"] = pen.law(SHORT)
    if pen.chance(30):
        out["cost_per_hour"] = pen.said(pen.number(0, 60))
    return out
