"""A small organisation whose names try to be something else: markup, quotes, formulas, Markdown, letters from right to left, emoji."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import simcrc
from simcrc.experiment.compare import Comparison

NAME = '<script>alert("x")</script> & $x^2$ **{{7*7}}** שלום 🙂'
TEAM = '=HYPERLINK("http://a") \'"><img src=x onerror=alert(1)>'
SEGMENT = "<b>كبار</b> | [x](javascript:alert) `y`"
POLICY = '</title><script>alert(2)</script> "q"'
SOURCE = "<iframe src=http://b></iframe> 100 %"
HOSTILE = (NAME, TEAM, SEGMENT, POLICY, SOURCE)

SCENARIO: dict[str, Any] = {
    "simcrc": 1,
    "name": NAME,
    "start": "2024-01-08",
    "horizon": "2 weeks",
    "seed": 3,
    "replications": 2,
    "population": {"size": 4000, "segments": {"elders": {"name": SEGMENT, "share": "30 %", "access": "40 %"}, "others": {"share": "70 %", "access": "95 %"}}},
    "services": {"info": {"name": TEAM, "volume": {"per_day": {"value": 120, "status": "assumed", "source": SOURCE, "range": "±20 %"}}}},
    "channels": {
        "web": {"kind": "web", "completion": "70 %", "cost": {"per_contact": 0.65}},
        "phone": {
            "kind": "phone",
            "name": NAME,
            "hours": "Mon-Fri 08:30-16:30",
            "handle_time": {"exponential": {"mean": "6 min"}},
            "patience": {"exponential": {"mean": "5 min"}},
            "resolution": "85 %",
            "service_level": {"within": "60 s", "target": "80 %"},
            "cost": {"per_contact": {"value": 4.5, "status": "borrowed", "source": SOURCE}},
        },
    },
    "teams": {"agents": {"name": TEAM, "serves": ["phone"], "schedule": {"week": {"Mon-Fri": {"08:30": 2, "16:30": 0}}}}},
    "choice": {
        "first": {"table": {"default": {"default": {"phone": "75 %", "web": "25 %"}}}},
        "next": {"phone.abandoned": {"redial": "60 % after 20 min", "give_up": "40 %"}, "phone.unresolved": {"phone": "70 % after 1 day", "give_up": "30 %"}},
    },
}
PROMOTION = {
    "policy": POLICY,
    "base": "base.yaml",
    "measures": [{"name": TEAM, "at": "2024-01-08", "promote": {"channel": "web", "odds": {"value": 2, "status": "assumed", "source": SOURCE}}}],
}


def written(folder: Path) -> tuple[Path, Path]:
    """The scenario and the policy as files; JSON is YAML."""
    paths = folder / "base.yaml", folder / "policy.yaml"
    for path, document in zip(paths, (SCENARIO, PROMOTION), strict=True):
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return paths


def compared(folder: Path) -> Comparison:
    """A comparison of both, kept in ``out``."""
    base, policy = written(folder)
    return simcrc.compare(base, {"policy": policy}, output=folder / "out")
