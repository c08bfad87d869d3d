"""``simcrc bench``: run benchmarks, check figures against what is known, update the stored ones.

Exit codes: 0 all equivalent, 1 some different, 3 inconclusive, 2 usage, 4 failure of the simulation.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simcrc.cli import options
from simcrc.cli.failures import USAGE, plainly
from simcrc.cli.shape import Command, new_app
from simcrc.cli.speech import LANG, here, tell
from simcrc.words import Words

if TYPE_CHECKING:
    from simcrc.bench.catalogue import Benchmark
    from simcrc.bench.runner import Ask
    from simcrc.bench.trial import Kind

CODES = {"equivalent": 0, "different": 1, "inconclusive": 3}
TIERS = ("exact", "statistical", "oracle")
DATA = "SIMCRC_RECORDS"

SEED = Words(fr="Germe tiré au hasard : {seed} (--seed {seed} refait la même chose)", en="Seed drawn at random: {seed} (--seed {seed} does the same again)")
TWO_SEEDS = Words(fr="--seed et --fresh-seeds ne vont pas ensemble", en="--seed and --fresh-seeds do not go together")
TWO_KEEPS = Words(fr="--keep et --no-keep ne vont pas ensemble", en="--keep and --no-keep do not go together")
CANNOT_KEEP = Words(fr="{path} : impossible d'y écrire ({error})", en="{path}: cannot write there ({error})")
WRITTEN = Words(fr="Écrit : {path}", en="Written: {path}")


def _tier(text: str) -> str:
    if text not in TIERS:
        raise typer.BadParameter(here(f"« {text} » : {', '.join(TIERS)} sont attendus", f"'{text}': one of {', '.join(TIERS)} is expected"))
    return text


_tier.__name__ = "|".join(TIERS)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=here("NOM", "NAME"),
        help=here("Noms, motifs (erlang_*) ou fichiers ; sinon tous.", "Names, patterns (erlang_*) or files; else all."),
        show_default=False,
    ),
]
Long = Annotated[
    bool, typer.Option("--long", help=here("Demander les vraies marges, avec plus de réplications.", "Ask for the true margins, with more replications."))
]
Fresh = Annotated[bool, typer.Option("--fresh-seeds", help=here("Tirer un germe au hasard, et le dire.", "Draw a seed at random, and say which."))]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", parser=options.whole(0), metavar="S", help=here("Germe du hasard (sinon celui de chaque scénario).", "Random seed (else each scenario's).")
    ),
]
Tiers = Annotated[
    list[str] | None,
    typer.Option(
        "--tier",
        parser=_tier,
        metavar="|".join(TIERS),
        help=here(
            "Valeurs conservées, lois de tout parcours, théorie et publications ; peut se répéter (sinon, tout).",
            "Stored figures, laws of any run, theory and publications; may be repeated (else all).",
        ),
    ),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar=here("DOSSIER", "DIR"),
        help=here("Où garder les réplications finies (sinon, le cache de l'utilisateur).", "Where to keep finished replications (else the user's cache)."),
    ),
]
NoKeep = Annotated[bool, typer.Option("--no-keep", help=here("Ne rien garder, ne rien reprendre.", "Keep nothing, reuse nothing."))]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar=DATA,
        metavar=here("DOSSIER", "DIR"),
        help=here(f"Dossier des enregistrements à rejouer (sinon {DATA}).", f"Folder of the records to replay (else {DATA})."),
        show_envvar=False,
    ),
]

bench = new_app(
    here(
        "Comparer ce qui est simulé à ce qui est connu : théorie, publications, valeurs conservées.",
        "Compare what is simulated with what is known: theory, publications, stored figures.",
    )
)


def run(
    names: Names = None,
    long: Long = False,
    fresh_seeds: Fresh = False,
    seed: Seed = None,
    jobs: options.Jobs = None,
    tiers: Tiers = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page",
            metavar=here("FICHIER.md", "FILE.md"),
            help=here("Écrire aussi la page de validation et ses images.", "Write the page of validation and its pictures too."),
        ),
    ] = None,
    data: Data = None,
    keep: Keep = None,
    no_keep: NoKeep = False,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    asked = _asked(tiers or ["statistical", "oracle"], long, fresh_seeds, seed, jobs, data, keep, no_keep, extension, names)
    return asked if isinstance(asked, int) else _judge(_found(names), asked, page)


run.__doc__ = here("Mesurer, comparer, et écrire la page de validation avec --page.", "Measure, compare, and write the page of validation with --page.")


def check(
    names: Names = None,
    long: Long = False,
    fresh_seeds: Fresh = False,
    seed: Seed = None,
    jobs: options.Jobs = None,
    tiers: Tiers = None,
    data: Data = None,
    keep: Keep = None,
    no_keep: NoKeep = False,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    asked = _asked(tiers or list(TIERS), long, fresh_seeds, seed, jobs, data, keep, no_keep, extension, names)
    return asked if isinstance(asked, int) else _judge(_found(names), asked)


check.__doc__ = here(
    "Vérifier : valeurs conservées, lois, théorie. Code 0 tout équivalent, 1 différent, 3 indécis.",
    "Check: stored figures, laws, theory. Exit code 0 all equivalent, 1 different, 3 inconclusive.",
)


def update(
    names: Names = None,
    jobs: options.Jobs = None,
    data: Data = None,
    keep: Keep = None,
    no_keep: NoKeep = False,
    extension: options.Extensions = None,
    lang: options.Lang = None,
) -> int:
    from simcrc.bench import exact, runner
    from simcrc.cli.bench_shown import show_changes
    from simcrc.cli.bench_watch import watch

    asked = _asked(list(TIERS), False, False, None, jobs, data, keep, no_keep, extension, names)
    if isinstance(asked, int):
        return asked
    with watch() as look:
        found = runner.update(_found(names), asked, look)
    for trial, old, new in found:
        show_changes(trial.benchmark.name, old, new)
        if old is None or old != new:
            exact.write(trial.benchmark.exact, new)
            print(WRITTEN.say(LANG, path=trial.benchmark.exact))
    return 0


update.__doc__ = here("Refaire les valeurs conservées, en montrant ce qui change.", "Make the stored figures anew, showing what changes.")

for command in (run, check, update):
    bench.command(command.__name__, cls=Command)(plainly(command))


def _asked(
    tiers: list[str],
    long: bool,
    fresh: bool,
    seed: int | None,
    jobs: int | None,
    data: Path | None,
    keep: Path | None,
    no_keep: bool,
    extension: list[Path] | None,
    names: list[str] | None,
) -> Ask | int:
    """What is asked, or the exit code when it makes no sense."""
    import secrets

    from simcrc.bench.runner import Ask
    from simcrc.experiment import extensions
    from simcrc.experiment.parallel import cores

    if fresh and seed is not None:
        tell(TWO_SEEDS)
        return USAGE
    if no_keep and keep:
        tell(TWO_KEEPS)
        return USAGE
    folder = None if no_keep else _folder(keep)
    if keep and folder is None:
        return USAGE
    if fresh:
        seed = secrets.randbits(32)
        print(SEED.say(LANG, seed=seed))
    loads = extensions.asked(extension or ())
    extensions.load(loads)
    kinds: frozenset[Kind] = frozenset(tiers)  # type: ignore[arg-type]
    return Ask(kinds, "long" if long else "quick", seed, jobs or cores(), folder, data, loads, strict=bool(names), names=tuple(names or ()))


def _folder(asked: Path | None) -> Path | None:
    """Where replications are kept; None when that cannot be written to, which is said where a person asked for it."""
    from simcrc.bench.keep import default_folder

    folder = asked or default_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if asked:
            tell(CANNOT_KEEP, path=asked, error=error.strerror)
        return None
    return folder


def _found(names: list[str] | None) -> list[Benchmark]:
    from simcrc.bench.catalogue import find

    return find(names or ())


def _judge(benchmarks: list[Benchmark], asked: Ask, page: Path | None = None) -> int:
    """Run, show, and return the exit code."""
    from simcrc.bench import runner
    from simcrc.cli.bench_shown import show
    from simcrc.cli.bench_watch import watch

    with watch() as look:
        report = runner.run(benchmarks, asked, look)
    show(report)
    if page:
        from simcrc.bench.page import write

        for path in write(report, page, LANG):
            print(WRITTEN.say(LANG, path=path))
    return CODES[report.verdict]
