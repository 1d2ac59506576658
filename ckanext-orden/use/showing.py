"""What a dataset's own page says of its use; never stored with the dataset."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import has_request_context

from ..clock import local_date
from . import reading, statistics
from .reading import Asked

USE = "orden_use"


def add(dataset: dict[str, Any]) -> None:
    """Put the last twelve months' views and downloads into a dataset that its page shows."""
    if has_request_context() and tk.request.endpoint == "dataset.read":
        last = local_date()
        dataset[USE] = reading.totals(Asked(statistics.last_year(last), last, dataset["id"]))
