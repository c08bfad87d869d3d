"""All that stands on the page in one language, in the order in which it is read; ``html`` and ``markdown`` write it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simcrc.pages import checklist, method, provenance
from simcrc.pages.assumptions import Assumptions
from simcrc.pages.banners import Banner, banners
from simcrc.pages.blocks import Section
from simcrc.pages.choice import Timelines
from simcrc.pages.drawn import Drawn, Made
from simcrc.pages.tiles import Tile, tiles
from simcrc.pages.verdict import verdict
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened

ABOUT = Words(fr="Rapport de simulation", en="Simulation report")
SEVERAL = Words(fr="{base}, et {n} {n:autre|autres}", en="{base}, and {n} {n:other|others}")
AGAINST = Words(fr="{policy} – comparé à : {base}", en="{policy} – compared with: {base}")
LABELS = {
    "skip": Words(fr="Aller au contenu", en="Skip to the content"),
    "contents": Words(fr="Sommaire", en="Contents"),
    "language": Words(fr="Langue", en="Language"),
    "language_name": Words(fr="Français", en="English"),
    "verdict": Words(fr="En une phrase", en="In one sentence"),
    "warnings": Words(fr="À savoir avant de lire", en="To know before reading"),
    "tiles": Words(fr="En chiffres", en="In figures"),
    "pictures": Words(fr="En images", en="In pictures"),
    "data": Words(fr="Les chiffres de l'image", en="The figures of the picture"),
    "definitions": Words(fr="Définitions", en="Definitions"),
    "absent": Words(fr="Images qui manquent", en="Pictures that are missing"),
    "description": Words(fr="Rapport produit par simcrc", en="Report made by simcrc"),
    "base": Words(fr="base", en="base"),
    "write": Words(fr="À écrire par l'auteur", en="To be written by the author"),
    "none": Words(fr="Aucune ligne.", en="No rows."),
}


@dataclass(frozen=True)
class Content:
    """The page in one language."""

    lang: Lang
    title: str
    about: str
    verdict: str
    banners: tuple[Banner, ...]
    tiles: tuple[Tile, ...]
    pictures: tuple[Drawn, ...]
    absent: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    labels: dict[str, str]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchors and titles of the parts of the page."""
        first = [(name, self.labels[name]) for name, there in (("tiles", self.tiles), ("pictures", self.pictures or self.absent)) if there]
        return [*first, *((section.name, section.title) for section in self.sections)]


class Report:
    """A report in the making: what is the same in both languages is worked out once."""

    def __init__(self, opened: Opened, narrow: bool = True) -> None:
        self.opened, self.narrow = opened, narrow
        self.made = Made(opened.subject)
        self.timelines = Timelines(opened.subject)

    @cached_property
    def assumptions(self) -> Assumptions:
        """The numbers of all scenarios that are not measured."""
        return Assumptions(self.opened)

    def title(self, lang: Lang) -> str:
        """What the report is about."""
        subject = self.opened.subject
        base = subject.base.title.say(lang)
        if len(subject.others) == 1:
            return AGAINST.say(lang, policy=subject.others[0].title.say(lang), base=base)
        return SEVERAL.say(lang, base=base, n=len(subject.others)) if subject.others else base

    def content(self, lang: Lang) -> Content:
        """The page in `lang`."""
        subject = self.opened.subject
        pictures, absent = self.made.drawn(lang, self.narrow)
        sections = (
            self.timelines.section(lang),
            self.assumptions.section(lang),
            method.section(self.opened, lang),
            checklist.section(self.opened, lang),
            provenance.section(self.opened, lang),
        )
        return Content(
            lang=lang,
            title=self.title(lang),
            about=f"{ABOUT.say(lang)} – {method.run_line(self.opened, lang)}",
            verdict=verdict(subject, lang),
            banners=tuple(banners(self.opened, lang)),
            tiles=tuple(tiles(subject, lang)),
            pictures=tuple(pictures),
            absent=tuple(absent),
            sections=sections,
            labels={name: words.say(lang) for name, words in LABELS.items()},
        )
