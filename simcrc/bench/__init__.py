"""Benchmarks: scenarios that say what they expect, and what judges them.

``lines`` makes the lines of a scenario's ``expect:``, ``sequential`` says when an interval is clear, ``catalogue`` finds the scenarios, ``runner`` makes
the replications and judges, ``exact`` keeps figures to the last digit, ``page`` and ``figures`` show it all.
"""
