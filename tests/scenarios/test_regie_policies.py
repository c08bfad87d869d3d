"""The policies of the Régie and its four-year action plan: seven orientations, free choice throughout, objectives, roles, and where numbers come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

import simcrc
from simcrc.errors import ScenarioError
from simcrc.experiment.unknowns import half_width, is_share, size, unknowns
from simcrc.policies import kinds
from simcrc.policies.free_choice import broken
from simcrc.policies.measure import Measurement
from simcrc.policies.target import offered
from simcrc.policies.timeline import changes, timeline
from simcrc.scenario import Loaded, load
from simcrc.scenario.phases import PHASES
from simcrc.scenario.positions import read_file

REGIE = Path(__file__).parents[2] / "scenarios" / "regie"
BASE = REGIE / "base-2006-2010.yaml"
PLAN = REGIE / "policies" / "plan-2006-2010.yaml"
POLICIES = [path for path in sorted((REGIE / "policies").glob("*.yaml")) if path != PLAN]

GRID = date(2006, 4, 3)
"""Measures begin on every fourth Monday from here, so that the eras of the plan are few."""
ARRANGED = {"at", "lasts", "ramp", "orientation", "channel", "services", "segments", "hours", "learnt", "how", "name", "note", "source", "range", "months"}
"""Keys of a policy that say when, where and to whom; what they hold needs no source (what is learnt has its own test)."""


@cache
def loaded(path: Path) -> Loaded:
    return load(path)


@cache
def document(path: Path) -> dict[str, Any]:
    """The file alone, as it is written."""
    tree, problems = read_file(path, str(path))
    assert tree is not None
    assert problems == []
    out: dict[str, Any] = tree.document
    return out


def shown(paths: list[Path]) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in paths]


def numbers(value: Any, path: tuple[str, ...] = (), said: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each number of the measures of a policy with the (status, source, range) said of it."""
    if isinstance(value, dict):
        if "status" in value:
            said = (value["status"], value.get("source"), value.get("range") or value.get("note"))
        for key, inner in value.items():
            if key == "value" or key not in ARRANGED:
                yield from numbers(inner, path if key == "value" else (*path, str(key)), said)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from numbers(inner, (*path, str(index)), said)
    elif isinstance(value, int | float) or (isinstance(value, str) and value[:1].isdigit()):
        yield ".".join(path), said


def texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Each text for people."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("policy", "name", "description", "how"):
                yield ".".join((*path, key)), inner
            else:
                yield from texts(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, str(index)))


@pytest.mark.parametrize("path", shown([*POLICIES, PLAN]))
def test_it_is_written_for_the_four_years(path: Path) -> None:
    assert (path.parent / document(path)["base"]).resolve() == BASE
    assert loaded(path).scenario.policies


def test_each_of_the_seven_orientations_has_two_policies() -> None:
    policies = [loaded(path).scenario.policies[0] for path in POLICIES]
    counted = {k: sum(k in policy.orientation for policy in policies) for k in range(1, 8)}
    assert len(POLICIES) >= 14
    assert all(count >= 2 for count in counted.values()), counted
    by_name = {k: sum(path.name.startswith(f"{k}-") for path in POLICIES) for k in range(1, 8)}
    assert all(count >= 2 for count in by_name.values()), by_name
    wrong = [path.name for path, policy in zip(POLICIES, policies, strict=True) if int(path.name[0]) not in policy.orientation]
    assert wrong == []


def test_the_first_orientation_is_plans_of_measurement() -> None:
    """They say what is learnt, about numbers that are assumed or borrowed today, and change nothing of the organisation."""
    for path in POLICIES:
        scenario = loaded(path).scenario
        verbs = {entry.verb for policy in scenario.policies for entry in policy.measures}
        assert (verbs == {"measure"}) == path.name.startswith("1-"), path.name
        if verbs == {"measure"}:
            assert timeline(scenario) == []
            assert sum(entry.cost.once for policy in scenario.policies for entry in policy.measures) > 0


