"""Numerical methods behind the models: not models themselves, and not imported until a figure needs them."""
