"""Staffing: the least staff, by half hour of the week and team, with which targets are met.

``target`` reads what is to be reached, ``crews`` says whose schedules may change and when, ``plan`` holds a staffing, ``load`` finds the load that ample staff
would carry and where to start, ``trials`` simulates plans on common random numbers, ``judge`` says which targets they meet, ``search`` and ``prune`` look for
the least, ``around`` for what a little more or less does; ``staff`` puts them together and ``staffed`` is what comes out.
"""
