"""The base of a benchmark that compares a policy with it: the scenario that the policy file lays its policy over.

Only a benchmark whose ``expect:`` asks for a change, or for a figure of the base, has one: each of its replications then simulates both arms with the same
seed (``work``), so that the same citizens have the same needs, and ``quantities`` measures the change.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.scenario.arguments import Which

if TYPE_CHECKING:
    from simcrc.model.model import Model
    from simcrc.scenario import Loaded

OWN = ("policies", "expect", "fit", "free_choice")
"""Sections of which assignments (``expect: {set: …}``) are about the policy alone."""


@dataclass(frozen=True, eq=False)
class Base:
    """A base made ready: loaded with the seed of the policy, its data read, its model compiled."""

    loaded: Loaded
    records: Any
    model: Model


def two_arms(loaded: Loaded) -> bool:
    """Does the scenario expect anything of its base, or of the change from it?"""
    return any(which.change is not None or which.arm is not None for which in _asked(loaded))


def base_of(loaded: Loaded, assignments: Sequence[str] | None = None) -> Base:
    """The base of the policy file from which `loaded` comes; of a scenario that writes its policies itself, the same without them.

    `assignments`: those with which `loaded` was loaded, else those of its ``expect: {set: …}``; they are laid over the base too, but for those about
    policies and those about what the base does not have (a channel that the policy file describes).  Raises ScenarioError; NotPairedError when the two do
    not have the same needs.
    """
    from simcrc.experiment.arms import NotPairedError, differences
    from simcrc.experiment.replayed import records_of
    from simcrc.model.compile import compile

    expect = loaded.scenario.expect
    base = _loaded(loaded, (expect.set_ if expect else ()) if assignments is None else assignments)
    base = replace(base, scenario=base.scenario.model_copy(update={"seed": loaded.scenario.seed}), document={**base.document, "seed": loaded.scenario.seed})
    different = tuple(differences(base.scenario, loaded.scenario))
    if different:
        raise NotPairedError(different)
    records = records_of(base)
    return Base(base, records, compile(base.scenario, records))


def _loaded(policy: Loaded, assignments: Sequence[str]) -> Loaded:
    from simcrc.experiment.arms import own_base
    from simcrc.scenario import load

    assignments = [each for each in assignments if not each.startswith(OWN)]
    path = own_base(policy.path)
    if path is None:
        return load(policy.path, set_=[*assignments, "policies=[]", "expect=", "fit="], data=policy.data)
    return load(path, set_=_fitting(path, assignments), data=policy.data)


def _fitting(path: Path, assignments: Sequence[str]) -> list[str]:
    """Those `assignments` that have a place in the scenario `path`."""
    from simcrc.scenario import settings
    from simcrc.scenario.merge import Chain
    from simcrc.scenario.positions import Tree

    tree = Chain(path).read() if assignments else None
    return [each for each in assignments if tree is None or not settings.apply(Tree(copy.deepcopy(tree.document)), [each])]


def _asked(loaded: Loaded) -> Iterator[Which]:
    """All figures that are measured for the lines of the scenario."""
    expect = loaded.scenario.expect
    for figure in expect.figures if expect else ():
        yield figure.which
        arguments = [argument for values in (figure.theory or {}).values() for argument in values.values()]
        yield from (each for each in (figure.given, *arguments) if isinstance(each, Which))
