"""Zip files whose bytes depend on their content alone: fixed dates, nothing compressed."""

from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DATE = (2025, 2, 20, 0, 0, 0)


class Archive(ZipFile):
    """A zip file for writing."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, "w", ZIP_STORED)

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any) -> None:
        """A member with the fixed date, whatever the caller's clock says."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(ZipInfo(name, DATE), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """A file of the disk as a member with the fixed date."""
        with open(filename, "rb") as file:
            self.writestr(str(arcname or filename), file.read())
