"""``simcrc validate``: check scenarios without running them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from simcrc.cli import options
from simcrc.cli.speech import LANG, here, warn
from simcrc.words import Words

VALID = Words(fr="{path} : valide", en="{path}: valid")


def validate(
    files: Annotated[list[Path], typer.Argument(metavar=here("FICHIER…", "FILE…"), help=here("Les scénarios (YAML).", "The scenarios (YAML)."))],
    policies: options.Policies = None,
    sets: options.Sets = None,
    data: options.Data = None,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    from simcrc.errors import ScenarioError
    from simcrc.experiment import extensions
    from simcrc.experiment.replayed import records_of
    from simcrc.model.compile import compile
    from simcrc.scenario import load

    extensions.load(extensions.asked(extension or ()))
    invalid = False
    for path in files:
        try:
            loaded = load(path, set_=sets or [], data=data, policies=policies or [])
            if loaded.scenario.choice.first.utility is not None:  # its constants are solved when it is compiled, and may not exist
                compile(loaded.scenario, records_of(loaded))
        except ScenarioError as error:
            invalid = True
            for problem in error.problems:
                print((problem if problem.file else replace(problem, file=str(path))).say(LANG), file=sys.stderr)
        else:
            warn(loaded.warnings)
            print(VALID.say(LANG, path=path))
    return 2 if invalid else 0


validate.__doc__ = here("Vérifier des scénarios sans les exécuter.", "Check scenarios without running them.")
