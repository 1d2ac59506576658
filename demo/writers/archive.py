"""Zip files whose bytes depend on their content alone: fixed dates, nothing compressed."""

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DATE = (2025, 2, 20, 0, 0, 0)


def pack(members: Mapping[str, bytes]) -> bytes:
    """A zip file of these members, in their order."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name, DATE), content)
    return target.getvalue()


def unpack(archive: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with ZipFile(io.BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}
