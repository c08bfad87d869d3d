"""What stands in the folder of a comparison.

manifest.json             what was compared, with which versions; its `run` block alone may differ between two equal comparisons
scenarios/NAME.yaml       each contender as resolved
figures, differences, best, objectives   .csv and .parquet: the tables of ``simcrc.experiment.comparison_tables`` (the last two where there are any)
replications.parquet      each metric of each contender in each replication
comparison.fr.txt, .en.txt   the account that the command prints
runs/KEY/0001.npz         the sums of each run, with its seal (``simcrc.experiment.variants``)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import comparison_tables, tables
from simcrc.experiment.files import write_text
from simcrc.experiment.keeping import write_table
from simcrc.words import LANGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simcrc.experiment.best import Aim
    from simcrc.experiment.compare import Asked, Comparison
    from simcrc.experiment.metrics import Metric

FORMAT = "comparison 1"
SCENARIOS, ACCOUNT = "scenarios", "comparison.{lang}.txt"


def about(count: int, metrics: Sequence[Metric], goal: Aim | None, asked: Asked) -> dict[str, Any]:
    """What the manifest says was asked."""
    out: dict[str, Any] = {"replications": count, "metrics": [metric.name for metric in metrics], "fail_on": list(asked.fail_on)}
    if goal is not None:
        out["best"] = {"indicator": goal.metric.name, "sense": goal.sense, "delta": goal.delta, "cap": asked.cap}
    return out


def save(folder: Path, found: Comparison) -> None:
    """Write the contenders, the tables and the account."""
    from simcrc.scenario import dump

    (folder / SCENARIOS).mkdir(exist_ok=True)
    for path in (folder / SCENARIOS).glob("*.yaml"):
        path.unlink()  # of an earlier comparison in this folder
    for variant in found.contenders.variants:
        write_text(folder / SCENARIOS / f"{variant.name}.yaml", dump(variant.study.loaded.document))
    write_table(folder, "figures", found.figures)
    write_table(folder, "differences", found.differences)
    write_table(folder, "best", found.best if found.selection else None)
    write_table(folder, "objectives", found.objectives if found.judged else None)
    tables.write_frame(folder / "replications.parquet", comparison_tables.replications(found))
    for lang in LANGS:
        write_text(folder / ACCOUNT.format(lang=lang), found.text(lang) + "\n")
