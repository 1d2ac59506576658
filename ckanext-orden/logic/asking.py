"""What actions are asked for, read once and refused with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk


def whole_number(data_dict: Mapping[str, Any], name: str, default: int, most: int, least: int = 1) -> int:
    """A whole number that may be left out; raises ValidationError for anything else."""
    value = data_dict.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = least - 1
    if not least <= number <= most:
        message = tk._("Must be a whole number from {least} to {most}").format(least=least, most=most)
        raise tk.ValidationError({name: [message]})
    return number
