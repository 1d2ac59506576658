"""From a dataset to the package dict of CADDE 4.0's catalogue (89 items), as its tools and cross search read it.

`ckan_package` reads it again, and every other way in which CADDE's documents write the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import RecordError
from ...types import Issue
from ..facts import resources, value
from ..fields import CADDE
from ..parsing.text import clean, one_line, split_list
from ..vocabularies import access_right_for, coded_for, language_for, licence_for, theme_for
from ..vocabularies.file_types import IANA
from . import cadde_periods
from .ckan_package import dataset as read
from .draft import many, without_empty, written_categories
from .losses import losses

Record = Mapping[str, Any]
Dict = dict[str, Any]

_PACKAGE = ("id", "name", "title", "notes", "url", "metadata_created", "metadata_modified")
_ITEMS_OF_ITS_OWN = CADDE - {"term", "data_effective_period", "usage_license_period"}
"""Extras that are called and written as our fields are."""
_RESOURCE_ITEMS = (
    *("id", "name", "description", "url", "created", "issued", "last_modified", "modified", "rights", "format"),
    *("schema", "schema_type", "ngsi_tenant", "ngsi_service_path", "ngsi_entity_type", "ngsi_data_model"),
    *("caddec_resource_type", "caddec_contract_required", "caddec_required", "caddec_resource_id_for_provenance"),
    "haspolicy_url",
)


@dataclass(frozen=True)
class Written:
    """The package dict, and what it could not hold (`lossy.cadde`)."""

    package: Dict
    issues: tuple[Issue, ...] = ()


def write(dataset: Record, page: str = "") -> Written:
    """The dataset in CADDE's words; `page` is its address on this site."""
    extras = without_empty({**_extras(dataset), "dataset_url": page, **_others(dataset)})
    package = without_empty(
        {
            **{name: clean(dataset.get(name)) for name in _PACKAGE},
            **_licence(dataset.get("license_id"), dataset.get("orden_license_text")),
            "organization": _organization(dataset),
            "tags": [{"name": tag["name"]} for tag in _records(dataset.get("tags")) if tag.get("name")],
            "extras": [{"key": name, "value": text} for name, text in extras.items()],
        }
    )
    package["resources"] = [_resource(file, page) for file in resources(dataset)]
    return Written(package, losses("cadde", dataset, read_back(package)))


def read_back(package: Record) -> Record:
    """The dataset that the package is read as; nothing where it has no name."""
    try:
        return read(package).dataset
    except RecordError:
        return {}


def _extras(dataset: Record) -> Dict:
    """All items of the dataset that CADDE keeps in extras."""
    publisher, contact = _first(dataset, "publisher"), _first(dataset, "contact")
    period, activity = _first(dataset, "temporal_coverage"), _first(dataset, "provenance_activity")
    return {
        "issued": clean(dataset.get("issued")) or clean(dataset.get("metadata_created"))[:10],
        "modified": clean(dataset.get("modified")),
        "language": _joined(_language(iri) for iri in many(dataset.get("language"))),
        "publisher_name": clean(publisher.get("name")) or _organization(dataset).get("title", ""),
        "publisher_uri": clean(publisher.get("uri")),
        **_aligned(_records(dataset.get("creator")), creator_name="name", creator_url="url"),
        "frequency": clean(dataset.get("frequency")) or clean(dataset.get("orden_frequency_text")),
        "identifier": clean(dataset.get("identifier")),
        **_aligned(_records(dataset.get("spatial_coverage")), spatial_url="uri", spatial_text="text", spatial="geom"),
        "temporal_start": clean(period.get("start")),
        "temporal_end": clean(period.get("end")),
        "theme": _themes(dataset),
        "contact_name": clean(contact.get("name")),
        "contact_url": clean(contact.get("url")),
        **_access(dataset, "accessrights_url"),
        "prov_was_generated_by_url": clean(activity.get("uri")),
        "conforms_to": _joined(many(dataset.get("conforms_to"))),
        "term": _joined(many(dataset.get("term"))),
        **{name: clean(dataset.get(name)) for name in sorted(_ITEMS_OF_ITS_OWN)},
        **{name: cadde_periods.written(name, dataset.get(name)) for name in cadde_periods.FIELDS},
        "haspolicy_url": clean(value(dataset, "haspolicy_url")),
    }


