"""The command line.  One command a module; ``speech`` is the language, ``failures`` what is said and returned when something ends badly.

Commands import what they need when they run: ``simcrc --help`` loads no numerical library.
"""

from __future__ import annotations

import signal
import sys
from typing import Any


def main() -> None:
    """Entry point of the ``simcrc`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show an accent gets a question mark
    signal.signal(signal.SIGTERM, _terminated)

    from simcrc.cli.failures import guarded

    sys.exit(guarded(_call))


def _call() -> Any:
    from simcrc.cli.app import app
    from simcrc.cli.failures import USAGE
    from simcrc.cli.speech import mind_language, tell
    from simcrc.words import Words

    mind_language()
    for argument in sys.argv[1:]:
        if any("\ud800" <= letter <= "\udfff" for letter in argument):  # bytes that are not UTF-8: no results could hold them
            odd = Words(
                fr="{argument} : un argument ou un nom de fichier qui n'est pas de l'UTF-8", en="{argument}: an argument or file name that is not UTF-8"
            )
            tell(odd, argument=argument.encode("utf-8", "replace").decode())
            return USAGE
    return app(standalone_mode=False)


def _terminated(*_: object) -> None:
    """A polite kill ends a run as Ctrl-C does: workers are stopped and finished replications kept."""
    raise KeyboardInterrupt
