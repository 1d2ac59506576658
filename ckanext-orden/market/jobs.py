"""What the market does in time."""

from __future__ import annotations

import logging
from typing import Any

from ckan.lib.jobs import DEFAULT_QUEUE_NAME
from ckan.plugins import toolkit as tk

from .. import config
from ..queues import ask_for
from .links import checking

log = logging.getLogger(__name__)

TIMEOUT = 300
SLICE = 10.0
"""Seconds for which markets are asked at a time: other jobs wait no longer."""


def each_minute(sender: Any, **_: Any) -> None:
    """Have the links asked that are due."""
    if config.market_check_links() and checking.is_due():
        name = f"orden-market-links-{tk.config['ckan.site_id']}"
        ask_for(check_links, name, queue=DEFAULT_QUEUE_NAME, timeout=TIMEOUT)


def check_links() -> None:
    """Ask whether the pages of markets open that offers link to"""
    log.info("%s links of offers were asked", checking.check(SLICE))
