"""Checks of what systems can do: the phases that needs ask for, and silos."""

from __future__ import annotations

from simcrc.scenario.check_choice import targets_of
from simcrc.scenario.positions import Place
from simcrc.scenario.scope import Scope

SILOS: Place = ("silos",)


def check_phases(scope: Scope) -> None:
    """All checks of this module."""
    for name, service in scope.scenario.services.items():
        if service.asks:
            scope.sums_to_one(service.asks, ("services", name, "asks"))
    _silos(scope)


def _silos(scope: Scope) -> None:
    silos = scope.scenario.silos
    if silos is None:
        return
    targets_of(scope, silos.to, (*SILOS, "to"))
    if silos.to:
        scope.sums_to_one(silos.to, (*SILOS, "to"))
    for field in ("inconsistent", "rekeyed", "rekeying"):
        for service in getattr(silos, field):
            if service != "default":
                scope.known("unknown_service_key", service, [*scope.services, "default"], (*SILOS, field, service), key=True)
    if not scope.sure(SILOS):
        return
    for field, other, needed in (("inconsistent", "to", bool(silos.to)), ("rekeyed", "rekeying", bool(silos.rekeying))):
        if any(getattr(silos, field).values()) and not needed:
            scope.say("missing_beside", (*SILOS, field), key=True, missing=other, found=field)
