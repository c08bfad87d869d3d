"""Traps of real records, met and counted: what was found, what was done with it, how often, and the lines of the first.

A row that is left out is counted once, under the first cause; what is repaired or only strange may be counted several times.  ``source_files``, ``rows`` and
``calls`` report here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from simcrc.words import Lang, Words

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
EXAMPLES = 3

TRAPS: dict[str, Words] = {
    # left out
    "cells": Words(fr="trop de cellules dans la ligne : laissée de côté", en="too many cells in the row: left out"),
    "blank": Words(fr="ligne vide : laissée de côté", en="empty row: left out"),
    "header": Words(fr="l'en-tête répété au milieu du fichier : laissé de côté", en="the header again in the middle of the file: left out"),
    "drop": Words(fr="à laisser de côté selon la table ({detail})", en="to be left out by the mapping ({detail})"),
    "duplicate": Words(fr="identifiant d'appel déjà vu : laissé de côté", en="call id seen before: left out"),
    "no_service": Words(fr="aucun service pour {detail} : laissé de côté", en="no service for {detail}: left out"),
    "no_outcome": Words(fr="issue que la table ne connaît pas : laissée de côté", en="outcome that the mapping does not know: left out"),
    "self_service": Words(fr="terminé dans la RVI : compté, pas un appel aux préposés", en="ended in the voice unit: counted, no call for an agent"),
    "no_arrival": Words(fr="sans heure d'arrivée : laissé de côté", en="without a time of arrival: left out"),
    "bad_arrival": Words(fr="date ou heure d'arrivée illisible : laissée de côté", en="date or time of arrival that cannot be read: left out"),
    "outside_period": Words(fr="hors de la période : laissé de côté", en="outside the period: left out"),
    "without_day": Words(fr="un jour que la table écarte : laissé de côté", en="on a day that the mapping leaves out: left out"),
    "outside_hours": Words(fr="hors des heures d'ouverture : laissé de côté", en="outside opening hours: left out"),
    # kept
    "longer": Words(
        fr="lignes plus longues que l'en-tête, à partir d'ici : ce qui dépasse n'est pas lu",
        en="rows longer than the header, from here on: what is beyond it is not read",
    ),
    "characters": Words(fr="caractères qui ne sont pas de l'encodage annoncé : remplacés", en="characters not of the stated encoding: replaced"),
    "identical": Words(fr="ligne identique à une autre : gardée, ce peut être un autre appel", en="row identical to another: kept, it may be another call"),
    "unsorted": Words(fr="ligne qui précède dans le temps celle d'avant : remise en ordre", en="row earlier than the one before it: put in order"),
    "bad_time": Words(fr="{detail} illisible : tenu pour manquant", en="{detail} cannot be read: taken as missing"),
    "midnight": Words(fr="{detail} après minuit : un jour ajouté", en="{detail} after midnight: a day added"),
    "runs_back": Words(fr="{detail} précède l'instant d'avant : gardé", en="{detail} is before the instant before it: kept"),
    "jitter": Words(
        fr="{detail} précède l'instant d'avant de 2 s au plus (horloges de deux machines) : gardé",
        en="{detail} is before the instant before it by 2 s at most (clocks of two machines): kept",
    ),
    "gap": Words(
        fr="{detail} dans l'heure qui n'existe pas (passage à l'heure d'été) : avancé", en="{detail} in the hour that does not exist (clocks forward): moved on"
    ),
    "overlap": Words(
        fr="{detail} dans l'heure qui existe deux fois (fin de l'heure d'été) : la première, sauf contradiction",
        en="{detail} in the hour that occurs twice (clocks back): the first, unless that contradicts the rest",
    ),
    "bad_length": Words(fr="{detail} illisible : tenu pour inconnu", en="{detail} cannot be read: taken as unknown"),
    "negative": Words(fr="{detail} de longueur négative : tenu pour inconnu", en="{detail} of negative length: taken as unknown"),
    "long": Words(fr="{detail} trop long pour être vrai : tenu pour inconnu", en="{detail} too long to be true: taken as unknown"),
    "wait_unknown": Words(fr="attente inconnue : hors de l'estimation de la patience", en="wait not known: left out of the estimate of patience"),
    "work_unknown": Words(
        fr="servi, durée inconnue : hors de l'estimation des durées", en="served, length not known: left out of the estimate of handle times"
    ),
    "zero": Words(fr="service de longueur nulle : gardé, le préposé est pris", en="service of length zero: kept, the agent is taken"),
    "short": Words(
        fr="service trop court pour en être un : gardé, hors du choix de la famille", en="service too short to be one: kept, left out of the choice of family"
    ),
    "no_start": Words(
        fr="servi sans début du service : arrivée et attente en tiennent lieu", en="served without a start of service: arrival and wait stand in for it"
    ),
    "worked_on": Words(fr="a abandonné, et pourtant une durée de service : tenu pour abandon", en="abandoned, and yet a service time: taken as abandoned"),
    "no_agent": Words(fr="servi par personne de connu : hors des effectifs", en="served by nobody known: left out of the roster"),
    "two_at_once": Words(fr="un préposé a deux appels en même temps : gardés", en="an agent has two calls at a time: kept"),
    "no_caller": Words(fr="appelant inconnu : hors des rappels", en="caller not known: left out of calls again"),
    "no_segment": Words(fr="segment non dit : réparti comme les autres", en="segment not told: taken to be as the others"),
}
LEFT_OUT = (
    "cells",
    "blank",
    "header",
    "drop",
    "duplicate",
    "no_service",
    "no_outcome",
    "self_service",
    "no_arrival",
    "bad_arrival",
    "outside_period",
    "without_day",
    "outside_hours",
)
MOMENTS: dict[str, Words] = {
    "entered": Words(fr="première sonnerie", en="first ring"),
    "arrived": Words(fr="arrivée", en="arrival"),
    "queued": Words(fr="entrée dans la file", en="start of waiting"),
    "left": Words(fr="sortie de la file", en="end of waiting"),
    "answered": Words(fr="début du service", en="start of service"),
    "ended": Words(fr="fin du service", en="end of service"),
    "waited": Words(fr="attente", en="wait"),
    "handled": Words(fr="service", en="service"),
    "voice_unit": Words(fr="temps dans la RVI", en="time in the voice unit"),
}
"""What a detail is called, where it is not a text of the file."""


class Labels(Protocol):
    """The file of each row."""

    def __getitem__(self, k: int, /) -> str: ...


@dataclass
class Trap:
    """One kind of trap.  `detail`: of which column or text; `examples`: (file, line) of the first."""

    code: str
    detail: str
    count: int = 0
    examples: list[tuple[str, int]] = field(default_factory=list)

    @property
    def left_out(self) -> bool:
        """Whether the rows are left out."""
        return self.code in LEFT_OUT

    def say(self, lang: Lang) -> str:
        """What was found and what was done with it."""
        return TRAPS[self.code].say(lang, detail=MOMENTS[self.detail].say(lang) if self.detail in MOMENTS else self.detail, _="")


class Traps:
    """All traps met so far, in the order of ``TRAPS``; `rows`: read, `kept`: calls that remain."""

    def __init__(self) -> None:
        self.rows = 0
        self.kept = 0
        self._met: dict[tuple[str, str], Trap] = {}

    def add(self, code: str, rows: Flags, lines: Integers, files: Labels | str, detail: str = "") -> None:
        """Count the `rows` that are met; `lines` of all of them, `files`: the label of each, or of all."""
        at = np.flatnonzero(rows)
        if not len(at):
            return
        examples = [(files if isinstance(files, str) else files[int(k)], int(lines[k])) for k in at[:EXAMPLES]]
        self.count(code, len(at), examples, detail)

    def count(self, code: str, number: int, examples: Sequence[tuple[str, int]] = (), detail: str = "") -> None:
        """Count `number` more."""
        if not number:
            return
        trap = self._met.setdefault((code, detail), Trap(code, detail))
        trap.count += number
        trap.examples = [*trap.examples, *examples][:EXAMPLES]

    def __iter__(self) -> Iterator[Trap]:
        order = {code: number for number, code in enumerate(TRAPS)}
        return iter(sorted(self._met.values(), key=lambda trap: order[trap.code]))

    def number(self, code: str, detail: str = "") -> int:
        """How often a trap was met."""
        trap = self._met.get((code, detail))
        return 0 if trap is None else trap.count
