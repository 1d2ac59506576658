"""Reads the demo's texts: kinds of data, places, companies, the standard's columns."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .model import Kind, Organization

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """A YAML file of the data folder."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def standard_tables() -> dict[str, dict[str, Any]]:
    """Columns of the standard datasets by number."""
    return read("standard_tables")


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """Kana of the words that facility names are made of."""
    return read("readings")


@lru_cache(maxsize=1)
def municipal_kinds() -> dict[str, Kind]:
    """Kinds of data that municipalities publish."""
    return {name: _kind(name, given) for name, given in read("municipal").items()}


@lru_cache(maxsize=1)
def prefecture_kinds() -> dict[str, Kind]:
    """Kinds of data that only Osaka Prefecture publishes."""
    return {name: _kind(name, given) for name, given in read("prefecture").items()}


def public_kinds() -> dict[str, Kind]:
    """Both."""
    return municipal_kinds() | prefecture_kinds()


@lru_cache(maxsize=1)
def nara_kinds() -> dict[str, Kind]:
    """Kinds of data of Nara Prefecture's own."""
    shared = {"theme": "運輸・観光", "dept": "観光戦略課"}
    return {name: _kind(name, shared | given) for name, given in read("nara").items()}


@lru_cache(maxsize=1)
def private_kinds() -> dict[str, tuple[Kind, dict[str, Any]]]:
    """The fifteen private kinds, each with what the companies' book says of it."""
    return {name: (_kind(name, given), given) for name, given in read("private").items()}


def _kind(name: str, given: dict[str, Any]) -> Kind:
    table = given.get("table", "")
    standard = standard_tables()[table] if table else {"columns": given.get("columns"), "fields": {}}
    known = {key: value for key, value in given.items() if key in Kind.__dataclass_fields__}
    texts = {"titles": [], "notes": [], "frequency": []}
    rows = {"columns": standard["columns"], "fields": {**standard["fields"], **given.get("fields", {})}}
    return Kind(**{"name": name, **texts, **known, **rows})


@lru_cache(maxsize=1)
def places() -> dict[str, Organization]:
    """The two prefectures and Osaka's 43 municipalities by code."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: _place(row) for row in csv.DictReader(file)}


def _place(row: dict[str, str]) -> Organization:
    return Organization(
        name=row["code"],
        title=row["name"],
        kind="public",
        romaji=row["romaji"],
        code=row["code"],
        kana=row["kana"],
        county=row["county"],
        tier=row["tier"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        about=f"{row['name']}のオープンデータです（デモ用の見本）。",
    )


@lru_cache(maxsize=1)
def companies() -> dict[str, Organization]:
    """The ten invented bodies of the private side by name."""
    return {given["name"]: Organization(romaji=given["name"], **given) for given in read("companies")}
