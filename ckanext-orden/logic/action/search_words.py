"""Actions on the editors' words of the search: groups of words that find each other."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...model import OrdenSearchWord
from ...search.words import word_check

KEPT = 50
"""So many revisions stay, to look back at in the database."""


@tk.side_effect_free
def orden_search_words_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The editors' words as one text, a group a line, with the number of its revision (0: there are none yet)."""
    tk.check_access("orden_search_words_show", context, data_dict)
    newest = OrdenSearchWord.newest()
    if not newest:
        return {"text": "", "revision": 0, "author": "", "made_at": None}
    return {
        "text": newest.text,
        "revision": newest.revision,
        "author": newest.author,
        "made_at": newest.made_at.isoformat(),
    }


def orden_search_words_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Puts a whole text in the place of the one before; each search from now on goes by it.

    :param text: a group a line: `a, b, c` find each other, `a => b|0.7` one way, `#` begins a remark
    :param revision: the number of the revision that was changed: another one by now is an error
    """
    tk.check_access("orden_search_words_update", context, data_dict)
    text, revision = _given(data_dict)
    report = word_check.report(text)
    if not report.valid:
        raise tk.ValidationError(
            {"text": [tk._("Some lines cannot be used. Nothing is saved.")], "issues": report.as_dict()["issues"]}
        )
    mark = OrdenSearchWord.mark()
    expected = mark.revision if mark else 0
    if revision != expected or not OrdenSearchWord.put(revision + 1, text, context.get("user", ""), KEPT):
        raise tk.ValidationError(
            {"revision": [tk._("Somebody else has saved these words meanwhile. Nothing is saved.")]}
        )
    model.repo.commit()
    return tk.get_action("orden_search_words_show")(context, {})


def _given(data_dict: DataDict) -> tuple[str, int]:
    text, revision = tk.get_or_bust(data_dict, ["text", "revision"])
    if not isinstance(text, str):
        raise tk.ValidationError({"text": [tk._("This is not a text")]})
    try:
        number = int(revision)
    except (TypeError, ValueError) as error:
        raise tk.ValidationError({"revision": [tk._("Must be a whole number")]}) from error
    return "\n".join(text.splitlines()).replace("\0", ""), number
