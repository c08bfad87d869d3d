"""Mail: post, scanning, indexing, processing, post; forms come back incomplete and documents are lost."""

from __future__ import annotations

from typing import ClassVar, Literal

from simcrc.channels.base import channel_kind
from simcrc.channels.written import Written
from simcrc.distributions import Law
from simcrc.distributions.deterministic import Deterministic
from simcrc.words import Words

DAY = 24 * 3600 * 1_000_000


@channel_kind("mail", Words(fr="courrier", en="mail"))
class Mail(Written):
    """As ``Written``; three days of post each way and ten days to correct a form unless written otherwise."""

    universal: ClassVar[bool] = True

    kind: Literal["mail"]
    transport: Law = Deterministic(value=3 * DAY)
    correction: Law = Deterministic(value=10 * DAY)
