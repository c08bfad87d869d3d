"""The page on paper: a Chromium, Chrome or Edge that is on the machine prints it, without a window and without the network."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from simcrc.errors import SpokenError
from simcrc.experiment.files import atomic
from simcrc.words import Words

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
SECONDS = 180
NO_BROWSER = Words(
    fr="aucun Chromium, Chrome ni Edge sur cette machine pour imprimer en PDF. La page est là : {page} ; ouvrez-la dans un navigateur et imprimez-la (Ctrl+P), "
    "« Enregistrer au format PDF », format A4.",
    en='no Chromium, Chrome or Edge on this machine to print a PDF. The page is here: {page}; open it in a browser and print it (Ctrl+P), "Save as PDF", A4.',
)
NOT_PRINTED = Words(
    fr="{browser} n'a pas imprimé la page ({why}). Elle est là : {page} ; ouvrez-la dans un navigateur et imprimez-la (Ctrl+P).",
    en="{browser} did not print the page ({why}). It is here: {page}; open it in a browser and print it (Ctrl+P).",
)


class NotPrintedError(SpokenError):
    """There is no browser that prints, or it failed; the page itself was written and can be printed by hand."""


def browser() -> str | None:
    """The first browser that there is."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def printed(page: str, to: Path) -> None:
    """Print the HTML `page` to the file `to`.  Raises NotPrintedError, having written the page beside."""
    from simcrc.experiment.files import write_text

    program = browser()
    beside = to.with_suffix(".html")
    if program is None:
        write_text(beside, page)
        raise NotPrintedError(NO_BROWSER, page=beside)
    with tempfile.TemporaryDirectory(prefix="simcrc-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        why = _run(program, source, target, Path(folder))
        if why is None:
            with atomic(to) as temporary:
                shutil.copyfile(target, temporary)
            return
    write_text(beside, page)
    raise NotPrintedError(NOT_PRINTED, browser=Path(program).name, why=why, page=beside)


def _run(program: str, source: Path, target: Path, folder: Path) -> str | None:
    """Have it printed; what went wrong, or None.  A page without scripts and requests needs no sandbox, which root and containers cannot have."""
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={target}", source.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"{SECONDS} s"
    except OSError as error:
        return str(error.strerror)
    return None if target.exists() and target.stat().st_size else f"code {done.returncode}"