def test_what_is_learnt_is_not_measured_today_and_will_be_known_better() -> None:
    """Each number is assumed or borrowed in the base; the precision is finer than half the width of the range that it has today."""
    today = [(leaf.place, leaf, unknown.state) for unknown in unknowns(loaded(BASE)) for leaf in unknown.leaves]
    wrong = []
    for path in POLICIES[:2]:
        for learnt in (learnt for entry in loaded(path).scenario.policies[0].measures for learnt in cast(Measurement, entry.does).learnt):
            place = tuple(learnt.path.split("."))
            found = [(leaf, state) for where, leaf, state in today if where[: len(place)] == place]
            leaf, state = found[0]
            width, known = half_width(leaf), learnt.precision * (size(leaf.value) or 0.0 if is_share(leaf.value) else 1.0)
            if state not in ("assumed", "borrowed") or (width is not None and known >= width):
                wrong.append((learnt.path, state, known, width))
    assert wrong == []


def test_every_kind_of_measure_is_used() -> None:
    used = {entry.verb for policy in loaded(PLAN).scenario.policies for entry in policy.measures}
    assert used == set(kinds())


def test_every_ramp_is_used() -> None:
    entries = [entry for policy in loaded(PLAN).scenario.policies for entry in policy.measures]
    used = {next((name for name in ("linear", "s_curve", "bass") if getattr(entry.ramp, name) is not None), "step") for entry in entries}
    assert used == {"step", "linear", "s_curve", "bass"}


@pytest.mark.parametrize("path", shown([*POLICIES, PLAN]))
def test_every_number_says_where_it_comes_from(path: Path) -> None:
    """Measured or borrowed with a source, or assumed with a range (or a note)."""
    written = document(path)
    found = [*numbers({key: written.get(key) for key in ("measures", "cost", "objectives", "channels")})]
    ramps = [*numbers([entry["ramp"] for entry in written.get("measures", []) if "bass" in entry.get("ramp", {})])]
    found += [(where, said) for where, said in ramps if not where.endswith("lasts")]
    assert found
    silent = [where for where, said in found if not said]
    assert silent == []
    bare = [where for where, (status, source, width) in found if not (width if status == "assumed" else source)]
    assert bare == []


@pytest.mark.parametrize("path", shown([*POLICIES, PLAN]))
def test_texts_are_in_both_languages_french_first(path: Path) -> None:
    found = list(texts(document(path)))
    assert {where.rpartition(".")[2] for where, _ in found} >= {"policy", "description", "name"}
    wrong = [where for where, text in found if not (isinstance(text, dict) and list(text) == ["fr", "en"] and all(text.values()))]
    assert wrong == []
    measures = document(path).get("measures", [])
    assert [number for number, entry in enumerate(measures) if "name" not in entry] == []


def test_the_plan_includes_every_policy_once() -> None:
    assert sorted(document(PLAN)["includes"]) == [path.name for path in POLICIES]
    included = [loaded(PLAN.parent / name).scenario.policies[-1].name for name in document(PLAN)["includes"]]
    assert [policy.name for policy in loaded(PLAN).scenario.policies[:-1]] == included


def test_the_plan_lasts_four_years_from_spring_2006() -> None:
    scenario = loaded(PLAN).scenario
    assert scenario.start == date(2006, 4, 1)
    assert scenario.horizon.after(scenario.start) == date(2010, 4, 1)
    per_year = sum(service.volume.per_year or 0.0 for service in scenario.services.values() if service.volume)
    assert 4 * per_year == pytest.approx(5_000_000, rel=0.06)
    assert scenario.population == loaded(BASE).scenario.population


def test_the_plan_has_few_eras() -> None:
    """Days on which something changes stand on one grid of four weeks, whatever begins, ramps up or ends."""
    days = list(changes(loaded(PLAN).scenario))
    assert [day for day in days if (day - GRID) % timedelta(days=28)] == []
    assert 40 <= len(days) <= 60


def test_free_choice_holds_over_the_four_years() -> None:
    assert loaded(PLAN).scenario.free_choice == "refuse"
    assert broken(loaded(PLAN).scenario) == []


