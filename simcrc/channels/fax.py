"""Fax: an item that is matched with its file by hand, then processed."""

from __future__ import annotations

from typing import Literal

from simcrc.channels.base import channel_kind
from simcrc.channels.written import Written
from simcrc.words import Words


@channel_kind("fax", Words(fr="télécopie", en="fax"))
class Fax(Written):
    """As ``Written``, without transport; its first step is the matching."""

    kind: Literal["fax"]
