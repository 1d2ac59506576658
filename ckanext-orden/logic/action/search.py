"""Actions that find datasets."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from copy import deepcopy
from typing import Any

from ckan.lib.navl.validators import unicode_safe
from ckan.lib.search.common import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import config
from ...search import encoders, meaning, near, query
from ...search.spelling import spelling
from ...search.suggesting import beginnings, suggestions
from ...search.words import own_words
from .. import suggesting

Action = Callable[[Context, DataDict], dict[str, Any]]
Ask = Callable[..., dict[str, Any]]


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
    meant = None
    if query.wants_more(data_dict, whole, config.search_partial_below()):
        meant = _meant(context, data_dict) if whole <= spelling.FEW else None
        held = _all_of(answer) or (ask(start=0, rows=whole, fl=["id"], facet="false")["results"] if whole else [])
        ids = [dataset["id"] for dataset in held]
        rest = query.remainder(data_dict, ids, len(answer["results"]), _rows(data_dict))
        for match, step in _further(context, data_dict, ids, meant, ask):
            more = ask(**rest, **step)
            if more["count"]:
                limit = _number(data_dict, "facet.limit", tk.config["search.facets.limit"])
                told = {"orden_match": "partial" if whole else match, "orden_match_all_count": whole}
                return {**query.joined(answer, more, limit), **told, **_told(meant)}
    return {**answer, "orden_match": "all", "orden_match_all_count": whole, **_told(meant)}


def _meant(context: Context, data_dict: DataDict) -> spelling.Correction | None:
    """What the query was probably meant to be."""
    asked = data_dict["q"]
    return spelling.correction(asked, query.words(asked), near.visible(context, data_dict))


def _told(meant: spelling.Correction | None) -> dict[str, Any]:
    return {
        "orden_did_you_mean": meant.query if meant else None,
        "orden_did_you_mean_included": meant is not None and meant.sure,
    }


def _fits_shorter(data_dict: DataDict, error: SearchError) -> bool:
    """Whether words that are too much for Solr can be asked in part."""
    q = data_dict.get("q") or ""
    return query.too_much(error) and query.kind(q) is query.Kind.WORDS and query.shorter(q) != q


def _all_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The datasets of an answer that shows all that it counts; else none."""
    shown = answer["results"]
    return shown if len(shown) == answer["count"] and all("id" in dataset for dataset in shown) else []


def _further(
    context: Context, data_dict: DataDict, held: Sequence[str], meant: spelling.Correction | None, ask: Ask
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Searches for what follows the `held` whole matches, each with how its answer is to be read."""
    text, first = data_dict["q"], []
    if meant and meant.sure:
        text, few = meant.query, config.search_partial_below()
        right = ask(q=text, start=0, rows=few, fl=["id"], fq="", fq_list=[], facet="false")
        first = [dataset["id"] for dataset in right["results"]]
        if right["count"] >= few:
            yield "partial", {"q": text}
    visible, asked = near.visible(context, data_dict), query.filters(data_dict)
    # What is near does not depend on filters, so that each facet counts what it narrows to; unless nothing is left.
    filters = (visible, [*visible, *asked])[: 2 if asked else 1]
    encoder, told = encoders.encoder(), False
    if encoder:
        best = [] if asked or data_dict.get("sort") else (first or held)
        surely = near.surely(text, visible, best) if held or first or asked else []
        vector = meaning.of_query(encoder, query.said(text), surely)
        told = yield from _nearby(encoder, vector, text, first, filters)
    if not told:
        yield from [("partial", near.in_order(near.led_by(first, [])))] if first else []
        yield from (("partial", step) for step in query.steps(text))


def _nearby(
    encoder: encoders.Encoder,
    vector: Sequence[int],
    text: str,
    first: Sequence[str],
    filters: Sequence[list[str]],
) -> Generator[tuple[str, dict[str, Any]], None, bool]:
    """Searches for what comes near a text, after the datasets that come first in any case; whether Solr can tell."""
    others = own_words.others(" ".join(query.words(text)))
    for allowed in filters:
        found = near.near(text, vector, encoder.nearest, allowed, others)
        if found is None:
            return False
        if found.datasets or first:
            match = "partial" if first or found.answers(encoder) else "nearest"
            yield match, near.in_order(near.led_by(first, found.datasets))
    return True


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
