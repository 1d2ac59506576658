"""Actions of the DCAT room."""

from __future__ import annotations

from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, ErrorDict
from ckanext.dcat.utils import catalog_uri

from ... import config
from .. import compact
from ..asked import SUBJECTS, checked
from ..catalogue import pages
from ..quality import keeping, summary
from ..quality.metrics import METRICS
from ..syntaxes import SYNTAXES, no_such_format, prefixes
from ..uris import dataset_uri
from . import schema


@tk.side_effect_free
def orden_dcat_validate(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check RDF against DCAT-AP and ODPO's rules.

    :param content: a document in Turtle, RDF/XML, JSON-LD or N-Triples, or
    :param upload: the same as a file, or
    :param url: its address, or
    :param id: the id or name of a dataset of this site, or
    :param organization: of an organisation, whose datasets are checked, or
    :param source: of a harvest source, whose datasets are checked: exactly one of the six
    :param level: a level of the rules (default `odpo`), as `ckan orden-dcat levels` lists them
    :param shacl: whether SHACL's validation report in Turtle is wanted too (optional)
    :returns: the Report: valid, level, checked (focus nodes), errors, warnings, infos, issues, left_out (how many
        more issues there are than are listed), and the same by rule (`groups`, with `count` and `examples`); of a
        dataset also what RDF cannot hold of it (`lossy.rdf`); `shacl` if it was asked for
    """
    data, errors = tk.navl_validate(data_dict, schema.orden_dcat_validate(), context)
    if not errors and sum(bool(data.get(name)) for name in SUBJECTS) != 1:
        errors = {"content": [tk._("Give exactly one of {names}").format(names=", ".join(SUBJECTS))]}
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    tk.check_access("orden_dcat_validate", context, data)
    found = checked(context, data)
    return {**found.as_dict(), "shacl": found.shacl} if data.get("shacl") else found.as_dict()


@tk.side_effect_free
def orden_dcat_quality_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The quality of a dataset's description: 405 points in five dimensions, and the Japanese criteria beside them.

    :param id: the id or name of the dataset
    :returns: `points` of `of`, `band`, `japan` (percent), `dimensions`, `metrics`, `missing` (fixes, the one worth most
        first), `day`
    """
    id_ = tk.get_or_bust(data_dict, "id")
    tk.check_access("orden_dcat_quality_show", context, {"id": id_})
    package = model.Package.get(id_)
    kept = keeping.stored(package.id) if package else None
    if not kept:
        raise tk.ObjectNotFound(tk._("The quality has not been looked at yet"))
    score, day = kept
    return {**score.as_dict(), "day": day.isoformat()}


@tk.side_effect_free
def orden_dcat_quality_summary_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The quality of all public datasets, or of an organisation's.

    :param organization: its id or name (optional)
    :returns: `datasets`, averages (`points`, `japan`), `bands`, `dimensions`, `fixes` (with `datasets`, `gain` in
        points over all of them, `average` per dataset), `trend` by day, `lowest`; without an organisation `ranking`
    """
    tk.check_access("orden_dcat_quality_summary_show", context, data_dict)
    organization = _organization(data_dict.get("organization"))
    found = summary.summary(organization)
    return found if organization else {**found, "ranking": summary.ranking()}


@tk.side_effect_free
def orden_dcat_quality_dataset_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """The public datasets that a fix would help, the lowest score first.

    :param fix: the code of the metric
    :param organization: only of this organisation, by id or name (optional)
    """
    tk.check_access("orden_dcat_quality_dataset_list", context, data_dict)
    code = tk.get_or_bust(data_dict, "fix")
    if code not in METRICS:
        raise tk.ValidationError({"fix": [tk._("One of: {names}").format(names=", ".join(METRICS))]})
    return summary.to_mend(code, _organization(data_dict.get("organization")))


@tk.chained_action
def dcat_dataset_show(original: Action, context: Context, data_dict: dict[str, Any]) -> str:
    """A dataset in RDF, as JSON-LD for people too; one that may not be read is not found, as on its page."""
    is_compact = data_dict.get("format") == "jsonld" and not data_dict.get("profiles")
    asked = {**data_dict, "format": "nt"} if is_compact else data_dict
    try:
        found = original(context, asked)
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound(tk._("Dataset not found")) from error
    return _compact(found, data_dict["id"]) if is_compact else found


@tk.chained_action
@tk.side_effect_free
def dcat_catalog_show(original: Action, context: Context, data_dict: dict[str, Any]) -> str:
    """A page of the catalogue in RDF, in place of ckanext-dcat's: any search gives a page or a clear error.

    :param format: `rdf` (default), `xml`, `ttl`, `jsonld`, `nt` or `n3`
    :param q: words to search, as in `package_search`
    :param fq: filters, as in `package_search`
    :param organization: only the datasets of this organisation, by id or name
    :param modified_since: only datasets whose description has changed since, in ISO 8601
    :param after: the position of a page, from the link to it
    :param page: the number of a page, in place of a position
    :param profiles: other profiles of ckanext-dcat, with commas or as a list
    :returns: the document
    """
    tk.check_access("dcat_catalog_show", context, data_dict)
    format_ = data_dict.get("format") or "rdf"
    if format_ not in SYNTAXES:
        raise tk.ValidationError({"format": [no_such_format()]})
    profiles = data_dict.get("profiles") or ""
    asked = {**data_dict, "profiles": profiles if isinstance(profiles, str) else ",".join(profiles)}
    return pages.answer(context, asked, format_).body.decode()


def _compact(triples: str, dataset: str) -> str:
    """A dataset's triples as JSON-LD with the dataset on top."""
    package = cast(model.Package, model.Package.get(dataset))
    root = dataset_uri(catalog_uri(), {"id": package.id}, "")
    return compact.document(triples, root, prefixes(str(config.dcat_namespace())))


def _organization(name: Any) -> str:
    """The id of the organisation of that name; empty without a name."""
    if not name:
        return ""
    organization = model.Group.get(str(name))
    if not organization or not organization.is_organization or organization.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("There is no such organisation"))
    return organization.id
