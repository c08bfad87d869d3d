"""Sites of an office that open and close: their weights among the sites of the channel, era by era.

A visitor whose site closes goes to one of those that remain, by their weights; who goes to another site already goes there still (``simcrc.model.sites``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simcrc.policies.change import towards, with_channel
from simcrc.scenario.faults import suggestion

if TYPE_CHECKING:
    from simcrc.channels.base import ChannelSpec
    from simcrc.policies.base import Attribute, Trouble
    from simcrc.scenario.scenario import Scenario


def weighed(scenario: Scenario, channel: str, weights: Mapping[str, float], dose: float) -> Scenario:
    """`scenario` in which the sites of `channel` go towards the `weights`, those that are not named staying as they are."""

    def change(spec: ChannelSpec) -> dict[str, Any]:
        sites: Mapping[str, Any] = getattr(spec, "sites_", {})
        return {
            "sites_": {
                name: site.model_copy(update={"share": towards(site.share, weights[name], dose)}) if name in weights else site for name, site in sites.items()
            }
        }

    return with_channel(scenario, channel, change)


def attributes(channel: str, names: Mapping[str, float]) -> list[Attribute]:
    """What is set."""
    return [("channels", channel, "sites", name) for name in names]


def troubles(scenario: Scenario, channel: str, weights: Mapping[str, float], services: object, keys: tuple[str, ...]) -> Iterator[Trouble]:
    """What is wrong with opening (a weight above 0) or closing (0) sites: together with services or `keys`, of sites that there are not, or that are open or
    closed already, or when none would be left."""
    spec = scenario.channels[channel]
    if services is not None:
        yield (), "exactly_one", {"keys": ["services", "sites"], "given": ["services", "sites"]}
    for key in keys:
        yield (key,), "not_of_sites", {"found": key}
    known, open_ = spec.sites(), spec.open_sites()
    for name, weight in weights.items():
        if name not in known:
            yield ("sites",), "unknown_site", {"found": name, "known": list(known), **suggestion(name, known)}
        elif weight > 0 and name in open_:
            yield ("sites",), "site_open", {"found": name}
        elif weight == 0 and name not in open_:
            yield ("sites",), "site_closed", {"found": name}
    if open_ and not set(open_) - {name for name, weight in weights.items() if weight == 0}:
        yield ("sites",), "last_site", {"found": channel}
