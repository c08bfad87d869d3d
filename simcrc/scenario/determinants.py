"""What decides the channel: the six determinants as named terms of a utility, the memory that moves two of them, and odds.

The six (Services Québec 2007; Pieterson & van Dijk 2007): habit, the channel's characteristics, the task, constraints and
circumstances, previous experience, personal characteristics.  A citizen takes the channel with the largest sum of terms and
a Gumbel variate (a multinomial logit) among those that are feasible for him. Written shares stay the simple form: they are
the marginals of the same choice, its constants are solved so that they come out. Two laws: people follow habit; when the
task is complex or ambiguous they weigh channel and task.  So `habit` has a weight for simple needs and one for those that
are weighed, and `task` acts on the latter only.
"""

from __future__ import annotations

from pydantic import Field

from simcrc.scenario.base import Names, Spec
from simcrc.scenario.units import NonNegative, Number, Share

ByChannel = dict[str, Number]


class Habit(Spec):
    """What the channel of habit gains: for needs that are neither complex nor ambiguous (`simple`), and for those that are (`weighed`)."""

    simple: NonNegative = 0.0
    weighed: NonNegative = 0.0


class Task(Spec):
    """What channels gain or lose when the need is complex, and when it is ambiguous; both add up."""

    complex: ByChannel = Field(default_factory=dict)
    ambiguous: ByChannel = Field(default_factory=dict)


class Circumstances(Spec):
    """`closed`: what a channel gains (negative: loses) that is closed at the time."""

    closed: Number = 0.0


class Determinants(Spec):
    """The terms of the utility of a channel; what is not written is 0.

    `channel`: what all see in a channel (speed, ease, being official), and `personal`: what the citizens of a segment see
    in it; where shares are written, they hold both already, and these terms say how the shares of a policy would differ.
    `experience`: weight of the memory of the channel, from −1 (worse than expected) to 1.
    """

    habit: Habit = Habit()
    channel: ByChannel = Field(default_factory=dict)
    task: Task = Task()
    circumstances: Circumstances = Circumstances()
    experience: Number = 0.0
    personal: dict[str, ByChannel] = Field(default_factory=dict)


class Memory(Spec):
    """What a contact leaves behind.  `habit_rate`: probability that its channel becomes the channel of habit.
    `experience_rate`: share by which the memory of the channel moves towards what happened, better or worse than expected.
    0 switches learning off."""

    habit_rate: Share = 0.0
    experience_rate: Share = 0.0


class Odds(Spec):
    """The odds of taking `channel` are multiplied by `factor`, on top of the constants: for all services and segments unless written, for the first choice
    and whenever citizens choose again; with `after`, only after a contact on that channel."""

    channel: str
    factor: NonNegative
    services: Names | None = None
    segments: Names | None = None
    after: str | None = None
