"""Actions of the room: save a search, list, show, change and delete one's own; and what goes with an account."""

from __future__ import annotations

from typing import Any, cast

from ckan import model
from ckan.lib.search.common import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, ErrorDict, Schema
from sqlalchemy import delete

from ... import config
from ...clock import utcnow
from ...logic.locks import hold
from .. import finding, timing
from ..model import SavedSearch
from . import schema

__all__ = [
    "orden_saved_search_create",
    "orden_saved_search_delete",
    "orden_saved_search_list",
    "orden_saved_search_show",
    "orden_saved_search_update",
    "user_delete",
]

DataDict = dict[str, Any]


def orden_saved_search_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Save a search.

    :param q: its words
    :param conditions: its facets, a list of [field, value]
    :param sort: its order, as `package_search` takes it
    :param name: what to call it (default: its words and values)
    :param frequency: how often to be told of new data: `daily`, `weekly` (default) or `never`
    :param changes: whether to be told of changed data, too (default false)
    :param language: of the mails; one that the site offers
    :returns: the search
    """
    tk.check_access("orden_saved_search_create", context, data_dict)
    user = _user(context)
    values = _validated(context, data_dict, schema.orden_saved_search_create())
    values["conditions"] = _conditions(data_dict.get("conditions"))
    hold([f"saved-search:{user.id}"])
    _require_room(user, values)
    _require_answer(user, values)
    name = values.pop("name") or _called(values)
    row = SavedSearch(user_id=user.id, name=name, due=timing.next_due(values["frequency"]), **values)
    model.Session.add(row)
    model.repo.commit()
    return row.shown()


@tk.side_effect_free
def orden_saved_search_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The searches that one has saved, newest first, and how many one may save (`most`)."""
    tk.check_access("orden_saved_search_list", context, data_dict)
    rows = SavedSearch.of(_user(context).id)
    return {"count": len(rows), "most": config.saved_search_most(), "searches": [row.shown() for row in rows]}


@tk.side_effect_free
def orden_saved_search_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """One of one's searches.

    :param id: its id
    """
    return _own(context, data_dict, "show").shown()


def orden_saved_search_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Rename a search or change how one is told; what is left out stays.

    :param id: its id
    :param name: its new name
    :param frequency: `daily`, `weekly` or `never`
    :param changes: whether to be told of changed data, too
    """
    row = _own(context, data_dict, "update")
    values = _validated(context, data_dict, schema.orden_saved_search_update())
    if values.get("frequency", row.frequency) != row.frequency:
        if row.frequency == "never":
            row.began = row.since = utcnow()
            row.told = {}
        row.due, row.tries = timing.next_due(values["frequency"]), 0
    for name in ("name", "frequency", "changes"):
        setattr(row, name, values.get(name, getattr(row, name)))
    model.repo.commit()
    return row.shown()


def orden_saved_search_delete(context: Context, data_dict: DataDict) -> None:
    """Delete one of one's searches.

    :param id: its id
    """
    model.Session.delete(_own(context, data_dict, "delete"))
    model.repo.commit()


@tk.chained_action
def user_delete(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's; the searches of the account are deleted with it."""
    user = model.User.get(data_dict.get("id"))
    answer = original(context, data_dict)
    if user:
        model.Session.execute(delete(SavedSearch).where(SavedSearch.user_id == user.id))
        model.repo.commit()
    return answer


def _own(context: Context, data_dict: DataDict, verb: str) -> SavedSearch:
    search_id = str(tk.get_or_bust(data_dict, "id"))
    tk.check_access(f"orden_saved_search_{verb}", context, {"id": search_id})
    row = SavedSearch.get(search_id)
    if row is None:
        raise tk.ObjectNotFound(tk._("Saved search not found"))
    return row


def _user(context: Context) -> model.User:
    user = model.User.get(context.get("user"))
    if user is None:
        raise tk.NotAuthorized(tk._("Log in to save a search"))
    return user


def _validated(context: Context, data_dict: DataDict, fields: Schema) -> DataDict:
    data, errors = tk.navl_validate({name: data_dict[name] for name in fields if name in data_dict}, fields, context)
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    return data


def _conditions(given: Any) -> list[list[str]]:
    try:
        return schema.conditions(given)
    except tk.Invalid as error:
        raise tk.ValidationError({"conditions": [error.error]}) from error


def _require_room(user: model.User, values: DataDict) -> None:
    rows, most = SavedSearch.of(user.id), config.saved_search_most()
    if any((row.q, row.conditions) == (values["q"], values["conditions"]) for row in rows):
        raise tk.ValidationError({"q": [tk._("You have saved this search already.")]})
    if len(rows) >= most:
        message = tk._("You have saved {n} searches, which is the limit. Delete one to save another.")
        raise tk.ValidationError({"limit": [message.format(n=most)]})


def _require_answer(user: model.User, values: DataDict) -> None:
    """What Solr cannot answer today, it cannot each Monday."""
    try:
        finding.ask(values["q"], values["conditions"], user, sort=values["sort"])
    except (SearchError, tk.ValidationError) as error:
        raise tk.ValidationError({"q": [tk._("This search cannot be saved: it has no answer.")]}) from error


def _called(values: DataDict) -> str:
    parts = [values["q"], *(value for _, value in values["conditions"])]
    return " · ".join(filter(None, parts))[: schema.LONGEST_NAME] or tk._("All data")
