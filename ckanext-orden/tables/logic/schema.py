"""What the actions of the room take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ...logic.validators import a_file


@validator_args
def orden_table_validate(ignore_missing: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    return {
        "upload": [ignore_missing, a_file],
        "content": [ignore_empty, unicode_safe],
        "url": [ignore_empty, unicode_safe],
        "id": [ignore_empty, unicode_safe],
        "name": [ignore_empty, unicode_safe],
    }
