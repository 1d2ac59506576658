"""The editors' words of the search, among the pages of the system administrators."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.orden.solr.generate import rules
from flask import Blueprint, Response

from ..search import query
from ..search.words import own_words, word_check
from ..search.words.lexicon import Lexicon
from ..sysadmins import only_sysadmins

orden_words = Blueprint("orden_words", __name__, url_prefix="/ckan-admin/orden-words")
orden_words.before_request(only_sysadmins)


@orden_words.get("/")
def edit() -> str:
    """The words in a box."""
    return _page(tk.get_action("orden_search_words_show")({}, {}))


@orden_words.post("/")
def save() -> str | Response:
    """Save what is in the box, or only try it with a query."""
    form = tk.request.form
    given = {"text": form.get("text", ""), "revision": form.get("revision", "0")}
    if "try" in form:
        return _page(given, report=word_check.report(given["text"]).as_dict(), tried=form.get("q", "").strip())
    try:
        tk.get_action("orden_search_words_update")({}, given)
    except tk.ValidationError as error:
        return _page(given, error.error_dict, word_check.report(given["text"]).as_dict())
    tk.h.flash_success(tk._("The words are saved. Every search goes by them from now on."))
    return tk.redirect_to("orden_words.edit")


@orden_words.get("/words.txt")
def download() -> Response:
    """The words as a text file, in the form that the box and `ckan orden words load` take."""
    words = tk.get_action("orden_search_words_show")({}, {})
    headers = {"Content-Disposition": f"attachment; filename=search-words-{words['revision']}.txt"}
    return Response(words["text"] + "\n", headers=headers, content_type="text/plain; charset=utf-8")


def _page(given: dict[str, Any], errors: Any = None, report: Any = None, tried: str = "") -> str:
    shown = {"words": given, "errors": errors or {}, "report": report, "tried": tried}
    if tried and report and report["valid"]:
        shown["tries"] = _tries(tried, given["text"])
    return tk.render("orden/words.html", shown)


def _tries(tried: str, text: str) -> dict[str, Any]:
    """What a query becomes by the words in the box."""
    lexicon, asked = Lexicon(rules(text)), " ".join(query.words(tried))
    return {"whole": lexicon.variants(asked, own_words.MOST_VARIANTS), "near": lexicon.others(asked)}
