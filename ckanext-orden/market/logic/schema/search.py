"""What the search for offers takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Schema, Validator, ValidatorFactory

from ....logic.validators import at_most
from ....metadata.offers import price_modes, terms
from ....metadata.offers.measures import amount, currency
from ....metadata.offers.problems import Wrong
from ...offers.search import SORTS

PAGE = 20
MOST = 100
PRICED = ("min_price", "max_price", "currency")
"""What a reader types to narrow prices down; what is wrong with it is said beside it."""


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
        "currency": [ignore_empty, _code],
        "max_price": [ignore_empty, _amount],
        "min_price": [ignore_empty, _amount, _not_above],
        "sort": [default("new"), one_of(list(SORTS))],
        "limit": [default(PAGE), natural_number_validator, at_most(MOST)],
        "offset": [default(0), natural_number_validator],
    }


def _amount(value: Any) -> Decimal:
    try:
        return amount(value)
    except Wrong as wrong:
        raise tk.Invalid(tk._("This is no amount: write digits such as 10000, without a currency sign.")) from wrong


def _code(value: Any) -> str:
    try:
        return currency(value)
    except Wrong as wrong:
        raise tk.Invalid(tk._("There is no such currency: write its three letters, such as JPY.")) from wrong


def _not_above(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Fields are read by the letters of their names, so `max_price` has been read before `min_price`."""
    most = data.get(("max_price",))
    if isinstance(most, Decimal) and isinstance(data[key], Decimal) and data[key] > most:
        raise tk.Invalid(tk._("The lowest price is above the highest."))
