"""What the actions of the registry take; whether it is right is `metadata.offers.market_problems`."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

LONGEST = 300


@validator_args
def show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"code": [not_empty, unicode_safe]}


@validator_args
def create(
    not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory, boolean_validator: Validator
) -> Schema:
    return {
        "code": [not_empty, unicode_safe],
        "name": [is_texts],
        "hosts": [not_empty, is_words],
        "patterns": [default(""), is_words],
        "home": [default(""), unicode_safe],
        "enabled": [default(True), boolean_validator],
    }


@validator_args
def update(
    not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator, boolean_validator: Validator
) -> Schema:
    return {
        "code": [not_empty, unicode_safe],
        "name": [ignore_missing, is_texts],
        "hosts": [ignore_missing, is_words],
        "patterns": [ignore_missing, is_words],
        "home": [ignore_missing, unicode_safe],
        "enabled": [ignore_missing, boolean_validator],
    }


def is_texts(value: Any) -> dict[str, str]:
    """A short text in Japanese, English or both."""
    if not isinstance(value, dict) or set(value) - {"ja", "en"}:
        raise tk.Invalid(tk._('Give the name as an object: {"ja": …, "en": …}'))
    if not all(isinstance(text, str) and len(text) <= LONGEST and text.isprintable() for text in value.values()):
        raise tk.Invalid(tk._("Write at most {limit} characters in one line").format(limit=LONGEST))
    return value


def is_words(value: Any) -> list[str]:
    """Texts without spaces: a list of them, or one text that spaces and line breaks part."""
    words = value.split() if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise tk.Invalid(tk._("Give a list of texts"))
    return words
