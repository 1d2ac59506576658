"""Which requests are views and downloads of people; nothing of a request is kept but which dataset or file it is of."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import Response, request

from .. import config, counting
from ..programs import is_of_a_person

SUBJECT = "use"
MOST = 200_000
"""Different datasets and files of a day that wait at most."""
VIEW, DOWNLOAD = "view", "download"
COUNTED = {
    "dataset.read": VIEW,
    "dataset_resource.download": DOWNLOAD,
    "orden_table.rows_file": DOWNLOAD,
}
"""The routes: a dataset's page; a file, uploaded or elsewhere (CKAN sends on there); the rows of a file."""
GIVEN = {VIEW: (200,), DOWNLOAD: (200, 302)}


def count(response: Response) -> Response:
    """Counts a finished request when a person has read a dataset's page or taken a file."""
    what = COUNTED.get(request.endpoint or "", "")
    if what and response.status_code in GIVEN[what] and config.use_count() and is_of_a_person(request):
        shown = request.view_args or {}
        if not _looks_after(shown["id"]):
            counting.add(SUBJECT, f"{what} {shown['id' if what == VIEW else 'resource_id']}", MOST)
    return response


def _looks_after(dataset: str) -> bool:
    """Whether the visitor is logged in and runs the site or may change the dataset."""
    user = tk.current_user
    changes = user.is_authenticated and tk.h.check_access("package_update", {"id": dataset})
    return bool(changes or getattr(user, "sysadmin", False))
