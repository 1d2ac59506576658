"""When mails about saved searches are sent: by a job that the minute hand asks for when any are due."""

from __future__ import annotations

import logging
from typing import Any

from ckan.lib.jobs import DEFAULT_QUEUE_NAME
from ckan.plugins import toolkit as tk

from .. import config
from ..queues import ask_for
from . import sending

log = logging.getLogger(__name__)

TIMEOUT = 300
SLICE = 30.0
"""Seconds for which mails are sent at a time: other jobs wait no longer, but for the one mail that has begun."""


def each_minute(sender: Any, **_: Any) -> None:
    """Have the mails sent that are due."""
    sending.forget()
    if config.saved_search_mail() and sending.is_due():
        ask_for(send, f"orden-saved-search-{tk.config['ckan.site_id']}", queue=DEFAULT_QUEUE_NAME, timeout=TIMEOUT)


def send() -> None:
    """Send mails about saved searches"""
    done = sending.send(SLICE)
    log.info("Mails about saved searches: %s sent, %s failed", done.sent, done.failed)
