"""What a query is, what Solr is asked, how two answers become one; plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any
from unicodedata import normalize

from ckanext.orden.solr.build import field_names, query_stop_words

from ..metadata.fields import DATASET
from .asking import asked_for
from .words.lexicon import Variant

FIELDS = (
    "title_exact^20 title^6 tags_text^3 organization_title^4 title_cjk^6 title_yomi^3 name^4 "
    "text^2 text_cjk^1 text_yomi^0.3"
)
# Solr ignores mm between bare words here, because CKAN sends q.op=AND; 1 keeps an explicit OR an or.
ALL_WORDS = {"defType": "edismax", "tie": "0.3", "mm": "1", "qf": FIELDS}
# In quotes: these characters in this order, without synonyms.
LITERAL = ALL_WORDS | {"qf": "title_exact^20 title_cjk^6 name^4 text_cjk^1"}
# dismax takes any part of an unspaced question, and ranks by how many and how rare they are.
SOME_PARTS = {"defType": "dismax", "tie": "0.3", "mm": "1", "qf": "title_loose^2 title text^0.5"}
SOME_CHARACTERS = SOME_PARTS | {"qf": "text_kanji"}
OWN_PARAMETERS = frozenset(ALL_WORDS)

BEFORE_COLON = re.compile(r"(?:^|[\s(])[+\-!]?([A-Za-z_][A-Za-z0-9_.]*|\*):\S")
OPERATORS = re.compile(
    r'"|&&|\|\||(?:^|\s)(?:AND|OR|NOT)(?:\s|$)|(?:^|[\s(])[+\-!][^\s+\-!]|\*|\w\?\w|[~^]\d|\[.+ TO .+\]'
)
ADDRESS = re.compile(r"https?://\S+")
DAILY_SIGNS = re.compile(r"[/:(){}\[\]~^\\]|[?!]+(?=\s|$)")
# Solr allows 1,024 clauses in all, and each word becomes some forty: fields, parts, synonyms.
LONGEST, MOST_WORDS, MOST_TOGETHER = 150, 16, 6
BESIDE = 0.3
"""Scores grow with the length of a word, so the weight of another one alone would not keep what was typed before it."""
SHORTEST = 10
"""Characters of a query that Solr takes whatever they mean."""
TOO_MUCH = re.compile(r"too many (?:nested|boolean) clauses", re.IGNORECASE)
Also = Callable[[str], Sequence[Variant]]
"""The same in other words, the nearest first."""
LETTER = re.compile(r"\w")


class Kind(Enum):
    """How much of Solr's query language a query speaks."""

    EVERYTHING = "everything"
    FIELDED = "fielded"
    OPERATORS = "operators"
    WORDS = "words"


def kind(query: str | None) -> Kind:
    """What sort of query this is; only words may be understood more freely than they were written."""
    text = (query or "").strip()
    if text in ("", "*:*", '""', "''"):
        return Kind.EVERYTHING
    if "{!" in text or any(map(_is_field, BEFORE_COLON.findall(text))):
        return Kind.FIELDED
    return Kind.OPERATORS if ADDRESS.search(text) or OPERATORS.search(text) else Kind.WORDS


def _is_field(name: str) -> bool:
    """Whether a word before a colon is a field; CKAN indexes each field of a dataset under its own name too."""
    return name == "*" or "_" in name or name in field_names() or name in DATASET


def words(query: str) -> list[str]:
    """The spaced words of a query, without those of asking, Solr's own signs, and words that say only "a dataset"."""
    spaced = DAILY_SIGNS.sub(" ", asked_for(query[:LONGEST])).split()
    telling = [word for word in spaced if LETTER.search(word) and _bare(word) not in query_stop_words()]
    return (telling or spaced)[:MOST_WORDS]


def said(query: str) -> str:
    """A query as it was said, for the encoder, which knows questions and wishes."""
    return " ".join(query.split())[:LONGEST]


def _bare(word: str) -> str:
    return normalize("NFKC", word).casefold()


def all_words(query: str, also: Also | None = None) -> str:
    """Solr's query for datasets that hold all the words, or all of them in other words.

    Together they may be a term of more words (bus stop) and must stand in one field; each for itself in any
    (豊中 ひなんじょ: a name and a reading).
    """
    some = words(query)
    together, apart = " ".join(some), " AND ".join(some)
    both = 1 < len(some) <= MOST_TOGETHER
    typed = f"({together}) OR ({apart})" if both else apart
    others = _others(together, MOST_WORDS - len(some) * (2 if both else 1), also) if also else []
    return " OR ".join([f"({typed})", *others]) if others else typed


def _others(typed: str, room: int, also: Also) -> list[str]:
    """The same in other words, as many as a query has room for."""
    letters, others = LONGEST - len(typed), []
    for variant in also(typed):
        some = words(variant.text)
        if some and len(some) <= room and len(variant.text) <= letters:
            room, letters = room - len(some), letters - len(variant.text)
            others.append(f"({' AND '.join(some)})^{variant.weight * BESIDE:.3f}")
    return others


