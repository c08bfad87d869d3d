"""What the picture of journeys counts: every contact once by where it comes from, and once by what comes after it.

Contacts of needs that started in the measured period, from the table of ``simcrc.indicators.transitions``, which is kept whole for every replication: so the
flows are exact, and cost the same memory for a month and for ten years.  A contact has one cause, or is the first of its need; some lead to several, which is
why what follows is told of the contact (nothing follows, or something does) and not of what it led to.  ``journeys`` makes the picture, ``journeys_drawing``
draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from simcrc.experiment.statistics import Estimates, ratios
from simcrc.indicators.common import NEEDS
from simcrc.indicators.totals import Reals, Totals
from simcrc.indicators.transitions import GROUPS, LAYOUT, NAME
from simcrc.report.adding_up import adding_up

KINDS = ("first", "failure", "not_reached", "zero", "after")
"""Why a contact was made, by how the one that caused it ended: it is the first of its need; that one did not settle the need (failure demand); it did not
get through, or was lost; "0" was pressed in the voice unit; it settled the need, or its answer is being waited for."""
ENDS = ("settled", "unsettled", "open", "followed")
"""What comes after a contact: nothing, and it settled the need; nothing, and it did not; it is still in progress; another contact."""
START, OTHERS = "start", "others"
MOST = 6
"""Channels that are shown; the smallest beyond are added together."""
_KIND_OF = {"start": 0, "unresolved": 1, "not_reached": 2, "lost": 2, "opted_out": 3, "resolved": 4, "open": 4}
_END_OF = {"resolved": 0, "unresolved": 1, "not_reached": 1, "lost": 1, "opted_out": 1, "open": 2}
_FOLLOWED = 3


@dataclass(frozen=True, eq=False)
class Flows:
    """Contacts, by replication (first axis).

    `channels`: those shown, the last may be ``others``; `left_out`: how many are added together there; `into`: where contacts come from, shape (replications,
    1 + channels, kinds, channels), the first source is the start; `after`: what follows, shape (replications, channels, ends); `needs`: needs that started.
    """

    channels: tuple[str, ...]
    left_out: int
    into: Reals
    after: Reals
    needs: Reals

    @property
    def sources(self) -> tuple[str, ...]:
        """The start, then the channels."""
        return (START, *self.channels)

    def per_need(self, counts: Reals) -> Estimates:
        """Counts of contacts over all needs, with intervals."""
        return ratios(counts, np.broadcast_to(self.needs.reshape(-1, *(1,) * (counts.ndim - 1)), counts.shape))

    @property
    def contacts(self) -> Reals:
        """All contacts, by replication."""
        return np.asarray(self.into.sum(axis=(1, 2, 3)))

    @property
    def failure(self) -> Reals:
        """Contacts that follow one which did not settle the need, by replication."""
        return np.asarray(self.into[:, :, KINDS.index("failure")].sum(axis=(1, 2)))


def flows(totals: Totals, shown: tuple[str, ...]) -> Flows | None:
    """The flows of a run; `shown`: the channels told apart, of ``largest``.  None where there is no contact."""
    kept, needs = totals.raw(NAME, LAYOUT), NEEDS.cells(totals, ())
    if kept is None or needs is None or not kept.any():
        return None
    names, size = totals.axes.labels["channel"], totals.axes.size("channel") + 1
    counts = kept.reshape(-1, size, len(GROUPS), size)
    into, after = _kinds(counts), _after(counts)
    place = {name: k for k, name in enumerate(shown)}
    at = np.array([place.get(name, place.get(OTHERS, 0)) for name in names])
    small = np.zeros((len(into), 1 + len(shown), len(KINDS), len(shown)))
    rest = np.zeros((len(after), len(shown), len(ENDS)))
    for here in range(len(names)):
        rest[:, at[here]] += after[:, here]
        small[:, 0, :, at[here]] += into[:, 0, :, here]
        for source in range(len(names)):
            small[:, 1 + at[source], :, at[here]] += into[:, 1 + source, :, here]
    return Flows(shown, sum(name not in place and bool(into[..., k].any()) for k, name in enumerate(names)), small, rest, needs)


def _kinds(counts: Reals) -> Reals:
    """Contacts by source (the start first), kind and channel."""
    channels = counts.shape[1] - 1
    out = np.zeros((len(counts), 1 + channels, len(KINDS), channels))
    for group, kind in _KIND_OF.items():
        part = counts[:, :, GROUPS.index(group), :channels]
        out[:, 0, kind] += part[:, channels]
        out[:, 1:, kind] += part[:, :channels]
    return out


def _after(counts: Reals) -> Reals:
    """Contacts by channel and by what follows: those that lead to none are counted; of all others, at least one comes."""
    channels = counts.shape[1] - 1
    out = np.zeros((len(counts), channels, len(ENDS)))
    for group, end in _END_OF.items():
        out[:, :, end] += counts[:, :channels, GROUPS.index(group), channels]
    out[:, :, _FOLLOWED] = counts[:, :, :, :channels].sum(axis=(1, 2)) - out.sum(axis=2)
    return out


def largest(arms: Sequence[Totals]) -> tuple[str, ...]:
    """The channels that have contacts in any of `arms`, in the order of the scenarios, the smallest added together where they are many."""
    contacts: dict[str, float] = {}
    for totals in arms:
        kept, names = totals.raw(NAME, LAYOUT), totals.axes.labels["channel"]
        if kept is not None:
            size = len(names) + 1
            made = kept.reshape(-1, size, len(GROUPS), size).sum(axis=(0, 1, 2))[:-1] / len(kept)
            for name, count in zip(names, made.tolist(), strict=True):
                contacts[name] = contacts.get(name, 0.0) + count
    used = [name for name, count in contacts.items() if count > 0]
    if len(used) <= MOST:
        return tuple(used)
    kept_names = sorted(used, key=lambda name: -contacts[name])[: MOST - 1]
    return (*(name for name in used if name in kept_names), OTHERS)


@dataclass(frozen=True, eq=False)
class Rounded:
    """Contacts for a hundred needs, rounded so that what is printed adds up: each channel's from where they come, and by what follows; all to the whole.

    `into`: by (source, kind, channel), `after`: by (channel, end); those that are 0 before rounding are left out.
    """

    into: dict[tuple[str, str, str], float]
    after: dict[tuple[str, str], float]
    whole: float


def rounded(found: Flows, places: int = 1) -> Rounded:
    """The flows as they are printed."""
    needs = float(found.needs.sum())
    into, after = (100.0 * values.sum(axis=0) / needs for values in (found.into, found.after))
    nodes = adding_up(after.sum(axis=1).tolist(), places)
    made_into: dict[tuple[str, str, str], float] = {}
    made_after: dict[tuple[str, str], float] = {}
    for c, channel in enumerate(found.channels):
        cells = [(s, k) for s, k in product(range(into.shape[0]), range(into.shape[1])) if into[s, k, c] > 0]
        for (s, k), value in zip(cells, adding_up([float(into[s, k, c]) for s, k in cells], places, nodes[c]), strict=True):
            made_into[found.sources[s], KINDS[k], channel] = value
        ends = [e for e in range(len(ENDS)) if after[c, e] > 0]
        for e, value in zip(ends, adding_up([float(after[c, e]) for e in ends], places, nodes[c]), strict=True):
            made_after[channel, ENDS[e]] = value
    return Rounded(made_into, made_after, round(sum(nodes), places))
