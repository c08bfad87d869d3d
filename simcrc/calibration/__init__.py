"""Calibration: from an organisation's own records to a piece of scenario, every number with its standard error.

``mapping`` declares how the files are to be read (``mapping_file`` reads the YAML); ``tables`` brings the rows, ``instants`` and ``lengths`` read single
columns, ``rows`` makes calls of rows and ``calls`` holds them, ``traps`` counts what real records do.  ``estimates`` puts the estimators
together, one module a quantity: ``week`` and ``busyness`` (demand), ``families`` (time with agents), ``kaplan_meier``, ``censored`` and ``patience``,
``again`` (calls again), ``sessions``, ``not_ready`` and ``roster`` (agents).  ``piece`` writes the scenario, ``unknown`` says what the records
cannot tell, ``pictures`` draws the fits, ``account`` puts all of it in words; ``calibrate`` is the whole way.
"""
