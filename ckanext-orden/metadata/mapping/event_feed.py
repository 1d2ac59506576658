"""From a feed of events (RSS, Atom, iCalendar) to one dynamic dataset of our schema, whose file is the feed.

Nothing of a single event is kept, and no number or day that moves with each of them: the dataset changes when the feed
says something else about itself, or its events reach into another year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsing.markup import plain
from ..parsing.text import one_line
from ..vocabularies import frequency_for
from . import Mapped, ckan_package

CONTINUOUS = "http://publications.europa.eu/resource/authority/frequency/CONT"
FORMATS = {"RSS": "application/rss+xml", "Atom": "application/atom+xml", "ICS": "text/calendar"}


def dataset(feed: Mapping[str, Any], url: str, settings: Mapping[str, Any]) -> Mapped:
    """The dataset of a feed; `settings` may state licence and frequency, which count more than what the feed says."""
    title = one_line(plain(feed["title"]))
    stated = frequency_for(feed["frequency"])
    return ckan_package.dataset(
        {
            "id": url,
            "title": title,
            "notes": plain(feed["description"]),
            "url": feed["page"],
            "tags": [*map(plain, feed["categories"]), "イベント"],
            "language": feed["language"],
            "publisher": [{"name": name}] if (name := one_line(plain(feed["publisher"]))) else [],
            "rights": one_line(plain(feed["rights"])),
            "license_id": settings.get("licence") or feed["licence"],
            "frequency": settings.get("frequency") or (stated.iri if stated else CONTINUOUS),
            "temporal_start": feed["years"][0],
            "temporal_end": feed["years"][1],
            "resources": [{"url": url, "name": title, "format": feed["kind"], "mimetype": FORMATS[feed["kind"]]}],
        }
    )
