"""What the actions of the DCAT room take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ..validation import LEVELS


@validator_args
def orden_dcat_validate(
    ignore_empty: Validator, unicode_safe: Validator, default: ValidatorFactory, one_of: ValidatorFactory
) -> Schema:
    return {
        "content": [ignore_empty, unicode_safe],
        "url": [ignore_empty, unicode_safe],
        "id": [ignore_empty, unicode_safe],
        "level": [default("odpo"), one_of(list(LEVELS))],
    }