def test_the_last_universal_channel_cannot_go_with_the_plan(tmp_path: Path) -> None:
    """The plan leaves mail and phone open; a policy on top of it that takes file reviews off both is refused, with the rule, the file and the line."""
    closing = tmp_path / "fermer.yaml"
    closing.write_text(
        "policy: {fr: Fermer, en: Close}\nbase: .\nmeasures:\n  - {at: 2007-01-08, close: {channel: mail}}\n"
        "  - {at: 2008-01-07, close: {channel: phone, services: [file_review]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        load(BASE, policies=[PLAN, closing])
    assert f"{closing}:4:" in str(caught.value)
    assert "file_review" in str(caught.value)


def test_a_policy_that_contradicts_the_plan_is_refused(tmp_path: Path) -> None:
    """The plan opens the transactions of the site day and night; who closes them at night says so at the same time."""
    other = tmp_path / "nuit.yaml"
    other.write_text(
        'policy: {fr: Nuit, en: Night}\nbase: .\nmeasures:\n  - {at: 2008-01-07, hours: {channel: web, hours: "07:00-22:00", services: [statement]}}\n',
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        load(BASE, policies=[PLAN, other])
    assert f"{other}:4:" in str(caught.value)
    assert "2-site-jour-et-nuit.yaml" in str(caught.value)


def test_the_objectives_are_those_of_the_regie() -> None:
    objectives = loaded(PLAN).scenario.policies[-1].objectives
    assert all(objective.name is not None for objective in objectives)
    found = [(set(one.share or one.volume or [one.indicator]), one.goes, one.by_at_least > 0) for one in objectives]
    assert found == [
        ({"contained"}, "up", False),
        ({"phone"}, "down", False),
        ({"mail"}, "down", True),
        ({"counter"}, "down", True),
        ({"email"}, "not_up", False),
    ]
    assert all(policy.objectives == () for policy in loaded(PLAN).scenario.policies[:-1])


def test_less_phone_is_asked_where_self_service_exists() -> None:
    scenario = loaded(PLAN).scenario
    asked = scenario.policies[-1].objectives[1].services
    _, last = timeline(scenario)[-1]
    existing = {service for name in ("web", "ivr") for service in offered(last, last.channels[name])}
    assert set(asked or ()) == existing
    assert set(scenario.services) - existing == {"file_review"}


def test_every_channel_of_the_regie_has_its_role() -> None:
    roles = loaded(PLAN).scenario.roles
    assert roles is not None
    assert list(roles.channels) == ["web", "ivr", "phone", "mail", "counter", "email"]
    assert all(roles.channels.values())
    assert roles.simple
    assert roles.needs_assistance


def test_the_base_has_what_makes_a_need_take_more_contacts() -> None:
    """Without these the plan has no fidelisation effect to measure."""
    scenario = loaded(BASE).scenario
    assert scenario.choice.verify
    assert scenario.choice.induced
    assert scenario.choice.chase
    assert scenario.silos is not None
    assert all(scenario.silos.inconsistent.get(service, 0.0) > 0 for service in scenario.services)
    assert scenario.privacy is not None
    assert scenario.reluctance is not None
    assert scenario.population is not None
    assert scenario.population.memory.habit_rate > 0


def test_phases_give_the_same_resolution_as_the_starting_point() -> None:
    """What the site settled of child assistance and pensions in depart.yaml follows from the phases in the base of the plan."""
    before, after = loaded(REGIE / "depart.yaml").scenario, loaded(BASE).scenario
    for service in ("child_assistance", "pension_application"):
        phase = offered(after, after.channels["web"])[service]
        assert phase is not None
        asked = after.services[service].asks
        reached = sum(share for name, share in asked.items() if PHASES.index(name) <= PHASES.index(phase))
        assert reached * after.channels["web"].resolution[service] == pytest.approx(before.channels["web"].resolution[service], abs=0.01)


def test_the_plan_runs_and_its_effect_is_measured() -> None:
    """A day of its last autumn, with all that it does in force, paired with the base: citizens take other channels for the same needs."""
    found = simcrc.fidelisation(BASE, PLAN, replications=1, set_=["start=2009-11-16", "horizon=1 day", "warmup=0"])
    moved = found.estimate("needs_moved").mean
    assert moved is not None
    assert moved > 0.02
    assert len(found.objectives) == 5
