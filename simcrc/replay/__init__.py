"""Replay of the records of a real centre.

``read`` turns the rows of a file into arrivals by ``Replay`` (``simcrc.scenario.replay``); ``fit`` lays what the records bring (work, patience,
roster) over a compiled model; ``compare`` sets the simulated centre beside the recorded one.  What is learnt from records stands in ``simcrc.calibration``.
"""
