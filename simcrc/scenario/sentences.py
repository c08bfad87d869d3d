"""The words of everything that can be wrong with a scenario as a whole: files, YAML, unknown names, what does not fit together.

``EXPECTED`` completes "found …, expected …"; ``SENTENCES`` stand alone.  Single values stand in ``simcrc.scenario.faults``.
"""

from __future__ import annotations

from simcrc.words import Words

NOTHING = Words(fr="rien", en="nothing")
EMPTY_TEXT = Words(fr="un texte vide", en="an empty text")
A_MAPPING = Words(fr="un groupe de clés", en="a mapping")
A_LIST = Words(fr="une liste", en="a list")

EXPECTED: dict[str, Words] = {
    # names
    "unknown_key": Words(fr="une clé connue", en="a known key"),
    "unknown_measure": Words(fr="une sorte de mesure ({kinds}), ou {others}", en="a kind of measure ({kinds}), or {others}"),
    "unknown_kind": Words(fr="un genre de canal", en="a kind of channel"),
    "unknown_service": Words(fr="un service", en="a service"),
    "unknown_service_key": Words(fr="un service, ou default", en="a service, or default"),
    "unknown_service_law": Words(fr="un service, default, ou une loi : {names}", en="a service, default, or a distribution: {names}"),
    "unknown_channel": Words(fr="un canal", en="a channel"),
    "unknown_site": Words(fr="un bureau de ce canal", en="a site of this channel"),
    "unknown_team": Words(fr="une équipe", en="a team"),
    "unknown_segment": Words(fr="un segment", en="a segment"),
    "unknown_target": Words(fr="un canal, redial ou give_up", en="a channel, redial or give_up"),
    "unknown_outcome": Words(fr="une issue", en="an outcome"),
    "unknown_station": Words(fr="un canal avec préposés, canal.bureau ou canal.étape", en="a staffed channel, channel.site or channel.step"),
    "unknown_skill": Words(fr="une langue de la population ou un service", en="a language of the population or a service"),
    "unknown_profile": Words(fr="un profil", en="a profile"),
    "unknown_rule": Words(fr="une règle", en="a rule"),
    "unknown_indicator": Words(fr="un indicateur", en="an indicator"),
    "unknown_place": Words(fr="un canal, canal.bureau ou team:équipe", en="a channel, channel.site or team:team"),
    "unknown_reason": Words(fr="un motif de contact", en="a reason of contact"),
    "unknown_period": Words(
        fr="un moment de la période mesurée : « Mon 08:30 », « Mon-Fri 08:30-16:30 », « 2006-04 » ou « 2006-04-03 »",
        en='a part of the measured period: "Mon 08:30", "Mon-Fri 08:30-16:30", "2006-04" or "2006-04-03"',
    ),
    "unknown_theory": Words(fr="modèle.résultat de simcrc.theory", en="a model.figure of simcrc.theory"),
    "unknown_argument": Words(fr="un argument de ce résultat", en="an argument of this figure"),
    "one_figure": Words(fr="un seul résultat, modèle.résultat, et ses arguments", en="one figure, model.figure, and its arguments"),
    "unit_time": Words(fr="une durée ({indicator} est en {unit})", en="a duration ({indicator} is in {unit})"),
    "unit_share": Words(fr="une part ou un nombre ({indicator} est une part)", en="a share or a number ({indicator} is a share)"),
    "unit_number": Words(fr="un nombre ({indicator} est en {unit})", en="a number ({indicator} is in {unit})"),
    "no_breakdown": Words(fr="un indicateur qui existe à ce niveau de détail", en="an indicator that exists at this level of detail"),
    "per_total": Words(fr="`per` seulement avec un total de toute la période", en="`per` only with a total over the whole period"),
    "no_policy": Words(
        fr="`change` et `arm` seulement dans un scénario qui a une politique : fichier de politique, ou `policies`",
        en="`change` and `arm` only in a scenario with a policy: a policy file, or `policies`",
    ),
    "unit_other": Words(fr="un indicateur de même unité ({indicator} est en {unit})", en="an indicator in the same unit ({indicator} is in {unit})"),
    "fewer_looks": Words(fr="au moins {first}, le nombre de réplications du premier regard", en="at least {first}, the replications of the first look"),
    "unknown_holidays": Words(fr="un pays ou une subdivision (CA-QC), ou des dates", en="a country or a subdivision (CA-QC), or dates"),
    "unknown_weekday": Words(fr="un jour de la semaine", en="a weekday"),
    "row_key": Words(
        fr="canal.issue ou canal.issue.service, par exemple « phone.abandoned »", en='channel.outcome or channel.outcome.service, such as "phone.abandoned"'
    ),
    "status": Words(fr="measured, borrowed, calibrated ou assumed", en="measured, borrowed, calibrated or assumed"),
    "range": Words(fr="une plage de deux valeurs, [bas, haut]", en="a range of two values, [low, high]"),
    "range_holds": Words(fr="une plage qui contient la valeur ({value})", en="a range that holds the value ({value})"),
    "within_sort": Words(fr="des bornes de la même sorte que la valeur ({value})", en="bounds of the same sort as the value ({value})"),
    "within_scale": Words(
        fr="des bornes positives pour log, entre 0 et 1 (exclus) pour logit ; l'échelle est {scale}",
        en="positive bounds for log, between 0 and 1 (excluded) for logit; the scale is {scale}",
    ),
    "fit_many": Words(
        fr="au plus autant de paramètres que de valeurs à atteindre ({count})",
        en="at most as many parameters as figures to reach ({count})",
    ),
    "standard_error": Words(fr="une erreur type seulement avec « status: measured »", en='a standard error only with "status: measured"'),
    # pydantic's own
    "choice": Words(fr="un de : {choices}", en="one of: {choices}"),
    "string": Words(fr="un texte", en="a text"),
    "mapping": Words(fr="un groupe de clés", en="a mapping"),
    "list": Words(fr="une liste", en="a list"),
    "greater_than": Words(fr="plus de {gt}", en="more than {gt}"),
    "greater_than_equal": Words(fr="au moins {ge}", en="at least {ge}"),
    "less_than": Words(fr="moins de {lt}", en="less than {lt}"),
    "less_than_equal": Words(fr="au plus {le}", en="at most {le}"),
    "too_short": Words(fr="au moins {min_length} {min_length:élément|éléments}", en="at least {min_length} {min_length:item|items}"),
    "too_long": Words(fr="au plus {max_length} {max_length:élément|éléments}", en="at most {max_length} {max_length:item|items}"),
    "currency": Words(fr="un code de devise à trois lettres, par exemple CAD", en="a currency code of three letters, such as CAD"),
    "other": Words(fr="une autre sorte de valeur", en="another kind of value"),
    # files
    "root": Words(fr="un scénario : des clés et leurs valeurs (simcrc: 1, name: …)", en="a scenario: keys and their values (simcrc: 1, name: …)"),
    "extends_missing": Words(fr="un fichier de scénario qui existe", en="a scenario file that exists"),
    "data_missing": Words(fr="un fichier de données qui existe", en="a data file that exists"),
    "set_form": Words(fr="chemin=valeur, par exemple « teams.agents.shrinkage=25 % »", en='path=value, such as "teams.agents.shrinkage=25 %"'),
    "set_unknown": Words(fr="une clé du scénario", en="a key of the scenario"),
    "set_index": Words(fr="un numéro d'élément de 0 à {count} (exclu)", en="the number of an item, from 0 to {count} (excluded)"),
    "csv_column": Words(fr="les colonnes {columns}", en="the columns {columns}"),
}

