"""Cross-references: what no single value can know, checked over the whole scenario.

One module a subject: ``check_demand`` (services, volumes, surges, population, dates), ``check_channels``, ``check_staff`` (teams, skills, routing),
``check_choice`` (first channel, what follows), ``check_issues`` (privacy), ``check_preference`` (utility, memory, odds), ``check_phases`` (phases, silos),
``check_policies`` (measures, free choice), ``check_roles`` (roles of the channels), ``check_expect`` (figures that are known),
``check_fit`` (numbers that are calibrated), and here the targets.
"""

from __future__ import annotations

from simcrc.scenario.check_channels import check_channels
from simcrc.scenario.check_choice import check_choice
from simcrc.scenario.check_demand import check_demand
from simcrc.scenario.check_expect import check_expect
from simcrc.scenario.check_fit import check_fit
from simcrc.scenario.check_issues import check_issues
from simcrc.scenario.check_phases import check_phases
from simcrc.scenario.check_policies import check_policies
from simcrc.scenario.check_preference import check_preference
from simcrc.scenario.check_roles import check_roles
from simcrc.scenario.check_staff import check_staff
from simcrc.scenario.positions import Place, Tree
from simcrc.scenario.problems import Problem
from simcrc.scenario.scenario import Scenario
from simcrc.scenario.scope import Scope


def check(
    scenario: Scenario,
    tree: Tree,
    doubtful: set[Place] | None = None,
    warnings: list[Problem] | None = None,
    moved: bool = False,
    bare: Scenario | None = None,
) -> list[Problem]:
    """What does not fit together in `scenario`, whose plain document with its places is `tree`.

    `doubtful`: places known to be wrong; `warnings`: gets what is said and allowed; `moved`: the period was changed on the command line, so that dated
    events may fall outside it; `bare`: what the scenario is without the policy files that extend it, where some do.
    """
    scope = Scope(scenario, tree, doubtful or set(), moved)
    check_demand(scope)
    check_channels(scope)
    check_staff(scope)
    check_choice(scope)
    check_issues(scope)
    check_preference(scope)
    check_phases(scope)
    check_policies(scope, bare)
    check_roles(scope)
    _targets(scope)
    check_expect(scope)
    check_fit(scope)
    if warnings is not None:
        warnings += scope.warnings
    return scope.problems


def _targets(scope: Scope) -> None:
    from simcrc.indicators import names

    for index, target in enumerate(scope.scenario.targets):
        path = ("targets", index)
        scope.known("unknown_indicator", target.indicator, names(), path)
        if target.channel is not None and target.channel not in _stations(scope):
            scope.known("unknown_channel", target.channel, scope.channels, path)


def _stations(scope: Scope) -> set[str]:
    return {station for name, spec in scope.scenario.channels.items() for station in (name, *spec.stations(name))}
