"""What the actions of the market take."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ....logic.validators import at_most
from ....metadata.offers.states import STATES

MOST = 1000
"""The most offers in one answer."""


@validator_args
def validate(ignore_missing: Validator, boolean_validator: Validator) -> Schema:
    return {"offer": [is_record], "draft": [ignore_missing, boolean_validator]}


@validator_args
def create(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"dataset": [not_empty, unicode_safe], "offer": [is_record]}


@validator_args
def read(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"dataset": [not_empty, unicode_safe]}


@validator_args
def update(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "offer": [is_record], **_revision()}


@validator_args
def show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe]}


@validator_args
def looked_at(
    not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator, boolean_validator: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "standing": [ignore_missing, boolean_validator]}


@validator_args
def step(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    return {"id": [not_empty, unicode_safe], "reason": [default(""), unicode_safe], **_revision()}


@validator_args
def listed(
    ignore_missing: Validator,
    unicode_safe: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    natural_number_validator: Validator,
) -> Schema:
    return {
        "dataset": [ignore_missing, unicode_safe],
        "organization": [ignore_missing, unicode_safe],
        "series": [ignore_missing, unicode_safe],
        "state": [ignore_missing, one_of(list(STATES))],
        "order": [default("newest"), one_of(["newest", "oldest"])],
        "limit": [default(100), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def exported(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"organization": [not_empty, unicode_safe]}


@validator_args
def imported(
    not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator, boolean_validator: Validator
) -> Schema:
    return {
        "organization": [not_empty, unicode_safe],
        "upload": [ignore_missing],
        "text": [ignore_missing, unicode_safe],
        "apply": [ignore_missing, boolean_validator],
    }


@validator_args
def _revision(ignore_empty: Validator, natural_number_validator: Validator) -> Schema:
    return {"revision": [ignore_empty, natural_number_validator]}


def is_record(value: Any) -> dict[str, Any]:
    """The fields of an offer, each with its value."""
    if not isinstance(value, dict):
        raise tk.Invalid(tk._('Give the fields of the offer as an object: {"title": …}'))
    return value
