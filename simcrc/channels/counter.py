"""The counter: visitors at one of several sites in opening hours; nobody is sent home."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from simcrc.channels.base import channel_kind
from simcrc.channels.staffed import Staffed
from simcrc.scenario.base import Spec
from simcrc.scenario.units import NonNegative, Text
from simcrc.words import Words


class Site(Spec):
    """One office; `share` is its weight among the sites."""

    name: Text | None = None
    share: NonNegative = 1.0


@channel_kind("counter", Words(fr="comptoir", en="counter"))
class Counter(Staffed):
    """`sites`: the offices, each a station of its own, ``counter.site`` in a team's `serves`."""

    kind: Literal["counter"]
    sites_: dict[str, Site] = Field(default_factory=dict, alias="sites")

    def sites(self) -> tuple[str, ...]:
        return tuple(self.sites_)

    def site_shares(self) -> dict[str, float]:
        total = sum(site.share for site in self.sites_.values()) or 1.0
        return {name: site.share / total for name, site in self.sites_.items()}
