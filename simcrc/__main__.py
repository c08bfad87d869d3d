"""``python -m simcrc`` is the ``simcrc`` command."""

from simcrc.cli import main

main()
