"""The validator's page."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ... import config
from ..checks import check_document
from ..validation import LEVELS

orden_dcat = Blueprint("orden_dcat", __name__)


@orden_dcat.get("/validate")
def validator() -> str:
    """The form; with `id` the report on a dataset of this site."""
    given = {"source": tk.request.args.get("id", ""), "content": "", "level": tk.request.args.get("level", "")}
    return _page(given, _checked(given) if given["source"] else {})


@orden_dcat.post("/validate")
def validate() -> str:
    """The report on what was pasted, uploaded or named."""
    given = {name: tk.request.form.get(name, "").strip() for name in ("source", "content", "level")}
    return _page(given, _checked(given))


def _page(given: dict[str, str], answer: dict[str, Any]) -> str:
    return tk.render("orden_dcat/validate.html", {"given": given, "levels": list(LEVELS), **answer})


def _checked(given: dict[str, str]) -> dict[str, Any]:
    """The report under `report`, or under `problem` why there is none."""
    level = given["level"] if given["level"] in LEVELS else "odpo"
    upload = tk.request.files.get("upload")
    if upload and upload.filename:
        data = upload.stream.read(config.dcat_max_bytes() + 1)
        return {"report": check_document(data, level, subject=upload.filename).as_dict()}
    source = given["source"]
    name = "content" if given["content"] else "url" if source.lower().startswith(("http://", "https://")) else "id"
    subject = given["content"] or source
    if not subject:
        return {"problem": tk._("Paste a text, choose a file, or name a dataset or an address.")}
    try:
        return {"report": tk.get_action("orden_dcat_validate")({}, {name: subject, "level": level})}
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"problem": tk._("There is no dataset of that name here.")}
