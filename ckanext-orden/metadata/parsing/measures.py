"""Spans of time and distances, as DCAT writes them."""

from __future__ import annotations

import re

from .text import fold

_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_NUMBER = re.compile(r"(?=.*[1-9])\d+(\.\d+)?")


def duration(text: object) -> str:
    """A span of time in ISO 8601 (PT1H, P1D); empty for what is none."""
    plain = fold(text).upper()
    return plain if _DURATION.fullmatch(plain) else ""


def positive_number(text: object) -> str:
    """A number above zero, written in any width; empty for what is none."""
    plain = fold(text).replace(",", "")
    return plain if _NUMBER.fullmatch(plain) else ""
