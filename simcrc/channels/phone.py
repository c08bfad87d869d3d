"""The phone with an agent: lines held from the first ring to the end of the call, a voice unit in front where `via` says so."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import PositiveInt

from simcrc.channels.base import channel_kind
from simcrc.channels.staffed import Staffed
from simcrc.words import Words


@channel_kind("phone", Words(fr="téléphone avec préposé", en="phone with an agent"))
class Phone(Staffed):
    """`lines`: how many calls can be on the number at once, the voice unit and the queue included; `via`: the ivr channel that
    every call meets first."""

    universal: ClassVar[bool] = True

    kind: Literal["phone"]
    lines: PositiveInt | None = None
    via: str | None = None
