"""All the commands, in the order in which a newcomer meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from simcrc.cli import (
    bench,
    calibrate,
    compare,
    erlang,
    export,
    fidelisation,
    fit,
    indicators,
    init,
    measurement,
    readiness,
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

app = new_app(here("Simuler un centre de relations avec la clientèle à plusieurs canaux.", "Simulate a multichannel contact centre."))

app.command("init", cls=Command)(plainly(init.init))
app.command("validate", cls=Command)(plainly(validate.validate))
app.command("run", cls=Command)(plainly(run.run))
app.command("reproduce", cls=Command)(plainly(reproduce.reproduce))
app.command("compare", cls=Command)(plainly(compare.compare))
app.command("sweep", cls=Command)(plainly(sweep.sweep))
app.command("staff", cls=Command)(plainly(staff.staff))
app.command("fidelisation", cls=Command)(plainly(fidelisation.fidelisation))
app.command("fit", cls=Command)(plainly(fit.fit))
app.command("calibrate", cls=Command)(plainly(calibrate.calibrate))
app.command("readiness", cls=Command)(plainly(readiness.readiness))
app.command("measurement", cls=Command)(plainly(measurement.measurement))
app.command("export", cls=Command)(plainly(export.export))
app.command("indicators", cls=Command)(plainly(indicators.indicators))
app.add_typer(erlang.app, name="erlang", short_help=here("Calculer une file par Erlang B, C ou A.", "Work out a queue by Erlang B, C or A."))
app.add_typer(bench.bench, name="bench")
app.command("schema", cls=Command)(plainly(schema.schema))


def _version(asked: bool) -> None:
    if asked:
        import simcrc

        print(f"simcrc {simcrc.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=here("Afficher la version.", "Show the version."))] = False,
) -> None:
    pass
