"""ckanext-dcat's serialiser, which looks for its profiles in all installed packages each time: made to look once."""

from __future__ import annotations

from functools import cache
from typing import Any

from ckanext.dcat.processors import RDFSerializer

PROFILE = "orden_dcat"


class Serializer(RDFSerializer):
    """Writes datasets and catalogues with the profiles named, ours if none are and the operator has set no others."""

    def _load_profiles(self, profile_names: list[str]) -> list[Any]:
        return list(_profiles(tuple(profile_names)))

    @property
    def is_ours(self) -> bool:
        """Whether it writes with our profile only."""
        return [profile.name for profile in self._profiles] == [PROFILE]


@cache
def _profiles(names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(RDFSerializer(profiles=list(names))._profiles)
