"""For each kind of measure one that does nothing and one that does something, in the town of ``town``; a new kind needs its own."""

from __future__ import annotations

from typing import Any

NULL: dict[str, dict[str, Any]] = {
    "promote": {"channel": "web", "odds": 1},
    "stop_promoting": {"channel": "phone", "odds": 1},
    "guide": {"after": "phone", "to": "web", "odds": 1, "habit": 0},
    "helpers": {"segments": ["elders"], "helped": 0},
    "give_access": {"segments": ["elders"], "access": 0.4},
    "raise": {"channel": "web", "services": ["form"], "to": "informational", "completion": 0.8},
    "simplify": {},
    "integrate": {"inconsistent": 1, "rekeyed": 1},
    "train": {"channels": ["phone", "mail"]},
    "staffing": {"team": "agents", "factor": 1},
    "hours": {"channel": "phone", "hours": "24/7"},
    "measure": {"how": "survey", "learnt": [{"path": "services.info.complexity", "precision": 0.1}]},
}
"""What changes nothing; ``open`` and ``close`` have no such thing: who opens, opens."""

ACTIVE: dict[str, dict[str, Any]] = {
    "promote": {"channel": "web", "odds": 3},
    "stop_promoting": {"channel": "phone", "odds": 0.3},
    "guide": {"after": "phone", "to": "web", "odds": 5},
    "helpers": {"segments": ["elders"], "helped": 0.6},
    "give_access": {"segments": ["elders"], "access": 0.9},
    "raise": {"channel": "web", "services": ["form"], "to": "transactional", "completion": 0.9},
    "simplify": {"incomplete": 0.2, "ambiguity": 0.5, "complexity": 0.5, "handle_time": 0.5},
    "integrate": {"inconsistent": 0.1, "rekeyed": 0.1},
    "train": {"channels": ["phone", "mail"], "resolution": 0.8, "handle_time": 0.7},
    "staffing": {"team": "agents", "factor": 0.5},
    "hours": {"channel": "phone", "hours": "Mon-Fri 08:00-18:00"},
    "measure": {"how": "survey", "learnt": [{"path": "services.info.complexity", "precision": 0.1}]},
    "open": {"channel": "fax", "services": ["info"], "share": 0.2},
    "close": {"channel": "counter"},
}

WITHOUT_EFFECT = ("measure",)
"""Kinds that change what is known, not what happens."""
