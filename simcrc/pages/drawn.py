"""The pictures of a report in one language, drawn wide and narrow, with their finding, their data as a table and the definitions of their indicators.

A picture that cannot be made for lack of figures is listed with what would give it; one that fails is listed too, and the report goes on.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simcrc.pictures import PICTURES, make
from simcrc.pictures.picture import Absent, Picture, Table
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.subject import Subject

FAILED = Words(fr="le dessin a échoué ({kind}) ; les autres sont là", en="drawing it failed ({kind}); the others are here")
NAMES = {
    "heatmap": Words(fr="La semaine, demi-heure par demi-heure", en="The week, half hour by half hour"),
    "day": Words(fr="La journée", en="The day"),
    "agents": Words(fr="Niveau de service selon l'effectif", en="Service level against staff"),
    "cost_wait": Words(fr="Le coût et l'attente", en="Cost and wait"),
    "shares": Words(fr="La part de chaque canal", en="The share of each channel"),
    "journeys": Words(fr="Les parcours", en="Journeys"),
    "backlog": Words(fr="L'arriéré selon son âge", en="The backlog by age"),
    "fidelisation": Words(fr="L'effet de fidélisation", en="The fidelisation effect"),
    "segments": Words(fr="Par segment", en="By segment"),
    "differences": Words(fr="Ce qui change avec la base", en="What differs from the base"),
}
"""What pictures are called where there is none that says it."""
_PIXELS = 96
"""Of an inch, in a page."""


@dataclass(frozen=True)
class Drawn:
    """One picture as the page shows it; `definitions`: name in words, definition, identifier."""

    name: str
    title: str
    finding: str
    alternative: str
    note: str
    table: Table
    definitions: tuple[tuple[str, str, str], ...]
    wide: str
    narrow: str
    size: tuple[int, int]

    def data_uri(self, narrow: bool = False) -> str:
        """The drawing within the page."""
        return "data:image/svg+xml;base64," + base64.b64encode((self.narrow if narrow else self.wide).encode()).decode()


@dataclass
class Made:
    """The pictures of a subject, each made once for both languages."""

    subject: Subject
    found: dict[str, Picture | Absent | Exception] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in PICTURES:
            try:
                self.found[name] = make(name, self.subject)
            except Exception as error:  # a report with nine pictures is better than none
                self.found[name] = error

    def drawn(self, lang: Lang, narrow: bool = True) -> tuple[list[Drawn], list[tuple[str, str]]]:
        """Those that there are, in `lang`; those that there are not, with why."""
        shown: list[Drawn] = []
        absent: list[tuple[str, str]] = []
        for name, picture in self.found.items():
            if isinstance(picture, Picture):
                try:
                    shown.append(_drawn(picture, lang, narrow))
                except Exception as error:
                    absent.append((picture.title.say(lang), FAILED.say(lang, kind=type(error).__name__)))
            elif isinstance(picture, Absent):
                absent.append((NAMES[name].say(lang), picture.why.say(lang)))
            else:
                absent.append((NAMES[name].say(lang), FAILED.say(lang, kind=type(picture).__name__)))
        return shown, absent


def _drawn(picture: Picture, lang: Lang, narrow: bool) -> Drawn:
    wide = _svg(picture, lang, False)
    return Drawn(
        name=picture.name,
        title=picture.title.say(lang),
        finding=picture.finding.say(lang),
        alternative=picture.alternative.say(lang),
        note="" if picture.note is None else picture.note.say(lang),
        table=picture.shown(lang),
        definitions=tuple(definitions(picture.indicators, lang)),
        wide=wide,
        narrow=_svg(picture, lang, True) if narrow else "",
        size=_size(wide),
    )


def definitions(names: tuple[str, ...], lang: Lang) -> list[tuple[str, str, str]]:
    """What indicators are called, how they are defined, and their identifiers; each once, those that are known."""
    from simcrc.indicators import indicators

    known = indicators()
    found = [known[name] for name in dict.fromkeys(each.rpartition(".")[2] for each in names) if name in known]
    return [(each.label.say(lang), each.definition.say(lang), each.name) for each in found]


def _svg(picture: Picture, lang: Lang, narrow: bool) -> str:
    """The drawing as SVG, without the prologue that a picture within a page does not need."""
    from simcrc.pictures.style import save

    out = io.BytesIO()
    save(picture.figure(lang, narrow), out, "svg")
    text = out.getvalue().decode()
    text = text[text.index("<svg") :]
    return _lean(text)


def _lean(svg: str) -> str:
    """The same drawing with a hundredth of a point's precision, which no eye sees, without comments and line ends; its parts are numbered as they come, since
    the last bits of a layout enter the names that matplotlib gives."""
    svg = re.sub(r"<!--.*?-->\s*|<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (?:d|x|y|width|height|transform|points)="[^"]*"', lambda found: _rounded(found[0]), svg)
    names: dict[str, str] = {}
    for found in re.finditer(r'\bid="([phm][0-9a-f]{10})"', svg):
        names.setdefault(found[1], f"{found[1][0]}{len(names) + 1}")
    svg = re.sub(r'((?:id="|url\(#|href="#))([phm][0-9a-f]{10})\b', lambda found: found[1] + names.get(found[2], found[2]), svg)
    return re.sub(r">\s*\n\s*<", "><", svg)


def _rounded(path: str) -> str:
    shorter = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda found: f"{float(found[0]) + 0.0:.2f}".rstrip("0").rstrip("."), path)
    return " " + " ".join(shorter.split())


_SIZED: Callable[[str], re.Match[str] | None] = re.compile(
    r'<svg[^>]*?\bheight="([\d.]+)pt"[^>]*?\bwidth="([\d.]+)pt"|<svg[^>]*?\bwidth="([\d.]+)pt"[^>]*?\bheight="([\d.]+)pt"'
).search


def _size(svg: str) -> tuple[int, int]:
    """Width and height in pixels of a page."""
    found = _SIZED(svg)
    if found is None:
        return 730, 400
    height, width = (found[1], found[2]) if found[1] else (found[4], found[3])
    return round(float(width) * _PIXELS / 72), round(float(height) * _PIXELS / 72)
