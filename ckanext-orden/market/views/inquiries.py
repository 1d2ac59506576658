"""Pages of inquiries: the form, the thread for both sides, and the desks of provider and buyer."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ... import config
from ...correspondence.pages import private, said
from ...helpers.languages import orden_text
from ...helpers.links import Pages
from ...metadata.offers.inquiries import INQUIRY_STATES
from ...metadata.offers.inquiry_texts import LONGEST
from ..inquiries import keys, limits
from ..model.offers import MarketOffer

PAGE = 20
FIELDS = ("offer", "dataset", "name", "mail", "affiliation", "purpose", "text", "website", "stamp")
_HUES = {"received": "icho", "answered": "yodo", "agreed": "ashi"}

blueprint = Blueprint("orden_market_inquiry", __name__)
blueprint.before_app_request(limits.at_the_door)


@blueprint.get("/market/inquiry/new")
def new() -> str:
    """The form about an offer or a dataset."""
    asked = {name: tk.request.args.get(name, "") for name in ("offer", "dataset")}
    return _form({**dict.fromkeys(FIELDS, ""), **asked, "stamp": keys.stamp()}, {})


@blueprint.post("/market/inquiry/new")
def send() -> Response | tuple[str, int]:
    """Take the form; what is wrong with it is said beside what was written."""
    given: dict[str, Any] = {name: tk.request.form.get(name, "") for name in FIELDS}
    given["share_mail"] = bool(tk.request.form.get("share_mail"))
    try:
        made = _act("inquiry_create", given)
    except tk.ValidationError as error:
        if "form" in error.error_dict:
            given |= {"stamp": keys.stamp(), "website": ""}
        return _form(given, error.error_dict), 429 if "limit" in error.error_dict else 400
    if made["state"] == "unconfirmed":
        return tk.redirect_to("orden_market_inquiry.thanks")
    tk.h.flash_success(tk._("Your inquiry was sent to the provider."))
    return tk.redirect_to("orden_market_inquiry.show", id=made["id"])


@blueprint.get("/market/inquiry/thanks")
def thanks() -> str:
    """What happens next, for somebody without an account."""
    return tk.render("orden_market/inquiry/thanks.html", {})


@blueprint.get("/market/inquiry/<id>")
def show(id: str) -> Response:
    """The thread; before the confirmation the button for it."""
    return _thread(id, tk.request.args.get("key", ""))


@blueprint.post("/market/inquiry/<id>/confirm")
def confirm(id: str) -> Response:
    """Confirm the mail address."""
    return _step(id, "confirm", tk._("Your address is confirmed. The inquiry was sent to the provider."))


@blueprint.post("/market/inquiry/<id>/ask")
def ask(id: str) -> Response:
    """Write to the provider again."""
    return _step(id, "ask", tk._("Your message was sent."))


@blueprint.post("/market/inquiry/<id>/answer")
def answer(id: str) -> Response:
    """Answer as the provider."""
    return _step(id, "answer", tk._("Your answer was sent."))


@blueprint.post("/market/inquiry/<id>/agree")
def agree(id: str) -> Response:
    """Note that both sides agree."""
    return _step(id, "agree", tk._("The agreement is noted."))


@blueprint.post("/market/inquiry/<id>/close")
def close(id: str) -> Response:
    """End the thread."""
    return _step(id, "close", tk._("The inquiry is closed."))


@blueprint.get("/market/inquiry/<id>/link")
def link(id: str) -> str:
    """The form to have the secret link sent anew."""
    return tk.render("orden_market/inquiry/link.html", {"id": id, "asked": False})


@blueprint.post("/market/inquiry/<id>/link")
def link_send(id: str) -> str:
    """Have the link sent anew, if there is such an inquiry from this address."""
    try:
        _act("inquiry_link_create", {"id": id, "mail": tk.request.form.get("mail", "")})
    except tk.ValidationError as error:
        tk.h.flash_error(said(error))
        return tk.render("orden_market/inquiry/link.html", {"id": id, "asked": False})
    return tk.render("orden_market/inquiry/link.html", {"id": id, "asked": True})


@blueprint.get("/organization/<id>/inquiries")
def desk(id: str) -> str:
    """What an organization received, with figures."""
    organization = _organization(id)
    found = _listed({"organization": organization["id"]})
    return tk.render("orden_market/inquiry/desk.html", {**found, "organization": organization})


@blueprint.get("/market/inquiries")
def mine() -> str:
    """What the reader has sent."""
    return tk.render("orden_market/inquiry/list.html", _listed({"side": "buyer"}))


def _listed(asked: dict[str, Any]) -> dict[str, Any]:
    state = tk.request.args.get("state", "")
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    wanted = {"state": state} if state in INQUIRY_STATES else {}
    found = _act("inquiry_list", {**asked, **wanted, "limit": PAGE, "offset": (number - 1) * PAGE})
    pages = Pages(number, max(1, -(-found["count"] // PAGE)))
    return {"found": found, "state": state if wanted else "", "page": pages, "states": _states()}


def _states() -> dict[str, dict[str, str]]:
    """The states in words and colours."""
    return {name: {"word": orden_text(text), "hue": _HUES.get(name, "")} for name, text in INQUIRY_STATES.items()}


def _organization(id: str) -> dict[str, Any]:
    try:
        return tk.get_action("organization_show")({"user": tk.current_user.name}, {"id": id, "include_users": False})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Organization not found"))


def _form(given: dict[str, Any], errors: dict[str, Any]) -> str:
    """The form with what it asks about; what nobody may see is not found."""
    offer = _act("offer_show", {"id": given["offer"]}) if given["offer"] else None
    name = _of_offer(given["offer"]) if offer else given["dataset"]
    dataset = _show_dataset(name)
    if not (tk.current_user.is_authenticated or config.market_anonymous_inquiries()):
        return tk.abort(403, tk._("Log in to send an inquiry"))
    page = {"given": given, "errors": errors, "offer": offer, "dataset": dataset, "longest": LONGEST}
    return tk.render("orden_market/inquiry/new.html", page)


def _thread(id: str, key: str, errors: dict[str, Any] | None = None, text: str = "") -> Response:
    """The thread."""
    inquiry = _act("inquiry_show", {"id": id, "key": key})
    page = {"inquiry": inquiry, "key": key, "states": _states(), "errors": errors or {}, "text": text}
    return private("orden_market/inquiry/show.html", {**page, "longest": LONGEST})


def _step(id: str, action: str, done: str) -> Response:
    form = tk.request.form
    key = form.get("key", "")
    given = {"id": id, "key": key, "text": form.get("text", ""), "reason": form.get("reason", "")}
    try:
        _act(f"inquiry_{action}", {**given, "share_mail": bool(form.get("share_mail"))})
    except tk.ValidationError as error:
        answer = _thread(id, key, {action: said(error)}, given["text"] or given["reason"])
        answer.status_code = 429 if "limit" in error.error_dict else 400
        return answer
    tk.h.flash_success(done)
    return tk.redirect_to("orden_market_inquiry.show", id=id, **({"key": key} if key else {}))


def _act(action: str, data: dict[str, Any]) -> dict[str, Any]:
    """An action in the name of the visitor; what he may not see is not found."""
    try:
        return tk.get_action(f"orden_market_{action}")({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        code = 404 if action.endswith("_show") else 403
        return tk.abort(code, tk._("Inquiry not found") if code == 404 else str(error))


def _of_offer(offer_id: str) -> str:
    row = MarketOffer.get(offer_id)
    return row.package_id if row else ""


def _show_dataset(name: str) -> dict[str, Any]:
    try:
        return tk.get_action("package_show")({"user": tk.current_user.name}, {"id": name})
    except (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError):
        return tk.abort(404, tk._("Dataset not found"))
