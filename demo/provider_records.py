"""A company's datasets as it would hand them to the catalogue's API."""

from .files import content
from .formats import FORMATS
from .model import Dataset, Organization, Resource
from .provider import Record
from .publishers.publication import Publication
from .seed import urn
from .vocabulary import FREQUENCIES, LICENCES, THEMES, authority


def dataset_record(dataset: Dataset, publication: Publication) -> Record:
    """A dataset without the files that are uploaded."""
    owner = dataset.organization
    given = {
        "name": dataset.name,
        "owner_org": owner.name,
        "title": dataset.title,
        "notes": dataset.notes,
        "tags": [{"name": tag} for tag in dataset.tags],
        "url": f"https://www.{owner.host}/data/{dataset.kind.name}.html",
        "identifier": urn("dataset", dataset.name),
        "license_id": dataset.license,
        "access_rights": authority("access-right", dataset.access),
        "frequency": authority("frequency", FREQUENCIES[dataset.frequency]),
        "orden_frequency_text": dataset.frequency,
        "language": [authority("language", "JPN")],
        "theme": [authority("data-theme", THEMES[dataset.kind.theme])],
        "contact": [{"name": f"{owner.title} {dataset.kind.dept}", "email": f"data@{owner.host}"}],
        "spatial_coverage": [{"text": "大阪府"}],
        "issued": dataset.issued,
        "modified": dataset.modified,
        "orden_kind": dataset.kind.name,
        "orden_sample": "true",
        **dataset.terms,
        "resources": [resource_record(dataset, file, publication) for file in dataset.resources if not file.upload],
    }
    if dataset.license in {"OTHER", "other-closed"}:
        given["orden_license_text"] = f"{owner.title} データ利用規約"
    return given


def resource_record(dataset: Dataset, file: Resource, publication: Publication) -> Record:
    """A file; an uploaded one has no address of its own."""
    given: Record = {
        "name": file.title,
        "description": "項目と形式を確かめるための見本ファイルです（サンプルデータ）。",
        "format": FORMATS[file.format].label,
        "mimetype": file.media_type,
        "issued": dataset.issued,
        "modified": file.modified,
    }
    if license_url := LICENCES[dataset.license][2]:
        given["license"] = license_url
    if file.upload:
        return given
    given |= {"url": publication.url(file), "explain_url": f"https://www.{dataset.organization.host}/data/terms.html"}
    given["size"] = len(content(dataset, file))
    given["caddec_resource_type"] = "api/ngsi" if file.format == "NGSI" else "file/http"
    if file.format == "NGSI":
        given |= {
            "ngsi_entity_type": dataset.kind.ngsi,
            "ngsi_tenant": dataset.organization.name.replace("-", "_"),
            "ngsi_service_path": f"/{dataset.kind.name}",
        }
    return given


def organization_record(body: Organization) -> Record:
    """An organisation of the catalogue."""
    given = {
        "name": body.name,
        "title": body.title,
        "description": body.about,
        "orden_org_kind": body.kind,
        "url": f"https://www.{body.host}/",
        "email": f"opendata@{body.host}",
    }
    return given | {"orden_municipality": body.code} if body.code else given
