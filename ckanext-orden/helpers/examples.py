"""How programs get the data, ready to be copied: nothing in an address can leave its quotes."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ckan.plugins import toolkit as tk

from .. import config
from .links import orden_safe_url

TABLES = {"csv": ("read_csv", "read.csv"), "xlsx": ("read_excel", "readxl::read_excel")}
"""What reads a file of a format: in pandas, in R."""


class Example(NamedTuple):
    """A few lines of a language."""

    language: str
    code: str


def orden_examples(dataset: Mapping[str, Any], resource: Mapping[str, Any]) -> list[Example]:
    """A file, by what a developer would type first; without a file its record."""
    url = orden_safe_url(resource.get("url"))
    if not url:
        return _record(dataset)
    name = PurePosixPath(unquote(urlsplit(url).path)).name or "data"
    pandas, r = TABLES.get(str(resource.get("format") or "").lower(), ("", ""))
    hint = "  # " + tk._('where it is Shift_JIS: encoding="cp932"') if pandas == "read_csv" else ""
    python = f"import pandas\n\ntable = pandas.{pandas}({_text(url)}, dtype=str){hint}"
    fetched = f"from urllib.request import urlretrieve\n\nurlretrieve({_text(url)}, {_text(name)})"
    saved = f'download.file({_text(url)}, {_text(name)}, mode = "wb")'
    read = f"{saved}\ntable <- {r}({_text(name)})" if r else saved
    return [
        Example("curl", f"curl --location --output {shlex.quote(name)} {shlex.quote(url)}"),
        Example("Python", python if pandas else fetched),
        Example("R", read),
        _ckanapi("resource_show", resource["id"]),
    ]


def _record(dataset: Mapping[str, Any]) -> list[Example]:
    """The record of a dataset."""
    address = f"{config.site_url()}/api/3/action/package_show?id={dataset['name']}"
    python = (
        f'import json\nfrom urllib.request import urlopen\n\ndataset = json.load(urlopen({_text(address)}))["result"]'
    )
    return [
        Example("curl", f"curl {shlex.quote(address)}"),
        Example("Python", python),
        Example("R", f"dataset <- jsonlite::fromJSON({_text(address)})$result"),
        _ckanapi("package_show", dataset["name"]),
    ]


def _ckanapi(action: str, identifier: str) -> Example:
    site = shlex.quote(config.site_url())
    return Example("ckanapi", f"ckanapi action {action} id={shlex.quote(identifier)} --remote {site}")


def _text(text: str) -> str:
    """A string of Python and of R; JSON's are both."""
    return json.dumps(text, ensure_ascii=False)
