"""For the tests of your own scenarios: a pytest plugin that ships with simcrc.

``plugin`` is what pytest loads, ``regression`` the fixture ``simcrc_regression``, ``figures`` the figures that are named in a test.
"""
