"""From a type of entity at a context broker to a dynamic dataset of our schema; entities themselves are never kept.

Tenant, service path and type stand in CADDE's fields of the resource, as its connector asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsing.text import one_line
from . import Mapped, ckan_package

MODELS = {
    "AirQualityForecast": ("Environment", "大気質の予測"),
    "AirQualityMonitoring": ("Environment", "大気質の監視"),
    "AirQualityObserved": ("Environment", "大気質の観測"),
    "BikeHireDockingStation": ("Transportation", "シェアサイクルのポート"),
    "CrowdFlowObserved": ("Transportation", "人流の観測"),
    "ItemFlowObserved": ("Transportation", "通行量の観測"),
    "NoiseLevelObserved": ("Environment", "騒音の観測"),
    "OffStreetParking": ("Parking", "路外駐車場"),
    "OnStreetParking": ("Parking", "路上駐車場"),
    "ParkingSpot": ("Parking", "駐車区画"),
    "PointOfInterest": ("PointOfInterest", "施設・スポット"),
    "Streetlight": ("Streetlighting", "街路灯"),
    "TrafficFlowObserved": ("Transportation", "交通量の観測"),
    "WasteContainer": ("WasteManagement", "ごみ容器"),
    "WaterObserved": ("Environment", "水の観測"),
    "WeatherAlert": ("Weather", "気象警報"),
    "WeatherForecast": ("Weather", "気象予報"),
    "WeatherObserved": ("Weather", "気象観測"),
}
"""Smart Data Models whose names mean nothing else: the subject that holds them, and what they are in Japanese."""
SCHEMA = "https://smart-data-models.github.io/dataModel.{subject}/{name}/schema.json"
DEFAULT_CONTEXT = "https://uri.etsi.org/"
CONTINUOUS = "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT"
MOST_ATTRIBUTES = 100


def dataset(found: Mapping[str, Any], guid: str, settings: Mapping[str, Any]) -> Mapped:
    """The dataset of a type; `settings` may state its licence, how often it changes and its data model."""
    short = short_name(found["type"])
    label = MODELS[short][1] if short in MODELS else ""
    model = data_model(found["type"], settings.get("data_models", {}))
    return ckan_package.dataset(
        {
            "id": guid,
            "title": f"{label}（{short}）" if label else short,
            "notes": _notes(found, short),
            "tags": [short, "NGSI"],
            "license_id": settings.get("licence", ""),
            "frequency": settings.get("frequency", CONTINUOUS),
            "conforms_to": [model] if model else [],
            "resources": [_resource(found, short, model)],
        }
    )


def short_name(name: str) -> str:
    """A type's own name, of an address its last part."""
    return one_line(name).rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def data_model(name: str, known: Mapping[str, str]) -> str:
    """The address of a type's data model, as the source's settings say, or the type's own address, or its name."""
    short = short_name(name)
    stated = known.get(name) or known.get(short)
    if stated:
        return stated
    if name.startswith(("http://", "https://")) and not name.startswith(DEFAULT_CONTEXT):
        return name
    return SCHEMA.format(subject=MODELS[short][0], name=short) if short in MODELS else ""


def _notes(found: Mapping[str, Any], short: str) -> str:
    names = [short_name(name) for name in found["attributes"]]
    more = f" ほか{len(names) - MOST_ATTRIBUTES}項目" if len(names) > MOST_ATTRIBUTES else ""
    first = f"エンティティ型 {short} の現在の値を、{_api(found)} のAPIで提供します。"
    return f"{first}\n\n属性: {', '.join(names[:MOST_ATTRIBUTES])}{more}" if names else first


def _api(found: Mapping[str, Any]) -> str:
    return "NGSI-LD" if found["ld"] else "NGSI-v2"


def _resource(found: Mapping[str, Any], short: str, model: str) -> dict[str, Any]:
    return {
        "url": found["query"],
        "name": f"{short} ({_api(found)})",
        "format": "NGSI-LD" if found["ld"] else "NGSI",
        "caddec_resource_type": "api/ngsi",
        "ngsi_entity_type": found["type"],
        "ngsi_tenant": found["tenant"],
        "ngsi_service_path": found["service_path"],
        "ngsi_data_model": model,
        "access_services": [{"title": f"{_api(found)} API", "endpoint_url": [found["api"]]}],
    }
