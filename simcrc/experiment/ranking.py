"""What to measure first: the unknowns of a scenario (``simcrc.experiment.unknowns``) in order of a rule that needs no run.

    score = half the width of the range × families of figures that hang on it × share of the needs concerned

The half-width is in points for what is written in % (80 % ±15 % is 0.12) and relative to the value for anything else; of several numbers the widest
counts, and 0.5 where no range is written.  The families are waits, backlogs, journeys, migration, money and satisfaction.  The share of the needs is that
of the services, segments and first channels that the numbers are about (of a team: the channels that it serves).  The rule orders, it does not measure:
``simcrc.experiment.sensitivity`` runs the scenario at both ends of the ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from simcrc.experiment.unknowns import Unknown, hangs, size
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.scenario import Loaded
    from simcrc.scenario.scenario import Scenario

Family = Literal["waits", "backlogs", "journeys", "migration", "money", "satisfaction"]
FAMILIES: dict[Family, Words] = {
    "waits": Words(fr="attentes", en="waits"),
    "backlogs": Words(fr="envois en attente", en="backlogs"),
    "journeys": Words(fr="parcours", en="journeys"),
    "migration": Words(fr="migration", en="migration"),
    "money": Words(fr="coûts", en="money"),
    "satisfaction": Words(fr="satisfaction", en="satisfaction"),
}
ALL: tuple[Family, ...] = tuple(FAMILIES)
LOAD: tuple[Family, ...] = ("waits", "backlogs", "money", "satisfaction")
NO_RANGE = 0.5

MOVES: tuple[tuple[str, tuple[Family, ...]], ...] = (
    ("services.*.volume.busyness", ("waits",)),
    ("services.*.volume.shared", ("waits",)),
    ("services.*.volume.**", LOAD),
    ("services.*.standard", ("backlogs",)),
    ("services.*.priority", ("waits", "backlogs")),
    ("services.**", ALL),
    ("profiles.**", ("waits", "satisfaction")),
    ("surges.**", ("waits", "satisfaction")),
    ("population.size", ("migration",)),
    ("population.memory.**", ("migration",)),
    ("population.segments.*.patience.**", ("waits", "journeys", "satisfaction")),
    ("population.patience.**", ("waits", "journeys", "satisfaction")),
    ("population.**", ALL),
    ("privacy.**", ("journeys", "migration", "money")),
    ("reluctance.**", ("journeys", "migration", "money")),
    ("channels.*.cost.**", ("money",)),
    ("channels.*.service_level.**", ("waits",)),
    ("channels.*.standard.**", ("backlogs",)),
    ("channels.{web,ivr}.duration.**", ("satisfaction",)),
    ("channels.{web,ivr}.opt_out_after.**", ("satisfaction",)),
    ("channels.*.handle_time.**", LOAD),
    ("channels.*.wrap_up.**", LOAD),
    ("channels.*.steps.**", ("backlogs", "journeys", "money", "satisfaction")),
    ("channels.*.patience.**", ("waits", "journeys", "satisfaction")),
    ("channels.*.balking", ("waits", "journeys", "satisfaction")),
    ("channels.*.lines", ("waits", "journeys")),
    ("channels.*.ports", ("waits", "journeys")),
    ("channels.*.waiting_places", ("waits", "journeys")),
    ("channels.*.transport.**", ("journeys", "satisfaction")),
    ("channels.*.reply.**", ("journeys", "satisfaction")),
    ("channels.*.correction.**", ("journeys", "satisfaction")),
    ("channels.*.hours.**", ("waits", "journeys", "satisfaction")),
    ("channels.*.when_closed.**", ("waits", "journeys")),
    ("channels.*.outages.**", ("waits", "journeys")),
    ("channels.**", ALL),
    ("teams.*.cost_per_hour", ("money",)),
    ("teams.**", LOAD),
    ("routing.**", ("waits", "backlogs")),
    ("choice.first.utility.**", ("journeys", "migration", "money")),
    ("choice.max_contacts", ("journeys",)),
    ("choice.verify.*.after.**", ()),  # when, not how often
    ("choice.induced.*.after.**", ()),
    ("silos.after.**", ()),
    ("choice.**", ALL),
    ("silos.rekeyed.**", LOAD),
    ("silos.rekeying.**", LOAD),
    ("silos.**", ("waits", "journeys", "money", "satisfaction")),
    ("costs.**", ("money",)),
    ("satisfaction.**", ("satisfaction",)),
    ("policies.**", ALL),
)
"""By pattern, the first that fits: the families of figures that the numbers can move.  What no pattern names (targets) moves none."""


@dataclass(frozen=True)
class Ranked:
    """An unknown with what its place in the order rests on."""

    unknown: Unknown
    half_width: float
    families: tuple[Family, ...]
    needs: float

    @property
    def score(self) -> float:
        """What they are ordered by."""
        return self.half_width * len(self.families) * self.needs


def ranked(loaded: Loaded, unknowns: Sequence[Unknown]) -> list[Ranked]:
    """`unknowns` of a scenario, those to measure first at the head; what moves nothing comes last, in the order given."""
    kinds = {name: str(spec.kind) for name, spec in loaded.scenario.channels.items()}
    weights = Weights(loaded.scenario)
    out = []
    for unknown in unknowns:
        place = unknown.leaves[0].place
        families = next((families for pattern, families in MOVES if hangs(pattern, place, kinds)), ())
        sized = any(size(leaf.value) is not None for leaf in unknown.leaves)  # opening hours are not
        width = unknown.half_width if unknown.half_width is not None else NO_RANGE * sized
        out.append(Ranked(unknown, width, families, weights.needs(unknown)))
    return sorted(out, key=lambda each: -each.score)


class Weights:
    """Shares of the needs: by service, by segment, and by first channel (all the needs where no shares are written)."""

    def __init__(self, scenario: Scenario) -> None:
        from simcrc.model.citizens import Citizens
        from simcrc.model.first import written_shares
        from simcrc.model.intensity import daily_mean

        daily = np.array([daily_mean(service.volume) if service.volume else 0.0 for service in scenario.services.values()])
        volumes = daily / daily.sum() if daily.any() else np.full(len(daily), 1.0 / len(daily))
        segments = np.diff(Citizens.of(scenario).weights, axis=1, prepend=0.0)
        first = np.einsum("i,ij,ijk->k", volumes, segments, written_shares(scenario))
        self.services = dict(zip(scenario.services, volumes.tolist(), strict=True))
        self.segments = dict(zip(scenario.population.segments, (volumes @ segments).tolist(), strict=True)) if scenario.population else {}
        self.channels = dict(zip(scenario.channels, _in_front(scenario, first).tolist(), strict=True)) if first.any() else {}
        served = {name: {station.partition(".")[0] for station in team.serves} for name, team in scenario.teams.items()}
        self.teams = {name: sum(self.channels[channel] for channel in channels) for name, channels in served.items()} if self.channels else {}

    def needs(self, unknown: Unknown) -> float:
        """The share of the needs that the numbers are about."""
        out = 1.0
        for known in (self.services, self.segments, self.channels, self.teams):
            named = {found for leaf in unknown.leaves for found in _named(leaf.place, known)}
            if named and "default" not in named:
                out *= min(1.0, sum(known[name] for name in named))
        return out


def _named(place: Sequence[str | int], known: dict[str, float]) -> list[str]:
    """The first name of `known` in a path (rows of `next` hold a channel before the dot); ``default`` where that stands for it."""
    words = [word for key in place for word in str(key).split(".")]
    return next(([word] for word in words if word in known), ["default"] if "default" in words else [])


def _in_front(scenario: Scenario, first: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """First channels, the voice unit having what the phone behind it has."""
    out = first.copy()
    names = list(scenario.channels)
    for k, spec in enumerate(scenario.channels.values()):
        via = getattr(spec, "via", None)
        if via is not None:
            out[names.index(via)] += first[k]
    return out
