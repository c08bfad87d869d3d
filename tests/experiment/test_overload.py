"""Overload: stations whose staff are cut, beside the same with staff enough; peaks of hours, weeks that are too much, backlogs that grow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simcrc
from experiment.stations import COUNTER, MAIL, written
from simcrc.engine.run import simulate
from simcrc.experiment.growth import slopes
from simcrc.experiment.overload import Overload, find
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals
from simcrc.model.compile import compile
from simcrc.model.model import Model
from simcrc.observe import Observer
from simcrc.report.overload import lines, weekdays

SMALLEST = Path(__file__).parents[2] / "scenarios" / "smallest.yaml"


def found(path: Path, *sets: str, replications: int = 1) -> list[Overload]:
    """The overloads of a run."""
    model = compile(simcrc.load(path, set_=list(sets)).scenario, None)
    return find(model, [Totals(model, [sums(model, number)]) for number in range(replications)])


def sums(model: Model, replication: int) -> Sums:
    observer = Observer(model)
    simulate(model, replication, observer.feed)
    return observer.finish(model.end)


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    return written(tmp_path, MAIL)


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    return written(tmp_path, COUNTER)


@pytest.mark.parametrize("replications", [1, 3])
def test_a_mail_room_that_cannot_cope(mail: Path, replications: int) -> None:
    (overload,) = found(mail, "teams.analysts.schedule.week={Mon-Fri: {08:00: 3, 16:00: 0}}", replications=replications)
    assert (overload.kind, overload.stations, overload.teams) == ("growing", ("mail",), ("team:analysts",))
    # 280 items a week of half an hour each, and three analysts for 40 hours: 240 are done, and 40 are left
    assert overload.per_week == pytest.approx(40, abs=12)
    assert overload.load == pytest.approx(280 / 240, abs=0.06)


@pytest.mark.parametrize("agents", [4, 5])
def test_a_mail_room_that_copes(mail: Path, agents: int) -> None:
    assert found(mail, f"teams.analysts.schedule.week={{Mon-Fri: {{08:00: {agents}, 16:00: 0}}}}") == []


def test_a_backlog_that_fills_up_from_empty_and_stays_is_no_overload(mail: Path) -> None:
    slow = ["channels.mail.incomplete=40 %", "channels.mail.correction=40 days", "teams.analysts.schedule.week={Mon-Fri: {08:00: 8, 16:00: 0}}"]
    assert found(mail, *slow) == []


def test_a_monday_peak_is_named_and_does_not_last(counter: Path) -> None:
    (overload,) = found(counter)
    assert (overload.kind, overload.stations, overload.weekdays, overload.teams) == ("hours", ("counter",), (0,), ("team:tellers",))
    # by the profile 6 of 86 of the week's visits come in an hour of Monday morning: 69.8 visits of 10 minutes for 7 tellers
    assert overload.load == pytest.approx(1001 * 6 / 86 / 6 / 7, rel=0.05)
    assert overload.start == 9 * 60
    assert 11.5 * 60 <= (overload.end or 0) <= 13 * 60
    assert (overload.queue or 0) > 20


def test_a_week_that_is_too_much_although_the_queue_empties_every_night(counter: Path) -> None:
    kinds = [overload.kind for overload in found(counter, "teams.tellers.schedule.week={Mon-Fri: {09:00: 4, 16:00: 0}}")]
    assert kinds[0] == "lasting"
    assert "growing" not in kinds


def test_staff_enough_is_no_overload(counter: Path) -> None:
    assert found(counter, "teams.tellers.schedule.week={Mon: {09:00: 16, 16:00: 0}, Tue-Fri: {09:00: 7, 16:00: 0}}") == []
    assert found(SMALLEST, "teams.agents.schedule.week={Mon-Fri: {08:30: 26, 11:00: 20, 16:30: 0}}") == []


def test_the_smallest_scenario_with_agents_cut(tmp_path: Path) -> None:
    run = simcrc.load(SMALLEST, set_=["teams.agents.schedule.week={Mon-Fri: {08:30: 11, 11:00: 8, 16:30: 0}}"]).run(2, output=tmp_path / "cut")
    worst, *peaks = run.overload
    assert (worst.kind, worst.stations) == ("lasting", ("phone",))
    assert 1.4 < worst.load < 2.0
    assert {each.kind for each in peaks} == {"hours"}
    said = lines(run.overload, run.manifest["words"], "fr")
    assert said[0].startswith("Surcharge – téléphone avec préposé : sur toute la semaine, il arrive 1")
    assert said[1].startswith("Pointe – téléphone avec préposé, ")
    assert "la file ne se vide pas" in said[1]
    assert len(said) <= 3
    assert len(lines(run.overload, run.manifest["words"], "en")) == len(said)
    assert "overload.json" in run.manifest["files"]
    assert simcrc.Results.open(tmp_path / "cut").overload == run.overload


def test_no_steady_figure_where_what_waits_grows(mail: Path) -> None:
    run = simcrc.load(mail, set_=["teams.analysts.schedule.week={Mon-Fri: {08:00: 3, 16:00: 0}}", "horizon=6 weeks"]).run(1)
    assert run.endless == {"mail"}
    table = run.table("fr")
    row = table[table["Indicateur"] == "délai de traitement moyen"].iloc[0]
    assert (row["Moyenne"], row["Intervalle à 95 %"]) == ("croît sans fin", "–")
    assert run.value("mail.turnaround_mean") is not None  # figures are as they are
    assert run.as_json()["overload"][0]["kind"] == "growing"


def test_slopes_by_hand() -> None:
    assert slopes(np.array([[1.0, 3.0, 5.0, 7.0], [4.0, 4.0, 4.0, 4.0], [0.0, 1.0, 0.0, 1.0]])).tolist() == pytest.approx([2.0, 0.0, 0.2])


def test_there_and_back() -> None:
    overload = Overload("hours", ("a", "b"), ("team:t",), 1.2, (0, 2), 540, 690, 3.5, False)
    assert Overload.of_json(overload.as_json()) == overload


def test_what_is_said() -> None:
    names = {"counter.quebec": {"fr": "Comptoir, Québec", "en": "Counter, Québec City"}, "mail": {"fr": "Courrier", "en": "Mail"}}
    some = [
        Overload("growing", ("mail",), ("team:clerks",), 1.184, per_week=142.4),
        *(Overload("hours", ("counter.quebec",), ("team:q",), 1.18, (day,), 540, 690, 6.44, day > 0) for day in range(5)),
    ]
    french, english = lines(some, names, "fr"), lines(some, names, "en")
    assert french[0] == (
        "Surcharge – Courrier : ce qui attend grandit de 142 par semaine ; il arrive 118\u00a0% de ce que le personnel peut faire (clerks). "
        "Attentes et délais y dépendent de la durée simulée."
    )
    assert english[1] == (
        "Peak – Counter, Québec City, Mon 09:00–11:30: 118% of what the staff can do comes in; 6.4 in the queue on the mean; "
        "the queue does not empty before the staff leave."
    )
    assert english[2].endswith("6.4 in the queue on the mean.")
    assert french[-1] == "2 autres pointes – Comptoir, Québec : voir overload.json."
    assert weekdays((0, 1, 2, 3, 4), "fr") == "lun–ven"
    assert weekdays((0, 2), "en") == "Mon, Wed"
