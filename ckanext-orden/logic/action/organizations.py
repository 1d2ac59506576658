"""Actions about organisations: what each holds, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from ckan import model
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...clock import local_date
from ...search import holdings, near
from ...search.suggesting import beginnings, suggestions

Action = Callable[[Context, DataDict], list[Any]]
NEWEST, COUNTED = "orden_updated", ("package_count", "packages")
BY_NAME = "title asc"


@tk.side_effect_free
def orden_organization_figures_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What an organisation holds and how well it is kept, counted over the datasets that the user may see.

    :param id: the id or name of the organisation
    :returns: `datasets`; `files` (resources); `formats` (`name` and how many `datasets` have it, the most used first);
        `openness` and `price` (datasets by value of the axis; one with a free and a paid offer counts in both);
        `updated_30_days` and `updated_365_days` (datasets by the last update that they state, else by that of their
        description); `newest`, the day of the last one, and `latest`, five datasets; `quality`, of `required`,
        `description`, `licence`, `machine_readable` and `updates` how many datasets fulfil it (`fulfilled`) `of` how
        many it can be asked; `use`, the `views` and `downloads` of its public datasets in the last 30 days, null where
        they are not counted
    """
    group = model.Group.get(tk.get_or_bust(data_dict, "id"))
    if not group or not group.is_organization:
        raise tk.ObjectNotFound(tk._("There is no such organisation"))
    tk.check_access("orden_organization_figures_show", context, {"id": group.id})
    figures = holdings.of_organization(group.id, _seen_by(context), local_date())
    return {"id": group.id, "name": group.name, **figures, "use": _use(context, group.id)}


@tk.chained_action
@tk.side_effect_free
def organization_list(original: Action, context: Context, data_dict: DataDict) -> list[Any]:
    """CKAN's list; `q` also finds names as they are read (kana, Latin letters) and `sort` knows `orden_updated`.

    Sorted by `package_count`, organisations are ranked by the datasets that the user may see, and those without any
    are not left out. With `all_fields` each organisation carries `orden_updated`, the day of its newest dataset.
    """
    order, _, direction = str(data_dict.get("sort") or "").strip().partition(" ")
    ranked = order in (NEWEST, *COUNTED)
    asked = {**data_dict, "q": str(data_dict.get("q") or "").strip()}
    if asked["q"] or ranked:
        names = _found(original, context, asked)
        if ranked:
            names = _page(_ranked(context, names, order, direction), asked)
            asked = {name: value for name, value in asked.items() if name not in ("limit", "offset")}
        if not names:
            return []
        asked |= {"q": "", "organizations": names, "sort": BY_NAME if ranked else data_dict.get("sort")}
        rows = original(context, {**asked, **({"limit": len(names)} if ranked else {})})
        rows = sorted(rows, key=lambda row: names.index(_name(row))) if ranked else rows
    else:
        rows = original(context, data_dict)
    return _with_newest(context, rows) if tk.asbool(data_dict.get("all_fields") or False) else rows


def _found(original: Action, context: Context, asked: Mapping[str, Any]) -> list[str]:
    """The names of all that `q` finds as it is written or as it is read, by title."""
    whole = {name: asked[name] for name in ("type", "organizations") if asked.get(name)} | {"sort": BY_NAME}
    written = original(context, {**whole, "q": asked["q"]})
    text = beginnings.cleaned(asked["q"])
    if not text:
        return written
    found = suggestions.find(text, 1, _seen_by(context)).values
    read = {value.value for value in found if value.kind == "organization"} - set(written)
    return [name for name in original(context, whole) if name in read or name in written] if read else written


def _ranked(context: Context, names: list[str], order: str, direction: str) -> list[str]:
    known = holdings.by_organization(names, _seen_by(context))
    place = 1 if order == NEWEST else 0
    rising = direction.strip().lower() == "asc"
    return sorted(names, key=lambda name: known.get(name, (0, ""))[place], reverse=not rising)


def _page(names: list[str], asked: Mapping[str, Any]) -> list[str]:
    first, most = (int(asked.get(name) or 0) for name in ("offset", "limit"))
    return names[first : first + most] if most else names[first:]


def _with_newest(context: Context, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = holdings.by_organization([row["name"] for row in rows], _seen_by(context))
    return [{**row, NEWEST: known.get(row["name"], (0, ""))[1] or None} for row in rows]


def _name(row: Any) -> str:
    return row["name"] if isinstance(row, dict) else row


def _seen_by(context: Context) -> list[str]:
    return [*near.visible(context, {"include_private": True}), "+dataset_type:dataset"]


def _use(context: Context, organization_id: str) -> dict[str, int] | None:
    if not plugin_loaded("orden_use"):
        return None
    first = local_date() - timedelta(days=holdings.LATELY)
    asked = {"organization": organization_id, "from": first.isoformat()}
    return tk.get_action("orden_use_list")(context, asked)["totals"]
