"""Organisations that a source names: created once, updated only when they differ."""

from __future__ import annotations

from collections.abc import Mapping

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ...logic import locks
from ..stock import acting

FIELDS = ("title", "orden_org_kind", "orden_municipality")


class Organizations:
    """Finds the owner of each record of one run; asks the database once for each organisation.

    With `look` it makes and changes none: the source's own stands in for one that would be made.
    """

    def __init__(self, user: str, default: str | None, *, create: bool, look: bool = False) -> None:
        self._user, self._default, self._create, self._look = user, default, create, look
        self._known: dict[str, str | None] = {}

    def owner(self, organization: Mapping[str, str] | None) -> str | None:
        """The id of the record's own organisation where the source may name them, else the source's."""
        if not self._create or not organization or not organization.get("name"):
            return self._default
        name = organization["name"]
        if name not in self._known:
            self._known[name] = self._ensure(name, organization)
        return self._known[name]

    def _ensure(self, name: str, wanted: Mapping[str, str]) -> str | None:
        if self._look:
            group = model.Group.get(name)
            return group.id if group else self._default
        with locks.lock(f"orden_harvest_organization:{name}", wait=True):  # two workers may meet it at the same moment
            return self._kept(name, wanted)

    def _kept(self, name: str, wanted: Mapping[str, str]) -> str:
        values = {field: wanted[field] for field in FIELDS if wanted.get(field)}
        group = model.Group.get(name)
        if group is None:
            made = tk.get_action("organization_create")(self._context(), {"name": name, **values})
            return made["id"]
        existing = tk.get_action("organization_show")(self._context(), {"id": group.id, "include_users": False})
        if any(existing.get(field) != value for field, value in values.items()):
            tk.get_action("organization_patch")(self._context(), {"id": group.id, **values})
        return group.id

    def _context(self) -> Context:
        return acting(self._user)
