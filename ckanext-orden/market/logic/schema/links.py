"""What the actions of links take."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ....logic.validators import at_most
from .offers import MOST

MOST_DAYS = 366


@validator_args
def show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe]}


@validator_args
def listed(
    ignore_missing: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    is_positive_integer: Validator,
) -> Schema:
    return {
        "offer": [ignore_missing, ids],
        "dataset": [ignore_missing, unicode_safe],
        "organization": [ignore_missing, unicode_safe],
        "days": [default(30), is_positive_integer, at_most(MOST_DAYS)],
        "limit": [default(100), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }


def ids(value: Any) -> list[str]:
    """One id, or a list of them."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise tk.Invalid(tk._("Give an id, or a list of ids"))
    return found
