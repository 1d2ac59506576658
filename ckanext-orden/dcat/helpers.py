"""Template functions of the DCAT room."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.dcat.helpers import structured_data

from ..helpers.languages import orden_text
from .exports import schemaorg
from .exports.site import in_page, this_site
from .links import links
from .quality.metrics import BANDS, DIMENSIONS, JAPAN

__all__ = [
    "orden_dcat_band",
    "orden_dcat_by_field",
    "orden_dcat_dimension",
    "orden_dcat_form_link",
    "orden_dcat_links",
    "orden_dcat_points",
    "orden_dcat_quality",
    "orden_dcat_structured_catalogue",
    "orden_dcat_structured_data",
]

STOCK = ["schemaorg"]
LOOKS = {
    "excellent": ("ashi", "check"),
    "good": ("ashi", "check"),
    "sufficient": ("icho", "warn"),
    "bad": ("ume", "error"),
}
WIDTH, HEIGHT, MARGIN = 360.0, 126.0, 24.0


def orden_dcat_quality(dataset: dict[str, Any]) -> dict[str, Any]:
    """The quality of a dataset that is shown; empty if it has not been looked at."""
    try:
        return tk.get_action("orden_dcat_quality_show")({}, {"id": dataset["id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {}


def orden_dcat_links(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a dataset whose addresses were asked, with how they answered and when."""
    files = dataset.get("resources") or []
    known = links({file.get("url") or "" for file in files})
    return [
        {"file": file, "state": link.state, "reason": orden_text(link.reason), "checked_at": link.checked_at}
        for file in files
        if (link := known.get(file.get("url") or "")) and link.checked_at
    ]


def orden_dcat_by_field(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a check found by the field that it is about, each with its label; the worst field first."""
    schema = tk.h.scheming_get_dataset_schema("dataset") or {}
    fields = [*schema.get("resource_fields", ()), *schema.get("dataset_fields", ())]
    labels = {field["field_name"]: field["label"] for field in fields}
    sections: dict[str, dict[str, Any]] = {}
    for group in groups:
        name = group["field"]
        section = {"field": name, "label": orden_text(labels.get(name, name)), "groups": []}
        sections.setdefault(name, section)["groups"].append(group)
    return list(sections.values())


def orden_dcat_form_link(here: dict[str, str] | None, field: str) -> str:
    """Where whoever may edit the checked dataset mends a field; empty for others, and for fields of files."""
    schema = tk.h.scheming_get_dataset_schema("dataset") or {}
    known = {entry["field_name"] for entry in schema.get("dataset_fields", ())}
    id_ = (here or {}).get("id")
    if not id_ or field not in known or not tk.h.check_access("package_update", {"id": id_}):
        return ""
    return tk.url_for("dataset.edit", id=id_, _anchor=f"field-{field}")


def orden_dcat_band(code: str) -> dict[str, Any]:
    """How a band is called and looks, and from how many points on."""
    found = next(band for band in BANDS if band.code == code)
    hue, icon = LOOKS[code]
    return {"word": orden_text(found.label), "hue": hue, "icon": icon, "least": found.least}


def orden_dcat_dimension(code: str) -> str:
    """What a dimension is called."""
    return orden_text(JAPAN if code == "japan" else DIMENSIONS[code])


def orden_dcat_points(trend: list[dict[str, Any]], of: int) -> list[tuple[float, float]]:
    """Where the points of a trend stand in a chart of WIDTH by HEIGHT."""
    last = max(len(trend) - 1, 1)
    return [
        (round(40 + WIDTH * number / last, 1), round(MARGIN + HEIGHT * (1 - entry["points"] / of), 1))
        for number, entry in enumerate(trend)
    ]


def orden_dcat_structured_data(dataset: dict[str, Any]) -> str:
    """A dataset for search engines, as it may stand in a script; by ckanext-dcat where the operator chose profiles."""
    profiles = tk.config.get("ckanext.dcat.structured_data.profiles") or STOCK
    if profiles != STOCK:
        return structured_data(dataset, profiles)
    return in_page(schemaorg.dataset(dataset, this_site()))


def orden_dcat_structured_catalogue() -> str:
    """The same of the catalogue."""
    return in_page(schemaorg.catalogue(this_site()))
