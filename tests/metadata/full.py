"""A dataset that says something in every field, made of the schema itself: a field added later is in it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ckanext.orden.metadata import fields
from ckanext.orden.schemas import definition
from ckanext.orden.schemas.definition import Field, meta
from ckanext.orden.types import Issue

EU = "http://publications.europa.eu/resource/authority"
VALUES: dict[str, Any] = {
    "access_rights": f"{EU}/access-right/PUBLIC",
    "compress_format": "http://www.iana.org/assignments/media-types/application/zip",
    "data_effective_period": "2026-04-01/2027-03-31",
    "dct_type": "https://www.example.jp/types/survey",
    "fee": "無償",
    "format": "CSV",
    "frequency": f"{EU}/frequency/ANNUAL",
    "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "hash_algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
    "identifier": "https://www.example.jp/dataset/1",
    "language": [f"{EU}/language/JPN", f"{EU}/language/ENG"],
    "license_id": "CC-BY-4.0",
    "mimetype": "text/csv",
    "orden_category_text": "労働・賃金",
    "orden_frequency_text": "年1回（4月）",
    "orden_license_text": "CC BY",
    "orden_municipality": "272035",
    "package_format": f"{EU}/file-type/TAR",
    "privacy_policy_contains_personal_data": "非個人情報",
    "size": 2048,
    "spatial_resolution_in_meters": "10.5",
    "temporal_resolution": "PT1H",
    "theme": [f"{EU}/data-theme/SOCI"],
    "trading_policy_use_application": "商用利用,その他(学校)",
    "type": "http://purl.org/adms/publishertype/LocalAuthority",
    "usage_license_period": "契約日から1年間",
}
"""What cannot be made up, by the name of the field wherever it stands."""
PATHS: dict[str, Any] = {
    "access_services.format": [f"{EU}/file-type/JSON"],
    "access_services.license": "https://creativecommons.org/licenses/by/4.0/",
    "access_services.theme": [f"{EU}/data-theme/SOCI"],
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "publisher.name": "豊中市",
}
SHAPE = '{"type": "Point", "coordinates": [135.4612345, 34.7812345]}'
FILE = "https://www.example.jp/file.csv"
OF_THE_SITE = {"name", "owner_org", "tag_string"}


def full() -> dict[str, Any]:
    """The dataset as `package_show` gives it, without what the site itself sets."""
    made = _record(definition.dataset_fields(), "")
    dataset = {name: value for name, value in made.items() if name not in OF_THE_SITE}
    resource = {**_record(definition.resource_fields(), ""), "url": FILE, "download_url": FILE}
    return {**dataset, "tags": [{"name": "防災"}, {"name": "ＡＥＤ"}], "resources": [resource]}


def leaves_of(issues: Iterable[Issue]) -> set[str]:
    """The fields that issues name, by path as in `paths`; a record that is lost takes its fields with it."""
    named = {f"{'resource: ' if issue.where else ''}{issue.field}" for issue in issues}
    known = paths(lambda about: True)
    below = {path for path in known for name in named if path.startswith(f"{name}.")}
    return below | {name for name in named if not any(path.startswith(f"{name}.") for path in known)}


def paths(wanted: Callable[[dict[str, Any]], bool]) -> set[str]:
    """The fields of datasets and resources whose description is as wanted, by path; `resource: ` before a file's."""
    found = {path for path, field in _leaves(definition.dataset_fields()) if wanted(field)}
    files = {f"resource: {path}" for path, field in _leaves(definition.resource_fields()) if wanted(field)}
    return {path for path in found | files if path not in OF_THE_SITE}


def _leaves(described: list[Field]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, field in definition.walk(described):
        if "repeating_subfields" not in field:
            yield path, meta(field)


def _record(described: Iterable[Field], path: str) -> dict[str, Any]:
    return {field["field_name"]: _value(field, path + field["field_name"]) for field in described}


def _value(field: Field, path: str) -> Any:
    name = field["field_name"]
    if "repeating_subfields" in field:
        return [_record(field["repeating_subfields"], f"{path}.")]
    if path in PATHS or name in VALUES:
        return PATHS[path] if path in PATHS else VALUES[name]
    if "choices" in field:
        return field["choices"][0]["value"]
    one = _text(field, path)
    return [one] if name in fields.LISTS or field.get("preset") in ("orden_texts", "orden_urls") else one


def _text(field: Field, path: str) -> str:
    said = " ".join((field["label"]["ja"], field.get("help_text", {}).get("ja", "")))
    if field.get("preset") == "orden_date":
        return "2026-04-01" if not path.endswith("end") else "2027-03-31"
    if "email" in path:
        return "a@example.jp"
    if "GeoJSON" in said:
        return SHAPE
    if meta(field).get("address") or "URI" in said or "URL" in said:
        return f"https://www.example.jp/{path}"
    return f"{field['label']['ja']}の値"
