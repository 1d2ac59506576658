"""Pages of the room: the list, what changes it, and the page that ends the mails."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ckan import model
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response
from sqlalchemy import update

from ..correspondence.pages import private, said
from . import tokens
from .model import SavedSearch

NOT_CONDITIONS = ("q", "sort", "page")
blueprint = Blueprint("orden_saved_search", __name__, url_prefix="/user/saved-searches")


@blueprint.get("")
def mine() -> Response:
    """The reader's searches; who has no account reads how to follow a search without one."""
    if not tk.current_user.is_authenticated:
        return private("orden_saved_search/without_account.html", {"search": _asked(tk.request.args)})
    return private("orden_saved_search/list.html", {"found": _act("list", {}), "errors": {}})


@blueprint.post("")
def save() -> Response:
    """Save the search of the page that the button stands on, and go back to it."""
    form, asked = tk.request.form, _asked(tk.request.form)
    given = {name: form.get(name, "") for name in ("q", "sort")}
    told = {"name": form.get("saved_name", ""), "frequency": form.get("saved_frequency", "never")}
    facets = [list(pair) for pair in asked if pair[0] not in NOT_CONDITIONS]
    changes = bool(form.get("saved_changes"))
    wanted = {**given, **told, "conditions": facets, "changes": changes, "language": str(tk.h.lang())}
    try:
        made = _act("create", wanted)
    except tk.ValidationError as error:
        tk.h.flash_error(said(error))
    else:
        tk.h.flash_success(tk._("Saved as “{name}”. It is in your account menu under “Saved searches”.").format(**made))
    return tk.redirect_to(f"{tk.url_for('dataset.search')}?{urlencode(asked)}")


@blueprint.post("/<id>")
def change(id: str) -> Response:
    """Rename a search, or change how one is told."""
    form = tk.request.form
    given = {"id": id, "name": form.get("name", ""), "frequency": form.get("frequency", "")}
    try:
        _act("update", {**given, "changes": bool(form.get("changes"))})
    except tk.ValidationError as error:
        answer = private("orden_saved_search/list.html", {"found": _act("list", {}), "errors": {id: said(error)}})
        answer.status_code = 400
        return answer
    tk.h.flash_success(tk._("The changes are saved."))
    return tk.redirect_to("orden_saved_search.mine")


@blueprint.post("/<id>/delete")
def remove(id: str) -> Response:
    """Delete a search."""
    _act("delete", {"id": id})
    tk.h.flash_success(tk._("The saved search is deleted."))
    return tk.redirect_to("orden_saved_search.mine")


@blueprint.get("/unsubscribe/<signed>")
def leave(signed: str) -> Response:
    """The button that ends the mails: programs that look at links in mails must not end them."""
    _reader(signed)
    return private("orden_saved_search/unsubscribe.html", {"signed": signed, "done": False})


@blueprint.post("/unsubscribe/<signed>")
def left(signed: str) -> Response:
    """End a person's mails, for a mail program (RFC 8058) or a reader who need not log in; the searches stay."""
    mine = SavedSearch.user_id == _reader(signed)
    model.Session.execute(update(SavedSearch).where(mine).values(frequency="never", due=None, tries=0))
    model.repo.commit()
    return private("orden_saved_search/unsubscribe.html", {"signed": signed, "done": True})


def _reader(signed: str) -> str:
    return tokens.reader(signed) or tk.abort(404, tk._("This link is not valid. Copy it whole from the mail."))


def _asked(given: Any) -> list[tuple[str, str]]:
    """The search in an address or a form, without our own fields and CKAN's."""
    pairs = given.items(multi=True)
    return [(name, value) for name, value in pairs if value and name != "page" and not name.startswith(("_", "saved_"))]


def _act(verb: str, data: dict[str, Any]) -> Any:
    """An action in the name of the visitor; what is not theirs is not found."""
    try:
        return tk.get_action(f"orden_saved_search_{verb}")({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        return tk.abort(404 if "id" in data else 403, str(error))
