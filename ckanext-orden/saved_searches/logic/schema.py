"""What the actions of the room take."""

from __future__ import annotations

import re
from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ..model import FREQUENCIES

LONGEST_NAME, LONGEST_QUERY, LONGEST_VALUE, MOST_CONDITIONS = 100, 500, 200, 30
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")


def conditions(value: Any) -> list[list[str]]:
    """Facets as [name, value]; what CKAN's search page reads as something else is refused."""
    given = value or []
    if not isinstance(given, list) or len(given) > MOST_CONDITIONS or not all(map(_is_condition, given)):
        raise tk.Invalid(tk._("Give the conditions as pairs of a field and a value"))
    return [list(pair) for pair in given]


def _is_condition(pair: Any) -> bool:
    if not (isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
        return False
    name, value = pair
    reserved = name.startswith("ext_") or name in ("q", "sort", "page")
    return bool(_FIELD.fullmatch(name)) and not reserved and 0 < len(value) <= LONGEST_VALUE


def frequency(value: Any) -> Any:
    """How often somebody is told."""
    if value not in FREQUENCIES:
        raise tk.Invalid(tk._("Must be one of: {names}").format(names=", ".join(FREQUENCIES)))
    return value


def language(value: Any) -> Any:
    """A language that the site offers; else the site's own."""
    offered = tk.config["ckan.locales_offered"]
    return value if value in offered else tk.config["ckan.locale_default"]


def short(longest: int) -> Validator:
    """A text of so many characters at most, and none that nobody sees."""

    def validate_short(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or "\x00" in value:
            raise tk.Invalid(tk._("Write at most {n} characters").format(n=longest))
        return value.strip()

    return validate_short


@validator_args
def orden_saved_search_create(default: ValidatorFactory, boolean_validator: Validator) -> Schema:
    return {
        "q": [default(""), short(LONGEST_QUERY)],
        "sort": [default(""), short(LONGEST_VALUE)],
        "name": [default(""), short(LONGEST_NAME)],
        "frequency": [default("weekly"), frequency],
        "changes": [default(False), boolean_validator],
        "language": [default(""), language],
    }


@validator_args
def orden_saved_search_update(ignore_missing: Validator, not_empty: Validator, boolean_validator: Validator) -> Schema:
    return {
        "id": [not_empty],
        "name": [ignore_missing, short(LONGEST_NAME), not_empty],
        "frequency": [ignore_missing, frequency],
        "changes": [ignore_missing, boolean_validator],
    }
