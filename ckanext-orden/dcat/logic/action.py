"""Actions of the DCAT room."""

from __future__ import annotations

from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, ErrorDict
from ckanext.dcat.processors import RDFParser
from ckanext.dcat.utils import catalog_uri

from ... import config
from ...errors import SourceError
from ...fetching import Limits, fetch
from ...metadata.mapping.losses import losses
from ...types import Issue, Report
from .. import compact
from ..catalogue import pages
from ..checks import check_dataset, check_document
from ..quality import keeping, summary
from ..quality.metrics import METRICS
from ..serializer import PROFILE, Serializer
from ..syntaxes import SYNTAXES, no_such_format, prefixes
from ..uris import dataset_uri
from . import schema

SUBJECTS = ("content", "url", "id")
RDF_TYPES = "text/turtle, application/rdf+xml, application/ld+json, application/n-triples;q=0.9, */*;q=0.1"


@tk.side_effect_free
def orden_dcat_validate(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check RDF against DCAT-AP and ODPO's rules.

    :param content: a document in Turtle, RDF/XML, JSON-LD or N-Triples, or
    :param url: its address, or
    :param id: the id or name of a dataset of this site: exactly one of the three
    :param level: `base`, `range` or `odpo` (default), each with the rules of those before
    :returns: the Report: valid, level, checked (focus nodes), errors, warnings, infos, issues, left_out (how many
        more issues there are than are listed); of a dataset also what RDF cannot hold of it (`lossy.rdf`)
    """
    data, errors = tk.navl_validate(data_dict, schema.orden_dcat_validate(), context)
    if not errors and sum(name in data for name in SUBJECTS) != 1:
        errors = {"content": [tk._("Give exactly one of content, url and id")]}
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    tk.check_access("orden_dcat_validate", context, data)
    return _report(context, data).as_dict()


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


def _report(context: Context, data: dict[str, Any]) -> Report:
    if "id" in data:
        return _dataset_report(context, data["id"], data["level"])
    if "content" in data:
        return check_document(data["content"].encode("utf-8", "surrogatepass"), data["level"])
    try:
        body = fetch(data["url"], accept=RDF_TYPES, limits=_network(config.dcat_max_bytes()), public_only=True).body
    except SourceError as error:
        return Report((_unreachable(data["url"], error),), subject=data["url"], level=data["level"])
    return check_document(body, data["level"], subject=data["url"])


def _dataset_report(context: Context, dataset_id: str, level: str) -> Report:
    dataset = tk.get_action("package_show")(context, {"id": dataset_id})
    serializer = Serializer(profiles=[PROFILE])
    subject = serializer.graph_from_dataset(dataset)
    report = check_dataset(serializer.g, level, str(subject))
    return report.with_issues(losses("rdf", dataset, _read_back(serializer)))


def _read_back(serializer: Serializer) -> dict[str, Any]:
    """The dataset that others read in what we write."""
    parser = RDFParser(profiles=[PROFILE])
    parser.g = serializer.g
    return next(iter(parser.datasets()), {})


def _network(size: int) -> Limits:
    """A person waits for the answer: short times, one try."""
    return Limits(total=20.0, read=10.0, wire_bytes=size, decoded_bytes=size, retries=0)


def _unreachable(url: str, error: SourceError) -> Issue:
    return Issue(
        code="source.unreachable",
        severity="error",
        field="",
        message={
            "ja": f"文書を取得できません: {error.texts['ja']}",
            "en": f"The document cannot be fetched: {error.texts['en']}",
        },
        hint={
            "ja": "URL をブラウザで開けるか、だれでも見られる場所かを確かめてください。",
            "en": "See that the address opens in a browser and that everybody may see it.",
        },
        where=url,
    )
