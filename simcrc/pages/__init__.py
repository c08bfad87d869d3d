"""The report: one page that a director general, a planner and a researcher can read, made of figures alone.

``content`` gathers what stands on the page in one language, part by part: ``verdict``, ``banners``, ``tiles``, ``drawn`` (pictures), ``choice`` (free choice),
``assumptions``, ``method``, ``checklist`` (STRESS-DES), ``provenance``; ``blocks`` are what they are made of.  ``html`` and ``markdown`` write the page,
``pdf`` has it printed, ``write`` puts it in place.  Equal figures give equal bytes: nothing depends on the hour or on where the folder is.
"""