def any_of(some: Sequence[str], others: Sequence[Variant]) -> str:
    """Solr's query for any of the words that were typed, and for other words of the same meaning, each as a whole."""
    room, asked = MOST_WORDS - len(some), [*some]
    for variant in others:
        parts = words(variant.text)
        if parts and len(parts) <= room:
            room -= len(parts)
            # Readings are indexed without positions: a phrase of several words cannot be asked of them.
            quoted = " AND ".join(f'"{part}"' for part in parts)
            asked.append(f"({quoted})^{variant.weight:.2f}")
    return " ".join(asked)


def one_of(some: Sequence[str], also: Also) -> str:
    """Solr's query for datasets that hold at least one of several words whole, or in other words."""
    room, asked = MOST_WORDS - len(some), [*some]
    for word in some:
        others = _others(word, room, also)
        room -= len(others)
        asked.extend(others)
    return " OR ".join(asked)


def too_much(error: Exception) -> bool:
    """Whether Solr says that a query has become too many clauses: it counts what each word also means."""
    return TOO_MUCH.search(str(error)) is not None


def shorter(query: str) -> str:
    """The first half of a query's words, or of a single one; what cannot be shorter comes back as it is."""
    some = words(query)
    text = " ".join(some[: len(some) // 2] if len(some) > 1 else some)
    return text[: max(len(text) // 2, SHORTEST)] if len(some) < 2 else text


def parameters(search: Mapping[str, Any], also: Also | None = None) -> dict[str, Any]:
    """What our search adds to CKAN's parameters; nothing where the caller speaks to Solr himself."""
    query = search.get("q") or ""
    asked = kind(query)
    if asked in (Kind.EVERYTHING, Kind.FIELDED) or OWN_PARAMETERS & search.keys():
        return {}
    if asked is Kind.WORDS:
        return {"q": all_words(query, also) or query, **ALL_WORDS}
    text = ADDRESS.sub(lambda address: '"' + address[0].replace('"', "") + '"', query)
    return {"q": text, **(LITERAL if '"' in text else ALL_WORDS)}


def steps(query: str) -> Iterator[dict[str, Any]]:
    """Searches that ask for less and less: all words but one, any word, parts of words, their characters."""
    some = words(query)
    for enough in (len(some) - 1, 1) if len(some) > 2 else range(1, len(some)):
        yield {**ALL_WORDS, "q": " OR ".join(some), "mm": str(enough)}
    yield {"q": " ".join(some), **SOME_PARTS}
    yield {"q": " ".join(some), **SOME_CHARACTERS}


def wants_more(search: Mapping[str, Any], found: int, few: int) -> bool:
    """Whether datasets that come near are to follow the `found` ones that hold all the words."""
    if kind(search.get("q")) is not Kind.WORDS or OWN_PARAMETERS & search.keys():
        return False
    return found < few and LETTER.search(search["q"]) is not None


def filters(search: Mapping[str, Any]) -> list[str]:
    """The filters that a search itself asks for."""
    return list(filter(None, [search.get("fq"), *(search.get("fq_list") or [])]))


def remainder(search: Mapping[str, Any], found: list[str], shown: int, rows: int) -> dict[str, Any]:
    """The parameters of a further search, for what the first one left of the page."""
    changes: dict[str, Any] = {"rows": max(0, rows - shown)}
    if found:
        excluded = " OR ".join(f'"{dataset}"' for dataset in found)
        changes["fq_list"] = [*(search.get("fq_list") or []), f"-id:({excluded})"]
        changes["start"] = max(0, int(search.get("start") or 0) - len(found))
    return changes


def joined(first: dict[str, Any], second: dict[str, Any], facet_limit: int) -> dict[str, Any]:
    """One answer of two that share no dataset: counts and facets add up."""
    return {
        **first,
        "count": first["count"] + second["count"],
        "results": first["results"] + second["results"],
        "facets": {
            name: _sum(values, first["facets"].get(name, {}), facet_limit) for name, values in second["facets"].items()
        },
        "search_facets": {
            name: {**facet, "items": _items(facet["items"], _named(first, name), facet_limit)}
            for name, facet in second["search_facets"].items()
        },
    }


def _named(answer: dict[str, Any], facet: str) -> list[dict[str, Any]]:
    return answer["search_facets"].get(facet, {}).get("items", [])


def _items(many: list[dict[str, Any]], few: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    known = {item["name"]: item for item in (*few, *many)}
    counts = _sum({item["name"]: item["count"] for item in many}, {item["name"]: item["count"] for item in few}, limit)
    items = [{**known[name], "count": count} for name, count in counts.items()]
    return sorted(items, key=lambda item: item["display_name"], reverse=True)


def _sum(many: Mapping[str, int], few: Mapping[str, int], limit: int) -> dict[str, int]:
    counts = {name: count + few.get(name, 0) for name, count in many.items()}
    # A full list has been cut: the count of a value that is not in it is not known.
    if limit < 0 or len(many) < limit:
        counts.update({name: count for name, count in few.items() if name not in counts})
    return counts
