"""All the commands, in the order in which a newcomer meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from simcrc.cli import (
    bench,
    calibrate,
    compare,
    completion,
    doctor,
    erlang,
    export,
    fidelisation,
    fit,
    indicators,
    init,
    measurement,
    options,
    plot,
    readiness,
    report,
    reproduce,
    run,
    schema,
    staff,
    sweep,
    validate,
)
from simcrc.cli.failures import plainly
from simcrc.cli.shape import Command, new_app
from simcrc.cli.speech import here

app = new_app(
    here(
        """Simuler un centre de relations avec la clientèle : qui appelle, écrit, se déplace ou va sur le site, combien de temps on
        attend, combien de contacts prend une démarche, ce que cela coûte, et ce qu'une politique y changerait.

        \b
        Pour commencer :
          simcrc init mon-centre --template smallest   un dossier prêt à changer
          simcrc run mon-centre/smallest.yaml          simuler, et lire les chiffres
          simcrc COMMANDE --help                       ce qu'une commande sait faire""",
        """Simulate a contact centre: who calls, writes, comes or uses the Web site, how long people wait, how many contacts a need takes, what that costs, and
        what a policy would change.

        \b
        To begin:
          simcrc init my-centre --template smallest    a folder ready to change
          simcrc run my-centre/smallest.yaml           simulate, and read the figures
          simcrc COMMAND --help                        what a command can do""",
    )
)

START = here("Commencer", "Start")
READ = here("Simuler et lire les résultats", "Simulate and read the results")
DECIDE = here("Comparer et décider", "Compare and decide")
FEED = here("Partir de ses propres données", "Begin with data of your own")
LOOK_UP = here("Consulter et vérifier", "Look up and verify")

app.command("init", cls=Command, rich_help_panel=START)(plainly(init.init))
app.command("doctor", cls=Command, rich_help_panel=START)(plainly(doctor.doctor))
app.command("validate", cls=Command, rich_help_panel=START)(plainly(validate.validate))
app.command("run", cls=Command, rich_help_panel=READ)(plainly(run.run))
app.command("report", cls=Command, rich_help_panel=READ)(plainly(report.report))
app.command("plot", cls=Command, rich_help_panel=READ)(plainly(plot.plot))
app.command("export", cls=Command, rich_help_panel=READ)(plainly(export.export))
app.command("reproduce", cls=Command, rich_help_panel=READ)(plainly(reproduce.reproduce))
app.command("compare", cls=Command, rich_help_panel=DECIDE)(plainly(compare.compare))
app.command("fidelisation", cls=Command, rich_help_panel=DECIDE)(plainly(fidelisation.fidelisation))
app.command("staff", cls=Command, rich_help_panel=DECIDE)(plainly(staff.staff))
app.command("sweep", cls=Command, rich_help_panel=DECIDE)(plainly(sweep.sweep))
app.command("readiness", cls=Command, rich_help_panel=FEED)(plainly(readiness.readiness))
app.command("measurement", cls=Command, rich_help_panel=FEED)(plainly(measurement.measurement))
app.command("calibrate", cls=Command, rich_help_panel=FEED)(plainly(calibrate.calibrate))
app.command("fit", cls=Command, rich_help_panel=FEED)(plainly(fit.fit))
app.command("indicators", cls=Command, rich_help_panel=LOOK_UP)(plainly(indicators.indicators))
app.command("schema", cls=Command, rich_help_panel=LOOK_UP)(plainly(schema.schema))
app.add_typer(
    erlang.app, name="erlang", short_help=here("Calculer une file par Erlang B, C ou A.", "Work out a queue by Erlang B, C or A."), rich_help_panel=LOOK_UP
)
app.add_typer(bench.bench, name="bench", rich_help_panel=LOOK_UP)

completion.ready()


def _version(asked: bool) -> None:
    if asked:
        import simcrc

        print(f"simcrc {simcrc.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=here("Afficher la version.", "Show the version."))] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=completion.install,
            is_eager=True,
            help=here("Apprendre au shell à compléter les commandes et leurs options.", "Teach the shell to complete commands and their options."),
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=completion.show,
            is_eager=True,
            help=here("Écrire ce que le shell apprendrait.", "Print what the shell would learn."),
        ),
    ] = False,
    lang: options.Lang = None,
) -> None:
    pass
