"""Calibration: numbers of a scenario are moved, within bounds, until known figures come out of the simulation (``fit:``, ``expect:``).

``parameters`` says what moves and how; ``probe`` evaluates figures on common draws; ``least_squares`` searches; ``calibrate`` does all of it; ``put_back``
writes what was found into the file, and ``wording`` says it.
"""
