"""Results in a notebook: a title, what was run, the short table, as one piece of HTML without scripts.  Everything that comes from a scenario is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcrc.report import short
from simcrc.words import Lang, Words, language

if TYPE_CHECKING:
    from simcrc.experiment.results import Results

RUN = Words(fr="{n} {n:réplication|réplications} · germe {seed} · empreinte {digest}", en="{n} {n:replication|replications} · seed {seed} · digest {digest}")
FOLDER = Words(fr="Dossier\u00a0:", en="Folder:")

TEMPLATE = """\
<div class="simcrc-results" lang="{{ lang }}">
<style>
.simcrc-results table {border-collapse: collapse; font-variant-numeric: tabular-nums}
.simcrc-results th, .simcrc-results td {padding: .2em .8em; border-bottom: 1px solid #8884; text-align: left}
.simcrc-results th.figure, .simcrc-results td.figure {text-align: right; white-space: nowrap}
.simcrc-results caption {text-align: left; font-weight: bold; padding: .4em .8em}
.simcrc-results .met {color: #1a7f37} .simcrc-results .missed {color: #cf222e} .simcrc-results .unsure {color: #9a6700}
</style>
<table>
<caption>{{ title }}</caption>
<thead><tr>{% for column in columns %}<th scope="col"{% if loop.index0 in figures %} class="figure"{% endif %}>{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows -%}
<tr>
{%- for cell in row.cells %}<td
{%- if loop.last and row.verdict %} class="{{ row.verdict }}"{% elif loop.index0 in figures %} class="figure"{% endif %}>{{ cell }}</td>
{%- endfor %}</tr>
{% endfor -%}
</tbody>
</table>
<p>{{ run }}{% if note %}<br>{{ note }}{% endif %}<br>{{ folder_word }} <code>{{ folder }}</code></p>
</div>
"""


def html(results: Results, lang: Lang | None = None) -> str:
    """The representation of `results` in `lang`."""
    from jinja2 import Environment

    lang = lang or language()
    manifest: dict[str, Any] = results.manifest
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(TEMPLATE)
    return template.render(
        lang=lang,
        title=results.title(lang),
        columns=[column.say(lang) for column in short.COLUMNS],
        figures=(2, 3, 4),
        rows=short.rows(results.headlines, manifest["words"], lang, results.endless),
        run=RUN.say(lang, n=results.replications, seed=manifest["seed"], digest=manifest["digest"][:8]),
        note=short.ONE_RUN.say(lang) if results.replications == 1 else "",
        folder_word=FOLDER.say(lang),
        folder=results.path,
    )
