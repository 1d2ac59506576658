"""Pages of the room: the form, what was told for both sides, the desk of a provider and that of the operators."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from .. import config
from ..correspondence import forms
from ..correspondence.pages import private, said
from ..helpers.links import Pages
from ..sysadmins import only_sysadmins
from . import parties
from .logic.schema import LONGEST, MOST_DAYS
from .model import STATES

PAGE = 20
WEEK = 7
FIELDS = ("kind", "resource", "text", "mail", "website", "stamp")

blueprint = Blueprint("orden_feedback", __name__)
operators = Blueprint("orden_feedback_operators", __name__, url_prefix="/ckan-admin/orden-feedback")
operators.before_request(only_sysadmins)


@blueprint.get("/dataset/<id>/feedback")
def new(id: str) -> Response:
    """The form about a dataset."""
    given = {**dict.fromkeys(FIELDS, ""), "resource": tk.request.args.get("resource", "")}
    return _form(id, {**given, "stamp": _stamp()}, {})


@blueprint.post("/dataset/<id>/feedback")
def send(id: str) -> Response:
    """Take the form; what is wrong with it is said beside what was written."""
    given = {name: tk.request.form.get(name, "") for name in FIELDS}
    try:
        made = _act("create", {**given, "dataset": id})
    except tk.ValidationError as error:
        if "form" in error.error_dict:
            given |= {"stamp": _stamp(), "website": ""}
        answer = _form(id, given, error.error_dict)
        answer.status_code = 429 if "limit" in error.error_dict else 400
        return answer
    tk.h.flash_success(tk._("Thank you. Your message was sent to the provider."))
    return tk.redirect_to("orden_feedback.show", id=made["id"], **({"key": made["key"]} if "key" in made else {}))


@blueprint.get("/feedback/<id>")
def show(id: str) -> Response:
    """What was told and answered, for who sent it and for the provider."""
    return _told(id, tk.request.args.get("key", ""))


@blueprint.post("/feedback/<id>/answer")
def answer(id: str) -> Response:
    """Answer as the provider."""
    given = {"text": tk.request.form.get("text", ""), **_public()}
    return _step(id, "answer", given, tk._("Your answer was sent."))


@blueprint.post("/feedback/<id>/publish")
def publish(id: str) -> Response:
    """Choose what stands on the dataset's page."""
    return _step(id, "update", _public(), tk._("The changes are saved."))


@blueprint.post("/feedback/<id>/close")
def close(id: str) -> Response:
    """End it."""
    return _step(id, "close", {"reason": tk.request.form.get("reason", "")}, tk._("It is closed."))


@operators.post("/<id>/delete")
def delete(id: str) -> Response:
    """Delete it as spam."""
    _act("delete", {"id": id})
    tk.h.flash_success(
        tk._("It is deleted. The like of it is refused for {n} days.").format(n=config.feedback_block_days())
    )
    return tk.redirect_to("orden_feedback_operators.index")


@blueprint.get("/organization/<id>/feedback")
def desk(id: str) -> Response:
    """What an organization received, with counts."""
    organization = _organization(id)
    asked = {name: tk.request.args.get(name, "") for name in ("state", "dataset")}
    wanted = {"dataset": asked["dataset"]} if asked["dataset"] else {}
    if asked["state"] in STATES:
        wanted["state"] = asked["state"]
    page = _listed({"organization": organization["id"], **wanted})
    return private("orden_feedback/desk.html", {**page, "organization": organization, "asked": wanted})


@operators.get("/")
def index() -> Response:
    """What has waited for an answer for so many days."""
    given = tk.request.args.get("days", "")
    known = given.isascii() and given.isdigit() and len(given) <= len(str(MOST_DAYS))
    days = min(int(given), MOST_DAYS) if known else config.feedback_overdue_days() or WEEK
    page = _listed({"state": "open", "older_than_days": days})
    return private("orden_feedback/operators.html", {**page, "days": days, "most": MOST_DAYS})


def _listed(asked: dict[str, Any]) -> dict[str, Any]:
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    found = _act("list", {**asked, "limit": PAGE, "offset": (number - 1) * PAGE})
    return {"found": found, "page": Pages(number, max(1, -(-found["count"] // PAGE)))}


def _form(id: str, given: dict[str, Any], errors: dict[str, Any]) -> Response:
    """The form; what nobody may see is not found."""
    try:
        dataset = tk.get_action("package_show")({"user": tk.current_user.name}, {"id": id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Dataset not found"))
    if dataset["type"] != "dataset" or dataset["state"] != "active" or not dataset.get("organization"):
        return tk.abort(404, tk._("Dataset not found"))
    if not tk.h.orden_feedback_may_write():
        return tk.abort(403, tk._("Log in to write to the provider"))
    page = {"dataset": dataset, "given": given, "errors": errors, "longest": LONGEST}
    return private("orden_feedback/new.html", page)


def _told(id: str, key: str, errors: dict[str, Any] | None = None, given: dict[str, Any] | None = None) -> Response:
    told = _act("show", {"id": id, "key": key})
    page = {"told": told, "key": key, "errors": errors or {}, "given": given or {}, "longest": LONGEST}
    return private("orden_feedback/show.html", page)


def _step(id: str, verb: str, given: dict[str, Any], done: str) -> Response:
    try:
        _act(verb, {"id": id, **given})
    except tk.ValidationError as error:
        answer = _told(id, "", {verb: said(error)}, given)
        answer.status_code = 400
        return answer
    tk.h.flash_success(done)
    return tk.redirect_to("orden_feedback.show", id=id)


def _public() -> dict[str, bool]:
    return {name: bool(tk.request.form.get(name)) for name in ("published", "show_text")}


def _organization(id: str) -> dict[str, Any]:
    try:
        return tk.get_action("organization_show")({"user": tk.current_user.name}, {"id": id, "include_users": False})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Organization not found"))


def _stamp() -> str:
    return forms.stamp(parties.PURPOSE)


def _act(verb: str, data: dict[str, Any]) -> Any:
    """An action in the name of the visitor; what they may not see is not found."""
    try:
        return tk.get_action(f"orden_feedback_{verb}")({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        return tk.abort(404, tk._("Feedback not found")) if verb == "show" else tk.abort(403, str(error))
