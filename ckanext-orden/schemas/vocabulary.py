"""What a field may hold: the choices it offers and how any spelling becomes one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..metadata import vocabularies as terms
from ..metadata.parsing.text import key
from ..types import Text
from .definition import Field, meta

Choice = dict[str, Any]


@dataclass(frozen=True)
class Vocabulary:
    """The values of one field; `find` answers "" for a term that is known and says nothing (その他)."""

    choices: tuple[Choice, ...]
    find: Callable[[object], str | None]


def of(field: Field) -> Vocabulary:
    """The vocabulary of a field, by its `orden: vocabulary` or its own list of choices."""
    name = meta(field).get("vocabulary")
    if name == "archive":
        return _archives(field["field_name"])
    if name and name != "cadde":
        return _named(name)
    if "choices" not in field:
        return _caddes(field["field_name"])
    by_label = _finder(field["choices"])
    if name != "cadde":
        return _written(field, by_label)
    return _written(field, lambda text: terms.cadde_value(field["field_name"], text) or by_label(text))


@cache
def _named(name: str) -> Vocabulary:
    return {
        "access_rights": _access_rights,
        "frequency": _frequencies,
        "language": _languages,
        "licence": _licences,
        "licence_iri": _licence_iris,
        "personal_data": _personal_classes,
        "theme": _themes,
    }[name]()


@cache
def _archives(name: str) -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.archive_for(name, text)
        return found.value if found else None

    return Vocabulary(_choices((archive.value, archive.label) for archive in terms.archives(name)), find)


@cache
def _caddes(name: str) -> Vocabulary:
    """CADDE's written values of a field that takes others too."""
    pairs = ((value, {"ja": value, "en": label}) for value, label in terms.cadde_labels(name).items())
    return Vocabulary(_choices(pairs), lambda text: terms.cadde_value(name, text))


def _written(field: Field, find: Callable[[object], str | None]) -> Vocabulary:
    return Vocabulary(tuple(field["choices"]), find)


def _finder(choices: Iterable[Choice]) -> Callable[[object], str | None]:
    known = {key(word): choice["value"] for choice in choices for word in (choice["value"], *choice["label"].values())}
    return lambda text: known.get(key(text))


def _choices(pairs: Iterable[tuple[str, Text]]) -> tuple[Choice, ...]:
    """Choices without repeats; the first label of a value stays."""
    labels: dict[str, Text] = {}
    for value, label in pairs:
        labels.setdefault(value, label)
    return tuple({"value": value, "label": dict(label)} for value, label in labels.items())


def _access_rights() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.access_right_for(text)
        return found.iri if found else None

    return Vocabulary(_choices((right.iri, right.label) for right in terms.access_rights()), find)


def _frequencies() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.frequency_for(text)
        return found.iri if found else None

    return Vocabulary(_choices((frequency.iri, frequency.label) for frequency in terms.frequencies()), find)


def _languages() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.language_for(text)
        return found.iri if found else None

    return Vocabulary(_choices((language.iri, language.label) for language in terms.languages()), find)


def _licences() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.licence_for(text)
        return found.id if found else None

    return Vocabulary(_choices((licence.id, licence.title) for licence in terms.licences()), find)


def _licence_iris() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.licence_for(text)
        return found.url or None if found else None

    return Vocabulary(_choices((licence.url, licence.title) for licence in terms.licences() if licence.url), find)


def _personal_classes() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.personal_class_for(text)
        return found.value if found else None

    return Vocabulary(_choices((group.value, group.label) for group in terms.personal_classes()), find)


def _themes() -> Vocabulary:
    def find(text: object) -> str | None:
        found = terms.theme_for(text)
        return found.iri if found else "" if terms.category_for(text) else None

    return Vocabulary(_choices((theme.iri, theme.label) for theme in terms.themes()), find)
