"""The utility of channels: shares of a multinomial choice over a mixture of citizens, and the constants that make written shares come out.

Pure functions on arrays.  A mixture has classes m (on line or not, habit, task, what is closed) with weights and terms; constants are added to the
terms of each class.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

STEPS = 200
CLOSE = 1e-13
"""Largest difference of a share from what is written at which the constants are taken for solved."""


def shares(constants: Reals, terms: Reals, weights: Reals) -> Reals:
    """The shares of the channels, shape (channels,): `constants` shape (channels,), `terms` shape (classes, channels) with −inf where not feasible,
    `weights` shape (classes,) adding up to 1."""
    return np.asarray(weights @ probabilities(constants + terms))


def probabilities(utility: Reals) -> Reals:
    """The probabilities of a multinomial logit, row by row; shape (classes, channels).  Rows without any feasible channel are 0."""
    top = utility.max(axis=-1, keepdims=True)
    powers = np.exp(utility - np.where(np.isfinite(top), top, 0.0))
    sums = powers.sum(axis=-1, keepdims=True)
    return np.asarray(np.where(sums > 0, powers / np.where(sums > 0, sums, 1.0), 0.0))


def solve(written: Reals, terms: Reals, weights: Reals) -> Reals:
    """The constants with which the `written` shares come out (the mean of the finite ones is 0); −inf for a share of 0.

    Newton's method on the logarithms of the shares, from the contraction of Berry, Levinsohn & Pakes (Econometrica 63, 1995), which has one fixed
    point.  ValueError when none is found: shares that the mixture cannot give.
    """
    used = np.flatnonzero(written > 0)
    constants = np.full(len(written), -np.inf)
    if len(used) == 1:
        constants[used] = 0.0
        return constants
    own, part, aim = np.log(written[used]), terms[:, used], written[used] / written[used].sum()
    for step in range(STEPS):
        p = probabilities(own + part)
        found = weights @ p
        error = np.log(found) - np.log(aim)
        if np.abs(found - aim).max() < CLOSE:
            own -= own.mean()
            constants[used] = own
            return constants
        # derivative of the logarithm of share i by constant j; one constant is free
        slope = (np.diag(found) - (p * weights[:, None]).T @ p) / found[:, None]
        move = np.zeros(len(own))
        if step >= 5:
            move[1:] = np.linalg.lstsq(slope[:, 1:], error, rcond=None)[0]
        own = own - (move if step >= 5 and np.abs(move).max() < 5 else error)
    raise ValueError("no constants give these shares")
