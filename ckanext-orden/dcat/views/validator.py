"""The validator's page, and results of checks in other forms."""

from __future__ import annotations

import json
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ...helpers import orden_text, spreadsheets
from ...limiting import TooOften, count_check
from ..checks import level_names
from ..kept import keep, kept
from ..lines import lines

orden_dcat = Blueprint("orden_dcat", __name__)

HERE = ("id", "organization", "source")
"""Subjects of this site: their reports are made anew for whoever may read them, and never kept."""
HEADER = ("severity", "code", "field", "where", "value", "message", "hint", "link")


@orden_dcat.get("/validate")
def validator() -> str:
    """The form; with `id`, `organization` or `source` the report on what this site holds."""
    args = tk.request.args
    here = dict([(name, args[name]) for name in HERE if args.get(name)][:1])
    given = {"source": args.get("id", ""), "content": "", "level": args.get("level", ""), "here": here}
    return _page(given, _checked(here, given) if here else {})


@orden_dcat.post("/validate")
def validate() -> str:
    """The report on what was pasted, uploaded or named."""
    given: dict[str, Any] = {name: tk.request.form.get(name, "").strip() for name in ("source", "content", "level")}
    upload, source = tk.request.files.get("upload"), given["source"]
    if upload and upload.filename:
        asked: dict[str, Any] = {"upload": upload}
    elif given["content"]:
        asked = {"content": given["content"]}
    elif source:
        asked = {"url" if source.lower().startswith(("http://", "https://")) else "id": source}
    else:
        return _page(given, {"problem": tk._("Paste a text, choose a file, or name a dataset or an address.")})
    given["here"] = {name: asked[name] for name in HERE if name in asked}
    return _page(given, _checked(asked, given))


@orden_dcat.get("/validate.<ending>")
def report_here(ending: str) -> Response:
    """The report on what this site holds, in another form."""
    asked = {name: tk.request.args[name] for name in (*HERE, "level") if tk.request.args.get(name)}
    count_check()
    try:
        found = tk.get_action("orden_dcat_validate")({}, {**asked, "shacl": True})
    except tk.ValidationError as error:
        return tk.abort(409, str(error))
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is no dataset of that name here."))
    return _in_form({"shacl": found.pop("shacl"), "report": found}, ending)


@orden_dcat.get("/validate/result/<key>")
def result(key: str) -> str:
    """A result that was kept."""
    given = {"source": "", "content": "", "level": ""}
    return _page(given, {"report": _kept(key)["report"], "key": key})


@orden_dcat.get("/validate/result/<key>.<ending>")
def result_file(key: str, ending: str) -> Response:
    """A result that was kept, in another form."""
    return _in_form(_kept(key), ending)


@orden_dcat.after_request
def keep_to_oneself(response: Response) -> Response:
    """Results are for those who have their link, not for search engines and caches."""
    if tk.request.endpoint != "orden_dcat.validator" or tk.request.args:
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(given: dict[str, Any], answer: dict[str, Any]) -> str:
    return tk.render("orden_dcat/validate.html", {"given": given, "levels": level_names(), **answer})


def _checked(asked: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The report under `report`, or under `problem` why there is none."""
    level = given["level"] if given["level"] in level_names() else "odpo"
    try:
        count_check()
        found = tk.get_action("orden_dcat_validate")({}, {**asked, "level": level, "shacl": True})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"problem": tk._("There is no dataset of that name here.")}
    except TooOften as error:
        return {"problem": error.description}
    shacl = found.pop("shacl")
    if any(name in asked for name in HERE):
        return {"report": found}
    where = {example["where"] for group in found["groups"] for example in group["examples"]}
    return {"report": found, "key": keep(found, shacl), "lines": lines(asked.get("content", ""), where)}


def _kept(key: str) -> dict[str, Any]:
    return kept(key) or tk.abort(404, tk._("This result is no longer kept. Results are kept for a day."))


def _in_form(found: dict[str, Any], ending: str) -> Response:
    """JSON, SHACL's report in Turtle, or CSV."""
    if ending == "json":
        body, kind = json.dumps(found["report"], ensure_ascii=False).encode(), "application/json"
    elif ending == "ttl" and found["shacl"]:
        body, kind = found["shacl"].encode(), "text/turtle"
    elif ending == "csv":
        rows = [[orden_text(issue[name]) for name in HEADER] for issue in found["report"]["issues"]]
        body, kind = spreadsheets.as_csv([HEADER, *rows]), "text/csv"
    else:
        return tk.abort(404, tk._("There is no such form of this result."))
    response = make_response(body)
    response.mimetype = kind
    if ending == "csv":
        response.headers["Content-Disposition"] = 'attachment; filename="validation.csv"'
    return response
