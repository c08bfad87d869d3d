"""What citizens do: the first channel, what follows a contact, chasing, verifying, induced contacts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PositiveInt

from simcrc.distributions import Law
from simcrc.scenario.base import Names, Spec
from simcrc.scenario.determinants import Determinants, Odds
from simcrc.scenario.units import DataPath, NonNegative, Share, split_after

Shares = dict[str, Share]


class Option(Spec):
    """One way on: its share, and the time before it is taken.  Written ``60 %``, ``60 % after 20 min`` or as a mapping."""

    share: Share
    after: Law | None = None


class FirstChoice(Spec):
    """Shares of the first channel: service → segment → channel → share, ``default`` standing for any service or segment, or a
    file (service, segment, channel, share).

    Written shares are the segment's marginals: the constants of the choice are solved so that they come out although some
    citizens are not on line.  `utility`: what decides beyond the shares; without shares, all that decides."""

    table: dict[str, dict[str, Shares]] = Field(default_factory=dict)
    file: DataPath | None = None
    utility: Determinants | None = None


def _to(value: Any) -> Any:
    return {value: 1.0} if isinstance(value, str) else value


def _option(value: Any) -> Any:
    return split_after(value)


class Chase(Spec):
    """While an item waits, the citizen asks for it by another channel; the clock starts again after each chase.  `resolves`:
    probability that the chase settles the need."""

    to: Annotated[Shares, BeforeValidator(_to)]
    after: Law
    resolves: Share = 0.0


class FirstUse(Spec):
    """Something is more (or less) likely the first times that a citizen uses a channel: `factor` times as likely the first time; each use takes the share
    `fades` off what exceeds the usual, all of it unless written."""

    factor: NonNegative
    fades: Share = 1.0


class After(Spec):
    """A contact made after resolution: to verify (`when`: only ambiguous needs, or always) or induced, only because the channel
    is there.  `first_use`: what is different while the channel is new to the citizen."""

    to: Annotated[Shares, BeforeValidator(_to)]
    probability: Share
    when: Literal["ambiguous", "always"] = "always"
    after: Law | None = None
    first_use: FirstUse | None = None


class Opened(Spec):
    """A channel that opens: it offers services that nobody could take it for before, so that no share is written for it, and gets `share` of the first
    choices of these services and segments.  The others lose in proportion, or only those of `draws_from`.  `access`: by segment the share on line for
    which `share` is meant, where it is not the present one."""

    channel: str
    share: Share
    services: Names | None = None
    segments: Names | None = None
    draws_from: Names | None = None
    access: dict[str, Share] = Field(default_factory=dict)


class Guided(Spec):
    """After a contact on `after` agents guide citizens: with the probability `share`, `to` becomes the channel of habit of those who can take it."""

    after: str
    to: str
    share: Share
    services: Names | None = None
    segments: Names | None = None


class Choice(Spec):
    """The behaviour of citizens.

    `next`: rows ``channel.outcome``, or ``channel.outcome.service`` which goes before it, with outcome one of failed,
    unresolved, abandoned, balked, blocked, closed, dismissed, opted_out; targets are channels, ``redial`` (same channel) and
    ``give_up``.  An outcome without a row gives up.  `max_contacts`: after so many contacts about one need the citizen gives
    up.  `odds`, `opened` and `guided`: what policies do to the choice, though a base may write
    them too."""

    first: FirstChoice
    odds: tuple[Odds, ...] = ()
    opened: tuple[Opened, ...] = ()
    guided: tuple[Guided, ...] = ()
    next: dict[str, dict[str, Annotated[Option, BeforeValidator(_option)]]] = Field(default_factory=dict)
    chase: dict[str, Chase] = Field(default_factory=dict)
    verify: dict[str, After] = Field(default_factory=dict)
    induced: dict[str, After] = Field(default_factory=dict)
    max_contacts: Annotated[PositiveInt, Field(le=9_000)] = 30
