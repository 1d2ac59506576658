"""What the actions of the room take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...logic.validators import a_file, at_most

MOST_ROWS = 1000


@validator_args
def orden_table_validate(ignore_missing: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    return {
        "upload": [ignore_missing, a_file],
        "content": [ignore_empty, unicode_safe],
        "url": [ignore_empty, unicode_safe],
        "id": [ignore_empty, unicode_safe],
        "name": [ignore_empty, unicode_safe],
    }


@validator_args
def orden_table_row_search(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    boolean_validator: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "q": [default(""), unicode_safe],
        "sort": [default(""), unicode_safe],
        "limit": [default(20), natural_number_validator, at_most(MOST_ROWS)],
        "offset": [default(0), natural_number_validator],
        "row": [default(0), natural_number_validator],
        "places": [default(False), boolean_validator],
        "draw": [default(False), boolean_validator],
        "label": [default(""), unicode_safe],
        "value": [default(""), unicode_safe],
    }
