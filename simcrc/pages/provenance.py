"""Where the figures of a report come from: versions, digests, seed, libraries, and the commands that make them again.

Nothing that belongs to the occasion (hour, folder, processes) stands here, so that equal results give an equal page; the manifest in the folder holds it.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from simcrc.pages.blocks import Block, Section, code, rows, text
from simcrc.pictures.folders import COMPARISON, FIDELISATION, RUN
from simcrc.words import Lang, Words

if TYPE_CHECKING:
    from simcrc.pictures.folders import Opened, Origin

TITLE = Words(fr="Provenance", en="Provenance")
ARMS = Words(fr="Scénarios", en="Scenarios")
COLUMNS = (
    Words(fr="Scénario", en="Scenario"),
    Words(fr="Empreinte", en="Digest"),
    Words(fr="Germe", en="Seed"),
    Words(fr="Réplications", en="Replications"),
    Words(fr="Commande", en="Command"),
)
LIBRARIES = Words(fr="Versions", en="Versions")
LIBRARY = (Words(fr="Programme", en="Program"), Words(fr="Version", en="Version"))
DATA = Words(fr="Fichiers de données", en="Data files")
DATUM = (Words(fr="Fichier", en="File"), Words(fr="SHA-256", en="SHA-256"))
AGAIN = Words(
    fr="Pour refaire ces chiffres, dans le dossier de résultats (mêmes octets avec les mêmes versions et le même processeur) :",
    en="To make these figures again, in the folder of results (the same bytes with the same versions and processor):",
)
FINGERPRINT = Words(fr="Empreinte des versions et du processeur : {digest}.", en="Fingerprint of versions and processor: {digest}.")
PAGE = Words(fr="Page écrite par simcrc {version}.", en="Page written by simcrc {version}.")


def section(opened: Opened, lang: Lang) -> Section:
    """The part of the report."""
    import simcrc

    origins = opened.origins
    cells = []
    for arm in opened.subject.arms:
        origin = origins[arm.name]
        cells.append((arm.title.say(lang), origin.digest[:16], str(origin.seed), str(len(origin.numbers)), f"simcrc {origin.kind}"))
    blocks: list[Block] = [rows(ARMS.say(lang), [column.say(lang) for column in COLUMNS], cells, (2, 3)), text(AGAIN.say(lang))]
    blocks += [code(line) for line in dict.fromkeys(_command(origin) for origin in origins.values())]
    fingerprint = origins[opened.subject.base.name].manifest["fingerprint"]
    versions = list(fingerprint["versions"].items())
    blocks += [text(FINGERPRINT.say(lang, digest=fingerprint["digest"])), rows(LIBRARIES.say(lang), [each.say(lang) for each in LIBRARY], versions)]
    data = {name: digest for origin in origins.values() for name, digest in origin.manifest.get("data", {}).items()}
    if data:
        blocks.append(rows(DATA.say(lang), [each.say(lang) for each in DATUM], [(name, digest[:16]) for name, digest in sorted(data.items())]))
    blocks.append(text(PAGE.say(lang, version=simcrc.__version__)))
    return Section("provenance", TITLE.say(lang), tuple(blocks))


def _command(origin: Origin) -> str:
    """What makes the figures of a folder again, from within it."""
    again = ["-r", str(origin.asked), "--seed", str(origin.seed)]
    if origin.kind == RUN:
        return "simcrc run --resume ." if origin.partial else "simcrc reproduce ."
    if origin.kind == COMPARISON:
        names = [f"scenarios/{name}.yaml" for name in origin.manifest["variants"]]
        return shlex.join(["simcrc", COMPARISON, *names, *again])
    days = origin.manifest["follow_up_days"]
    return shlex.join(["simcrc", FIDELISATION, "base.yaml", "policy.yaml", *again, "--follow-up", f"{days:g} days"])
