"""E-mail: a backlog with answers that must stay anonymous, hence general; for citizens who are on line."""

from __future__ import annotations

from typing import ClassVar, Literal

from simcrc.channels.base import channel_kind
from simcrc.channels.written import Written
from simcrc.words import Words


@channel_kind("email", Words(fr="courriel", en="e-mail"))
class Email(Written):
    """As ``Written``, without transport; `resolution` says how far an anonymised answer goes."""

    needs_access: ClassVar[bool] = True

    kind: Literal["email"]
