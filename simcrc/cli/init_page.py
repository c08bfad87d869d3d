"""The page that ``simcrc init`` puts into a new folder: what is in it, and what to do next, with commands that can be copied as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simcrc.words import Lang, Words

QUICK = {"regie": ("depart.yaml", ' -r 1 --set "horizon=2 weeks" --set "warmup=1 week"'), "bank": ("january.yaml", ' -r 1 --set "horizon=1 week"')}
"""By template: the scenario to begin with, and what makes a first run short."""
TRY = {"smallest": "teams.agents.absence=10%", "regie": "channels.phone.lines=184", "bank": "seed=7"}

HEAD = Words(
    fr="# {title}\n\nUn dossier de simcrc, prêt à changer, copié du modèle `{template}`. Les commandes se donnent depuis ce dossier.\n",
    en="# {title}\n\nA folder of simcrc, ready to change, copied from the template `{template}`. Give the commands from this folder.\n",
)
TITLES = {
    "smallest": Words(fr="Le plus petit scénario", en="The smallest scenario"),
    "regie": Words(fr="La Régie des rentes du Québec, 2006-2010", en="The Régie des rentes du Québec, 2006–2010"),
    "bank": Words(fr="La Banque anonyme, 1999", en="Anonymous Bank, 1999"),
}
FILES = Words(fr="\n## Ce qu'il y a ici\n\n| fichier | ce que c'est |\n|---|---|\n", en="\n## What is here\n\n| file | what it is |\n|---|---|\n")
SCENARIO = Words(fr="un scénario", en="a scenario")
POLICIES = Words(fr="les politiques à poser sur un scénario ({n})", en="policies to lay over a scenario ({n})")
OTHER = Words(fr="des données lues par les scénarios ({n} fichiers)", en="data that the scenarios read ({n} files)")
SCHEMA = Words(fr="ce que les éditeurs lisent pour compléter et vérifier", en="what editors read to complete and check")
MAPPING = Words(fr="quelle colonne des relevés est quoi, pour `simcrc calibrate`", en="which column of the records is what, for `simcrc calibrate`")

STEPS = Words(
    fr="""
## Ensuite

Simuler, et lire les chiffres. Le dossier des résultats contient une page, `report.html`, à ouvrir dans un navigateur :

```sh
simcrc run {quick}
```

Changer un nombre sans toucher au fichier, puis dans le fichier, et vérifier :

```sh
simcrc run {quick} --set "{change}"
simcrc validate {scenario}
```
""",
    en="""
## What comes next

Simulate, and read the figures. The folder of results holds a page, `report.html`, to open in a browser:

```sh
simcrc run {quick}
```

Change a number without touching the file, then in the file, and check it:

```sh
simcrc run {quick} --set "{change}"
simcrc validate {scenario}
```
""",
)
DECIDE = {
    "smallest": Words(
        fr="""
Comparer les politiques, sur les mêmes citoyens et le même hasard. Changez-en une et recommencez :

```sh
simcrc compare smallest.yaml policies/promote-web.yaml policies/more-agents.yaml -r 10
```
""",
        en="""
Compare the policies, on the same citizens with the same luck. Change one and do it again:

```sh
simcrc compare smallest.yaml policies/promote-web.yaml policies/more-agents.yaml -r 10
```
""",
    ),
    "regie": Words(
        fr="""
Une politique, sur quatre semaines de l'automne 2007 (quelques minutes ; sans `--set`, quatre ans et bien plus long) :

```sh
simcrc compare base-2006-2010.yaml policies/4-courriel.yaml -r 2 --set start=2007-10-01 --set "horizon=4 weeks"
```

Les volumes et les effectifs de la Régie ne sont pas publiés : ils sont supposés (`status: assumed`) et illustrent des mécanismes, non la Régie.
""",
        en="""
A policy, over four weeks of autumn 2007 (some minutes; without `--set`, four years and much longer):

```sh
simcrc compare base-2006-2010.yaml policies/4-courriel.yaml -r 2 --set start=2007-10-01 --set "horizon=4 weeks"
```

Volumes and staffing of the Régie are not published: they are assumed (`status: assumed`) and illustrate mechanisms, not the Régie.
""",
    ),
    "bank": Words(
        fr="""
`replay.yaml` et `february.yaml` rejouent les relevés d'appels, qui ne sont pas livrés : `--data DOSSIER` dit où ils sont.
""",
        en="""
`replay.yaml` and `february.yaml` replay the call records, which do not ship: `--data DIR` says where they are.
""",
    ),
}
END = Words(
    fr="\nQui manque de quelque chose : `simcrc doctor`. Tout ce qu'une commande sait faire : `simcrc COMMANDE --help`.\n",
    en="\nIf something is missing: `simcrc doctor`. All that a command can do: `simcrc COMMAND --help`.\n",
)


def first_command(target: Path, files: Sequence[Path], template: str) -> str:
    """The command with which to begin, from outside the folder; without one that can be run, how to check what was copied."""
    scenario, options = _begin(target, files, template)
    return f"simcrc run {_quoted(target / scenario)}{options}"


def page(template: str, target: Path, files: Sequence[Path], lang: Lang) -> str:
    """The page of the folder `target` that holds copies of `template` in `files`, in Markdown."""
    scenario, options = _begin(target, files, template)
    title = TITLES[template].say(lang) if template in TITLES else template
    text = HEAD.say(lang, title=title, template=template) + FILES.say(lang) + "".join(_rows(target, files, lang))
    text += STEPS.say(lang, quick=f"{scenario}{options}", scenario=scenario, change=TRY.get(template, "seed=7"))
    if template in DECIDE:
        text += DECIDE[template].say(lang)
    return text + END.say(lang)


def _begin(target: Path, files: Sequence[Path], template: str) -> tuple[str, str]:
    name, options = QUICK.get(template, ("", ""))
    if not name:
        name = next(path.name for path in files if path.parent == target and path.suffix == ".yaml")
    return name, options


def _rows(target: Path, files: Sequence[Path], lang: Lang) -> list[str]:
    rows = []
    for path in files:
        if path.parent == target:
            rows.append(f"| `{path.name}` | {(MAPPING if path.name == 'mapping.yaml' else SCENARIO).say(lang)} |\n")
    for folder in dict.fromkeys(path.relative_to(target).parts[0] for path in files if path.parent != target):
        inside = [path for path in files if path.relative_to(target).parts[0] == folder]
        rows.append(f"| `{folder}/` | {(POLICIES if folder == 'policies' else OTHER).say(lang, n=len(inside))} |\n")
    return [*rows, f"| `simcrc.schema.json` | {SCHEMA.say(lang)} |\n"]


def _quoted(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text
