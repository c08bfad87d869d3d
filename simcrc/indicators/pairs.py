"""Pairs of channels: how often citizens go on from one channel to another with a need that the first has left open, and whether the second settles it.

A pair is written ``web>phone``.  ``FORRESTER`` are the six that Forrester studied (2007, p. 16, cited by Lemire, CEGO 2009, 4.2), by the kinds of the
channels, with what it found; ``compare`` sets them beside what a run gives.  ``transitions`` is the table of all passages, by how the first contact ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcrc.experiment.statistics import Estimates, ratios, t_quantile
from simcrc.indicators.expressions import Measure
from simcrc.indicators.formulas import Ratio, Total
from simcrc.indicators.indicator import Indicator, register
from simcrc.indicators.sums import Sums
from simcrc.indicators.totals import Totals
from simcrc.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.indicators.expressions import Reals
    from simcrc.model.model import Model

Found = Literal["most", "least", ""]
FORRESTER: dict[tuple[str, str], Found] = {
    ("web", "email"): "",
    ("web", "phone"): "most",
    ("ivr", "phone"): "most",
    ("phone", "web"): "most",
    ("email", "phone"): "least",
    ("email", "web"): "least",
}
"""By kinds of the two channels: among the most effective, the least, or neither said.  The agent is the phone."""

PAIRS = Measure("pairs", "pairs", lambda f: np.ones(len(f), dtype=bool))
SETTLED = Measure("pairs_settled", "pairs", lambda f: f["settles"].astype(bool))
_BY = (("pair",), ("pair", "service"), ("pair", "segment"), ("pair", "month"))

register(
    Indicator(
        name="pair_count",
        label=Words(fr="passages d'un canal à l'autre", en="passages from channel to channel"),
        definition=Words(
            fr=(
                "Contacts qui suivent un contact terminé sans que le besoin soit réglé (rappel, autre canal, « 0 », transfert, demande non réglée, "
                "nouvel envoi), par paire « premier>second » ; ni relances, ni vérifications, ni contacts induits. Un appel va au téléphone, même si une "
                "RVI le reçoit ; son « 0 » est un passage de plus, de la RVI au téléphone."
            ),
            en=(
                "Contacts that follow one that ended without settling the need (redial, other channel, “0”, transfer, failure demand, sent again), by "
                "pair “first>second”; no chases, verifications or induced contacts. A call goes to the phone, though an IVR answers it; its “0” is one "
                "more passage, from the IVR to the phone."
            ),
        ),
        unit="count",
        formula=Total(PAIRS, where=PAIRS),
        by=_BY,
    ),
    Indicator(
        name="pair_resolution",
        label=Words(fr="règlement par le second canal d'une paire", en="resolution by the second channel of a pair"),
        definition=Words(
            fr="Passages d'un canal à l'autre dont le second contact (appel entier, « 0 » compris) règle le besoin ÷ passages de cette paire.",
            en="Passages from channel to channel whose second contact (the whole call, “0” included) settles the need ÷ passages of that pair.",
        ),
        unit="share",
        formula=Ratio(SETTLED, PAIRS),
        by=_BY,
    ),
)


def compare(model: Model, sums: Sequence[Sums]) -> pd.DataFrame:
    """The six pairs of Forrester over the replications whose `sums` are given, the one that resolves most first; those whose channels the model has not,
    or that never happened, are left out.

    Columns: pair, forrester (``most``, ``least`` or empty), count (mean a replication), resolution, low, high, behind, behind_low, behind_high (how far the
    share is behind that of the first, a paired difference by the jackknife over replications), replications.
    """
    import pandas as pd

    totals = Totals(model, sums)
    labels = totals.axes.labels["pair"]
    kinds = [channel.kind for channel in model.channels]
    wanted = {
        one * len(kinds) + other: found
        for (a, b), found in FORRESTER.items()
        for one, x in enumerate(kinds)
        for other, y in enumerate(kinds)
        if (x, y) == (a, b)
    }
    made, settled = PAIRS.cells(totals, ("pair",)), SETTLED.cells(totals, ("pair",))
    assert made is not None
    assert settled is not None
    places = [place for place in wanted if made[:, place].any()]
    shares = ratios(settled[:, places], made[:, places])
    order = np.argsort(-shares.mean, kind="stable").tolist()
    places = [places[k] for k in order]
    first = _behind(settled, made, places)
    return pd.DataFrame(
        {
            "pair": [labels[place] for place in places],
            "forrester": [wanted[place] for place in places],
            "count": made[:, places].mean(axis=0),
            "resolution": shares.mean[order],
            "low": shares.low[order],
            "high": shares.high[order],
            "behind": first.mean,
            "behind_low": first.low,
            "behind_high": first.high,
            "replications": len(sums),
        }
    )


def _behind(settled: Reals, made: Reals, places: Sequence[int]) -> Estimates:
    """How far the shares of the pairs at `places` are behind that of the first; no interval with one replication."""
    n = len(made)
    s, m = settled[:, places], made[:, places]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = s.sum(axis=0) / m.sum(axis=0)
        left_out = (s.sum(axis=0) - s) / (m.sum(axis=0) - m)
    behind, parts = share[:1] - share, left_out[:, :1] - left_out
    half = np.full(len(places), np.nan)
    if n > 1:
        half = t_quantile(n - 1) * np.sqrt((n - 1) / n * ((parts - parts.mean(axis=0)) ** 2).sum(axis=0))
    return Estimates(behind, behind - half, behind + half, np.full(len(places), n, dtype=np.int64))
