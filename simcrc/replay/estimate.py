"""The program that estimates the scenario of the bank from its records:

    python -m simcrc.replay.estimate 1999-01.csv.gz --roster 1999-02.csv.gz -o scenarios/bank

It writes ``january.yaml`` with its tables, the roster by date of each month, and prints what traps it met.  Only estimated figures are written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simcrc.errors import ScenarioError
from simcrc.words import Words, language

PARTS = {
    "description": Words(fr="Estime le scénario de la banque à partir de ses relevés d'appels.", en="Estimate the scenario of the bank from its call records."),
    "records": Words(fr="relevés d'un mois (CSV ou .csv.gz)", en="records of one month (CSV or .csv.gz)"),
    "roster": Words(fr="relevés d'un autre mois, pour ses effectifs seulement", en="records of another month, for its roster only"),
    "folder": Words(fr="dossier du scénario", en="folder of the scenario"),
    "wrote": Words(fr="écrit : {path}", en="wrote: {path}"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    from simcrc.replay.anonymous_bank import read_calls
    from simcrc.replay.estimates import estimate
    from simcrc.replay.write import write, write_roster

    lang = language()
    parser = argparse.ArgumentParser(prog="python -m simcrc.replay.estimate", description=PARTS["description"].say(lang))
    parser.add_argument("records", nargs="+", type=Path, help=PARTS["records"].say(lang))
    parser.add_argument("--roster", action="append", default=[], type=Path, help=PARTS["roster"].say(lang))
    parser.add_argument("-o", "--output", required=True, type=Path, help=PARTS["folder"].say(lang))
    asked = parser.parse_args(arguments)
    try:
        calls = read_calls(asked.records)
        others = [read_calls([path]) for path in asked.roster]
    except ScenarioError as error:
        print(error.say(lang), file=sys.stderr)
        return 2
    paths = [*write(estimate(calls), asked.output), write_roster(calls, asked.output), *(write_roster(other, asked.output) for other in others)]
    for month in (calls, *others):
        print(f"{month.first:%Y-%m}")
        for cause, number in month.counts.items():
            print(f"  {number:6d}  {cause}")
    for path in paths:
        print(PARTS["wrote"].say(lang, path=path))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
