"""``simcrc schema``: the JSON Schema of scenarios, for editors."""

from __future__ import annotations

import json

from simcrc.cli import options
from simcrc.cli.speech import here


def schema(extension: options.Extensions = None, lang: options.Lang = None) -> None:
    from simcrc.experiment import extensions
    from simcrc.scenario import json_schema

    extensions.load(extensions.asked(extension or ()))
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))


schema.__doc__ = here("Écrire le schéma JSON des scénarios, pour les éditeurs.", "Print the JSON Schema of scenarios, for editors.")
