"""Pages of a source's plan: approval, times, the check that writes nothing, and the form for a new source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ckan.plugins import toolkit as tk
from ckanext.harvest import utils
from flask import Blueprint, Response

from ...logic.attempts import reason
from . import settling

blueprint = Blueprint("orden_harvest_plan", __name__)
FORM = ("url", "title", "name", "notes", "source_type", "frequency", "config", "owner_org")
NO_CHANCE = {
    "en": "This site cannot recognise kinds of sources by itself. Choose the kind below.",
    "ja": "このサイトでは種類の自動判定を使えません。下の一覧から選んでください。",
}


@blueprint.route("/harvest/plan/<id>", methods=["GET", "POST"])
def plan(id: str) -> str | Response:
    """When and how the source is harvested, and who hears of it."""
    return _guarded(lambda: _plan(id))


def _plan(id: str) -> str | Response:
    source = tk.get_action("harvest_source_show")({"user": tk.g.user}, {"id": id})
    shown = tk.get_action("orden_harvest_plan_show")({"user": tk.g.user}, {"id": id})
    given: dict[str, Any] = {}
    errors: Mapping[str, Any] = {}
    if tk.request.method == "POST":
        given = {name: tk.request.form[name] for name in settling.FIELDS if name in tk.request.form}
        try:
            tk.get_action("orden_harvest_plan_update")({"user": tk.g.user}, {"id": id, **given})
        except tk.ValidationError as error:
            errors = error.error_dict
        else:
            tk.h.flash_success(tk._("The settings are saved"))
            return tk.h.redirect_to("orden_harvest_plan.plan", id=source["name"])
    tk.g.dataset_type = utils.DATASET_TYPE_NAME  # stock's templates make links of it
    values = {"harvest_source": source, "plan": shown, "data": {**shown, **given}, "errors": errors}
    return tk.render("orden_harvest/plan.html", values)


@blueprint.route("/harvest/approve/<id>", methods=["POST"])
def approve(id: str) -> str | Response:
    """Let the source be run, or take that back."""

    def act() -> Response:
        approved = tk.request.form.get("approved", "true")
        order = {"id": id, "approved": approved}
        found = tk.get_action("orden_harvest_source_approve")({"user": tk.g.user}, order)
        tk.h.flash_success(
            tk._("The source is approved") if found["may_run"] else tk._("The source waits for approval")
        )
        return tk.h.redirect_to("harvester.admin", id=found["name"])

    return _guarded(act)


@blueprint.route("/harvest/check/<id>", methods=["POST"])
def check(id: str) -> str | Response:
    """Order a run that writes nothing."""

    def act() -> Response:
        try:
            tk.get_action("orden_harvest_source_validate")({"user": tk.g.user}, {"id": id})
        except tk.ValidationError as error:
            tk.h.flash_error(reason(error))
        else:
            tk.h.flash_success(tk._("The check begins shortly. It reads all records and writes none."))
        return tk.h.redirect_to("harvester.admin", id=id)

    return _guarded(act)


@blueprint.route("/harvest/detect", methods=["POST"])
def detect() -> str | Response:
    """The form for a new source, filled with what its address has shown."""
    return _guarded(_detect)


def _detect() -> str:
    tk.check_access("harvest_source_create", {"user": tk.g.user}, {})
    data = {name: tk.request.form.get(name, "").strip() for name in FORM}
    chosen = _chosen(tk.request.form.get("candidates", ""))
    found = chosen or _detected(data["url"])
    if chosen:
        data["config"] = ""  # it belongs to the kind that was filled in before
    data, errors = (_filled(data, found), {}) if found.get("found") else (data, {})
    if not data["url"]:
        errors = {"url": [tk._("Write the address of the source first")]}
    tk.g.dataset_type = utils.DATASET_TYPE_NAME
    form = {
        "data": data,
        "errors": errors,
        "error_summary": {},
        "action": "new",
        "dataset_type": utils.DATASET_TYPE_NAME,
        "detected": found if data["url"] else None,
    }
    return tk.render("source/new.html", {"form_vars": form, "form_snippet": "source/new_source_form.html"})


def _chosen(candidates: str) -> dict[str, Any] | None:
    """What a person has chosen of what was found: the first of the list that the form sends back, as it was told."""
    try:
        found = json.loads(candidates)
    except ValueError:
        return None
    whole = isinstance(found, list) and found and all(map(_is_candidate, found))
    return {"found": True, **found[0], "candidates": found} if whole else None


def _is_candidate(told: Any) -> bool:
    texts = ("source_type", "label", "url", "title")
    return (
        isinstance(told, dict)
        and all(isinstance(told.get(name), str) for name in texts)
        and isinstance(told.get("config"), dict)
    )


def _detected(url: str) -> dict[str, Any]:
    try:
        detect_source = tk.get_action("orden_harvest_source_detect")
    except KeyError:
        return {"found": False, "reason": NO_CHANCE}
    try:
        return detect_source({"user": tk.g.user}, {"url": url}) if url else {"found": False}
    except tk.ValidationError as error:
        return {"found": False, "reason": {tk.h.lang(): reason(error)}}


def _filled(data: dict[str, str], found: dict[str, Any]) -> dict[str, str]:
    """The form with what was found; what a person has written into an other field stays."""
    config = json.dumps(found["config"], ensure_ascii=False, indent=2) if found.get("config") else ""
    url = found.get("url") or data["url"]
    return {
        **data,
        "url": url,
        "source_type": found.get("source_type") or data["source_type"],
        "title": data["title"] or found.get("title") or "",
        "name": data["name"] or re.sub(r"[^a-z0-9]+", "-", (urlsplit(url).hostname or "").lower()).strip("-"),
        "config": data["config"] or config,
    }


def _guarded(act: Callable[[], str | Response]) -> str | Response:
    try:
        return act()
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Harvest source not found"))
    except tk.NotAuthorized as error:
        return tk.abort(403, error.message or tk._("Only editors of the harvest source may do this"))