SENTENCES: dict[str, Words] = {
    # files and YAML
    "file_missing": Words(fr="fichier introuvable", en="file not found"),
    "directory": Words(fr="c'est un dossier, non un fichier", en="this is a folder, not a file"),
    "file_unreadable": Words(fr="fichier illisible ({detail})", en="the file cannot be read ({detail})"),
    "file_large": Words(fr="fichier trop gros (limite : {limit} octets)", en="the file is too large (limit: {limit} bytes)"),
    "encoding": Words(
        fr="octet {byte} (le {position}e du fichier) qui n'est pas de l'UTF-8 : enregistrez le fichier en UTF-8 (il est peut-être en Latin-1 ou Windows-1252)",
        en="byte {byte} (number {position} of the file) is not UTF-8: save the file as UTF-8 (it may be Latin-1 or Windows-1252)",
    ),
    "character": Words(fr="caractère interdit {found}", en="forbidden character {found}"),
    "empty": Words(fr="fichier vide", en="empty file"),
    "yaml": Words(fr="YAML illisible : {words}", en="this YAML cannot be read: {words}"),
    "too_deep": Words(
        fr="plus de {limit} niveaux de clés, ou un alias qui se contient lui-même", en="more than {limit} levels, or an alias that contains itself"
    ),
    "too_many": Words(fr="plus de {limit} valeurs, alias compris", en="more than {limit} values, aliases included"),
    "tag": Words(fr="étiquette YAML {found} refusée", en="the YAML tag {found} is refused"),
    "key": Words(fr="une clé doit être un texte", en="a key must be a text"),
    "merge_key": Words(
        fr="la clé << est refusée ; utilisez `extends` ou récrivez les valeurs", en="the key << is refused; use `extends` or write the values out"
    ),
    "duplicate": Words(fr="la clé « {key} » est écrite deux fois (d'abord en {first})", en='the key "{key}" is written twice (first at {first})'),
    "not_a_policy": Words(fr="ce n'est pas un fichier de politique (clé « policy »)", en='this is not a policy file (key "policy")'),
    "included_twice": Words(
        fr="la politique {found} est déjà comprise : ses mesures compteraient deux fois",
        en="the policy {found} is there already: its measures would count twice",
    ),
    "extends_cycle": Words(fr="les fichiers tournent en rond : {chain}", en="the files go round in a circle: {chain}"),
    "extends_long": Words(fr="plus de {limit} scénarios à la suite", en="more than {limit} scenarios in a row"),
    "data_folder": Words(
        fr="ce scénario lit des données qui ne l'accompagnent pas ({found}) : donnez leur dossier par --data",
        en="this scenario reads data that do not come with it ({found}): give their folder with --data",
    ),
    "set_inside": Words(fr="ne contient pas {found} : c'est une seule valeur", en="has no {found} inside: it is a single value"),
    "csv_empty": Words(fr="aucune ligne de données", en="no row of data"),
    "csv_cells": Words(
        fr="{count} {count:cellule|cellules} dans une ligne qui devrait en avoir {wanted}", en="{count} {count:cell|cells} in a row that should have {wanted}"
    ),
    "csv_twice": Words(fr="déjà dit à la ligne {first}", en="already said on line {first}"),
    "csv_roster": Words(
        fr="ligne illisible {found} : date AAAA-MM-JJ, heure HH:MM, nombre de préposés, équipe du scénario",
        en="cannot read the row {found}: date YYYY-MM-DD, time HH:MM, number of agents, team of the scenario",
    ),
    "replay_empty": Words(fr="aucune ligne n'a pu être rejouée ({detail})", en="no row can be replayed ({detail})"),
    "csv_team": Words(fr="aucune ligne pour l'équipe {found}", en="no row for the team {found}"),
    # parts
    "missing": Words(fr="il manque la clé « {key} »", en='the key "{key}" is missing'),
    "kind_missing": Words(fr="il manque la clé « kind » ({known})", en='the key "kind" is missing ({known})'),
    "exactly_one": Words(fr="écrire une seule de ces clés : {keys} (trouvé : {given})", en="write exactly one of these keys: {keys} (found: {given})"),
    "missing_beside": Words(fr="{found} demande aussi la clé « {missing} »", en='{found} needs the key "{missing}" too'),
    "together": Words(fr="écrire ces clés ensemble : {keys} (trouvé seule : {given})", en="write these keys together: {keys} (found alone: {given})"),
    "named_twice": Words(fr="{found} est nommé deux fois", en="{found} is named twice"),
    "no_agents": Words(fr="{found} est un libre-service : aucun préposé", en="{found} is self-service: there are no agents"),
    "no_self_service": Words(fr="{found} n'est pas un libre-service", en="{found} is not self-service"),
    "no_items": Words(fr="{found} n'a pas d'envois qui reviennent incomplets", en="{found} has no items that come back incomplete"),
    "not_online": Words(fr="{found} ne demande pas d'être en ligne", en="{found} does not ask for being on line"),
    "no_citizens": Words(
        fr="sans effet sans population : personne qui se souvienne ni segment", en="no effect without a population: nobody who remembers and no segments"
    ),
    "empty_case": Words(
        fr="un cas sans condition ; écrivez « always » si c'est toujours", en='a case without a condition; write "always" if that is what is meant'
    ),
    "role_never": Words(
        fr="{found} ne peut pas être un canal qui n'offre pas le service d'un contact fait sur {found} ; écrivez « {never} »",
        en='{found} cannot be a channel that does not offer the service of a contact made on {found}; write "{never}"',
    ),
    "no_habit": Words(
        fr="une habitude n'a d'effet qu'avec une population et choice.first.utility",
        en="a habit has an effect only with a population and choice.first.utility",
    ),
    "memory_without_effect": Words(
        fr="sans effet : habitude et expérience ne comptent que par choice.first.utility",
        en="no effect: habit and experience count through choice.first.utility only",
    ),
    "term_without_effect": Words(
        fr="sans effet : les parts écrites (table) le comprennent déjà pour chaque service",
        en="no effect: the written shares (table) hold it already for every service",
    ),
    # policies
    "no_silos": Words(fr="rien à intégrer : le scénario n'a pas de « silos »", en='nothing to integrate: the scenario has no "silos"'),
    "guides_nobody": Words(
        fr="après {after} personne ne continue par {found} (choice.next) : des cotes sur rien",
        en="after {after} nobody goes on to {found} (choice.next): odds on nothing",
    ),
    "takes_access": Words(
        fr="{found} est déjà en ligne à {access} : personne ne perd l'accès", en="{found} is on line to {access} already: nobody loses access"
    ),
    "takes_already": Words(
        fr="{found} a déjà des premiers choix ({service}, segment {segment}) : l'accès leur ajoute de lui-même",
        en="{found} has first choices already ({service}, segment {segment}): access adds to them by itself",
    ),
    "lasts_short": Words(
        fr="la mesure finit avant la fin de sa montée ({length} {length:jour|jours})", en="the measure ends before its ramp does ({length} {length:day|days})"
    ),
    "unknown_path": Words(fr="aucune valeur du scénario à {found}", en="no value of the scenario at {found}"),
    "months_long": Words(fr="au plus {months} mois, la période simulée", en="at most {months} {months:month|months}, the simulated period"),
    "fit_draws": Words(
        fr="{found} ne peut pas tant donner : il n'y a que {rest}, et le haut des bornes en demande davantage",
        en="{found} cannot give so much: there is only {rest}, and the upper bounds ask for more",
    ),
    "fit_margin": Words(
        fr="{found} est à ajuster et demande une marge : l'écart se compte en marges",
        en="{found} is to be fitted and needs a margin: differences count in margins",
    ),
    "promotes_nothing": Words(
        fr="personne ne prend {found} parmi ceux que la mesure vise : ouvrir avec une part (open) plutôt que promouvoir",
        en="nobody of those that the measure is about takes {found}: open it with a share instead of promoting it",
    ),
    "opens_open": Words(fr="le canal {channel} offre déjà le service {found}", en="the channel {channel} offers the service {found} already"),
    "utility_large": Words(
        fr="aucune constante ne donne les parts écrites (segment {segment}) : des termes trop grands ; ce sont des logarithmes de cotes, et 10 fait déjà "
        "22 000 contre 1",
        en="no constants give the written shares (segment {segment}): terms are too large; they are logarithms of odds, and 10 makes 22,000 to 1 already",
    ),
    "draws_too_much": Words(
        fr="{found} tire {share} des premiers choix ({service}, segment {segment}) de canaux qui n'en ont que {source} parmi ceux qui peuvent le prendre",
        en="{found} draws {share} of the first choices ({service}, segment {segment}) from channels that have only {source} among those who can take it",
    ),
    "not_of_sites": Words(fr="{found} ne va pas avec sites : un bureau n'a qu'un poids", en="{found} does not go with sites: a site has a weight only"),
    "site_open": Words(fr="le bureau {found} est déjà ouvert", en="the site {found} is open already"),
    "site_closed": Words(fr="le bureau {found} est déjà fermé", en="the site {found} is closed already"),
    "last_site": Words(
        fr="ce sont tous les bureaux de {found} : fermer le canal (close sans sites)",
        en="these are all sites of {found}: close the channel (close without sites)",
    ),
    "raises_closed": Words(
        fr="le canal {channel} n'offre pas le service {found} : l'ouvrir d'abord (open)",
        en="the channel {channel} does not offer the service {found}: open it first",
    ),
    "raises_down": Words(fr="{found} est sous la phase actuelle de {service} ({phase})", en="{found} is below the present phase of {service} ({phase})"),
    "contradiction": Words(
        fr="fixe {attribute}, que la mesure en {other} fixe aussi en même temps", en="sets {attribute}, which the measure at {other} sets too at the same time"
    ),
    "contradiction_factor": Words(
        fr="fixe {attribute} pendant que la mesure en {other} le multiplie : son facteur serait perdu ; lui donner une fin (lasts), ou la commencer après",
        en="sets {attribute} while the measure at {other} multiplies it: its factor would be lost; let that end (lasts), or begin it later",
    ),
    "free_choice_policy": Words(
        fr="seule la base, ou --set free_choice=warn, peut relâcher le libre choix : une politique ne s'en dispense pas elle-même",
        en="only the base, or --set free_choice=warn, may relax free choice: a policy does not excuse itself",
    ),
    "outside_period": Words(
        fr="la mesure commence le {found}, après la fin de la période ({end})", en="the measure starts on {found}, after the end of the period ({end})"
    ),
    "nothing_in_force": Words(
        fr="aucune mesure n'est en vigueur dans la période simulée, qui finit le {end} ; la première commence le {first}",
        en="no measure is in force in the simulated period, which ends on {end}; the first begins on {first}",
    ),
    "free_choice": Words(fr="libre choix : {rule} (à partir du {day})", en="free choice: {rule} (from {day} on)"),
    # what does not fit together
    "sum": Words(fr="la somme des parts doit être de 100 % ; elle est de {total}", en="the shares must sum to 100 %; they sum to {total}"),
    "all_zero": Words(fr="tous les poids sont nuls", en="all the weights are zero"),
    "no_value": Words(fr="aucune valeur pour le service {found} (ni default)", en="no value for the service {found} (and no default)"),
    "no_value_of": Words(
        fr="le canal {channel} n'a pas de valeur de « {field} » pour le service {found} : l'écrire sous channels",
        en='the channel {channel} has no value of "{field}" for the service {found}: write it under channels',
    ),
    "no_row": Words(fr="aucune ligne pour le service {found}, segment {segment}", en="no row for the service {found}, segment {segment}"),
    "not_offered": Words(fr="le canal {channel} n'offre pas le service {found}", en="the channel {channel} does not offer the service {found}"),
    "above_willing": Words(
        fr="{share} du segment {segment} passe par un canal en ligne, mais {willing} seulement y a accès et l'accepte pour {service} (privacy)",
        en="{share} of the segment {segment} goes to channels on line, but only {willing} has access and accepts it for {service} (privacy)",
    ),
    "above_access": Words(
        fr="{share} du segment {segment} passe par un canal en ligne, mais {access} seulement y a accès",
        en="{share} of the segment {segment} goes to channels on line, but only {access} has access",
    ),
    "no_channel": Words(fr="aucun canal n'offre le service {found}", en="no channel offers the service {found}"),
    "no_team": Words(fr="aucune équipe ne sert {found}", en="no team serves {found}"),
    "no_skill": Words(fr="personne n'a la compétence {skill} à {found}", en="nobody has the skill {skill} at {found}"),
    "too_many_skills": Words(fr="au plus {limit} compétences partielles par équipe", en="at most {limit} partial skills a team"),
    "via_kind": Words(fr="{found} n'est pas une RVI", en="{found} is not an IVR"),
    "one_number": Words(
        fr="{found} répond devant {phone} (un seul numéro) : écrire {phone}", en="{found} answers in front of {phone} (one number): write {phone}"
    ),
    "zero_nowhere": Words(fr="le « 0 » ne mène nulle part : aucun téléphone n'a via: {channel}", en='"0" leads nowhere: no phone has via: {channel}'),
    "volume_missing": Words(
        fr="il manque la clé « volume » (et rien n'est rejoué pour ce service)", en='the key "volume" is missing (and nothing is replayed for this service)'
    ),
    "volume_large": Words(
        fr="environ {count} {count:besoin|besoins} par jour : au plus {limit} par service (le partager en plusieurs)",
        en="about {count} {count:need|needs} a day: at most {limit} for a service (split it)",
    ),
    "volume_twice": Words(fr="ce service a un volume et il est aussi rejoué (replay)", en="this service has a volume and is replayed too"),
    "no_population": Words(fr="il n'y a pas de population, donc un seul segment : all", en="there is no population, hence one segment: all"),
    "remembers_nobody": Words(fr="une population : un flux anonyme ne se souvient de rien", en="a population: an anonymous stream remembers nothing"),
    "known_channel": Words(
        fr="un canal qu'une politique ouvre : {channel} offre déjà des services, donc tous le connaissent",
        en="a channel that a policy opens: {channel} offers services already, so that all know it",
    ),
    "above_one": Words(fr="au plus {most}, sinon la probabilité dépasse 100 %", en="at most {most}, else the probability is above 100 %"),
    "chase_kind": Words(
        fr="{found} n'a pas d'envoi qui attende : on ne relance que le courrier, le courriel, la télécopie",
        en="{found} has no item that waits: one chases mail, e-mail, fax only",
    ),
    "theory": Words(fr="{why}", en="{why}"),
    "argument_missing": Words(fr="il manque l'argument « {name} »", en='the argument "{name}" is missing'),
    "decimal_comma": Words(
        fr="{found} n'a pas de valeur ; une virgule décimale entre accolades demande des guillemets : « 2,5 % »",
        en='{found} has no value; a decimal comma in braces needs quotes: "2,5 %"',
    ),
    "surge_one": Words(fr="écrire soit `at`, soit `after_holidays: true`", en="write either `at` or `after_holidays: true`"),
    "outside_run": Words(fr="{found} est hors de la période simulée ({first} à {last})", en="{found} is outside the simulated period ({first} to {last})"),
    "positive": Words(fr="la durée doit être positive", en="it must be longer than zero"),
    "years": Words(fr="la période doit être entre 1900 et 2200", en="the period must lie between 1900 and 2200"),
    "family_name": Words(
        fr="{found} est le nom d'une loi de probabilité : choisir un autre nom de service",
        en="{found} is the name of a distribution: choose another name for the service",
    ),
}

