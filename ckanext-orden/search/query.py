"""What a query is, what Solr is asked, how two answers become one; plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any
from unicodedata import normalize

from ckanext.orden.solr.build import field_names, query_stop_words

from ..metadata.fields import DATASET
from .asking import asked_for

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


def all_words(query: str) -> str:
    """Solr's query for datasets that hold all the words.

    Together they may be a term of more words (bus stop) and must stand in one field; each for itself in any
    (豊中 ひなんじょ: a name and a reading).
    """
    some = words(query)
    together, apart = " ".join(some), " AND ".join(some)
    if len(some) < 2:
        return together
    return f"({together}) OR ({apart})" if len(some) <= MOST_TOGETHER else apart


def parameters(search: Mapping[str, Any]) -> dict[str, Any]:
    """What our search adds to CKAN's parameters; nothing where the caller speaks to Solr himself."""
    query = search.get("q") or ""
    asked = kind(query)
    if asked in (Kind.EVERYTHING, Kind.FIELDED) or OWN_PARAMETERS & search.keys():
        return {}
    if asked is Kind.WORDS:
        return {"q": all_words(query) or query, **ALL_WORDS}
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