def _others(dataset: Record) -> Dict:
    """Extras of the source that no standard knows."""
    return {pair["key"]: pair.get("value") for pair in _records(dataset.get("extras")) if pair.get("key")}


def _resource(file: Record, page: str) -> Dict:
    service = _first(file, "access_services")
    explained = (file.get("explain_url"), file.get("access_url"), page, file.get("url"))
    return without_empty(
        {
            **{name: clean(file.get(name)) for name in _RESOURCE_ITEMS},
            **_licence(getattr(licence_for(file.get("license")), "id", ""), ""),
            **_access(file, "access_rights_url"),
            "explain_url": next(filter(None, map(clean, explained)), ""),
            "size": clean(file.get("size")),
            "mime_type": IANA + clean(file.get("mimetype")) if clean(file.get("mimetype")) else "",
            **{name: _written(name, file) for name in ("compress_format", "package_format")},
            "conforms_to": _joined(many(file.get("conforms_to"))),
            "data_service_title": clean(service.get("title")),
            "data_service_endpoint_url": _joined(many(service.get("endpoint_url"))),
            "data_service_endpoint_description": clean(service.get("endpoint_description")),
        }
    )


def _licence(licence_id: object, wording: object) -> Dict:
    """Title and address of a licence; a wording that no licence fits stands as その他(…)."""
    licence, text = licence_for(licence_id), one_line(wording)
    if licence and licence.id == "OTHER" and text:
        return {"license_title": f"その他({text})"}
    if licence and text and licence_for(text) == licence:
        return {"license_title": text, "license_url": licence.url}
    return {"license_title": licence.written, "license_url": licence.url} if licence else {}


def _access(record: Record, address_key: str) -> Dict:
    """The label, and the IRI under the key of its level: CADDE spells the two differently."""
    found = access_right_for(record.get("access_rights"))
    return {"access_rights": found.label["ja"], address_key: found.iri} if found else {"access_rights": ""}


def _organization(dataset: Record) -> Dict:
    found = dataset.get("organization")
    kept = ("id", "name", "title")
    return without_empty({name: found.get(name) for name in kept}) if isinstance(found, Mapping) else {}


def _themes(dataset: Record) -> str:
    themes, wording = many(dataset.get("theme")), split_list(dataset.get("orden_category_text"))
    said = dict.fromkeys(found.iri for found in map(theme_for, wording) if found)
    return _joined(wording if wording and list(said) == themes else written_categories(themes))


def _language(iri: str) -> str:
    found = language_for(iri)
    return found.tag if found else iri


def _written(name: str, file: Record) -> str:
    found = coded_for(name, file.get(name))
    return found.written if found else ""


def _aligned(records: list[Record], **keys: str) -> Dict:
    """Records as flat keys: one as it is, several as JSON arrays of the same length."""
    texts = {key: [clean(record.get(part)) for record in records] for key, part in keys.items()}
    write: Callable[[list[str]], str] = _array if len(records) > 1 else "".join
    return {key: write(found) if any(found) else "" for key, found in texts.items()}


def _array(texts: list[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _joined(texts: Iterable[str]) -> str:
    """Several values in one text: with commas, as JSON where a value holds a separator itself."""
    values = [text for text in texts if text]
    whole = ",".join(values)
    return whole if split_list(whole) == values else _array(values)


def _records(found: Any) -> list[Record]:
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, (list, tuple)) else []


def _first(record: Record, name: str) -> Record:
    return next(iter(_records(record.get(name))), {})
