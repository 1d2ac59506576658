"""Writes docs/fields.md and the licence list that CKAN reads: `python docs/make_fields.py`; a test compares."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from ckanext.orden.schemas import definition, licences
from ckanext.orden.schemas.definition import Field, meta

DOCS = Path(__file__).parent
FIELDS = DOCS / "fields.md"

_INTRO = """# Fields

Made by `python docs/make_fields.py` from `schemas/dataset.yaml`, `schemas/organization.yaml` and `docs/tables/`;
do not edit.

Names: DCAT-AP's properties have the names of ckanext-dcat's `dcat_ap_full.yaml`, what only CADDE 4.0 has keeps CADDE's
key and its written values, our own fields begin with `orden_` and hold ASCII codes. Dates are ISO 8601 as precise as
they are known. An address under the site's own is stored as `site:/path` and shown whole. Every validator reads other
spellings of a term (`年1回`, `ＣＳＶ`, `CC BY 4.0`, `free`) and stores one.

Obligation: *required* by the form and the API, *recommended* (the report says so when it is missing), *optional*.
Storage: *core* is a column of CKAN's own, *text* a plain value, *list* a JSON list of texts, *records* a JSON list of
records. 一覧の列: the column of オープンデータ一覧 that holds the field. Facet: Solr's field that people narrow a
search with; the five axes (`vocab_orden_sector`, `_openness`, `_dynamics`, `_personal`, `_price`) are derived from
several fields and stand at the one that says most.
"""
_HEAD = (
    *("field", "日本語", "English", "obligation", "storage", "vocabulary", "DCAT or other term", "CADDE", "一覧の列"),
    *("section", "facet"),
)
_CORE = {
    "dataset": {"title", "name", "notes", "license_id", "owner_org", "url", "version"},
    "resource": {"url", "name", "description", "format", "mimetype", "size", "hash"},
    "organization": {"title", "name", "description", "image_url"},
}
_LISTS = ("scheming_multiple_text", "orden_schema_known_list")


def main() -> None:
    FIELDS.write_text(page(), encoding="utf-8")
    licences.FILE.write_text(licences.as_json(), encoding="utf-8")


def page() -> str:
    """The whole text of docs/fields.md."""
    return "\n".join(
        (
            _INTRO,
            "## Dataset\n",
            *_table(_HEAD, _rows("dataset", definition.dataset_fields())),
            "\n## Resource\n",
            *_table(_HEAD, _rows("resource", definition.resource_fields())),
            "\n## Organization\n",
            *_table(_HEAD, _rows("organization", definition.organization_fields())),
            "\n## Set elsewhere\n",
            "What has no field because CKAN sets it, the site makes it of something else, or an option holds it.\n",
            *_table(_ELSEWHERE_HEAD, _elsewhere()),
            "\n## CADDE 4.0, item by item\n",
            *_table(("item", "日本語", "property", "CADDE's key", "required there", "our field"), _cadde()),
            "",
        )
    )


_ELSEWHERE_HEAD = ("field", "of", "日本語", "English", "storage", "DCAT or other term", "CADDE", "一覧の列")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield _line(head)
    yield _line("---" for _ in head)
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _rows(place: str, fields: list[Field]) -> Iterator[tuple[str, ...]]:
    section = ""
    for path, field in definition.walk(fields):
        about = meta(field)
        section = about.get("section", section)
        yield (
            f"`{path}`",
            field["label"]["ja"],
            field["label"]["en"],
            about.get("obligation", ""),
            storage(place, path, field),
            _vocabulary(field),
            term(about),
            ", ".join(about.get("cadde", [])),
            about.get("list", ""),
            section,
            about.get("facet", ""),
        )


def storage(place: str, path: str, field: Field) -> str:
    """How a field is stored."""
    if path in _CORE[place]:
        return "core"
    if field["field_name"] == "tag_string":
        return "core (tags)"
    if "repeating_subfields" in field:
        return "records"
    presets = {preset["preset_name"]: preset["values"] for preset in definition.load("presets.yaml")["presets"]}
    validators = field.get("validators") or presets.get(field.get("preset", ""), {}).get("validators", "")
    return "list" if any(name in validators.split() for name in _LISTS) else "text"


def term(about: dict[str, Any]) -> str:
    """The term of a standard, or the reason why there is none."""
    return about.get("dcat") or about.get("term") or f"– ({about['reason']})"


def _vocabulary(field: Field) -> str:
    name = meta(field).get("vocabulary")
    values = " / ".join(choice["value"] for choice in field.get("choices", []))
    return values if name == "cadde" else name or values


def set_elsewhere() -> list[dict[str, Any]]:
    """The items of the standards that no field of the schema holds."""
    return yaml.safe_load((DOCS / "tables/set_elsewhere.yaml").read_text(encoding="utf-8"))


def _elsewhere() -> Iterator[tuple[str, ...]]:
    for entry in set_elsewhere():
        yield (
            f"`{entry['field']}`",
            "" if entry["place"] == "none" else entry["place"],
            entry["label"],
            entry["label_en"],
            entry["storage"],
            term(entry),
            ", ".join(entry.get("cadde", [])),
            entry.get("list", ""),
        )


def cadde_items() -> list[dict[str, str]]:
    """CADDE 4.0's 89 items."""
    with (DOCS / "tables/cadde_items.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def carriers() -> dict[str, list[str]]:
    """Which of our fields carry each CADDE item."""
    found: dict[str, list[str]] = {}
    for prefix, fields in (("", definition.dataset_fields()), ("resource: ", definition.resource_fields())):
        for path, field in definition.walk(fields):
            for item in meta(field).get("cadde", []):
                found.setdefault(item, []).append(f"{prefix}`{path}`")
    for entry in set_elsewhere():
        for item in entry.get("cadde", []):
            found.setdefault(item, []).append(
                f"{'resource: ' if entry['place'] == 'resource' else ''}`{entry['field']}`"
            )
    return found


def _cadde() -> Iterator[tuple[str, ...]]:
    ours = carriers()
    for item in cadde_items():
        key = f"`{item['key']}`" if item["key"] else ""
        yield item["item"], item["label_ja"], item["property"], key, item["required"], ", ".join(ours[item["item"]])


if __name__ == "__main__":
    main()
