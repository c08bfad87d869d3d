"""Free choice: each rule is refused with the rule, the file, the line and the day; what the base does not keep is not held against a policy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policies.town import town
from simcrc.errors import ScenarioError
from simcrc.policies.free_choice import SEGMENT, UNIVERSAL, VISITOR, ZERO, Breach, breaches, broken
from simcrc.scenario import Loaded, dump, load

BASE: dict[str, Any] = {
    "simcrc": 1,
    "name": "base",
    "start": "2007-01-08",
    "horizon": "8 weeks",
    "population": {"size": 10_000, "segments": {"young": {"share": 0.6}, "old": {"share": 0.4, "access": 0.5}}},
    "services": {"info": {"volume": {"per_day": 20}}, "form": {"volume": {"per_day": 10}}},
    "channels": {
        "web": {"kind": "web", "completion": 0.8, "offers": ["info"]},
        "ivr": {"kind": "ivr", "opt_out": 0.3, "offers": ["info"]},
        "phone": {"kind": "phone", "handle_time": "4 min", "via": "ivr"},
        "counter": {"kind": "counter", "handle_time": "4 min"},
        "mail": {"kind": "mail", "offers": ["form"], "steps": {"process": {"handle_time": "4 min"}}},
    },
    "teams": {
        "agents": {"serves": ["phone", "mail"], "schedule": {"week": {"Mon-Fri": {"08:00": 5, "18:00": 0}}}},
        "office": {"serves": ["counter"], "schedule": {"week": {"Mon-Fri": {"08:00": 5, "18:00": 0}}}},
    },
    "choice": {"first": {"table": {"info": {"default": {"phone": 0.7, "counter": 0.3}}, "form": {"default": {"mail": 0.5, "phone": 0.5}}}}},
}


@pytest.fixture
def policy(tmp_path: Path) -> Callable[..., Loaded]:
    """Loads measures (one a line, from line 4 on) over the base; `base` and `head` add to the two files."""

    def laid(*measures: str, base: str = "", head: str = "") -> Loaded:
        (tmp_path / "base.yaml").write_text(dump(BASE) + base, encoding="utf-8")
        text = "policy: p\nbase: base.yaml\nmeasures:\n" + "".join(f"  - {{at: 2007-02-05, {measure}}}\n" for measure in measures) + head
        (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path / "policy.yaml")

    return laid


def refused(policy: Callable[..., Loaded], *measures: str, **more: str) -> list[tuple[int, str]]:
    """Lines and rules."""
    with pytest.raises(ScenarioError) as caught:
        policy(*measures, **more)
    assert {problem.code for problem in caught.value.problems} == {"free_choice"}
    assert {Path(problem.file).name for problem in caught.value.problems} == {"policy.yaml"}
    assert all("libre choix\u00a0: " in line for line in caught.value.say("fr").splitlines())
    return [(problem.line, problem.message("en").removeprefix("free choice: ")) for problem in caught.value.problems]


def test_the_last_universal_channel(policy: Callable[..., Loaded]) -> None:
    policy("close: {channel: mail}")
    assert refused(policy, "close: {channel: mail}", "close: {channel: phone, services: [form]}") == [
        (line, "the service form is no longer offered by a universal channel (phone or mail) (from 2007-02-05 on)") for line in (4, 5)
    ]


def test_on_the_day_on_which_it_is_gone(policy: Callable[..., Loaded]) -> None:
    found = refused(policy, "close: {channel: mail}, ramp: {linear: 2 weeks}", "close: {channel: phone, services: [form]}")
    assert {rule[-20:] for _, rule in found} == {"(from 2007-02-19 on)"}
    policy("close: {channel: mail}, lasts: 2 weeks", "{}".format("measure: {how: x, learnt: []}"))


def test_the_zero(policy: Callable[..., Loaded]) -> None:
    found = refused(
        policy, "open: {channel: mail, services: [info], share: 10 %}", "close: {channel: phone, services: [info]}", head="channels: {mail: {offers: [form]}}\n"
    )
    assert found == [(5, '"0" is no longer available in ivr for the service info (from 2007-02-05 on)')]


def test_opening_the_voice_unit_for_what_the_phone_does_not_do(policy: Callable[..., Loaded]) -> None:
    base = "free_choice: refuse\n"
    policy("open: {channel: ivr, services: [form]}", base=base)
    text = refused(
        policy,
        "open: {channel: ivr, services: [form]}",
        head="channels: {phone: {offers: [info]}}\nchoice: {first: {table: {form: {default: {mail: 1, phone: null}}}}}\n",
    )
    assert text[0][1].startswith('"0" is no longer available in ivr for the service form')


def test_a_visitor(policy: Callable[..., Loaded]) -> None:
    found = refused(policy, "close: {channel: counter, services: [info]}")
    assert found == [(4, "a visitor who comes to counter about the service info is no longer served (from 2007-02-05 on)")]
    policy("close: {channel: counter}")  # an office that is no more sends nobody home


@pytest.mark.parametrize(
    "measure",
    ["hours: {channel: counter, hours: closed}", "staffing: {team: office, factor: 0}", 'staffing: {team: office, schedule: {week: {Mon: {"08:00": 0}}}}'],
)
def test_closed_by_another_name(policy: Callable[..., Loaded], measure: str) -> None:
    assert {rule.partition(" about")[0] for _, rule in refused(policy, measure)} == {"a visitor who comes to counter"}


def test_the_only_channel_of_a_segment(policy: Callable[..., Loaded]) -> None:
    web = "channels: {web: {offers: [info, form]}, counter: {offers: [info]}}\n"
    found = refused(policy, "close: {channel: phone, services: [form]}", "close: {channel: mail}", head=web)
    rules = {rule for _, rule in found}
    assert any(rule.startswith("the segment old has no channel left for the service form") for rule in rules)
    assert not any("segment young" in rule for rule in rules)  # all of them are on line


def test_a_segment_that_does_not_need_a_service_needs_no_channel(policy: Callable[..., Loaded]) -> None:
    found = refused(
        policy,
        "close: {channel: phone, services: [form]}",
        "close: {channel: mail}",
        head="channels: {web: {offers: [info, form]}, counter: {offers: [info]}}\nservices: {form: {needs: {old: 0}}}\n",
    )
    assert not any("segment" in rule for _, rule in found)


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("channels: {ivr: {opt_out: 0}}\n", '"0" is no longer available in ivr for the service info'),
        ("channels: {counter: {at_closing: dismiss}}\n", "a visitor who comes to counter about the service form"),
        ("channels: {phone: {hours: closed}}\n", "the service info is no longer offered by a universal channel"),
        ('teams: {agents: {schedule: {week: {Mon-Fri: {"08:00": 0}}}}}\n', "the service form is no longer offered by a universal channel"),
    ],
)
def test_what_a_policy_file_writes_into_its_base_counts_as_its_measures_do(policy: Callable[..., Loaded], head: str, rule: str) -> None:
    found = refused(policy, "measure: {how: x, learnt: []}", head=head)
    assert any(text.startswith(rule) and text.endswith("(from 2007-01-08 on)") for _, text in found)
    assert {line for line, _ in found} == {5}
    assert policy("measure: {how: x, learnt: []}", head=head, base="free_choice: warn\n").warnings


def test_two_that_break_a_rule_each_for_itself_are_both_said(policy: Callable[..., Loaded]) -> None:
    found = refused(policy, "hours: {channel: counter, hours: closed}", "staffing: {team: office, factor: 0}")
    assert [line for line, rule in found if "service info" in rule] == [4, 5]


def test_a_warning_where_the_scenario_says_so(policy: Callable[..., Loaded]) -> None:
    loaded = policy("close: {channel: counter, services: [info]}", base="free_choice: warn\n")
    (warning,) = loaded.warnings
    assert (warning.line, warning.code) == (4, "free_choice")
    assert policy("close: {channel: mail}").warnings == ()


def test_a_policy_does_not_excuse_itself(policy: Callable[..., Loaded], tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        policy("close: {channel: counter, services: [info]}", head="free_choice: warn\n")
    assert [(problem.line, problem.code) for problem in caught.value.problems][-1] == (5, "free_choice_policy")
    policy("close: {channel: mail}", head="free_choice: refuse\n")
    with pytest.raises(ScenarioError):
        policy("close: {channel: counter, services: [info]}")
    assert load(tmp_path / "policy.yaml", set_=["free_choice=warn"]).warnings


def test_what_the_base_does_not_keep_is_not_held_against_a_policy() -> None:
    base: dict[str, Any] = {"channels": {"counter": {"at_closing": "dismiss"}}}
    assert {breach.rule for breach in breaches(town(**base))} == {VISITOR}
    assert broken(town({"promote": {"channel": "web", "odds": 2}}, **base)) == []


def test_rules_have_words_with_what_they_are_about() -> None:
    for rule in (UNIVERSAL, ZERO, VISITOR, SEGMENT):
        words = Breach(rule, "info", "phone", "old").words()
        assert "info" in words.fr
        assert words.fr != words.en
        assert "{" not in words.fr + words.en


@pytest.mark.parametrize(
    "measure",
    [
        'staffing: {team: agents, schedule: {week: {Sat-Sun: {"08:00": 5, "18:00": 0}}}}',
        'staffing: {team: agents, schedule: {week: {Mon-Fri: {"18:30": 5, "22:00": 0}}}}',
        "hours: {channel: phone, hours: Sat-Sun 08:30-16:30}",
    ],
)
def test_agents_who_are_there_only_while_the_phone_is_closed(policy: Callable[..., Loaded], measure: str) -> None:
    hours = "channels: {phone: {hours: Mon-Fri 08:30-16:30}}\n"
    assert any(rule.startswith('"0" is no longer available in ivr for the service info') for _, rule in refused(policy, measure, head=hours))


EXPERTS = 'experts: {serves: [phone], schedule: {week: {Mon-Fri: {"08:00": 1, "18:00": 0}}}'


@pytest.mark.parametrize(
    "head",
    [
        f"teams: {{agents: {{skills: {{form: 1}}}}, {EXPERTS}, skills: {{info: 1}}}}}}\n",
        "population: {language: {fr: 0.9, en: 0.1}}\n"
        'teams: {agents: {skills: {fr: 1}}, scribes: {serves: [mail], schedule: {week: {Mon-Fri: {"08:00": 1, "18:00": 0}}}}, '
        f"{EXPERTS}, skills: {{fr: 1, en: 1}}}}}}\n",
    ],
    ids=["service", "language"],
)
def test_the_last_who_know_a_service_or_a_language(policy: Callable[..., Loaded], head: str) -> None:
    policy("staffing: {team: agents, factor: 0.5}", head=head)
    found = refused(policy, "staffing: {team: experts, factor: 0}", head=head)
    assert any(rule.startswith("the service info is no longer offered by a universal channel") for _, rule in found)


def test_one_of_two_offices(policy: Callable[..., Loaded]) -> None:
    head = (
        "channels: {counter: {sites: {north: {share: 1}, south: {share: 1}}}}\n"
        'teams: {office: {serves: [counter.north]}, south: {serves: [counter.south], schedule: {week: {Mon-Fri: {"08:00": 2, "18:00": 0}}}}}\n'
    )
    policy("staffing: {team: south, factor: 0.5}", head=head)
    assert {rule.partition(" about")[0] for _, rule in refused(policy, "staffing: {team: south, factor: 0}", head=head)} == {
        "a visitor who comes to counter.south"
    }
