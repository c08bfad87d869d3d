"""Money: unit costs of contacts and costs of agents' hours, two methods that are never added; fixed costs of channels; and citizens' time, which stands apart.

Unit costs: ``simcrc.indicators.terms`` says which contacts are charged and what a "0" call costs.  Fixed costs: `per_month` times the months of the measured
period (a month cut by its bounds counts by its days), and `once` in the first month.  Costs of needs are those of all contacts of the needs that started in
the period, whenever they were made.
"""

from __future__ import annotations

import numpy as np

from simcrc.indicators.axes import Axes
from simcrc.indicators.common import CONTACTS, HOUR, MONEY, NEEDS, ends
from simcrc.indicators.expressions import Expression, Given, Measure, Reals, Weighted
from simcrc.indicators.formulas import Ratio, Total
from simcrc.indicators.indicator import BY_NEED, BY_TEAM, Indicator, register
from simcrc.indicators.staff import OVERTIME, PAID
from simcrc.indicators.terms import Terms
from simcrc.log import End
from simcrc.words import Words


def _fixed(axes: Axes, period: str) -> Reals:
    """Fixed costs by channel and month."""
    terms, calendar = Terms.of(axes.model), axes.model.calendar
    inside = axes.day >= 0
    days = np.bincount(np.unique(np.stack([axes.month[inside], axes.day[inside]]), axis=1)[0], minlength=axes.size("month"))
    whole = np.array([_days(label) for label in calendar.months], dtype=np.float64)
    out = np.outer(terms.per_month, days / whole)
    out[:, 0] += terms.once
    return out


def _days(month: str) -> int:
    from calendar import monthrange

    return monthrange(int(month[:4]), int(month[5:]))[1]


CHARGED = Measure("charged", "contacts", lambda f: f.terms.charged[f["outcome"], f["reason"]])
COST = Measure("cost", "contacts", lambda f: f["cost"])
NEED_COST = Measure("need_cost", "needs", lambda f: f["cost"])
LABOUR = Measure("labour", "contacts", lambda f: f["labour"])
CITIZEN_TIME = Measure("citizen_time", "contacts", lambda f: f["citizen_time"])
NEED_TIME = Measure("need_citizen_time", "needs", lambda f: f["citizen_time"])
FIXED = Given("channel", ("month",), _fixed)
RESOLVED = ends(End.RESOLVED)

COST_PER_NEED = Ratio(NEED_COST * MONEY, NEEDS)
COST_PER_NEED_RESOLVED = Ratio(NEED_COST * MONEY, RESOLVED)

_HOURLY = 0.01 * HOUR  # hourly costs are in hundredths, times in microseconds
AGENT_COST: Expression = Weighted(PAID + OVERTIME, ("team",), lambda totals: totals.terms.hourly * _HOURLY)
BY_FIXED = ((), ("channel",), ("month",), ("channel", "month"))
_METHOD = Words(fr="Ne s'additionne pas aux heures des préposés.", en="Never added to agents' hours.")

