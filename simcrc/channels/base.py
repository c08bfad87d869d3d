"""What all channel kinds have in common, and their registry.

A channel kind is one module of this package (or of an extension): a subclass of ``ChannelSpec`` with the decorator
``channel_kind``.  It declares its fields and defaults, and composes its stages (``simcrc.model.stages``) in ``stages``.
Nothing else in simcrc names a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from pydantic import Field

from simcrc.distributions import Distribution, Law
from simcrc.scenario.base import PerService, Spec
from simcrc.scenario.phases import Offers
from simcrc.scenario.units import Duration, Hours, Instant, NonNegative, Share, Text
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.model.builder import Builder
    from simcrc.model.stages import Stage


class UnitCost(Spec):
    """What a channel costs: per contact (by service), per month, and once at the start of the run."""

    per_contact: PerService[NonNegative] = Field(default_factory=dict)
    per_month: NonNegative = 0.0
    once: NonNegative = 0.0


class WhenClosed(Spec):
    """What a citizen does who chose a channel that is closed: waits for its opening plus a drawn spread, takes another channel
    that is open, or makes a contact whose outcome is ``closed``."""

    then: Literal["wait", "other", "contact"] = "wait"
    spread: Law | None = None  # default: uniform over the first two hours
    tries: Share = 1.0  # a number whose voice unit answers although the agents are away: share of citizens who call all the same


class Outage(Spec):
    """The channel is down from `at` for `lasts`."""

    at: Instant
    lasts: Duration


class ServiceLevel(Spec):
    """Target `target` of contacts within `within`, by one of the four definitions in use (domain: service level)."""

    within: Duration
    definition: Literal["served_over_offered", "served_over_answered", "served_over_offered_minus_early_abandons", "served_or_abandoned_over_offered"] = (
        "served_over_offered"
    )
    target: Share | None = None


class Complex(Spec):
    """Factors for complex needs, on handle time or duration, on resolution and on completion."""

    handle_time: NonNegative = 1.0
    resolution: Share = 1.0
    completion: Share = 1.0


class ChannelSpec(Spec):
    """The fields of every channel."""

    words: ClassVar[Words]
    needs_access: ClassVar[bool] = False  # only for citizens who are on line
    universal: ClassVar[bool] = False  # mail and phone: free choice asks for at least one a service
    opens_on_holidays: ClassVar[bool] = False

    kind: str
    name: Text | None = None
    offers: Offers | None = None  # services, each with its phase if one is written; all when not written
    hours: PerService[Hours] = Field(default_factory=dict)  # 24/7 when not written
    holidays: Literal["open", "closed"] | None = None
    outages: tuple[Outage, ...] = ()
    when_closed: WhenClosed = WhenClosed()
    resolution: PerService[Share] = Field(default_factory=dict)  # 100 % when not written
    complex: Complex = Complex()
    cost: UnitCost = UnitCost()

    def stages(self, build: Builder) -> list[Stage]:
        """The stages that a contact passes, in order."""
        raise NotImplementedError

    def sites(self) -> tuple[str, ...]:
        """Names of the sites, () for a channel in one place."""
        return ()

    def site_shares(self) -> dict[str, float]:
        """How visitors divide between the sites, closed ones 0; {} for one place."""
        return {}

    def open_sites(self) -> tuple[str, ...]:
        """The sites that somebody is sent to."""
        return tuple(name for name, share in self.site_shares().items() if share > 0)

    def steps(self) -> tuple[str, ...]:
        """Names of the backlog steps, () for a synchronous channel."""
        return ()

    def stations(self, name: str) -> tuple[str, ...]:
        """What a team can serve of the channel called `name`, as written in `serves`."""
        return tuple(f"{name}.{part}" for part in (*self.sites(), *self.steps()))


def for_all(law: Distribution) -> dict[str, Distribution]:
    """`law` for every service."""
    return {"default": law}


Kind = TypeVar("Kind", bound=type[ChannelSpec])
_KINDS: dict[str, type[ChannelSpec]] = {}


def channel_kind(name: str, words: Words) -> Callable[[Kind], Kind]:
    """Class decorator: register the channel kind `name`, called `words` in French and English."""

    def register(cls: Kind) -> Kind:
        cls.words = words
        _KINDS[name] = cls
        return cls

    return register


def registered() -> dict[str, type[ChannelSpec]]:
    """The registered kinds by name (use ``simcrc.channels.kinds``, which also discovers the modules)."""
    return _KINDS