YAML: tuple[tuple[str, Words], ...] = (
    ("'\\t'", Words(fr="une tabulation ; le retrait se fait avec des espaces", en="a tab; indent with spaces")),
    (
        "mapping values are not allowed",
        Words(fr="un « : » de trop ; mettre le texte entre guillemets ou vérifier le retrait", en='one ":" too many; quote the text or check the indentation'),
    ),
    ("expected <block end>", Words(fr="le retrait ne s'accorde pas avec les lignes précédentes", en="the indentation does not match the lines above")),
    ("could not find expected ':'", Words(fr="il manque un « : » après une clé", en='a ":" is missing after a key')),
    ("unexpected end of stream", Words(fr="un guillemet ou une accolade n'est pas fermé", en="a quote or a brace is not closed")),
    ("undefined alias", Words(fr="un alias (*) sans ancre (&)", en="an alias (*) without an anchor (&)")),
    ("found duplicate anchor", Words(fr="une ancre (&) écrite deux fois", en="an anchor (&) written twice")),
    ("expected ','", Words(fr="il manque une virgule ou une fermeture", en="a comma or a closing bracket is missing")),
    (
        "but found another document",
        Words(fr="plusieurs documents dans un fichier ; un seul est permis", en="several documents in one file; only one is allowed"),
    ),
    ("did not find expected", Words(fr="la suite n'a pas la forme attendue", en="what follows has not the expected form")),
    (
        "that cannot start any token",
        Words(
            fr="un caractère qui ne peut pas commencer une valeur ; mettre le texte entre guillemets",
            en="a character that cannot start a value; quote the text",
        ),
    ),
    ("unknown escape character", Words(fr="une barre oblique inverse dans un texte entre guillemets", en="a backslash in a quoted text")),
)


def yaml_words(detail: str) -> Words:
    """What the YAML reader complains about, in the words of a planner where they are known."""
    for part, words in YAML:
        if part in detail:
            return words
    return Words(fr=detail, en=detail)
