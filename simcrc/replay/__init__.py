"""Replay of the records of a real centre, and what is learnt from them.

``read`` turns the rows of a file into arrivals by ``Replay`` (``simcrc.scenario.replay``); ``fit`` lays what the records bring (work, patience,
roster) over a compiled model; ``compare`` sets the simulated centre beside the recorded one.  ``estimate`` is a program that
estimates the tables of ``scenarios/bank`` from the records; its parts are pure functions, one module a quantity:
``kaplan_meier``, ``busyness``, ``families``, ``sessions``, ``not_ready``.
"""
