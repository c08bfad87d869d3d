"""What a person is told when something ends badly, and the exit code: never a traceback.

0 done, 2 usage or invalid scenario, 4 failure of the simulation, 130 interrupted.  With SIMCRC_DEBUG=1 the traceback of what was not foreseen is printed too.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

P = ParamSpec("P")
R = TypeVar("R")

DONE, USAGE, FAILURE, INTERRUPTED = 0, 2, 4, 130

STOPPED = Words(fr="Interrompu.", en="Interrupted.")
DISK_FULL = Words(fr="Disque plein : {path}", en="Disk full: {path}")
NO_MEMORY = Words(
    fr="Mémoire insuffisante ; essayez moins de processus avec -j, ou sans --events.", en="Out of memory; try fewer processes with -j, or without --events."
)
UNFORESEEN = Words(
    fr="Erreur imprévue ({kind}). Ce qui suit est à joindre à un rapport : {path}", en="Unexpected error ({kind}). Please attach this to a report: {path}"
)

USAGE_WORDS: dict[str, str] = {  # by class of typer's exceptions, in French; English is what typer says
    "NoSuchOption": "option inconnue : {option_name}",
    "MissingParameter": "il manque {hint}",
    "BadParameter": "valeur refusée pour {hint} : {message}",
    "BadOptionUsage": "l'option {option_name} est mal employée (valeur manquante ou de trop)",
    "BadArgumentUsage": "arguments mal employés",
}


class Halted(BaseException):
    """Carries what typer would handle in its own way past it."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(cause)
        self.cause = cause


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """The command, with Ctrl-C and closed pipes left to ``guarded``."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (KeyboardInterrupt, OSError, EOFError) as cause:
            raise Halted(cause) from cause

    return wrapped


def guarded(call: Callable[[], Any]) -> int:
    """Run `call` and return the exit code, having said on stderr what went wrong."""
    try:
        code = call()
        sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:
        return _failed(error.cause if isinstance(error, Halted) else error)
    return code if isinstance(code, int) else DONE


def _failed(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt):
        say = getattr(error, "say", None)
        print(say(LANG) if say else STOPPED.say(LANG), file=sys.stderr)
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _no_more_output()
        return DONE
    if isinstance(error, MemoryError):
        tell(NO_MEMORY)
        return FAILURE
    if hasattr(error, "format_message"):  # typer's usage errors; their class moved between versions
        print(_usage(error), file=sys.stderr)
        return USAGE
    from simcrc.errors import SimcrcError, SimulationError

    if isinstance(error, SimcrcError):
        print(error.say(LANG), file=sys.stderr)
        return FAILURE if isinstance(error, SimulationError) else USAGE
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        tell(DISK_FULL, path=error.filename or "")
        _no_more_output()
        return FAILURE
    tell(UNFORESEEN, kind=type(error).__name__, path=_report(error))
    return FAILURE


def _usage(error: Any) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "simcrc"
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    text = error.format_message()
    if LANG == "fr":
        hint = error.param.get_error_hint(context) if getattr(error, "param", None) else ""
        pattern = USAGE_WORDS.get(type(error).__name__)
        if pattern:
            text = pattern.format(
                option_name=getattr(error, "option_name", ""), hint=hint if isinstance(hint, str) else " / ".join(hint), message=error.message
            )
        elif "No such command" in text:
            text = "commande inconnue" + text.partition("No such command")[2].replace("Did you mean", "Vouliez-vous dire")
        elif "extra argument" in text:
            text = "argument de trop " + text[text.find("(", text.find("argument(s)") + 11) :]
    return f"{command}: {text.rstrip('.')}\n" + here(f"Aide : {command} --help", f"Help: {command} --help")


def _no_more_output() -> None:
    """Nobody reads stdout any more: keep Python from failing when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: BaseException) -> str:
    """Write the traceback to a file and return its path; empty if even that fails."""
    text = "".join(traceback.format_exception(error))
    if os.environ.get("SIMCRC_DEBUG") == "1":
        print(text, file=sys.stderr)
    try:
        handle, path = tempfile.mkstemp(prefix="simcrc-error-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(f"{sys.version}\n{text}")
    except OSError:
        return text.strip().rpartition("\n")[2]
    return path
