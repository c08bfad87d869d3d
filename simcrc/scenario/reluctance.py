"""Reluctance of staff and partners: agents who do not guide to self-service, or talk citizens out of it, and partners who do not help.

One of the five issues that hold a migration back (Lemire, CEGO 2009, 6.5).  The third party, the clients, are reluctant by habit: the weight of habit in the
choice of the first channel (``simcrc.scenario.determinants``), which no promotion lifts at once.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simcrc.scenario.base import Spec
from simcrc.scenario.units import NonNegative, Share


class Reluctance(Spec):
    """`staff`: share of the guiding asked of agents that they do not do: odds that hold after a contact with them are brought towards 1 by this share, and so
    many fewer citizens are shown another channel.  `discourages`: odds of self-service when a citizen goes on after a contact with agents (1: they say
    nothing against it).  `partners`: share of the helpers' work that is not done."""

    staff: Share = 0.0
    discourages: Annotated[NonNegative, Field(gt=0.0, le=1.0)] = 1.0
    partners: Share = 0.0
