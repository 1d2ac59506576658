"""New datasets written set-wise: validated one by one by CKAN's `package_create`, inserted together.

`tests/logic/test_bulk.py` holds both ways of writing equal: `package_show`, search document, permission labels and
the calls of plugins.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from ckan import model
from ckan.lib.datapreview import get_default_view_plugins
from ckan.lib.dictization.model_save import resource_dict_save
from ckan.lib.plugins import lookup_package_plugin, plugin_validate
from ckan.logic.action.create import package_create as core
from ckan.plugins import IPackageController, PluginImplementations
from ckan.plugins import toolkit as tk
from ckan.types import Context
from sqlalchemy import select

from ..clock import utcnow
from ..model import OrdenReport
from ..types import Report
from . import locks

KEY = "orden_bulk"
"""Key of the context: the `Bulk` that takes the dataset."""
APART = ("groups", "relationships_as_subject", "relationships_as_object", "plugin_data")
"""Fields that CKAN writes with queries of their own; a dataset that has one is written by CKAN alone."""


@dataclass
class Bulk:
    """The new datasets of one transaction; `finish` writes them, the caller commits and indexes."""

    user: str
    """By name."""
    reports: dict[str, Report] = field(default_factory=dict)
    """What there is to say about the datasets, by id: stored with them."""
    _new: list[tuple[Context, model.Package, dict[str, Any]]] = field(default_factory=list)
    _owners: dict[str | None, model.Group | None] = field(default_factory=dict)
    """Held, so that the session answers the validators and plugins, who ask for the owner of each dataset anew."""

    def create(self, values: dict[str, Any], context: Context) -> str:
        """Validate one dataset and keep it for `finish`; returns its id, raises `tk.ValidationError`."""
        owner = values.get("owner_org")
        if owner not in self._owners:
            self._owners[owner] = model.Group.get(owner)
        asked = {**context, KEY: self, "auth_user_obj": self._user, "defer_commit": True, "return_id_only": True}
        return _quiet("package_create")(cast(Context, asked), values)

    def take(self, context: Context, data_dict: dict[str, Any]) -> str:
        """What CKAN's action does up to the write, for the last link in the chain of `package_create`."""
        plugin = lookup_package_plugin(data_dict["type"])
        tk.check_access("package_create", context, data_dict)
        data, errors = plugin_validate(plugin, context, data_dict, plugin.create_package_schema(), "package_create")
        if errors:
            raise tk.ValidationError(errors)
        if _is_apart(data):
            return str(core(context, data_dict))
        package = self._package(data)
        self._new.append((context, package, data))
        return package.id

    def finish(self) -> None:
        """Write what was taken, then tell the plugins, each dataset as CKAN does; last what they say about all."""
        if self._new:
            self._write()
        OrdenReport.put(self.reports)
        self.reports.clear()

    def _write(self) -> None:
        with model.Session.no_autoflush:
            tags = _tags({tag["name"] for _, _, data in self._new for tag in data.get("tags") or ()})
            for context, package, data in self._new:
                _fill(package, data, tags, context)
        model.Session.flush()
        for context, package, data in self._new:
            self._tell(context, package, data)
        self._new.clear()

    def _package(self, data: dict[str, Any]) -> model.Package:
        data.pop("metadata_created", None)
        if self._user:
            data["creator_user_id"] = self._user.id
        package = model.Package()
        extras = {extra["key"]: extra["value"] for extra in data.get("extras") or ()}
        package.from_dict({**data, "extras": extras})
        package.id = data["id"] = data.get("id") or str(uuid.uuid4())
        if not data.get("metadata_modified"):
            package.metadata_modified = utcnow()
        return package

    @cached_property
    def _user(self) -> model.User | None:
        return model.User.by_name(self.user)

    @staticmethod
    def _tell(context: Context, package: model.Package, data: dict[str, Any]) -> None:
        for plugin in PluginImplementations(IPackageController):
            plugin.create(package)
            plugin.after_dataset_create(context, data)
        if get_default_view_plugins():
            asked = tk.fresh_context(context, ignore_auth=True)
            tk.get_action("package_create_default_resource_views")(asked, {"package": data})


def _quiet(action: str) -> Any:
    """The action below the wrapper that announces it: ckanext-activity would store each dataset once more, whole."""
    return tk.get_action(action).__wrapped__  # pyright: ignore[reportFunctionMemberAccess] - set by functools.wraps


def _is_apart(data: Mapping[str, Any]) -> bool:
    tags, resources = data.get("tags") or (), data.get("resources") or ()
    return (
        any(data.get(name) for name in APART)
        or any(tag.get("vocabulary_id") for tag in tags)
        or any(resource.get("id") for resource in resources)
    )


def _fill(package: model.Package, data: dict[str, Any], tags: Mapping[str, model.Tag], context: Context) -> None:
    """The rows that belong to a package."""
    session = model.Session
    session.add(package)
    for position, resource in enumerate(data.get("resources") or ()):
        resource["package_id"] = package.id
        row, _ = resource_dict_save(resource, context)
        row.id = resource["id"] = str(uuid.uuid4())
        row.position = position
    for name in {tag["name"]: None for tag in data.get("tags") or ()}:
        session.add(model.PackageTag(package, tags[name], "active"))
    if package.owner_org:
        session.add(
            model.Member(
                table_id=package.id,
                table_name="package",
                group=session.get(model.Group, package.owner_org),
                group_id=package.owner_org,
                capacity="organization",
                state="active",
            )
        )


def _free_tags(names: Collection[str]) -> dict[str, model.Tag]:
    query = select(model.Tag).where(model.Tag.name.in_(names), model.Tag.vocabulary_id.is_(None))
    return {tag.name: tag for tag in model.Session.execute(query).scalars()}


def _tags(names: set[str]) -> dict[str, model.Tag]:
    """The free tags of these names; those that are new are made."""
    known = _free_tags(names)
    if names - known.keys():
        locks.hold(["orden_new_tags"])  # no constraint of the table keeps two free tags of a name out
        known |= _free_tags(names - known.keys())
    for name in names - known.keys():
        known[name] = model.Tag(name)
        model.Session.add(known[name])
    return known