register(
    Indicator(
        name="contact_cost",
        label=Words(fr="coût des contacts (coûts unitaires)", en="cost of contacts (unit costs)"),
        definition=Words(
            fr=f"Contacts facturés × coût unitaire du canal pour le service. {_METHOD.fr}",
            en=f"Contacts charged × unit cost of the channel for the service. {_METHOD.en}",
        ),
        unit="money",
        formula=Total(COST * MONEY, where=CONTACTS),
    ),
    Indicator(
        name="cost_per_contact",
        label=Words(fr="coût par contact", en="cost per contact"),
        definition=Words(
            fr=f"Coût des contacts ÷ contacts facturés (servis, aboutis, échecs, retournés et, selon la règle, « 0 »). {_METHOD.fr}",
            en=f"Cost of contacts ÷ contacts charged (served, contained, failed, returned and, by the rule, “0”). {_METHOD.en}",
        ),
        unit="money/contact",
        formula=Ratio(COST * MONEY, CHARGED),
    ),
    Indicator(
        name="fixed_cost",
        label=Words(fr="coûts fixes des canaux", en="fixed costs of channels"),
        definition=Words(
            fr="Coût par mois × mois de la période (au prorata des jours) + coûts uniques.",
            en="Cost per month × months of the period (by days where cut) + one-off costs.",
        ),
        unit="money",
        formula=Total(FIXED),
        by=BY_FIXED,
    ),
    Indicator(
        name="full_cost_per_contact",
        label=Words(fr="coût par contact, coûts fixes compris", en="cost per contact, fixed costs included"),
        definition=Words(
            fr=f"(Coût des contacts + coûts fixes) ÷ contacts facturés. {_METHOD.fr}", en=f"(Cost of contacts + fixed costs) ÷ contacts charged. {_METHOD.en}"
        ),
        unit="money/contact",
        formula=Ratio(COST * MONEY + FIXED, CHARGED),
        by=BY_FIXED,
    ),
    Indicator(
        name="cost_per_need_resolved",
        label=Words(fr="coût par besoin réglé", en="cost per need resolved"),
        definition=Words(
            fr=f"Coût unitaire de tous les contacts des besoins apparus dans la période, réglés ou non ÷ besoins réglés. {_METHOD.fr}",
            en=f"Unit costs of all contacts of the needs that started in the period, resolved or not ÷ needs resolved. {_METHOD.en}",
        ),
        unit="money/need",
        formula=COST_PER_NEED_RESOLVED,
        by=BY_NEED,
    ),
    Indicator(
        name="cost_per_need",
        label=Words(fr="coût par besoin", en="cost per need"),
        definition=Words(
            fr=f"Coût unitaire de tous les contacts des besoins apparus dans la période ÷ besoins apparus, réglés ou non. {_METHOD.fr}",
            en=f"Unit costs of all contacts of the needs that started in the period ÷ needs started, resolved or not. {_METHOD.en}",
        ),
        unit="money/need",
        formula=COST_PER_NEED,
        by=BY_NEED,
    ),
    Indicator(
        name="full_cost_per_need_resolved",
        label=Words(fr="coût par besoin réglé, coûts fixes compris", en="cost per need resolved, fixed costs included"),
        definition=Words(
            fr=f"(Coût unitaire des contacts des besoins apparus dans la période + coûts fixes) ÷ besoins réglés. {_METHOD.fr}",
            en=f"(Unit costs of the contacts of the needs that started in the period + fixed costs) ÷ needs resolved. {_METHOD.en}",
        ),
        unit="money/need",
        formula=Ratio(NEED_COST * MONEY + FIXED, RESOLVED),
        by=((), ("month",)),
    ),
    Indicator(
        name="agent_cost",
        label=Words(fr="coût des heures des préposés", en="cost of agents' hours"),
        definition=Words(
            fr="(Heures payées + heures supplémentaires) × coût horaire de l'équipe. Ne s'additionne pas aux coûts unitaires.",
            en="(Hours paid + overtime hours) × hourly cost of the team. Never added to unit costs.",
        ),
        unit="money",
        formula=Total(AGENT_COST, where=AGENT_COST),
        by=tuple(by for by in BY_TEAM if "slot" not in by),
    ),
    Indicator(
        name="agent_cost_per_need_resolved",
        label=Words(fr="coût des heures des préposés par besoin réglé", en="cost of agents' hours per need resolved"),
        definition=Words(
            fr="Coût des heures des préposés ÷ besoins réglés. Ne s'additionne pas aux coûts unitaires.",
            en="Cost of agents' hours ÷ needs resolved. Never added to unit costs.",
        ),
        unit="money/need",
        formula=Ratio(AGENT_COST, RESOLVED),
        by=((), ("month",)),
    ),
    Indicator(
        name="handling_cost",
        label=Words(fr="coût du temps de service", en="cost of service time"),
        definition=Words(
            fr=("Temps de service des contacts × coût horaire de l'équipe qui a servi, sans conclusion ni temps inoccupé : une part du coût des heures."),
            en="Service time of contacts × hourly cost of the team that served, without wrap-up or idle time: a part of the cost of hours.",
        ),
        unit="money",
        formula=Total(LABOUR * MONEY, where=LABOUR),
    ),
    Indicator(
        name="citizen_hours",
        label=Words(fr="heures des citoyens", en="citizens' hours"),
        definition=Words(
            fr=(
                "Temps que les citoyens passent en contact, attente comprise, sur les canaux directs (téléphone, RVI, comptoir, site Web). À "
                "part des coûts de l'organisation."
            ),
            en=(
                "Time that citizens spend in contact, waiting included, on live channels (phone, IVR, counter, Web). Apart from the costs of the organisation."
            ),
        ),
        unit="h",
        formula=Total(CITIZEN_TIME * HOUR, where=CONTACTS),
    ),
    Indicator(
        name="citizen_time_per_need",
        label=Words(fr="temps du citoyen par besoin", en="citizen's time per need"),
        definition=Words(
            fr="Heures des citoyens sur tous les contacts de leurs besoins ÷ besoins apparus.",
            en="Citizens' hours over all contacts of their needs ÷ needs started.",
        ),
        unit="h/need",
        formula=Ratio(NEED_TIME * HOUR, NEEDS),
        by=BY_NEED,
    ),
    Indicator(
        name="citizen_cost",
        label=Words(fr="valeur du temps des citoyens", en="value of citizens' time"),
        definition=Words(
            fr="Heures des citoyens × valeur de l'heure écrite dans le scénario (costs.citizen_hour). À part des coûts de l'organisation.",
            en="Citizens' hours × the value of an hour written in the scenario (costs.citizen_hour). Apart from the costs of the organisation.",
        ),
        unit="money",
        formula=Total(
            Weighted(CITIZEN_TIME, ("channel",), lambda totals: np.full(totals.axes.size("channel"), _citizen_hour(totals.axes) * HOUR)), where=CONTACTS
        ),
    ),
)


def _citizen_hour(axes: Axes) -> float:
    """The value of a citizen's hour; nan where the scenario does not say."""
    value = axes.model.scenario.costs.citizen_hour
    return float("nan") if value is None else value
