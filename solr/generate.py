"""Make the files of lang/ again from texts/synonyms.txt: python -m ckanext.orden.solr.generate http://HOST/solr/CORE

Synonym rules must be written in the tokens that the text yields. A tokenizer given to the synonym filter ignores our
user dictionary, so a running core with our schema is asked. After a change: generate, write the configset, reload.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

from .build import GENERATED, TEXTS, query_stop_words

DEFAULT_WEIGHT = 0.5
FIELD_TYPES = ("orden_tokens", "text", "text_yomi")
# Solr allows 1,024 clauses in a query, and each token here is asked of four fields.
MOST_TOKENS = 8
KANJI = re.compile(r"[一-鿿]")
SHORT_READING = 4
KANA = re.compile(r"[ぁ-ヺ]")
SPELT = re.compile(r"[A-Za-z][A-Za-z-]{3,}")
VOCABULARY_HEADER = "# Generated from texts/ by generate.py: words that a misspelt one may mean, and their readings.\n"
HEADER = (
    "# Generated from texts/synonyms.txt by generate.py: the {what} of each term, |weight for what was not typed.\n"
)


class Term(NamedTuple):
    """A word or phrase and how much it counts beside what was typed."""

    text: str
    weight: float


class Core:
    """The analysis of a running Solr core with our schema."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._known: dict[str, dict[str, list[list[str]]]] = {}

    def tokens(self, text: str) -> str:
        """The tokens of `text` with a space between."""
        return " ".join(self._analysed(text)["orden_tokens"][-1])

    def indexed(self, text: str) -> str:
        """What the index keeps of these tokens: the synonym filter forgets what was a particle or a verb's ending."""
        # Tokenizer, base form, part of speech: the stages after these see the synonyms, too.
        return " ".join(self._analysed(text)["text"][2]) or self.tokens(text)

    def reading(self, text: str) -> str:
        """The reading of `text` in katakana as one word; empty when nothing in it is Japanese."""
        if text.isascii():
            return ""
        # Tokenizer, reading, katakana, long vowel: the stages after these join neighbours.
        return "".join(self._analysed(text)["text_yomi"][3])

    def _analysed(self, text: str) -> dict[str, list[list[str]]]:
        """The tokens of each stage, by field type; each text is asked about once."""
        if text not in self._known:
            asked = {"wt": "json", "analysis.fieldtype": ",".join(FIELD_TYPES), "analysis.fieldvalue": text}
            url = f"{self.url}/analysis/field?{urlencode(asked)}"
            with urlopen(url, timeout=30) as answer:  # noqa: S310 (the operator's own Solr)
                types = json.load(answer)["analysis"]["field_types"]
            self._known[text] = {name: _tokens(types[name]["index"]) for name in FIELD_TYPES}
        return self._known[text]


def _tokens(stages: list[Any]) -> list[list[str]]:
    return [[token["text"] for token in stage] for stage in stages if isinstance(stage, list)]


def rules(source: str) -> Iterator[tuple[list[Term], list[Term]]]:
    """What is typed and what is also meant, for each line of the source."""
    for line in source.splitlines():
        text = line.split("#")[0].strip()
        if text:
            left, arrow, right = text.partition("=>")
            typed = [_term(part) for part in left.split(",")]
            yield typed, [_term(part) for part in right.split(",")] if arrow else typed


def _term(text: str) -> Term:
    word, _, weight = text.strip().partition("|")
    return Term(word, float(weight) if weight else DEFAULT_WEIGHT)


def synonyms(source: str, spelt: dict[str, str], kept: dict[str, str] | None = None) -> str:
    """Solr's rules: each key finds itself and, weighted, the others.

    `spelt` gives a term's form in a query, `kept` that in the index where it differs.
    """
    kept = kept or spelt
    found = {spelt[term]: kept[term] or spelt[term] for term in spelt}
    table: dict[str, dict[str, float]] = {}
    for typed, meant in rules(source):
        for key in filter(None, (spelt[term.text] for term in typed)):
            others = table.setdefault(key, {})
            for term in meant:
                form = kept[term.text]
                if form and form != found[key]:
                    others[form] = max(term.weight, others.get(form, 0))
    return "".join(_rule(key, found[key], others) for key, others in sorted(table.items()) if others)


def _rule(key: str, itself: str, others: dict[str, float]) -> str:
    weighted = (" ".join(f"{token}|{weight}" for token in form.split()) for form, weight in _nearest(others))
    return f"{key} => {', '.join([itself, *weighted])}\n"


def _nearest(others: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Those that mean most the same, as many as a query has room for."""
    room = MOST_TOKENS
    for form, weight in sorted(others.items(), key=lambda other: -other[1]):
        if len(form.split()) <= room:
            room -= len(form.split())
            yield form, weight


def vocabulary(source: str, read: Callable[[str], str]) -> str:
    """The words that a misspelt one may mean, each with its reading; `read` gives it for what is not Latin.

    What only visitors say (the left of an arrow) may be Chinese or Korean: only what has kana or Latin letters counts.
    """
    groups = list(rules(source))
    meant = {term.text for _, terms in groups for term in terms} | query_stop_words()
    said = {term.text for typed, _ in groups for term in typed if term.text.isascii() or KANA.search(term.text)}
    words = {term: read(term) for term in meant | said if not term.isascii()}
    words |= {word: "" for term in meant | said if term.isascii() for word in filter(SPELT.fullmatch, term.split())}
    return VOCABULARY_HEADER + "".join(f"{word}\t{reading}\n" for word, reading in sorted(words.items()))


def files(core: Core) -> dict[str, str]:
    """The generated files by name."""
    source = (TEXTS / "synonyms.txt").read_text(encoding="utf-8")
    terms = {term.text for typed, meant in rules(source) for term in (*typed, *meant)}
    typed, kept = {term: core.tokens(term) for term in terms}, {term: core.indexed(term) for term in terms}
    read = {term: core.reading(term) for term in terms}
    return {
        "synonyms_ja.txt": HEADER.format(what="tokens") + synonyms(source, typed, kept),
        "vocabulary.txt": vocabulary(source, core.reading),
        "synonyms_yomi.txt": HEADER.format(what="reading")
        + synonyms(source, read, {term: reading if _telling(term, reading) else "" for term, reading in read.items()}),
    }


def _telling(term: str, reading: str) -> bool:
    """Whether the reading names this word alone: a short one of kanji has many more (公演 is read as 公園)."""
    return len(reading) > SHORT_READING or not KANJI.search(term)


def main(url: str) -> None:
    """Write the generated files."""
    for name, text in files(Core(url)).items():
        (GENERATED / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.match(r"https?://", sys.argv[1]):
        sys.exit(__doc__)
    main(sys.argv[1])
