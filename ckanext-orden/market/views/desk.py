"""The desk's pages: offers of a dataset or an organization, the form, the steps, the queue of reviewers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response
from werkzeug.datastructures import FileStorage

from ..desk import carrying, pages
from ..desk import form as forms
from ..desk.pages import CONFIRMED, REASONED, STEPS, act, became, to
from ..desk.preview import preview, with_gaps
from ..desk.words import orden_market_outcome
from ..logic.schema.offers import MOST
from ..offers.showing import changes

blueprint = Blueprint(pages.DESK, __name__)


@blueprint.get("/dataset/<id>/offers")
def dataset(id: str) -> str:
    """The offers of a dataset, for its editors and for reviewers."""
    package = pages.reviewed(id)
    shown = {"pkg": package, "pkg_dict": package, "writes": _may("create", dataset=package["id"])}
    return pages.listed("orden_market/desk/dataset.html", {"dataset": package["id"]}, **shown)


@blueprint.get("/organization/<id>/offers")
def organization(id: str) -> str:
    """The offers of an organization's datasets, and how often their links are followed."""
    group = act("organization_show", id=id)
    asked = {"organization": group["id"], **_state()}
    found, page = pages.page_of(asked)
    followed = act("orden_market_link_list", offer=[offer["id"] for offer in found["offers"]], limit=MOST)
    shown = {"found": found, "page": page, "asked": asked, "links": followed["links"], "group_dict": group}
    return tk.render("orden_market/desk/organization.html", shown)


@blueprint.get("/organization/<id>/offers.<any(csv, xlsx):kind>")
def export(id: str, kind: str) -> Response:
    """The offers of an organization as a table."""
    return pages.table("offers", kind, act("orden_market_offer_export", organization=id))


@blueprint.get("/organization/<id>/offers/template.<any(csv, xlsx):kind>")
def template(id: str, kind: str) -> Response:
    """The same table without a row, to fill in."""
    found = act("orden_market_offer_export", organization=id)
    return pages.table("offers-template", kind, {**found, "rows": []})


@blueprint.post("/organization/<id>/offers/import")
def hand_in(id: str) -> str | Response:
    """What a table would do; with the other button, what it did."""
    group = act("organization_show", id=id)
    wanted = tk.request.form.get("do") == "apply"
    try:
        data = carrying.handed_in(tk.request.files.get("upload"), tk.request.form.get("table", ""))
        upload = FileStorage(io.BytesIO(data))
        found = act("orden_market_offer_import", organization=group["id"], apply=wanted, upload=upload)
        kept = "" if wanted else carrying.packed(data)
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(pages.problems(error, set())))
        return to("organization", id=group["name"])
    return tk.render("orden_market/desk/import.html", {"group_dict": group, "found": found, "table": kept})


@blueprint.get("/market/review")
def review() -> str:
    """What waits for a reviewer, the oldest first."""
    return pages.listed("orden_market/desk/review.html", {"state": "in_review", "order": "oldest"})


@blueprint.get("/market/offer/<id>")
def show(id: str) -> str:
    """An offer for its people: what buyers see, what is wrong, what may be done, and its history."""
    history = act("orden_market_offer_history", id=id)
    offer = act("orden_market_offer_show", id=id)
    versions = act("orden_market_offer_list", series=offer["series"])["offers"]
    shown = {"offer": with_gaps(offer), "history": history, "versions": versions, "pkg": pages.dataset_of(offer)}
    return tk.render("orden_market/desk/show.html", shown)


@blueprint.get("/dataset/<id>/offers/new")
def new(id: str) -> str:
    """The form for a new offer."""
    package = _writable(id)
    owner = (package.get("organization") or {}).get("title", "")
    mode = "free" if package.get("fee") == "無償" else "one_off"
    begun = {
        "kind": "listing",
        "price_mode": mode,
        "seller": owner,
        "buyers": "anyone",
        "licence": package.get("license_id") or "",
    }
    return pages.written(package["id"], {}, begun)


@blueprint.post("/dataset/<id>/offers/new")
def create(id: str) -> str | Response:
    """Begin the draft, or show the form again with what was typed."""
    package = _writable(id)
    return _taken(package["id"], {})


@blueprint.post("/dataset/<id>/offers/preview")
def look(id: str) -> str:
    """The box that buyers will see, as a part of a page."""
    package = _writable(id)
    values = forms.stated(forms.typed(tk.request.form))
    return tk.render("orden_market/desk/snippets/preview.html", {"pkg": package, "offer": preview(values)})


@blueprint.get("/market/offer/<id>/edit")
def edit(id: str) -> str | Response:
    """The form with a draft, and what is still wrong with it."""
    offer = _own(id)
    if "edit" not in offer["steps"]:
        tk.h.flash_error(tk._("This offer cannot be edited in its present state."))
        return to("show", id=id)
    return pages.written(offer["dataset"], offer, _content(offer), issues=offer["report"]["issues"])


@blueprint.post("/market/offer/<id>/edit")
def update(id: str) -> str | Response:
    """Keep what was written, or show the form again with what was typed."""
    offer = _own(id)
    return _taken(offer["dataset"], offer)


