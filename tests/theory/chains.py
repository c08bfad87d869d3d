"""Small Markov chains by brute force, for the tests of ``simcrc.theory``: states explored from one of them, dense matrices, matrix exponentials."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.linalg import expm

State = Any
Moves = Callable[[State], Iterable[tuple[State, float]]]


@dataclass
class Chain:
    """All states that can be reached from `start` by `moves` (state → (next, rate))."""

    moves: Moves
    start: list[Hashable]
    index: dict[Hashable, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        todo = list(self.start)
        arcs: list[tuple[Hashable, Hashable, float]] = []
        while todo:
            state = todo.pop()
            if state in self.index:
                continue
            self.index[state] = len(self.index)
            for after, rate in self.moves(state):
                if rate > 0:
                    arcs.append((state, after, rate))
                    todo.append(after)
        size = len(self.index)
        self.generator = np.zeros((size, size))
        for state, after, rate in arcs:
            self.generator[self.index[state], self.index[after]] += rate
            self.generator[self.index[state], self.index[state]] -= rate

    def stationary(self) -> dict[Hashable, float]:
        """By elimination without subtractions (Grassmann, Taksar and Heyman)."""
        p = self.generator.copy()
        np.fill_diagonal(p, 0.0)
        size = len(p)
        for n in range(size - 1, 0, -1):
            p[:n, n] /= p[n, :n].sum()
            p[:n, :n] += np.outer(p[:n, n], p[n, :n])
        law = np.ones(size)
        for n in range(1, size):
            law[n] = law[:n] @ p[:n, n]
        law /= law.sum()
        return {state: float(law[i]) for state, i in self.index.items()}

    def later(self, law: dict[Hashable, float], time: float) -> dict[Hashable, float]:
        """The law a `time` after."""
        vector = np.zeros(len(self.index))
        for state, probability in law.items():
            vector[self.index[state]] += probability
        after = vector @ expm(self.generator * time)
        return {state: float(after[i]) for state, i in self.index.items()}

    def later_and_moment(
        self, law: dict[Any, float], moment: dict[Any, float], time: float, reward: Callable[[State], float]
    ) -> tuple[dict[Any, float], dict[Any, float]]:
        """The law a `time` after, and by state the expected reward gathered so far, `moment` of it before."""
        size = len(self.index)
        wide = np.zeros((2 * size, 2 * size))
        wide[:size, :size] = wide[size:, size:] = self.generator
        for state, i in self.index.items():
            wide[i, size + i] = reward(state)
        vector = np.zeros(2 * size)
        for state, probability in law.items():
            vector[self.index[state]] += probability
        for state, gathered in moment.items():
            vector[size + self.index[state]] += gathered
        after = vector @ expm(wide * time)
        return {state: float(after[i]) for state, i in self.index.items()}, {state: float(after[size + i]) for state, i in self.index.items()}

    def integral(self, law: dict[Hashable, float], time: float) -> dict[Hashable, float]:
        """The law integrated over a `time`."""
        size = len(self.index)
        wide = np.zeros((2 * size, 2 * size))
        wide[:size, :size] = self.generator
        wide[:size, size:] = np.eye(size)
        vector = np.zeros(2 * size)
        for state, probability in law.items():
            vector[self.index[state]] += probability
        area = (vector @ expm(wide * time))[size:]
        return {state: float(area[i]) for state, i in self.index.items()}


def mean(law: dict[Any, float], of: Callable[[Any], float]) -> float:
    """Expectation of a function of the state."""
    return float(sum(probability * of(state) for state, probability in law.items()))
