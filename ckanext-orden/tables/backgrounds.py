"""What lies under the places of a map: nothing of anybody's, unless the operator has chosen tiles."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ckan.exceptions import CkanConfigurationException

from .. import config

NONE = "none"


@dataclass(frozen=True)
class Tiles:
    """Tiles of somebody: the template of their address, whose they are, where that is said, and the closest zoom."""

    url: str
    attribution: str
    source: str = ""
    closest: int = 18


_GSI = "https://cyberjapandata.gsi.go.jp/xyz/{name}/{{z}}/{{x}}/{{y}}.png"
_GSI_SAYS = ("地理院タイル（国土地理院）", "https://maps.gsi.go.jp/development/ichiran.html")
PRESETS = {
    "gsi-pale": Tiles(_GSI.format(name="pale"), *_GSI_SAYS),
    "gsi-std": Tiles(_GSI.format(name="std"), *_GSI_SAYS),
}


def tiles() -> Tiles | None:
    """The tiles that the operator has chosen; CkanConfigurationException where they cannot be used."""
    chosen = config.table_map_tiles()
    if chosen in ("", NONE):
        return None
    if chosen in PRESETS:
        return PRESETS[chosen]
    parts = urlsplit(chosen)
    if parts.scheme != "https" or not parts.hostname or not all(part in chosen for part in ("{z}", "{x}", "{y}")):
        raise CkanConfigurationException(
            f"ckanext.orden.table.map_tiles: {chosen} is neither none, one of {', '.join(PRESETS)}, "
            "nor an address with https://, {z}, {x} and {y}"
        )
    if not config.table_map_attribution():
        raise CkanConfigurationException("ckanext.orden.table.map_attribution: say whose the tiles are")
    return Tiles(chosen, config.table_map_attribution())
