"""What can be wrong with an export, in one line for a person: nothing to export, a place that cannot be written to, a folder that is damaged, too much for a
spreadsheet.  ``simcrc.export.source`` and ``target`` raise most of it."""

from __future__ import annotations

from simcrc.errors import SimcrcError
from simcrc.words import Lang, Words

NO_CONTACTS = Words(
    fr="{path} : la simulation n'a pas gardé ses contacts ; relancez-la avec « simcrc run … --events »",
    en='{path}: the run did not keep its contacts; run it again with "simcrc run … --events"',
)
NOT_A_RUN = Words(
    fr="{path} : un journal de contacts se tire d'un dossier de « simcrc run … --events » ; ce dossier-ci vient de « simcrc {kind} »",
    en='{path}: a log of contacts comes from a folder of "simcrc run … --events"; this one comes from "simcrc {kind}"',
)
PARTIAL = Words(
    fr="{path} : résultats partiels, la commande a été interrompue ; relancez-la", en="{path}: partial results, the command was interrupted; run it again"
)
DAMAGED = Words(fr="{path} : fichier abîmé ({why}) ; refaites la simulation", en="{path}: the file is damaged ({why}); do the run again")
CHANGED = Words(fr="il n'est plus tel que la simulation l'a écrit", en="it is not as the run wrote it")
MISSING = Words(fr="il n'est plus là", en="it is not there any more")
UNREADABLE = Words(fr="illisible", en="it cannot be read")
DISAGREE = Words(fr="les besoins et les contacts ne vont pas ensemble", en="its needs and contacts do not go together")
NO_TABLE = Words(fr="aucune table « {name} »{near} ; il y a {there}", en='no table "{name}"{near}; there are {there}')
NEAR = Words(fr=" ; vouliez-vous dire « {guess} » ?", en='; did you mean "{guess}"?')
NO_TABLES = Words(fr="{path} : il n'y a aucune table à exporter", en="{path}: there are no tables to export")
NO_REPLICATION = Words(
    fr="il n'y a pas de réplication {number} ; celles du dossier : {there}", en="there is no replication {number}; those of the folder: {there}"
)
ALL_TOGETHER = Words(
    fr="la table « {name} » porte sur toutes les réplications ensemble ; retirez --replication ou cette table",
    en='the table "{name}" is about all replications together; leave out --replication or this table',
)
ONLY_TABLES = Words(
    fr="--tables ne va qu'avec csv, parquet et xlsx : un journal {to} se fait des besoins et des contacts",
    en="--tables goes with csv, parquet and xlsx only: a log in {to} is made of needs and contacts",
)
UNKNOWN_FORMAT = Words(fr="aucun format « {name} » ; il y a {there}", en='no format "{name}"; there are {there}')
TOO_MANY_ROWS = Words(
    fr="la table « {name} » a {rows} lignes, et une feuille Excel n'en prend que {most} ; exportez-la en csv ou en parquet, une réplication à la fois "
    "(--replication), ou choisissez d'autres tables (--tables)",
    en='the table "{name}" has {rows} rows, and a sheet of Excel takes {most}; export it to csv or parquet, one replication at a time (--replication), '
    "or choose other tables (--tables)",
)
EXISTS = Words(fr="{path} : existe déjà ; --force le remplace", en="{path}: exists already; --force replaces it")
IS_FOLDER = Words(fr="{path} : est un dossier ; un nom de fichier est attendu", en="{path}: is a folder; the name of a file is expected")
IS_FILE = Words(fr="{path} : est un fichier ; un dossier est attendu", en="{path}: is a file; a folder is expected")
INSIDE = Words(
    fr="{path} : se trouve dans le dossier des résultats, où rien ne doit changer ; choisissez un autre endroit avec -o",
    en="{path}: lies in the folder of results, where nothing may change; choose another place with -o",
)
FOREIGN = Words(
    fr="{path} : contient « {name} », qui ne vient pas d'un export ; choisissez un dossier neuf avec -o",
    en='{path}: holds "{name}", which is not from an export; choose a new folder with -o',
)
NOT_WRITABLE = Words(
    fr="{path} : impossible d'y écrire ({error}) ; choisissez un autre endroit avec -o", en="{path}: cannot write there ({error}); choose another place with -o"
)


class ExportError(SimcrcError):
    """What was asked cannot be exported, or not there.  Each of `faults` is a text with its fields, and becomes a line."""

    def __init__(self, *faults: tuple[Words, dict[str, object]]) -> None:
        self.faults = faults
        super().__init__(self.say("en"))

    @classmethod
    def of(cls, words: Words, **fields: object) -> ExportError:
        """One fault."""
        return cls((words, fields))

    def say(self, lang: Lang) -> str:
        """One line a fault.  Fields that are Words are said in the same language."""
        return "\n".join(
            words.say(lang, **{name: field.say(lang) if isinstance(field, Words) else field for name, field in fields.items()}) for words, fields in self.faults
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self.faults
