"""What the actions of the lists take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ..model import STATES

LIMIT = 10_000
"""The most rows in one answer."""


@validator_args
def orden_list_preview(
    not_empty: Validator, ignore_missing: Validator, unicode_safe: Validator, boolean_validator: Validator
) -> Schema:
    return {
        "organization": [not_empty, unicode_safe],
        "upload": [ignore_missing],
        "text": [ignore_missing, unicode_safe],
        "filename": [ignore_missing, unicode_safe],
        "empties": [ignore_missing, boolean_validator],
        **_page(),
    }


@validator_args
def orden_list_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], **_page()}


@validator_args
def orden_list_apply(
    not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator, boolean_validator: Validator
) -> Schema:
    return {"id": [not_empty, unicode_safe], "background": [ignore_missing, boolean_validator]}


@validator_args
def orden_list_export(
    not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator, boolean_validator: Validator
) -> Schema:
    return {"organization": [not_empty, unicode_safe], "private": [ignore_missing, boolean_validator]}


@validator_args
def _page(
    ignore_missing: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "state": [ignore_missing, one_of(list(STATES))],
        "limit": [default(100), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }
