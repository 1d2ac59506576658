"""What the actions of the room take."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...logic.validators import at_most
from ...metadata.messages import LONGEST_MAIL, MOST_LINKS, has_control, is_mail, too_many_links
from ..model import KINDS, STATES

LONGEST = {"text": 2000, "answer": 4000, "reason": 1000, "mail": LONGEST_MAIL}
"""The most characters that each text may have."""
MOST = 1000
MOST_DAYS = 3650


def written(longest: int) -> Validator:
    """What somebody writes: not too long, no characters that nobody types, few links."""

    def validate_written(value: Any) -> str:
        said = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
        if len(said) > longest:
            raise tk.Invalid(tk._("Write at most {n} characters").format(n=longest))
        if has_control(said):
            raise tk.Invalid(tk._("There are characters in the text that cannot be taken. Write it anew without them."))
        if too_many_links(said):
            raise tk.Invalid(tk._("Give at most {n} links.").format(n=MOST_LINKS))
        return said

    return validate_written


def needed(value: Any) -> Any:
    """A text that has to be there."""
    if not value:
        raise tk.Invalid(tk._("Please write something here."))
    return value


def address(value: Any) -> str:
    """A mail address, or none."""
    said = value.strip() if isinstance(value, str) else ""
    if said and not is_mail(said):
        raise tk.Invalid(tk._("This is not a mail address. Write it like name@example.jp, or leave it empty."))
    return said


def kind(value: Any) -> Any:
    """What it is about."""
    if value not in KINDS:
        raise tk.Invalid(tk._("Choose what it is about."))
    return value


@validator_args
def create(default: ValidatorFactory, not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {
        "dataset": [not_empty, unicode_safe],
        "kind": [default(""), kind],
        "text": [default(""), written(LONGEST["text"]), needed],
        "mail": [default(""), address],
        **{name: [default(""), unicode_safe] for name in ("resource", "website", "stamp", "language")},
    }


@validator_args
def show(not_empty: Validator, default: ValidatorFactory, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "key": [default(""), unicode_safe]}


@validator_args
def answer(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    return {"id": [not_empty, unicode_safe], "text": [default(""), written(LONGEST["answer"]), needed], **_public()}


@validator_args
def update(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], **_public()}


@validator_args
def close(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    return {"id": [not_empty, unicode_safe], "reason": [default(""), written(LONGEST["reason"]), needed]}


@validator_args
def listed(
    ignore_missing: Validator,
    unicode_safe: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    natural_number_validator: Validator,
) -> Schema:
    return {
        "organization": [ignore_missing, unicode_safe],
        "dataset": [ignore_missing, unicode_safe],
        "state": [ignore_missing, one_of(list(STATES))],
        "older_than_days": [ignore_missing, natural_number_validator, at_most(MOST_DAYS)],
        "limit": [default(100), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def _public(default: ValidatorFactory, boolean_validator: Validator) -> Schema:
    return {name: [default(False), boolean_validator] for name in ("published", "show_text")}
