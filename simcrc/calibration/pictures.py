"""Pictures of the fits: handle times (share that lasts longer, quantile against quantile) and patience (Kaplan–Meier with its band), against the families.

Families differ by line style as well as by colour (Okabe and Ito's, which the colour-blind tell apart).  Each picture comes with a text that says what it
shows and with its data; equal estimates give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simcrc.bench.figures import STYLE
from simcrc.calibration.calls import SERVED, Calls, Reals
from simcrc.calibration.censored import Censored
from simcrc.calibration.estimates import ServiceEstimates
from simcrc.calibration.families import CONSTANT, Fit, law
from simcrc.calibration.tables import rows
from simcrc.experiment.files import atomic, write_text
from simcrc.report.numbers import decimal
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILIES: dict[str, Words] = {
    "lognormal": Words(fr="lognormale", en="lognormal"),
    "gamma": Words(fr="gamma", en="gamma"),
    "weibull": Words(fr="Weibull", en="Weibull"),
    "exponential": Words(fr="exponentielle", en="exponential"),
    CONSTANT: Words(fr="constante", en="constant"),
}
LINES: dict[str, dict[str, Any]] = {
    "lognormal": {"color": "#0072B2", "linestyle": "-"},
    "gamma": {"color": "#D55E00", "linestyle": "--"},
    "weibull": {"color": "#009E73", "linestyle": "-."},
    "exponential": {"color": "#CC79A7", "linestyle": ":"},
}
SHARES = np.linspace(0.005, 0.995, 199)
"""Quantiles that are drawn and kept: summaries, not records."""
Z = 1.959964

HANDLE = Words(fr="Temps avec le préposé : {name}", en="Time with the agent: {name}")
PATIENCE = Words(fr="Patience : {name}", en="Patience: {name}")
ALL = Words(fr="tous les services", en="all services")
LONGER = Words(fr="part qui dure plus longtemps", en="share that lasts longer")
SECONDS = Words(fr="secondes", en="seconds")
OBSERVED = Words(fr="observé", en="observed")
FITTED = Words(fr="quantile de la loi {family} (s)", en="quantile of the {family} law (s)")
MEASURED = Words(fr="quantile observé (s)", en="observed quantile (s)")
STAYS = Words(fr="part qui attendrait plus longtemps", en="share that would wait longer")
BAND = Words(fr="Kaplan-Meier, intervalle à 95 %", en="Kaplan–Meier, 95% interval")
HANDLE_ALT = Words(
    fr=(
        "{title}. À gauche, la part des {n} services qui durent plus qu'un temps donné, observée et selon quatre familles ; à droite, les quantiles observés "
        "contre ceux de la famille choisie, {family} (critère de Schwarz {lead} au-dessous de la suivante). Moyenne {mean} s, médiane observée {median} s ; la "
        "famille dit {fitted} s. Plus grand écart entre les deux parts : {gap} point."
    ),
    en=(
        "{title}. On the left the share of the {n} services that last longer than a given time, observed and by four families; on the right observed quantiles "
        "against those of the chosen family, {family} (Schwarz's criterion {lead} below the next). Mean {mean} s, observed median {median} s; the family says "
        "{fitted} s. Greatest difference between the two shares: {gap} points."
    ),
)
PATIENCE_ALT = Words(
    fr=(
        "{title}. La part qui attendrait plus qu'un temps donné, par Kaplan-Meier avec son intervalle à 95 %, sur {n} appels en attente dont {left} abandons, "
        "et selon quatre familles ; la meilleure est {family}, de moyenne {mean} s (erreur type {error} s). Après {time} s, {share} % attendent encore."
    ),
    en=(
        "{title}. The share that would wait longer than a given time, by Kaplan–Meier with its 95% interval, from {n} calls that waited, {left} of which "
        "abandoned, and by four families; the best is {family}, of mean {mean} s (standard error {error} s). After {time} s, {share}% still wait."
    ),
)


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture: `name` of its files, `alt`: what it shows, by language; `data`: the numbers behind it; `lines`: what is drawn."""

    name: str
    title: Words
    alt: Words
    data: dict[str, Reals]
    fit: Fit | Censored
    handle: bool

    def write(self, folder: Path, lang: Lang, png: bool = False) -> None:
        """Write the picture (SVG, and PNG when asked), the text and the data into `folder`."""
        import matplotlib

        paths = {suffix: folder / f"{self.name}.{suffix}" for suffix in ("svg", "png", "txt", "csv")}
        with matplotlib.rc_context(STYLE):  # type: ignore[arg-type]
            figure = self.draw(lang)
            with atomic(paths["svg"]) as temporary:
                figure.savefig(temporary, format="svg", metadata={"Date": None, "Creator": None, "Title": self.alt.say(lang)})
            if png:
                with atomic(paths["png"]) as temporary:
                    figure.savefig(temporary, format="png", dpi=110, metadata={"Software": None, "Description": self.alt.en})
        write_text(paths["txt"], f"{self.alt.fr}\n\n{self.alt.en}\n")
        write_text(paths["csv"], rows(self.data))

    def draw(self, lang: Lang) -> Figure:
        """The picture, not yet written."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9.0, 4.2) if self.handle else (6.4, 4.2), layout="constrained", facecolor="white")
        figure.suptitle(self.title.say(lang), x=0.01, horizontalalignment="left", fontsize=11)
        if self.handle:
            left, right = figure.subplots(1, 2)
            self._shares(left, lang)
            self._quantiles(right, lang)
        else:
            self._patience(figure.subplots(), lang)
        return figure

    def _shares(self, axes: Any, lang: Lang) -> None:
        times = self.data["observed"]
        axes.step(times, 1 - self.data["share"], where="post", color="black", linewidth=2.2, label=OBSERVED.say(lang))
        grid = np.geomspace(max(float(times[times > 0].min()), 0.1), float(times.max()), 200)
        self._families(axes, grid, lang)
        axes.set_xscale("log")
        _labels(axes, SECONDS.say(lang), LONGER.say(lang), lang)

    def _quantiles(self, axes: Any, lang: Lang) -> None:
        fitted, observed = self.data[self.fit.family], self.data["observed"]
        ends = [float(min(fitted.min(), observed[observed > 0].min())), float(max(fitted.max(), observed.max()))]
        axes.plot(ends, ends, color="#8A8A8A", linewidth=1.0)
        axes.plot(fitted, np.maximum(observed, ends[0]), linestyle="none", marker="o", markersize=3.2, color=LINES[self.fit.family]["color"])
        axes.set_xscale("log")
        axes.set_yscale("log")
        _labels(axes, FITTED.say(lang, family=FAMILIES[self.fit.family].say(lang)), MEASURED.say(lang), lang, legend=False)

    def _patience(self, axes: Any, lang: Lang) -> None:
        times = self.data["seconds"]
        axes.step(times, self.data["longer"], where="post", color="black", linewidth=2.0, label=BAND.say(lang))
        axes.fill_between(times, self.data["low"], self.data["high"], step="post", color="#BDBDBD", alpha=0.6, linewidth=0)
        self._families(axes, np.linspace(0.0, float(times.max()), 200), lang)
        axes.set_ylim(0, 1.02)
        _labels(axes, SECONDS.say(lang), STAYS.say(lang), lang)

    def _families(self, axes: Any, grid: Reals, lang: Lang) -> None:
        for family, arguments in self.fit.arguments.items():
            width = 1.8 if family == self.fit.family else 1.0
            axes.plot(grid, law(family).sf(grid, *arguments), linewidth=width, label=FAMILIES[family].say(lang), **LINES[family])


def _labels(axes: Any, across: str, up: str, lang: Lang, legend: bool = True) -> None:
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", "," if lang == "fr" else "."))
    if legend:
        axes.legend(frameon=False, fontsize=8)


def pictures(calls: Calls, services: Sequence[ServiceEstimates], shortest: float) -> list[Picture]:
    """The pictures of all `services` that have a law of their own."""
    out: list[Picture] = []
    for service in services:
        k = calls.services.index(service.name) if service.name in calls.services else -1
        title = ALL if k < 0 else Words(fr=service.name, en=service.name)
        if service.work is not None and service.work.arguments:
            own = (calls.part.outcome == SERVED) & (calls.part.work >= max(shortest, 1e-9)) & ((calls.part.service == k) | (k < 0))
            out.append(_handle(service.name, title, service.work, calls.part.work[own]))
        if service.patience is not None:
            out.append(_patient(service, title))
    return out


def _handle(name: str, title: Words, fit: Fit, works: Reals) -> Picture:
    observed = np.quantile(works, SHARES)
    data = {"share": SHARES, "observed": observed} | {family: law(family).ppf(SHARES, *arguments) for family, arguments in fit.arguments.items()}
    gap = float(np.abs(law(fit.family).cdf(observed, *fit.arguments[fit.family]) - SHARES).max())
    middle = len(SHARES) // 2
    figures = {"n": (len(works), 0), "lead": (fit.lead, 0), "mean": (fit.mean, 0), "median": (float(observed[middle]), 0)}
    figures |= {"fitted": (float(data[fit.family][middle]), 0), "gap": (100 * gap, 1)}
    whole = Words(fr=HANDLE.fr.format(name=title.fr), en=HANDLE.en.format(name=title.en))
    return Picture(f"handle_{name}", whole, _alt(HANDLE_ALT, whole, fit.family, figures), data, fit, True)


def _patient(service: ServiceEstimates, title: Words) -> Picture:
    found = service.patience
    assert found is not None
    fit, curve = found.family, found.curve.thinned(400, 1)
    stays, error = 1 - curve.share, curve.standard_error
    data = {"seconds": curve.time, "longer": stays, "low": np.clip(stays - Z * error, 0, 1), "high": np.clip(stays + Z * error, 0, 1)}
    data |= {family: law(family).sf(curve.time, *arguments) for family, arguments in fit.arguments.items()}
    middle = int(np.searchsorted(curve.time, np.median(curve.time)))
    figures = {"n": (found.waited, 0), "left": (found.abandoned, 0), "mean": (fit.mean, 0), "error": (fit.mean_error, 0)}
    figures |= {"time": (float(curve.time[middle]), 0), "share": (100 * float(stays[middle]), 0)}
    whole = Words(fr=PATIENCE.fr.format(name=title.fr), en=PATIENCE.en.format(name=title.en))
    return Picture(f"patience_{service.name}", whole, _alt(PATIENCE_ALT, whole, fit.family, figures), data, fit, False)


def _alt(words: Words, title: Words, family: str, figures: dict[str, tuple[float, int]]) -> Words:
    def said(lang: Lang) -> str:
        numbers = {name: decimal(value, lang, places) if np.isfinite(value) else "–" for name, (value, places) in figures.items()}
        return words.say(lang, title=title.say(lang), family=FAMILIES[family].say(lang), **numbers)

    return Words(fr=said("fr"), en=said("en"))


__all__ = ["FAMILIES", "Picture", "pictures"]
