"""``simcrc erlang b|c|a``: the figures of a queue for some numbers of agents, or the staff that a target takes.  The formulas stand in ``simcrc.theory``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simcrc.cli import options
from simcrc.cli.failures import plainly
from simcrc.cli.quantities import duration, number, proportion
from simcrc.cli.shape import Command, new_app
from simcrc.cli.speech import here
from simcrc.errors import SimcrcError

if TYPE_CHECKING:
    from simcrc.theory.staffing import Targets

app = new_app(
    here(
        "Formules d'Erlang : B (appels perdus), C (attente), A (attente et abandon).",
        "Erlang's formulas: B (calls lost), C (waiting), A (waiting and giving up).",
    )
)

DURATION, SHARE, NUMBER, WHOLE = here("DURÉE", "DURATION"), here("PART", "SHARE"), here("NOMBRE", "NUMBER"), here("ENTIER", "INTEGER")


def _option(name: str, parser: Callable[[str], Any], metavar: str, about: str, shown: bool = False) -> Any:
    return typer.Option(name, parser=parser, metavar=metavar, help=about, show_default=shown)


Calls = Annotated[float | None, _option("--calls", number, NUMBER, here("Appels offerts par période.", "Calls offered per period."))]
Per = Annotated[float | None, _option("--per", duration, DURATION, here("Période : 30 min, h, jour.", "Period: 30 min, h, day."))]
HandleTime = Annotated[float | None, _option("--handle-time", duration, DURATION, here("Durée moyenne de traitement.", "Mean handle time."))]
Load = Annotated[float | None, _option("--load", number, NUMBER, here("Charge en erlangs, au lieu des appels.", "Load in erlangs, instead of the calls."))]
Patience = Annotated[float, _option("--patience", duration, DURATION, here("Patience moyenne.", "Mean patience."))]
Places = Annotated[
    int | None, _option("--places", options.whole(0), WHOLE, here("Places d'attente ; sans limite sinon.", "Waiting places; unlimited otherwise."))
]
Agents = Annotated[int | None, _option("--agents", options.whole(1), WHOLE, here("Nombre de préposés.", "Number of agents."))]
Lines = Annotated[int | None, _option("--lines", options.whole(1), WHOLE, here("Nombre de lignes.", "Number of lines."))]
Within = Annotated[float | None, _option("--within", duration, DURATION, here("Seuil du niveau de service.", "Threshold of the service level."))]
Level = Annotated[
    float | None, _option("--service-level", proportion, SHARE, here("Cible : part servie en --within.", "Target: share served within --within."))
]
Wait = Annotated[float | None, _option("--wait", duration, DURATION, here("Cible : attente moyenne des servis.", "Target: mean wait of the served."))]
PWait = Annotated[float | None, _option("--p-wait", proportion, SHARE, here("Cible : part non servie sur-le-champ.", "Target: share not served at once."))]
Occupancy = Annotated[float | None, _option("--occupancy", proportion, SHARE, here("Cible : occupation, au plus.", "Target: occupancy, at most."))]
Abandonment = Annotated[
    float | None, _option("--abandonment", proportion, SHARE, here("Cible : part des abandons, au plus.", "Target: share who give up, at most."))
]
Blocking = Annotated[
    float | None, _option("--blocking", proportion, SHARE, here("Cible : part des appels perdus, au plus.", "Target: share of calls lost, at most."))
]
Around = Annotated[int, _option("--around", options.whole(0), WHOLE, here("Rangées de part et d'autre.", "Rows on either side."), shown=True)]
AsJson = Annotated[bool, typer.Option("--json", help=here("Écrire en JSON, temps en secondes.", "Print JSON, times in seconds."))]


def erlang_b(
    load: Load = None,
    calls: Calls = None,
    per: Per = None,
    handle_time: HandleTime = None,
    lines: Lines = None,
    blocking: Blocking = None,
    around: Around = "3",  # type: ignore[assignment]  # as written on the command line
    as_json: AsJson = False,
    lang: options.Lang = None,
) -> None:
    from simcrc.cli import erlang_tables
    from simcrc.theory.staffing import lines_for

    if load is None:
        rate, handled = _calls(calls, per, handle_time, "--load")
        load = rate * handled
    elif calls is not None or per is not None or handle_time is not None:
        raise SimcrcError(here("--load remplace --calls, --per et --handle-time", "--load stands instead of --calls, --per and --handle-time"))
    needed = None if blocking is None else lines_for(load, blocking)
    erlang_tables.lines(load, _shown(lines, needed, "--lines, --blocking"), needed, around, as_json)


def erlang_c(
    calls: Calls = None,
    per: Per = None,
    handle_time: HandleTime = None,
    agents: Agents = None,
    within: Within = None,
    service_level: Level = None,
    wait: Wait = None,
    p_wait: PWait = None,
    occupancy: Occupancy = None,
    around: Around = "3",  # type: ignore[assignment]
    as_json: AsJson = False,
    lang: options.Lang = None,
) -> None:
    caps = {"asa": wait, "p_wait": p_wait, "occupancy": occupancy}
    _agents(_calls(calls, per, handle_time), float("inf"), None, agents, within, service_level, caps, around, as_json)


def erlang_a(
    patience: Patience,
    calls: Calls = None,
    per: Per = None,
    handle_time: HandleTime = None,
    places: Places = None,
    agents: Agents = None,
    within: Within = None,
    service_level: Level = None,
    wait: Wait = None,
    p_wait: PWait = None,
    occupancy: Occupancy = None,
    abandonment: Abandonment = None,
    blocking: Blocking = None,
    around: Around = "3",  # type: ignore[assignment]
    as_json: AsJson = False,
    lang: options.Lang = None,
) -> None:
    caps = {"asa": wait, "p_wait": p_wait, "occupancy": occupancy, "abandonment": abandonment, "blocking": blocking}
    _agents(_calls(calls, per, handle_time), patience, places, agents, within, service_level, caps, around, as_json)


def _agents(
    demand: tuple[float, float],
    patience: float,
    places: int | None,
    agents: int | None,
    within: float | None,
    service_level: float | None,
    caps: dict[str, float | None],
    around: int,
    as_json: bool,
) -> None:
    from simcrc.cli import erlang_tables
    from simcrc.theory.staffing import Targets, agents_for

    targets: Targets | None = None
    if service_level is not None or any(cap is not None for cap in caps.values()):
        if service_level is not None and within is None:
            raise SimcrcError(here("--service-level demande --within, par exemple --within '20 s'", "--service-level needs --within, such as --within '20 s'"))
        targets = Targets(service_level=service_level, within=None if service_level is None else within, **caps)  # type: ignore[arg-type]
    needed = None if targets is None else agents_for(*demand, targets, patience, places)
    shown = _shown(agents, needed, "--agents, --service-level")
    erlang_tables.agents(*demand, patience, places, shown, needed, within, around, as_json)


def _calls(calls: float | None, per: float | None, handle_time: float | None, instead: str = "") -> tuple[float, float]:
    """Calls per second, and the seconds that one takes."""
    missing = [name for name, value in (("--calls", calls), ("--per", per), ("--handle-time", handle_time)) if not value]
    if calls is None or not per or not handle_time:
        other = here(f" (ou {instead})", f" (or {instead})") if instead else ""
        raise SimcrcError(here(f"il manque {', '.join(missing)}{other}", f"missing {', '.join(missing)}{other}"))
    return calls / per, handle_time


def _shown(asked: int | None, needed: int | None, known: str) -> int:
    """The number in the middle of the table."""
    shown = needed if asked is None else asked
    if shown is None:
        raise SimcrcError(here(f"donner un nombre ou une cible : {known}…", f"give a number or a target: {known}…"))
    return shown


erlang_b.__doc__ = here("Appels perdus quand toutes les lignes sont prises.", "Calls lost when all lines are taken.")
erlang_c.__doc__ = here("Attente, sans abandon.", "Waiting, nobody gives up.")
erlang_a.__doc__ = here("Attente avec abandon, places d'attente limitées ou non.", "Waiting and giving up, waiting places limited or not.")

app.command("b", cls=Command)(plainly(erlang_b))
app.command("c", cls=Command)(plainly(erlang_c))
app.command("a", cls=Command)(plainly(erlang_a))
