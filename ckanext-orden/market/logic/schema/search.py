"""What the search for offers takes."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ....metadata.offers import price_modes, terms
from ...offers.search import SORTS
from .offers import at_most

PAGE = 20
MOST = 100


@validator_args
def search(
    ignore_missing: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    natural_number_validator: Validator,
) -> Schema:
    return {
        "q": [ignore_missing, unicode_safe],
        "price_mode": [ignore_empty, one_of(list(price_modes()))],
        "delivery": [ignore_empty, one_of([term.code for term in terms("delivery")])],
        "market": [ignore_empty, unicode_safe],
        "organization": [ignore_empty, unicode_safe],
        "sort": [default("new"), one_of(list(SORTS))],
        "limit": [default(PAGE), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }
