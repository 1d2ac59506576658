"""What the actions of the DCAT room take."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...logic.validators import a_file
from ..checks import level_names


@validator_args
def orden_dcat_validate(
    ignore_empty: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    boolean_validator: Validator,
) -> Schema:
    text: Any = [ignore_empty, unicode_safe]
    return {
        **dict.fromkeys(("content", "url", "id", "organization", "source"), text),
        "upload": [ignore_missing, a_file],
        "level": [default("odpo"), _known_level],
        "shacl": [default(False), boolean_validator],
    }


def _known_level(value: Any) -> Any:
    names = level_names()
    if value not in names:
        raise tk.Invalid(tk._("One of: {names}").format(names=", ".join(names)))
    return value