@blueprint.get("/market/offer/<id>/step/<any(" + ", ".join(CONFIRMED) + "):step>")
def confirm(id: str, step: str) -> str | Response:
    """The page that asks for the reason, or whether this is meant."""
    offer = _own(id)
    return _asked(offer, step) if step in offer["steps"] else _too_late(id, [])


@blueprint.post("/market/offer/<id>/step/<any(" + ", ".join(STEPS) + "):step>")
def take(id: str, step: str) -> str | Response:
    """Take a step; one that came too late says what has become of the offer."""
    reason = tk.request.form.get("reason", "").strip()
    wanted = {"id": id} if step == "revise" else {"id": id, "reason": reason, **_revision()}
    try:
        offer = act(f"orden_market_offer_{step}", **wanted)
    except tk.ValidationError as error:
        if step in REASONED and list(error.error_dict) == ["reason"]:
            return _asked(act("orden_market_offer_show", id=id), step, pages.problems(error, set()), reason)
        return _too_late(id, pages.problems(error, set()))
    tk.h.flash_success(orden_market_outcome(step))
    return to("edit" if step in ("revise", "recall") else "show", id=offer["id"])


def _taken(dataset_id: str, offer: Mapping[str, Any]) -> str | Response:
    """What a button of the form does: other fields, preview, save, or save and hand in."""
    values = forms.typed(tk.request.form)
    wanted, kept = tk.request.form.get("do", "save"), forms.stated(values)
    given = {**offer, **_revision()}
    if wanted in ("mode", "preview"):
        issues = pages.report(kept, draft=True) if wanted == "preview" else []
        return pages.written(dataset_id, given, values, issues=issues, mended=wanted == "preview")
    try:
        saved = _saved(dataset_id, given, kept)
    except tk.ValidationError as error:
        return _refused(dataset_id, given, values, error)
    return _handed_in(saved) if wanted == "submit" else _kept(saved)


def _saved(dataset_id: str, offer: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    if not offer.get("id"):
        return act("orden_market_offer_create", dataset=dataset_id, offer=dict(values))
    return act("orden_market_offer_update", id=offer["id"], offer=dict(values), revision=offer["revision"])


def _refused(
    dataset_id: str, offer: dict[str, Any], values: Mapping[str, Any], error: tk.ValidationError
) -> str | Response:
    """The form again: nothing that was typed is lost, and whoever was overtaken sees by what."""
    kept = forms.stated(values)
    shown = {"issues": pages.report(kept, draft=True)}
    told = pages.problems(error, {issue["field"] for issue in shown["issues"]})
    if "state" in error.error_dict:
        told.append(became(offer["id"]))
    if "revision" not in error.error_dict:
        return pages.written(dataset_id, offer, values, problems=told, **shown)
    now = act("orden_market_offer_show", id=offer["id"])
    differences = changes(_content(now), kept)
    return pages.written(dataset_id, now, values, problems=told, differences=differences, **shown)


def _kept(offer: Mapping[str, Any]) -> Response:
    errors = offer["report"]["errors"]
    if errors:
        said = tk.ungettext(
            "The draft is saved. {n} thing is missing before it can be handed in.",
            "The draft is saved. {n} things are missing before it can be handed in.",
            errors,
        )
        tk.h.flash_notice(said.format(n=errors))
    else:
        tk.h.flash_success(tk._("The draft is saved. It can be handed in for review."))
    return to("show", id=offer["id"])


def _handed_in(offer: Mapping[str, Any]) -> Response:
    try:
        act("orden_market_offer_submit", id=offer["id"], revision=offer["revision"])
    except tk.ValidationError:
        tk.h.flash_error(tk._("The draft is saved, but was not handed in: mend what is marked first."))
        return to("edit", id=offer["id"])
    tk.h.flash_success(orden_market_outcome("submit"))
    return to("show", id=offer["id"])


def _asked(offer: Mapping[str, Any], step: str, problems: list[str] | None = None, reason: str = "") -> str:
    shown = {"offer": offer, "step": step, "problems": problems or [], "reason": reason, "reasoned": step in REASONED}
    return tk.render("orden_market/desk/confirm.html", shown)


def _too_late(id: str, told: list[str]) -> Response:
    tk.h.flash_error(" ".join([*(told or [tk._("This step is not possible any more.")]), became(id)]))
    return to("show", id=id)


def _own(id: str) -> dict[str, Any]:
    """An offer, for its people and for reviewers."""
    offer = act("orden_market_offer_show", id=id)
    return offer if "revision" in offer else tk.abort(403, tk._("You may not do this with the offer"))


def _writable(id: str) -> dict[str, Any]:
    """The dataset, for those who may make offers of it."""
    package = act("package_show", id=id)
    if not _may("create", dataset=package["id"]):
        tk.abort(403, tk._("Only editors of the dataset may make offers of it"))
    return package


def _may(action: str, **data: Any) -> bool:
    return tk.h.check_access(f"orden_market_offer_{action}", data)


def _revision() -> dict[str, int]:
    found = tk.request.form.get("revision", "")
    return {"revision": int(found)} if found.isascii() and found.isdigit() and len(found) < 10 else {}


def _state() -> dict[str, str]:
    wanted = tk.request.args.get("state", "")
    return {"state": wanted} if wanted in tk.h.orden_market_states() else {}


def _content(offer: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an offer as an action gives it."""
    return {name: offer[name] for name in forms.fields() if name in offer}
