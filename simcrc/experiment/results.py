"""``Results``: what a run found, read from its folder when it is asked for."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcrc.experiment import manifest as manifests
from simcrc.experiment import store
from simcrc.experiment.headlines import Headline, headlines, together
from simcrc.experiment.naming import unknown, unknown_part
from simcrc.experiment.statistics import Estimate
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    import pandas as pd

    from simcrc.experiment.overload import Overload
    from simcrc.experiment.precision import Reached
    from simcrc.experiment.warmup import Settling
    from simcrc.pages.write import Format, Language
    from simcrc.pictures.plots import Plots

UNDER = Words(fr="{name} – sous : {policies}", en="{name} – under: {policies}")
PARTIAL = Words(
    fr="RÉSULTATS PARTIELS, {done} réplications sur {asked} (simulation interrompue)",
    en="PARTIAL RESULTS, {done} of {asked} replications (the run was interrupted)",
)


@dataclass(frozen=True, eq=False)
class Results:
    """The results of a run.  `path`: their folder; `manifest`: what was run.  A temporary folder lives as long as this object."""

    path: Path
    manifest: dict[str, Any]
    _temporary: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    @classmethod
    def open(cls, path: Path | str, temporary: tempfile.TemporaryDirectory[str] | None = None, partial: bool = False) -> Results:
        """The results in the folder `path`.  Raises StoreError when there are none, and when the run was interrupted unless `partial` results will do: those
        of the short tables, over the replications that were finished."""
        path = Path(path)
        manifest = manifests.read(path)
        if not manifest["complete"] and not (partial and (path / store.INDICATORS).exists()):
            done = len(store.finished(path) or manifest["done"])
            raise store.StoreError(store.PARTIAL, path, done=done, asked=manifest["replications"], folder=shlex.quote(str(path)))
        return cls(path, manifest, temporary)

    @property
    def partial(self) -> bool:
        """Whether the run was interrupted: figures are over the replications finished until then (``replications``), of as many as were ``asked``."""
        return not self.manifest["complete"]

    def title(self, lang: Lang | None = None) -> str:
        """The name of the scenario, the policies that hold, and whether the results are partial."""
        lang = lang or language()
        policies = [str(each[lang]) for each in self.manifest.get("policies", ())]
        name = UNDER.say(lang, name=self.manifest["name"][lang], policies=together(policies, lang)) if policies else str(self.manifest["name"][lang])
        return name if not self.partial else f"{name} – {PARTIAL.say(lang, done=self.replications, asked=self.asked)}"

    @property
    def asked(self) -> int:
        """How many replications were asked (at most, where a precision was)."""
        return int(self.manifest["replications"])

    @property
    def replications(self) -> int:
        """How many replications."""
        return len(self.manifest["done"])

    @property
    def precision(self) -> list[Reached]:
        """What was reached of the precision that was asked, one entry a figure; empty when none was (``simcrc.experiment.precision``)."""
        from simcrc.experiment.precision import Reached

        return [Reached(**each) for each in (self.manifest.get("precision") or {}).get("figures", ())]

    @cached_property
    def overload(self) -> list[Overload]:
        """Stations to which more work comes than their staff can do, the gravest first (``simcrc.experiment.overload``)."""
        from simcrc.experiment.diagnosis import overloads

        return overloads(self.path)

    @property
    def endless(self) -> frozenset[str]:
        """The channels where what waits grows without end, so that waits have no steady value."""
        return frozenset(station.partition(".")[0] for each in self.overload if each.kind == "growing" for station in each.stations)

    @cached_property
    def warmup(self) -> list[Settling]:
        """Whether the warm-up was long enough, figure by figure (``simcrc.experiment.warmup``): advice; no figure depends on it."""
        from simcrc.experiment.diagnosis import settlings

        return settlings(self.path)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every figure: columns indicator, channel, service, segment, reason, period, unit, mean, low, high, replications.

        Missing where an axis does not apply; see ``simcrc.indicators.tabulate``.
        """
        return self._read(store.INDICATORS)

    @cached_property
    def needs(self) -> pd.DataFrame:
        """One row a need (columns of ``simcrc.observe.needs``, as ``simcrc.experiment.rows`` writes them), with its replication.

        Read when first asked for; it may be large.
        """
        return self._read(store.NEEDS)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row a contact, likewise.  FileNotFoundError unless the run kept its events."""
        if not self.manifest["events"]:
            raise FileNotFoundError(f"{self.path}: the run did not keep its contacts (events=True, --events)")
        return self._read(store.CONTACTS)

    @cached_property
    def comparison(self) -> pd.DataFrame | None:
        """Simulated beside recorded (``simcrc.replay.compare``); None when the scenario does not replay records."""
        return self._read(store.COMPARISON) if (self.path / store.COMPARISON).exists() else None

    def comparison_text(self, lang: Lang | None = None) -> str | None:
        """The comparison as text; None when the scenario does not replay records."""
        path = self.path / store.COMPARISON_TEXT.format(lang=lang or language())
        return path.read_text(encoding="utf-8").rstrip("\n") if path.exists() else None

    def _read(self, name: str) -> pd.DataFrame:
        import pandas as pd
        import pyarrow.parquet as pq
        from pyarrow import ArrowInvalid

        path = self.path / name
        if not path.exists():
            return pd.DataFrame()
        try:
            frame: pd.DataFrame = pq.read_table(path).to_pandas()
        except (ArrowInvalid, OSError) as error:
            raise store.StoreError(store.DAMAGED, path, folder=shlex.quote(str(self.path))) from error
        return frame

    @cached_property
    def headlines(self) -> list[Headline]:
        """The rows of the short table, as numbers."""
        return headlines(self.indicators, self.manifest["channels"], self.manifest["targets"], self.manifest.get("learning", False))

    def table(self, lang: Lang | None = None) -> pd.DataFrame:
        """The short table in words: indicator, where, mean, interval, target, met; by default in the language of the environment."""
        import pandas as pd

        from simcrc.report import short

        lang = lang or language()
        rows = short.rows(self.headlines, self.manifest["words"], lang, self.endless)
        return pd.DataFrame([row.cells for row in rows], columns=[column.say(lang) for column in short.COLUMNS])

    def estimate(self, name: str, *, service: str | None = None, segment: str | None = None, reason: str | None = None, period: str | None = None) -> Estimate:
        """A figure with its interval: ``"fcr"``, ``"phone.service_level"``, ``"counter.quebec.asa"``, ``"team:agents.occupancy"``.

        UnknownFigureError, a KeyError that names the nearest one, when there is no such figure.
        """
        channel, _, indicator = name.rpartition(".")
        frame = self.indicators
        chosen = frame["indicator"] == indicator
        for column, wanted in (("channel", channel or None), ("service", service), ("segment", segment), ("reason", reason), ("period", period)):
            chosen &= frame[column].isna() if wanted is None else frame[column] == wanted
        found = frame[chosen]
        if len(found) != 1:
            asked = {"service": service, "segment": segment, "reason": reason, "period": period}
            said = name + _detail(**asked)
            known = {axis: [str(each) for each in frame[axis].dropna().unique()] for axis in asked}
            raise unknown_part(said, asked, known) or unknown(name, self._names(), said)
        row = found.iloc[0]
        mean, low, high = (None if value != value else float(value) for value in (row["mean"], row["low"], row["high"]))
        return Estimate(mean, low, high, int(row["replications"]))

    def _names(self) -> dict[str, set[str]]:
        """The indicators of each place, those of all together under "" first."""
        pairs = self.indicators[["channel", "indicator"]].drop_duplicates()
        found: dict[str, set[str]] = {"": set()}
        for place, indicator in pairs.itertuples(index=False, name=None):
            found.setdefault(place if isinstance(place, str) else "", set()).add(indicator)
        return found

    def value(self, name: str, **where: str | None) -> float | None:
        """The mean of a figure, named as in ``estimate``; None where the figure does not exist."""
        return self.estimate(name, **where).mean

    def export(self, to: str, path: Path | str | None = None, **how: Any) -> Path:
        """Write the results as csv, parquet, xlsx, xes or ocel to `path`, by default beside their folder, and say where; `how`: tables, replication, lang and
        force, as in ``simcrc.export.export``.  ValueError without `path` for results whose folder is temporary."""
        from simcrc.export import export

        if path is None and self._temporary is not None:
            raise ValueError("results in a temporary folder have nothing beside them: say where to export them")
        return export(self.path, to, path, **how).path

    @cached_property
    def plot(self) -> Plots:
        """The pictures, one method each: ``results.plot.journeys()`` gives a matplotlib figure."""
        from simcrc.pictures.plots import Plots
        from simcrc.pictures.subject import of_results

        return Plots(lambda: of_results(self))

    def report(self, path: Path | str | None = None, lang: Language | None = None, format: Format = "html") -> Path:
        """Write the report, one page, to `path` (by default ``report.html`` in the folder of the results) and say where; `lang`: fr, en or both; `format`:
        html, pdf or md.  ValueError without `path` for results whose folder is temporary."""
        from simcrc.pages.write import report

        if path is None and self._temporary is not None:
            raise ValueError("results in a temporary folder go away with it: say where to write the report")
        return report([self.path], path, lang or language(), format)

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """What ``simcrc run --json`` prints: name, digest, seed, replications, the precision where one was asked, overloads, advice on the warm-up, indicators
        of the whole run and of its months."""
        from simcrc.indicators.tabulate import records

        frame = self.indicators
        month = frame["period"].str.fullmatch(r"\d{4}-\d{2}").fillna(value=False).astype(bool) if len(frame) else frame["period"].isna()
        kept = frame[frame["period"].isna() | month]
        texts = kept.columns[:7]
        kept = kept.assign(**{column: kept[column].astype(object).where(kept[column].notna(), None) for column in texts})
        about = {name: self.manifest[name] for name in ("digest", "seed", "replications")}
        said = {"overload": [each.as_json() for each in self.overload], "warmup": [each.as_json() for each in self.warmup]}
        asked = {name: self.manifest[name] for name in ("precision",) if name in self.manifest}
        return {"name": self.manifest["name"][lang or language()], **about, **asked, **said, "indicators": records(kept)}

    def _repr_html_(self) -> str:
        from simcrc.report.html import html

        return html(self)


def _detail(**where: str | None) -> str:
    """How a part of a figure is written: `` [service=calls, period=Mon 10:00]``; empty for the whole."""
    said = [f"{axis}={name}" for axis, name in where.items() if name is not None]
    return f" [{', '.join(said)}]" if said else ""
