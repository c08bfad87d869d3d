"""Equity: how far apart the best and the worst served segments are.

The gap is the largest difference of the figure between two segments, taken in each replication; chance alone makes it positive, so it is to be read beside its
interval and the figures by segment.
"""

from __future__ import annotations

from simcrc.indicators.formulas import Formula, Gap
from simcrc.indicators.indicator import Indicator, register, registered
from simcrc.indicators.journeys import CONTACTS_PER_NEED, FCR, RESOLVED, TIME_TO_RESOLUTION
from simcrc.indicators.migration import DEFLECTION, NEVER_ELECTRONIC, NEVER_MIGRATE, SELF_SERVICE_SHARE
from simcrc.indicators.money import COST_PER_NEED, COST_PER_NEED_RESOLVED
from simcrc.indicators.queues import ABANDONMENT, ASA, WAIT_MEAN
from simcrc.indicators.satisfaction import SATISFACTION
from simcrc.indicators.self_service import COMPLETION
from simcrc.indicators.service_levels import SERVICE_LEVEL
from simcrc.words import Words

_GAPS: tuple[tuple[str, Formula], ...] = (
    ("asa", ASA),
    ("wait_mean", WAIT_MEAN),
    ("abandonment_ratio", ABANDONMENT),
    ("service_level", SERVICE_LEVEL),
    ("completion", COMPLETION),
    ("self_service_share", SELF_SERVICE_SHARE),
    ("contacts_per_need", CONTACTS_PER_NEED),
    ("fcr", FCR),
    ("resolved_ratio", RESOLVED),
    ("time_to_resolution", TIME_TO_RESOLUTION),
    ("deflection", DEFLECTION),
    ("satisfaction", SATISFACTION),
    ("cost_per_need", COST_PER_NEED),
    ("cost_per_need_resolved", COST_PER_NEED_RESOLVED),
    ("never_electronic", NEVER_ELECTRONIC),
    ("never_electronic_citizens", NEVER_MIGRATE),
)

_BY_CHANNEL = ("asa", "wait_mean", "abandonment_ratio", "service_level", "completion", "time_to_resolution")

for _name, _formula in _GAPS:
    _of = registered()[_name]
    register(
        Indicator(
            name=f"{_name}_gap",
            label=Words(fr=f"écart entre segments : {_of.label.fr}", en=f"gap between segments: {_of.label.en}"),
            definition=Words(
                fr=f"Plus grand moins plus petit, entre les segments, de « {_of.label.fr} » ; moyenne des réplications.",
                en=f"Largest minus smallest, between segments, of “{_of.label.en}”; mean over replications.",
            ),
            unit=_of.unit,
            formula=Gap(_formula),
            by=((), ("channel",), ("service",)) if _name in _BY_CHANNEL else ((),) if _name == "never_electronic_citizens" else ((), ("service",)),
        )
    )
