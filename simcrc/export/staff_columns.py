"""The columns of the tables that ``simcrc staff`` writes: the schedule, every half hour, and the curve.  ``columns`` finds them."""

from __future__ import annotations

from simcrc.export.column import column as _column

_TEAM = _column("équipe", "team", "Équipe, par son nom dans le scénario.", "Team, by its name in the scenario.")
_WEEKDAY = _column("jour", "weekday", "Jour de la semaine, de Mon (lundi) à Sun (dimanche).", "Weekday, Mon to Sun.")

SCHEDULE = {
    "team": _TEAM,
    "weekday": _WEEKDAY,
    "time": _column("heure", "time", "Heure à partir de laquelle vaut le nombre.", "Time from which the number holds."),
    "agents": _column(
        "préposés", "agents", "Préposés à l'horaire trouvé, à partir de cette heure.", "Agents in the schedule found, from this time on.", "agents"
    ),
}
HALF_HOURS = {
    "team": _TEAM,
    "weekday": _WEEKDAY,
    "time": _column("heure", "time", "Début de la demi-heure.", "Start of the half hour."),
    "written": _column("écrits", "written", "Préposés à l'horaire du scénario.", "Agents in the scenario's schedule.", "agents"),
    "agents": _column("trouvés", "found", "Préposés à l'horaire trouvé.", "Agents in the schedule found.", "agents"),
    "start": _column("Erlang A", "Erlang A", "Préposés que demanderait la théorie seule.", "Agents that theory alone would ask for.", "agents"),
    "on_duty": _column(
        "en poste", "on duty", "Préposés trouvés moins absences, pauses et réduction.", "Agents found less absences, breaks and shrinkage.", "agents"
    ),
    "load": _column(
        "charge",
        "load",
        "Préposés occupés en moyenne si l'effectif était surabondant (charge offerte modifiée).",
        "Agents busy on average if staff were ample (modified offered load).",
        "agents",
    ),
}
CURVE = {
    "kind": _column(
        "sorte",
        "kind",
        "written (horaires écrits), erlang_a (théorie seule), found (trouvé), fresh (trouvé, autres tirages), curve (plus ou moins partout), "
        "one_agent (un préposé de plus ou de moins).",
        "written (schedules as written), erlang_a (theory alone), found, fresh (found, other draws), curve (more or less everywhere), "
        "one_agent (one agent more or less).",
    ),
    "label": _column("point", "point", "Part de l'effectif trouvé, ou nom du point.", "Share of the staff found, or name of the point."),
    "team": _column("équipe", "team", "Équipe qui a un préposé de plus ou de moins.", "Team that has one agent more or less."),
    "agents": _column("préposés", "agents", "De combien l'équipe a plus de préposés.", "How many agents more the team has.", "agents"),
    "hours": _column("heures", "hours", "Heures payées de la période, de ces équipes.", "Hours paid in the period, of these teams.", "hours"),
    "week_hours": _column("heures par semaine", "hours a week", "Heures d'une semaine ordinaire.", "Hours of an ordinary week.", "hours"),
    "cost": _column("coût", "cost", "Coût de ces heures sur la période.", "Cost of these hours over the period.", "money"),
    "change": _column("écart", "change", "Écart à l'horaire trouvé, sur les mêmes tirages.", "Change from the schedule found, on the same draws."),
}
