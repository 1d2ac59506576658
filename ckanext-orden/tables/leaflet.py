"""Leaflet and its clusters as assets of the site, out of the packages that carry them."""

from __future__ import annotations

from pathlib import Path

from ckan.lib import webassets_tools
from webassets.bundle import Bundle
from xstatic.pkg import leaflet, leaflet_markercluster

_MAP, _CLUSTERS = Path(leaflet.BASE_DIR), Path(leaflet_markercluster.BASE_DIR)
_BUNDLES = {
    "leaflet": (_MAP / "leaflet.js", _CLUSTERS / "leaflet.markercluster.js"),
    "leaflet-look": (_MAP / "leaflet.css", _CLUSTERS / "MarkerCluster.css"),
}


def register() -> None:
    """Make them known as `orden_table/leaflet` and `orden_table/leaflet-look`, once."""
    for name, files in _BUNDLES.items():
        known = f"orden_table/{name}"
        if not webassets_tools.is_registered(known):
            output = f"orden_table/%(version)s_{name}{files[0].suffix}"
            webassets_tools.env.register(known, Bundle(*map(str, files), output=output))
