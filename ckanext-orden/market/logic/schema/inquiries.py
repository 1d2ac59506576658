"""What the actions on inquiries take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ....logic.validators import at_most
from ....metadata.offers.inquiries import INQUIRY_STATES
from .offers import MOST


@validator_args
def create(default: ValidatorFactory, unicode_safe: Validator, boolean_validator: Validator) -> Schema:
    texts = ("name", "mail", "affiliation", "purpose", "text", "offer", "dataset", "website", "stamp", "language")
    return {
        **{name: [default(""), unicode_safe] for name in texts},
        "share_mail": [default(False), boolean_validator],
    }


@validator_args
def show(not_empty: Validator, default: ValidatorFactory, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "key": [default(""), unicode_safe]}


@validator_args
def write(default: ValidatorFactory, unicode_safe: Validator, boolean_validator: Validator) -> Schema:
    texts = {"text": [default(""), unicode_safe], "reason": [default(""), unicode_safe]}
    return {**show(), **texts, "share_mail": [default(False), boolean_validator]}


@validator_args
def link(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "mail": [not_empty, unicode_safe]}


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
        "side": [default("buyer"), one_of(["buyer", "provider"])],
        "state": [ignore_missing, one_of(list(INQUIRY_STATES))],
        "limit": [default(100), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }
