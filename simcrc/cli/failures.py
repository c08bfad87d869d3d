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
CANNOT_WRITE = Words(
    fr="Écriture impossible : {error} {path} ; faites de la place ou donnez un autre dossier avec -o (simcrc doctor dit ce qui reste)",
    en="Cannot write: {error} {path}; make room or name another folder with -o (simcrc doctor says what is left)",
)
NO_MEMORY = Words(
    fr="Mémoire insuffisante ; essayez moins de processus avec -j, ou sans --events.", en="Out of memory; try fewer processes with -j, or without --events."
)
UNFORESEEN = Words(
    fr="Erreur imprévue ({kind}). Ce qui suit est à joindre à un rapport : {path}", en="Unexpected error ({kind}). Please attach this to a report: {path}"
)

DISK = {errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}

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
        try:
            return _failed(error.cause if isinstance(error, Halted) else error)
        except OSError:  # nobody reads stderr either
            return FAILURE
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

    if isinstance(error, SimulationError) and hasattr(error, "cause"):  # a run that has replications to keep: what failed, then how to go on
        code = _failed(error.cause)
        print(error.say(LANG), file=sys.stderr)
        return code
    if isinstance(error, SimcrcError):
        print(error.say(LANG), file=sys.stderr)
        return FAILURE if isinstance(error, SimulationError) else USAGE
    if isinstance(error, OSError) and error.errno in DISK:
        tell(CANNOT_WRITE, error=os.strerror(error.errno or 0), path=error.filename or "")
        _no_more_output()
        return FAILURE
    tell(UNFORESEEN, kind=type(error).__name__, path=_report(error))
    return FAILURE


def _usage(error: Any) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "simcrc"
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    text = _in_french(error) if LANG == "fr" else str(error.format_message())
    colon = here("\u00a0:", ":")
    return f"{command}{colon} {text.rstrip('.')}\n" + here(f"Aide : {command} --help", f"Help: {command} --help")


def _in_french(error: Any) -> str:
    """A usage error of typer in French; in English when typer says something new."""
    text = str(error.format_message())
    pattern = USAGE_WORDS.get(type(error).__name__)
    if pattern:
        param = getattr(error, "param", None)
        names = [] if param is None else [param.metavar or param.name] if param.param_type_name == "argument" else param.opts
        return pattern.format(option_name=getattr(error, "option_name", ""), hint=" / ".join(names), message=error.message)
    if "No such command" in text:
        return "commande inconnue" + text.partition("No such command")[2].replace("Did you mean", "Vouliez-vous dire").replace("?", "\u00a0?")
    if "extra argument" in text:
        return "argument de trop " + text[text.rfind("(") :]
    return text


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
