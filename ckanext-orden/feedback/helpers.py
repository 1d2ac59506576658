"""What the pages of the room ask for."""

from __future__ import annotations

from ckan.plugins import toolkit as tk

from .. import config

__all__ = [
    "orden_feedback_address_days",
    "orden_feedback_kinds",
    "orden_feedback_may_write",
    "orden_feedback_states",
]


def orden_feedback_kinds() -> dict[str, str]:
    """What feedback may be about, in words."""
    return {
        "error": tk._("Something is wrong"),
        "outdated": tk._("It is out of date"),
        "unavailable": tk._("It does not open"),
        "question": tk._("A question"),
        "request": tk._("A wish, or something else"),
    }


def orden_feedback_states() -> dict[str, dict[str, str]]:
    """The states in words and colours."""
    return {
        "open": {"word": tk._("Waits for an answer"), "hue": "icho"},
        "answered": {"word": tk._("Answered"), "hue": "ashi"},
        "closed": {"word": tk._("Closed"), "hue": ""},
    }


def orden_feedback_may_write() -> bool:
    """Whether the reader may write to providers."""
    return tk.current_user.is_authenticated or config.feedback_anonymous()


def orden_feedback_address_days() -> int:
    """How many days after the end an address is kept."""
    return config.feedback_address_days()
