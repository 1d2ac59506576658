"""Why datasets are in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan.lib.navl.validators import unicode_safe
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...search import encoders, near
from ...search.marking import marks
from ...search.marking.excerpts import excerpt
from ...search.marking.reasons import why
from ...search.marking.spans import segments
from ...search.marking.typed import Typed, typed


@tk.side_effect_free
def orden_search_marks_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The words of a query in the titles and descriptions of datasets, and why each was found.

    Texts are lists of pieces, each with whether it is marked: data, not HTML. What the user may not see is left out.

    :param q: what was typed
    :param ids: the ids or names of at most 100 datasets
    :param include_private: as of `package_search`
    """
    tk.check_access("orden_search_marks_list", context, data_dict)
    words, ids = typed(unicode_safe(data_dict.get("q") or "")), _ids(data_dict.get("ids"))
    if not ids:
        return []
    found = marks.found(words, ids, near.visible(context, data_dict))
    order = {name: place for place, name in enumerate(ids)}
    found.sort(key=lambda dataset: order.get(dataset.id, order.get(dataset.name, len(ids))))
    return [_shown(dataset, words) for dataset in found]


def _ids(value: Any) -> list[str]:
    ids = [value] if isinstance(value, str) else value or []
    if not isinstance(ids, Sequence) or not all(isinstance(name, str) for name in ids):
        raise tk.ValidationError({"ids": [tk._("Must be a list of ids or names of datasets")]})
    if len(ids) > marks.MOST:
        raise tk.ValidationError({"ids": [tk._("At most {n} datasets at a time").format(n=marks.MOST)]})
    return list(dict.fromkeys(ids))


def _shown(found: marks.Found, words: Typed) -> dict[str, Any]:
    texts = {name: [segments(text.text, text.spans) for text in some] for name, some in found.texts.items()}
    return {
        "id": found.id,
        "name": found.name,
        "title": _first(texts["title"]),
        "organization": _first(texts["organization_title"]),
        "notes": _first([excerpt(text.text, text.spans, _plain) for text in found.texts["notes"]]),
        "tags": [tag for tag in texts["tags"] if _has_mark(tag)],
        "files": [name for name in texts["res_name"] if _has_mark(name)],
        "why": why(found, words, _meant),
    }


def _meant() -> bool:
    return encoders.encoder() is not None


def _first(texts: list[Any]) -> Any:
    return texts[0] if texts else []


def _has_mark(pieces: list[tuple[str, bool]]) -> bool:
    return any(on for _, on in pieces)


def _plain(markdown: str) -> str:
    return tk.h.orden_excerpt(markdown, len(markdown) + 1)
