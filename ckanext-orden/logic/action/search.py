"""Actions that find datasets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from ckan.lib.navl.validators import unicode_safe
from ckan.lib.search.common import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import config
from ...search import beginnings, encoders, meaning, near, own_words, query, suggestions
from .. import suggesting

Action = Callable[[Context, DataDict], dict[str, Any]]


@tk.chained_action
@tk.side_effect_free
def package_search(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's search; where few or no datasets hold all the words, those that come near follow."""
    if "q" in data_dict:
        data_dict = {**data_dict, "q": unicode_safe(data_dict["q"])}

    def ask(**changes: Any) -> dict[str, Any]:
        return original(context, {**deepcopy(data_dict), **changes})

    answer = None
    while answer is None:
        try:
            answer = ask()
        except SearchError as error:
            if not _fits_shorter(data_dict, error):
                raise
            data_dict = {**data_dict, "q": query.shorter(data_dict["q"])}
    whole = answer["count"]
    if query.wants_more(data_dict, whole, config.search_partial_below()):
        found = _all_of(answer) or (ask(start=0, rows=whole, fl=["id"], facet="false")["results"] if whole else [])
        rest = query.remainder(
            data_dict, [dataset["id"] for dataset in found], len(answer["results"]), _rows(data_dict)
        )
        for match, step in _further(context, data_dict, whole):
            more = ask(**rest, **step)
            if more["count"]:
                limit = _number(data_dict, "facet.limit", tk.config["search.facets.limit"])
                told = {"orden_match": "partial" if whole else match, "orden_match_all_count": whole}
                return {**query.joined(answer, more, limit), **told}
    return {**answer, "orden_match": "all", "orden_match_all_count": whole}


def _fits_shorter(data_dict: DataDict, error: SearchError) -> bool:
    """Whether words that are too much for Solr can be asked in part."""
    q = data_dict.get("q") or ""
    return query.too_much(error) and query.kind(q) is query.Kind.WORDS and query.shorter(q) != q


def _all_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The datasets of an answer that shows all that it counts; else none."""
    shown = answer["results"]
    return shown if len(shown) == answer["count"] and all("id" in dataset for dataset in shown) else []


def _further(context: Context, data_dict: DataDict, whole: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Searches for what follows the whole matches, each with how its answer is to be read (`partial`, `nearest`)."""
    encoder, typed = encoders.encoder(), data_dict["q"]
    if encoder:
        visible, asked = near.visible(context, data_dict), query.filters(data_dict)
        surely = near.surely(typed, visible) if whole or asked else []
        others = own_words.others(" ".join(query.words(typed)))
        vector = meaning.of_query(encoder, query.said(typed), surely)
        # What is near does not depend on filters, so that each facet counts what it narrows to; unless nothing is left.
        for filters in (visible, [*visible, *asked])[: 2 if asked else 1]:
            found = near.near(typed, vector, encoder.nearest, filters, others)
            if found is None:
                break
            if found:
                best = max(dataset.cosine for dataset in found)
                yield "partial" if best >= encoder.answers else "nearest", near.in_order(found)
        else:
            return
    yield from (("partial", step) for step in query.steps(typed))


def _rows(data_dict: DataDict) -> int:
    return min(_number(data_dict, "rows", 10), tk.config["ckan.search.rows_max"])


def _number(data_dict: DataDict, name: str, default: int) -> int:
    value = data_dict.get(name)
    return default if value in (None, "") else int(value)


@tk.side_effect_free
def orden_autocomplete(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """What somebody may mean who is typing: organisations, places, themes, tags, datasets; only what the user may see.

    :param q: the beginning of a word in kanji, kana or Latin letters
    :param limit: how many at most, 1 to 20 (default 10)
    """
    tk.check_access("orden_autocomplete", context, data_dict)
    text, limit = beginnings.cleaned(data_dict.get("q")), _limit(data_dict.get("limit"))
    if not text:
        return []
    visible = [*near.visible(context, {}), "+dataset_type:dataset"]
    return suggesting.rows(suggestions.find(text, limit, visible), limit)


def _limit(value: Any) -> int:
    if value in (None, ""):
        return suggestions.DEFAULT_LIMIT
    try:
        limit = int(value)
    except (TypeError, ValueError) as error:
        raise tk.ValidationError({"limit": [tk._("Must be a whole number from 1 to 20")]}) from error
    return max(1, min(limit, suggestions.MAX_LIMIT))
