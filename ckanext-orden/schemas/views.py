"""The room's pages: the short form, its answers while somebody types, and its drafts."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.views.dataset import CreateView
from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import CSRFError

from .indexing import DATASET
from .registration import copying, full_form, page, short_form, submission

blueprint = Blueprint("orden_schema", __name__)


@blueprint.get("/dataset/register")
def register() -> Any:
    """The short form: empty, with a draft, or filled in like another dataset."""
    if not tk.current_user.is_authenticated:
        return _login()
    _may_create()
    return page.empty(tk.request.args.get("draft", ""), tk.request.args.get("copy", ""))


@blueprint.post("/dataset/register")
def submit() -> Any:
    """Registers the dataset, or keeps the draft and says what is to be mended."""
    given = submission.submitted()
    if not given:
        return _login()
    if not tk.current_user.is_authenticated:
        return _kept(given, tk._("You had been logged out. What you typed is kept: log in to go on."))
    _may_create()
    if "save_draft" in tk.request.form:
        return _kept(given, tk._("The draft is saved."))
    return _registered(given)


@blueprint.post("/dataset/register/draft")
def keep() -> Response:
    """Keeps the draft while somebody types."""
    given = submission.submitted()
    if not given:
        return tk.abort(403, tk._("Log in to keep drafts"))
    try:
        return jsonify(page.kept(given.keep()))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("You may not register datasets"))


@blueprint.post("/dataset/register/draft/<draft_id>/delete")
def forget(draft_id: str) -> Any:
    """Forgets a draft."""
    try:
        tk.get_action("orden_schema_draft_delete")({"user": tk.current_user.name}, {"id": draft_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is no such draft"))
    tk.h.flash_success(tk._("The draft is deleted."))
    return tk.redirect_to("orden_schema.register")


@blueprint.post("/dataset/register/check")
def check() -> Response:
    """What the catalogue says to the short form as it stands."""
    _may_create()
    given = submission.submitted()
    return jsonify(page.answer(given)) if given else tk.abort(403, tk._("You may not register datasets"))


@blueprint.post("/dataset/check")
def check_full() -> Response:
    """What the catalogue says to the full form as it stands."""
    try:
        return jsonify(full_form.answer())
    except tk.NotAuthorized:
        return tk.abort(403, tk._("You may not register datasets"))
    except (tk.ObjectNotFound, tk.ValidationError):
        return tk.abort(400, tk._("This is not a dataset"))


@blueprint.before_app_request
def new_like_another() -> str | None:
    """`/dataset/new?copy=<name>`: CKAN's form filled in like another dataset."""
    if tk.request.endpoint != f"{DATASET}.new" or tk.request.method != "GET" or "copy" not in tk.request.args:
        return None
    found = copying.source(tk.request.args["copy"])
    return CreateView().get(DATASET, copying.copied(found)) if found else tk.abort(404, tk._("Dataset not found"))


@blueprint.errorhandler(CSRFError)
def session_lost(error: CSRFError) -> Any:
    """A form that was left open too long: what its own user typed is kept and shown again."""
    given = submission.submitted() if tk.request.endpoint == "orden_schema.submit" else None
    if not given or not given.proved:
        return error
    return _kept(given, tk._("The page had been open for a long time. What you typed is kept: please send it again."))


def _registered(given: submission.Submission) -> Any:
    name = given.dataset()["name"]
    before = model.Package.get(name)
    if before and before.creator_user_id == given.user.id and not given.values.get("name"):
        return tk.redirect_to(f"{DATASET}.read", id=name)
    judgement = given.judged()
    wrong = given.messages(judgement)
    if not wrong:
        try:
            created = given.register()
        except tk.ValidationError as error:
            wrong = short_form.by_input(error.error_dict)
        else:
            tk.h.flash_success(tk._("The dataset is registered."))
            return tk.redirect_to(f"{DATASET}.read", id=created["name"])
    return page.corrected(given, judgement, wrong, given.keep())


def _kept(given: submission.Submission, message: str) -> Any:
    draft = given.keep()
    tk.h.flash_notice(message)
    form = tk.url_for("orden_schema.register", draft=draft["id"])
    return tk.redirect_to(form) if tk.current_user.is_authenticated else _login(form)


def _login(back: str = "") -> Any:
    return tk.redirect_to("user.login", came_from=back or tk.url_for("orden_schema.register", **tk.request.args))


def _may_create() -> None:
    try:
        tk.check_access("package_create", {"user": tk.current_user.name}, {})
    except tk.NotAuthorized:
        tk.abort(403, tk._("You may not register datasets: ask an administrator of your organization."))
