"""Public sources of the region, ready to be registered; they wait for approval and run by hand only."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ckan import model
from ckan.plugins import toolkit as tk

from ..stock import acting, site_user
from . import plans


@dataclass(frozen=True)
class Preset:
    """One source of the file `presets.yaml`."""

    name: str
    title: str
    area: str
    source_type: str
    url: str
    confirmed: bool
    config: dict[str, Any] = field(default_factory=dict)
    pause: float | None = None
    notes: str = ""


def known() -> list[Preset]:
    """All presets, in the order of the file."""
    text = Path(__file__).with_name("presets.yaml").read_text(encoding="utf-8")
    return [Preset(**entry) for entry in yaml.safe_load(text)]


def listed() -> list[dict[str, Any]]:
    """All presets as dicts, and whether each is registered."""
    return [{**asdict(preset), "registered": _is_registered(preset)} for preset in known()]


def add(names: Collection[str] | None, org: str | None) -> list[str]:
    """Register the named presets, or all, for an organization; returns the names of those that are new.

    What is registered already stays as it is. One that cannot be registered does not keep the others back.
    """
    by_name = {preset.name: preset for preset in known()}
    wanted = list(by_name) if names is None else list(names)
    if unknown := [name for name in wanted if name not in by_name]:
        raise tk.ValidationError({"name": [f"Unknown preset: {', '.join(unknown)}. Known: {', '.join(by_name)}."]})
    new = [by_name[name] for name in dict.fromkeys(wanted) if not _is_registered(by_name[name])]
    owner = model.Group.get(org) if org else None
    if new and (owner is None or not owner.is_organization):
        raise tk.ValidationError({"org": ["Name the organization that the datasets belong to (--org)"]})
    errors = {}
    for preset in new:
        try:
            _register(preset, owner.id if owner else None)
        except tk.ValidationError as error:
            model.Session.rollback()
            errors[preset.name] = error.error_dict
    if errors:
        raise tk.ValidationError(errors)
    return [preset.name for preset in new]


def _register(preset: Preset, owner_org: str | None) -> None:
    values = {
        "name": preset.name,
        "title": preset.title,
        "url": preset.url,
        "source_type": preset.source_type,
        "notes": preset.notes,
        "config": json.dumps(preset.config) if preset.config else "",
        "frequency": "MANUAL",
        "owner_org": owner_org,
    }
    made = tk.get_action("harvest_source_create")(acting(site_user(), orden_harvest_approve=False), values)
    plans.change(made["id"], pause=preset.pause)
    model.Session.commit()


def _is_registered(preset: Preset) -> bool:
    package = model.Package.get(preset.name)
    return package is not None and package.type == "harvest"
