"""Package and organization dicts as Osaka Prefecture's CKAN would show them."""

from typing import Any

from ..model import Dataset, Organization, Resource
from ..seed import identifier, number
from ..vocabulary import LICENCES
from .publication import Publication

Record = dict[str, Any]


def package(dataset: Dataset, publication: Publication) -> Record:
    """A dataset as `package_show` gives it."""
    license_id, license_title, license_url = LICENCES[dataset.license]
    package_id = identifier("package", dataset.name)
    resources = [_resource(file, dataset, publication) for file in dataset.resources]
    body = dataset.organization
    return {
        "id": package_id,
        "name": dataset.name,
        "title": dataset.title,
        "notes": dataset.notes,
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": license_id == "cc-zero",
        "url": f"https://www.{body.host}/opendata/{dataset.kind.name}.html",
        "version": None,
        "author": body.title,
        "author_email": None,
        "maintainer": dataset.kind.dept,
        "maintainer_email": f"opendata@{body.host}",
        "license_id": license_id,
        "license_title": license_title,
        "license_url": license_url or None,
        "creator_user_id": identifier("user", body.name),
        "owner_org": identifier("organization", body.name),
        "organization": organization(body),
        "groups": [_group(dataset.kind.theme)],
        "tags": [_tag(tag) for tag in dataset.tags],
        "num_tags": len(dataset.tags),
        "extras": _extras(dataset),
        "metadata_created": _moment(dataset.issued, dataset.name),
        "metadata_modified": _moment(dataset.modified, dataset.name),
        "num_resources": len(resources),
        "resources": [resource | {"position": at, "package_id": package_id} for at, resource in enumerate(resources)],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def organization(body: Organization) -> Record:
    """An organization as `organization_show` gives it."""
    return {
        "id": identifier("organization", body.name),
        "name": body.name,
        "title": body.title,
        "type": "organization",
        "description": body.about,
        "image_url": "",
        "created": "2019-04-01T00:00:00",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _resource(file: Resource, dataset: Dataset, publication: Publication) -> Record:
    moment = _moment(file.modified, file.path)
    given = {
        "id": identifier("resource", file.path),
        "name": file.title,
        "description": f"{dataset.title}の{file.year}年度のファイルです（サンプルデータ）。",
        "format": file.format if file.format != "GEOJSON" else "GeoJSON",
        "mimetype": file.media_type,
        "mimetype_inner": None,
        "url": publication.url(file),
        "url_type": None,
        "size": publication.size(file),
        "hash": "",
        "created": moment,
        "last_modified": moment,
        "metadata_modified": moment,
        "state": "active",
        "datastore_active": False,
        "resource_type": None,
        "cache_url": None,
        "cache_last_updated": None,
    }
    if file.format == "NGSI":
        given |= {
            "caddec_resource_type": "api/ngsi",
            "ngsi_entity_type": dataset.kind.ngsi,
            "ngsi_tenant": dataset.organization.romaji.replace("-", "_"),
            "ngsi_service_path": f"/{dataset.kind.name}",
        }
    return given


def _extras(dataset: Dataset) -> list[Record]:
    values = {"更新頻度": dataset.frequency, **dataset.terms}
    if dataset.access != "PUBLIC":
        values["access_rights"] = {"RESTRICTED": "制限あり", "NON_PUBLIC": "非公開"}[dataset.access]
    return [{"key": key, "value": value} for key, value in values.items()]


def _group(theme: str) -> Record:
    name = f"g{number(100, 999, theme)}"
    return {"id": identifier("group", theme), "name": name, "title": theme, "display_name": theme, "description": ""}


def _tag(name: str) -> Record:
    tag = {"id": identifier("tag", name), "name": name, "display_name": name}
    return tag | {"state": "active", "vocabulary_id": None}


def _moment(day: str, *key: str) -> str:
    hour, minute, second = number(0, 9, *key, "h"), number(0, 59, *key, "m"), number(0, 59, *key, "s")
    return f"{day}T{hour:02d}:{minute:02d}:{second:02d}.{number(1000, 999999, *key, 'us'):06d}"
